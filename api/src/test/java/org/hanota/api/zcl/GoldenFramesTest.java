// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.zcl.ImageNotify.PayloadType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Octet by octet, as an independent decoder reads them. */
class GoldenFramesTest {
  private static final ImageId IMAGE = ImageId.of(0x1002, 0x5678, 2);
  private static final Eui64 DEVICE = new Eui64(0x00124B00AA000001L);
  private static final String ID = "0210" + "7856" + "02000000";

  private static Octets counting(int length) {
    byte[] array = new byte[length];
    IntStream.range(0, length).forEach(i -> array[i] = (byte) i);
    return Octets.wrap(array);
  }

  private static Arguments of(String hex, int sequence, boolean disable, ZclMessage message) {
    return Arguments.of(hex, sequence, disable, message);
  }

  /** The five frames of the captures that a tool not ours decoded. */
  static Stream<Arguments> captured() {
    return Stream.of(
        of(
            "010301" + "01" + "0210" + "7856" + "01000000" + "0001",
            3,
            false,
            new QueryNextImageRequest(
                ImageId.of(0x1002, 0x5678, 1), Optional.of(new HardwareVersion(0x0100)))),
        of(
            "010603" + "00" + ID + "00000000" + "32",
            6,
            false,
            new ImageBlockRequest(IMAGE, 0, 50, BlockRequestOptions.NONE)),
        of(
            "190805" + "00" + ID + "00000000" + "32" + counting(50).toHex(),
            8,
            true,
            new ImageBlockResponse.Success(IMAGE, 0, counting(50))),
        of("010e06" + "00" + ID, 14, false, new UpgradeEndRequest(ZclStatus.SUCCESS, IMAGE)),
        of(
            "190a07" + "ffffffff" + "ffffffff" + "ffffffff" + "ffffffff",
            10,
            true,
            new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID)));
  }

  /** One line for every form of every command, from the standard's layout. */
  static Stream<Arguments> byLayout() {
    return Stream.of(
        of("090000" + "00" + "64", 0, false, notify(PayloadType.QUERY_JITTER, ImageId.WILD_CARD)),
        of(
            "090000" + "01" + "64" + "0210",
            0,
            false,
            notify(PayloadType.MANUFACTURER_CODE, ImageId.of(0x1002, 0xFFFF, ALL))),
        of(
            "090000" + "02" + "64" + "02107856",
            0,
            false,
            notify(PayloadType.IMAGE_TYPE, ImageId.of(0x1002, 0x5678, ALL))),
        of("090000" + "03" + "64" + ID, 0, false, notify(PayloadType.NEW_FILE_VERSION, IMAGE)),
        of("010101" + "00" + ID, 1, false, new QueryNextImageRequest(IMAGE, Optional.empty())),
        of(
            "190102" + "00" + ID + "78563412",
            1,
            true,
            new QueryNextImageResponse.Success(IMAGE, 0x12345678L)),
        of(
            "190102" + "98",
            1,
            true,
            new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE)),
        of(
            "010203" + "01" + ID + "44332211" + "3f" + "010000aa004b1200",
            2,
            false,
            request(Optional.of(DEVICE), OptionalInt.empty())),
        of(
            "010203" + "02" + ID + "44332211" + "3f" + "5802",
            2,
            false,
            request(Optional.empty(), OptionalInt.of(600))),
        of(
            "010203" + "03" + ID + "44332211" + "3f" + "010000aa004b1200" + "5802",
            2,
            false,
            request(Optional.of(DEVICE), OptionalInt.of(600))),
        of(
            "010304" + "00" + ID + "00010000" + "30" + "0004" + "3200",
            3,
            false,
            new ImagePageRequest(IMAGE, 0x100, 48, 0x400, 50, Optional.empty())),
        of(
            "010304" + "01" + ID + "00010000" + "30" + "0004" + "3200" + "010000aa004b1200",
            3,
            false,
            new ImagePageRequest(IMAGE, 0x100, 48, 0x400, 50, Optional.of(DEVICE))),
        of(
            "190405" + "97" + "00000000" + "3c000000" + "fa00",
            4,
            true,
            wait(0, 60, OptionalInt.of(250))),
        of("190405" + "97" + "00000000" + "3c000000", 4, true, wait(0, 60, OptionalInt.empty())),
        of("190405" + "95", 4, true, ImageBlockResponse.Refusal.ABORT),
        of(
            "190507" + ID + "00000000" + "10000000",
            5,
            true,
            new UpgradeEndResponse(IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(16))),
        of(
            "010608" + "010000aa004b1200" + "0210c0ff02000000" + "0200",
            6,
            false,
            new QueryDeviceSpecificFileRequest(DEVICE, ImageId.of(0x1002, 0xFFC0, 2), 2)),
        of(
            "190609" + "00" + "0210c0ff02000000" + "00040000",
            6,
            true,
            new QueryDeviceSpecificFileResponse.Success(ImageId.of(0x1002, 0xFFC0, 2), 1024)),
        of(
            "190609" + "7e",
            6,
            true,
            new QueryDeviceSpecificFileResponse.Refusal(ZclStatus.NOT_AUTHORIZED)));
  }

  private static final long ALL = 0xFFFF_FFFFL;

  private static ImageNotify notify(PayloadType fields, ImageId image) {
    return new ImageNotify(fields, 100, image);
  }

  private static ImageBlockRequest request(Optional<Eui64> address, OptionalInt period) {
    return new ImageBlockRequest(IMAGE, 0x11223344L, 63, new BlockRequestOptions(address, period));
  }

  private static ImageBlockResponse wait(long current, long request, OptionalInt period) {
    return new ImageBlockResponse.WaitForData(
        new ZigBeeTime(current), new ZigBeeTime(request), period);
  }

  @ParameterizedTest
  @MethodSource({"captured", "byLayout"})
  void aMessageHasExactlyTheseOctets(
      String hex, int sequence, boolean disable, ZclMessage message) {
    assertThat(ZclCodec.encode(message, sequence, disable).toHex()).isEqualTo(hex);
    assertThat(new ZclCodec().decode(Clusters.OTA_UPGRADE, Octets.fromHex(hex))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource({"captured", "byLayout"})
  void oneOctetLessOrMoreIsMalformedOrTheOlderForm(
      String hex, int sequence, boolean disable, ZclMessage message) {
    Octets whole = Octets.fromHex(hex);
    for (Octets frame :
        new Octets[] {whole.slice(0, whole.length() - 1), whole.concat(Octets.copyOf((byte) 0))}) {
      assertThat(new ZclCodec().decode(Clusters.OTA_UPGRADE, frame))
          .isInstanceOfSatisfying(
              Malformed.class,
              fault -> assertThat(fault.status()).isEqualTo(ZclStatus.MALFORMED_COMMAND));
    }
  }

  /** An Image Block Response that another stack's test publishes: sequence D9, offset 211140. */
  @Test
  void theResponseOfAnotherStacksTestIsRead() {
    Octets frame =
        Octets.fromHex("09d905" + "00" + "9427" + "0101" + "30000000" + "c4380300" + "24")
            .concat(counting(0x24));
    assertThat(ZclFrame.transactionSequence(frame)).isEqualTo(0xD9);
    assertThat(ZclFrame.disablesDefaultResponse(frame)).isFalse();
    assertThat(new ZclCodec().decode(Clusters.OTA_UPGRADE, frame))
        .isEqualTo(
            new ImageBlockResponse.Success(
                ImageId.of(0x2794, 0x0101, 0x30), 211_140, counting(0x24)));
  }

  @Test
  void aNotifyWithAReservedTypeOrJitterIsRefusedByField() {
    for (String payload : new String[] {"0464" + ID, "0300" + ID, "0365" + ID, "ff64" + ID}) {
      assertThat(new ZclCodec().decode(Clusters.OTA_UPGRADE, Octets.fromHex("090000" + payload)))
          .as(payload)
          .isInstanceOf(Malformed.class);
    }
  }

  @Test
  void theLargestBlockIsThatOfTheFacts() {
    assertThat(ZclCodec.maximumBlockData(82)).isEqualTo(65);
    assertThat(ZclCodec.maximumBlockData(73)).isEqualTo(56);
    assertThat(ZclCodec.maximumBlockData(10)).isZero();
    assertThat(ZclCodec.maximumBlockData(1_000)).isEqualTo(255);
  }
}
