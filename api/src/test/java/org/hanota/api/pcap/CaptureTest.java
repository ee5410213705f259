// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
  private static final String QUERY =
      "6188035a5a00002b1a080000002b1a1e03400119000401010301030101021078560100000000015ba3";
  private static final String UPGRADE_END_RESPONSE =
      "6188115a5a2b1a000008002b1a00001e114001190004010111190a07"
          + "ffffffffffffffffffffffffffffffff4a04";

  private static AirFrame frame(int source, int destination, int sequence, String zcl) {
    return new AirFrame(
        0x5A5A,
        source,
        destination,
        sequence,
        sequence,
        sequence,
        0x0104,
        0x0019,
        1,
        1,
        true,
        Octets.fromHex(zcl));
  }

  @Test
  void framesAreThoseThatAnotherDecoderChecked() {
    assertThat(frame(0x1A2B, 0, 3, "0103010102107856010000000001").octets().toHex())
        .isEqualTo(QUERY);
    assertThat(frame(0, 0x1A2B, 0x11, "190a07ffffffffffffffffffffffffffffffff").octets().toHex())
        .isEqualTo(UPGRADE_END_RESPONSE);
  }

  @Test
  void aBroadcastAsksForNoAcknowledgementAtAnyLayer() {
    Octets octets = frame(0, AirFrame.BROADCAST_RX_ON, 1, "0942000064").octets();
    assertThat(octets.uint16le(0)).isEqualTo(0x8841);
    assertThat(octets.uint16le(5)).isEqualTo(0xFFFF);
    assertThat(octets.uint16le(11)).isEqualTo(0xFFFD);
    assertThat(octets.at(17)).isEqualTo(0x08);
  }

  @Test
  void blocksAreWholeAndSayTheirLengthTwice() {
    Octets file = capture();
    int position = 0;
    int blocks = 0;
    while (position < file.length()) {
      int length = (int) file.uint32le(position + 4);
      assertThat(length % 4).isZero();
      assertThat(file.uint32le(position + length - 4)).isEqualTo(length);
      position += length;
      blocks++;
    }
    assertThat(blocks).isEqualTo(4);
  }

  @Test
  void anotherProgramDecodesTheFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("capture.pcapng");
    Files.write(file, capture().toByteArray());
    Process tshark;
    try {
      tshark =
          new ProcessBuilder(
                  "tshark",
                  "-r",
                  file.toString(),
                  "-T",
                  "fields",
                  "-E",
                  "separator=|",
                  "-e",
                  "frame.time_epoch",
                  "-e",
                  "frame.comment",
                  "-e",
                  "wpan.fcs_ok",
                  "-e",
                  "zbee_zcl_general.ota.manufacturer_code",
                  "-e",
                  "_ws.malformed")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException absent) {
      Skipped.because("tshark is not installed");
      return;
    }
    String text = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tshark.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(text.lines())
        .containsExactly("1.000000002|a query|1|0x1002|", "1.500000000||1|0xffff|");
  }

  private static Octets capture() {
    OctetWriter file = new OctetWriter(512);
    CaptureWriter capture =
        new CaptureWriter(
            file::octets, LinkType.IEEE802_15_4_WITHFCS, "stick", "headers are synthesised");
    capture.packet(1_000_000_002L, Octets.fromHex(QUERY), "a query");
    capture.packet(1_500_000_000L, Octets.fromHex(UPGRADE_END_RESPONSE), "");
    return file.toOctets();
  }
}
