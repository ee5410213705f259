// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.ZigBeeTime;

/** Every message that can be sent, with every value that its fields can have. */
final class GeneratedMessages {
  /** As many as jqwik takes for a property by itself. */
  private static final int GENERATIONS = 1_000;

  private GeneratedMessages() {}

  static Arbitrary<Integer> uint8() {
    return Arbitraries.integers().between(0, Width.UINT8_MAX);
  }

  static Arbitrary<Integer> uint16() {
    return Arbitraries.integers().between(0, Width.UINT16_MAX);
  }

  static Arbitrary<Long> uint32() {
    return Arbitraries.longs().between(0, Width.UINT32_MAX);
  }

  static Arbitrary<ImageId> images() {
    return Combinators.combine(uint16(), uint16(), uint32()).as(ImageId::of);
  }

  static Arbitrary<Octets> octets(int most) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(most).map(Octets::wrap);
  }

  private static Arbitrary<ZigBeeTime> times() {
    return uint32().map(ZigBeeTime::new);
  }

  private static Arbitrary<Optional<Eui64>> addresses() {
    return Arbitraries.longs().map(Eui64::new).optional();
  }

  private static Arbitrary<ZclStatus> refusals() {
    return uint8()
        .map(ZclStatus::of)
        .filter(s -> !s.equals(ZclStatus.SUCCESS) && !s.equals(ZclStatus.WAIT_FOR_DATA));
  }

  /** Messages for tests without jqwik; the same ones for the same seed. */
  static List<ZclMessage> list(long seed, int count) {
    List<ZclMessage> messages = new ArrayList<>();
    JqwikSession.run(
        () ->
            all().generator(GENERATIONS, true).stream(new Random(seed))
                .limit(count)
                .forEach(message -> messages.add(message.value())));
    return messages;
  }

  static Arbitrary<ZclMessage> all() {
    return Arbitraries.oneOf(
        imageNotify(),
        queries(),
        offers(),
        blockRequests(),
        pageRequests(),
        blocks(),
        waits(),
        ends(),
        files(),
        general());
  }

  private static Arbitrary<ZclMessage> imageNotify() {
    Arbitrary<Integer> jitter = Arbitraries.integers().between(1, ImageNotify.QUERY_JITTER_MAX);
    return Combinators.combine(Arbitraries.of(ImageNotify.PayloadType.class), jitter, images())
        .as((type, j, image) -> new ImageNotify(type, j, carried(type, image)));
  }

  private static ImageId carried(ImageNotify.PayloadType type, ImageId image) {
    ImageId wild = ImageId.WILD_CARD;
    return new ImageId(
        type.value() >= 1 ? image.manufacturerCode() : wild.manufacturerCode(),
        type.value() >= 2 ? image.imageType() : wild.imageType(),
        type.value() >= 3 ? image.fileVersion() : wild.fileVersion());
  }

  private static Arbitrary<ZclMessage> queries() {
    return Combinators.combine(images(), uint16().map(HardwareVersion::new).optional())
        .as(QueryNextImageRequest::new);
  }

  private static Arbitrary<ZclMessage> offers() {
    return Arbitraries.oneOf(
        Combinators.combine(images(), uint32()).as(QueryNextImageResponse.Success::new),
        refusals().map(QueryNextImageResponse.Refusal::new),
        Combinators.combine(images(), uint32()).as(QueryDeviceSpecificFileResponse.Success::new),
        refusals().map(QueryDeviceSpecificFileResponse.Refusal::new));
  }

  private static Arbitrary<ZclMessage> blockRequests() {
    Arbitrary<OptionalInt> period =
        uint16().optional().map(p -> p.map(OptionalInt::of).orElse(OptionalInt.empty()));
    return Combinators.combine(
            images(),
            uint32(),
            uint8(),
            Combinators.combine(addresses(), period).as(BlockRequestOptions::new))
        .as(ImageBlockRequest::new);
  }

  private static Arbitrary<ZclMessage> pageRequests() {
    return Combinators.combine(images(), uint32(), uint8(), uint16(), uint16(), addresses())
        .as(ImagePageRequest::new);
  }

  private static Arbitrary<ZclMessage> blocks() {
    return Combinators.combine(images(), uint32(), octets(Width.UINT8_MAX))
        .as(ImageBlockResponse.Success::new);
  }

  private static Arbitrary<ZclMessage> waits() {
    Arbitrary<OptionalInt> period =
        uint16().optional().map(p -> p.map(OptionalInt::of).orElse(OptionalInt.empty()));
    return Arbitraries.oneOf(
        Combinators.combine(times(), times(), period).as(ImageBlockResponse.WaitForData::new),
        refusals().map(ImageBlockResponse.Refusal::new));
  }

  private static Arbitrary<ZclMessage> ends() {
    return Arbitraries.oneOf(
        Combinators.combine(uint8().map(ZclStatus::of), images()).as(UpgradeEndRequest::new),
        Combinators.combine(images(), times(), times()).as(UpgradeEndResponse::new));
  }

  private static Arbitrary<ZclMessage> files() {
    return Combinators.combine(Arbitraries.longs().map(Eui64::new), images(), uint16())
        .as(QueryDeviceSpecificFileRequest::new);
  }

  private static Arbitrary<ZclMessage> general() {
    Arbitrary<Direction> direction = Arbitraries.of(Direction.class);
    Arbitrary<Integer> cluster = uint16();
    Arbitrary<ReadAttributesResponse.Entry> entries =
        Arbitraries.oneOf(
            Combinators.combine(uint16(), values()).as(ReadAttributesResponse.Value::new),
            Combinators.combine(uint16(), refusals()).as(ReadAttributesResponse.Unreadable::new));
    return Arbitraries.oneOf(
        Combinators.combine(cluster, direction, uint8(), uint8().map(ZclStatus::of))
            .as(DefaultResponse::new),
        Combinators.combine(cluster, direction, uint16().list().ofMaxSize(9))
            .as(ReadAttributes::new),
        Combinators.combine(cluster, direction, entries.list().ofMaxSize(9))
            .as(ReadAttributesResponse::new),
        Combinators.combine(direction, uint16(), octets(300)).as(Tunnelled::new));
  }

  private static Arbitrary<AttributeValue> values() {
    return Combinators.combine(Arbitraries.of(AttributeValue.DataType.class), Arbitraries.longs())
        .as(
            (type, bits) ->
                new AttributeValue(
                    type, type.octets() == 8 ? bits : bits & ((1L << (8 * type.octets())) - 1)));
  }
}
