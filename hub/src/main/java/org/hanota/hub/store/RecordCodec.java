// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.catalogue.Series;

/** A record as octets, in the newest schema. Enumerated values go by their names. */
final class RecordCodec {
  private RecordCodec() {}

  static Octets encode(TransferRecord record) {
    OctetWriter out = new OctetWriter(128);
    peer(record.name().client(), out);
    out.uint16be(record.name().imageType().value());
    optional(record.running(), out, RecordCodec::image);
    optional(record.hardwareVersion(), out, (version, to) -> to.uint16be(version.value()));
    text(record.phase().name(), out);
    optional(record.offer(), out, RecordCodec::offer);
    when(record.notBefore(), out);
    out.int64be(record.turn()).int64be(record.sinceUtcMillis()).int64be(record.phaseUtcMillis());
    optional(record.failure(), out, RecordCodec::failure);
    timeouts(record.offer().map(Offer::timeouts).orElse(PhaseTimeouts.NONE), out);
    optional(
        record.series(),
        out,
        (series, to) -> {
          image(series.image(), to);
          to.uint8(series.partsReceived()).uint8(series.parts());
        });
    optional(record.file(), out, RecordCodec::hash);
    optional(
        record.received(),
        out,
        (received, to) -> {
          image(received.image(), to);
          hash(received.sha256(), to);
          flag(received.witnessed(), to);
        });
    flag(record.withdrawn(), out);
    out.uint8(record.ends().size());
    record.ends().forEach(end -> end(end, out));
    optional(record.offer().flatMap(Offer::predecessors), out, RecordCodec::versions);
    return out.toOctets();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws FormatException if it is anything else
   */
  static TransferRecord decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    Peer client = peer(in);
    UpdateName name = new UpdateName(client, new ImageType(in.uint16be("image type")));
    Optional<ImageId> running = optional(in, "running", RecordCodec::image);
    Optional<HardwareVersion> hardware =
        optional(in, "hardware", from -> new HardwareVersion(from.uint16be("hardware version")));
    Phase phase = named(Phase.class, in, "phase");
    Optional<Offer> offer = optional(in, "offer", from -> offer(from, client));
    UpgradeTime notBefore = when(in);
    long turn = in.int64be("turn");
    long since = in.int64be("since");
    long phaseSince = in.int64be("phase since");
    Optional<HubStatus.LastFailure> failure = optional(in, "failure", RecordCodec::failure);
    PhaseTimeouts timeouts = timeouts(in);
    Optional<Series> series = optional(in, "series", RecordCodec::series);
    Optional<Octets> file = optional(in, "file", RecordCodec::hash);
    Optional<ReceivedImage> received =
        optional(
            in,
            "received",
            from -> new ReceivedImage(image(from), hash(from), flag(from, "witnessed")));
    boolean withdrawn = flag(in, "withdrawn");
    List<FileEnd> ends = new ArrayList<>();
    int count = in.uint8("ends");
    for (int i = 0; i < count; i++) {
      ends.add(end(in));
    }
    Optional<VersionRange> predecessors = optional(in, "predecessors", RecordCodec::versions);
    in.end("record");
    return new TransferRecord(
        name,
        running,
        hardware,
        phase,
        offer
            .map(plain -> plain.withTimeouts(timeouts))
            .map(plain -> predecessors.map(plain::following).orElse(plain)),
        notBefore,
        turn,
        since,
        phaseSince,
        failure,
        series,
        file,
        received,
        withdrawn,
        ends);
  }

  /** Reads what schema 5 had: one record for each device, whatever its image types. */
  static TransferRecord decode5(Octets octets) {
    OctetReader in = new OctetReader(octets);
    Peer client = peer(in);
    Optional<ImageId> running = optional(in, "running", RecordCodec::image);
    Optional<HardwareVersion> hardware =
        optional(in, "hardware", from -> new HardwareVersion(from.uint16be("hardware version")));
    Phase phase = named(Phase.class, in, "phase");
    Optional<Offer> offer = optional(in, "offer", from -> offer(from, client));
    long turn = in.int64be("turn");
    long since = in.int64be("since");
    Optional<HubStatus.LastFailure> failure = optional(in, "failure", RecordCodec::failure);
    long phaseSince = in.int64be("phase since");
    PhaseTimeouts timeouts = timeouts(in);
    Optional<Series> series = optional(in, "series", RecordCodec::series);
    Optional<ImageId> taken = optional(in, "taken", RecordCodec::image);
    boolean withdrawn = flag(in, "withdrawn");
    Optional<FileEnd> blame =
        optional(
            in,
            "blame",
            from ->
                new FileEnd(
                    hash(from),
                    Optional.of(
                        new HubStatus.LastFailure(Failure.INVALID_IMAGE, "the device refuses it")),
                    from.uint8("times"),
                    true,
                    Now.UTC_UNKNOWN));
    in.end("record");
    ImageType type =
        offer
            .map(Offer::image)
            .or(() -> series.map(Series::image))
            .or(() -> taken)
            .or(() -> running)
            .map(ImageId::imageType)
            .orElse(ImageType.WILD_CARD);
    return new TransferRecord(
        new UpdateName(client, type),
        running,
        hardware,
        phase,
        offer.map(plain -> plain.withTimeouts(timeouts)),
        offer.map(Offer::when).orElse(new UpgradeTime.Now()),
        turn,
        since,
        phaseSince,
        failure,
        series,
        Optional.empty(),
        taken.map(image -> new ReceivedImage(image, Octets.EMPTY, false)),
        withdrawn,
        blame.stream().toList());
  }

  private static Series series(OctetReader in) {
    ImageId image = image(in);
    int at = in.position();
    int taken = in.uint8("parts taken");
    int parts = in.uint8("parts");
    try {
      return new Series(image, taken, parts);
    } catch (IllegalArgumentException fault) {
      throw new FormatException("parts", at, taken + " of " + parts, "a part to take");
    }
  }

  private static void end(FileEnd end, OctetWriter out) {
    hash(end.sha256(), out);
    optional(end.failure(), out, RecordCodec::failure);
    out.uint8(end.failures());
    flag(end.witness(), out);
    out.int64be(end.utcMillis());
  }

  private static FileEnd end(OctetReader in) {
    return new FileEnd(
        hash(in),
        optional(in, "failure", RecordCodec::failure),
        in.uint8("failures"),
        flag(in, "witness"),
        in.int64be("ended"));
  }

  private static void failure(HubStatus.LastFailure failure, OctetWriter out) {
    text(failure.failure().name(), out);
    text(failure.detail(), out);
  }

  private static HubStatus.LastFailure failure(OctetReader in) {
    return new HubStatus.LastFailure(named(Failure.class, in, "failure"), text(in, "detail"));
  }

  private static void hash(Octets sha256, OctetWriter out) {
    out.uint8(sha256.length()).octets(sha256);
  }

  private static Octets hash(OctetReader in) {
    return in.octets("hash", in.uint8("hash length")).copy();
  }

  /** What waits for a device. */
  static Octets encode(Peer device, List<Octets> messages) {
    OctetWriter out = new OctetWriter(1_024);
    peer(device, out);
    out.uint8(messages.size());
    for (Octets message : messages) {
      out.uint32be(message.length()).octets(message);
    }
    return out.toOctets();
  }

  static List<Octets> messages(OctetReader in) {
    List<Octets> messages = new ArrayList<>();
    int count = in.uint8("messages");
    for (int i = 0; i < count; i++) {
      int at = in.position();
      long length = in.uint32be("length");
      if (length > in.remaining()) {
        throw new FormatException("length", at, length + "", "up to " + in.remaining());
      }
      messages.add(in.octets("message", (int) length).copy());
    }
    in.end("messages");
    return messages;
  }

  static Octets encode(ImageOrder order) {
    OctetWriter out = new OctetWriter(64);
    image(order.image(), out);
    text(order.kind().name(), out);
    text(order.order(), out);
    return out.toOctets();
  }

  static ImageOrder order(Octets octets) {
    OctetReader in = new OctetReader(octets);
    ImageOrder order =
        new ImageOrder(image(in), named(ImageOrder.Kind.class, in, "kind"), text(in, "order"));
    in.end("order");
    return order;
  }

  private static void peer(Peer device, OctetWriter out) {
    out.int64be(device.address().value()).uint8(device.endpoint());
  }

  static Peer peer(OctetReader in) {
    return new Peer(new Eui64(in.int64be("address")), in.uint8("endpoint"));
  }

  private static void timeouts(PhaseTimeouts timeouts, OctetWriter out) {
    out.uint8(timeouts.millis().size());
    timeouts
        .millis()
        .forEach(
            (timed, millis) -> {
              text(timed.name(), out);
              out.int64be(millis);
            });
  }

  private static PhaseTimeouts timeouts(OctetReader in) {
    PhaseTimeouts timeouts = PhaseTimeouts.NONE;
    int count = in.uint8("time-outs");
    for (int i = 0; i < count; i++) {
      Timed timed = named(Timed.class, in, "time-out");
      int at = in.position();
      long millis = in.int64be("time-out of " + timed.word());
      if (millis < 1 || millis > PhaseTimeouts.LONGEST_MS) {
        throw new FormatException(
            "time-out of " + timed.word(), at, millis + " ms", "1 to " + PhaseTimeouts.LONGEST_MS);
      }
      timeouts = timeouts.with(timed, millis);
    }
    return timeouts;
  }

  private static void offer(Offer offer, OctetWriter out) {
    image(offer.image(), out);
    when(offer.when(), out);
    out.int64be(offer.priority());
    flag(offer.downgrade().isPresent(), out);
    offer.downgrade().ifPresent(permission -> text(permission.reason(), out));
  }

  private static Offer offer(OctetReader in, Peer device) {
    ImageId image = image(in);
    UpgradeTime when = when(in);
    int priority = Math.toIntExact(in.int64be("priority"));
    Optional<DowngradePermission> downgrade =
        optional(in, "downgrade", from -> DowngradePermission.because(text(from, "reason")));
    return new Offer(device, image, when, priority, downgrade);
  }

  private static void versions(VersionRange versions, OctetWriter out) {
    out.uint32be(versions.minimum().value()).uint32be(versions.maximum().value());
  }

  private static VersionRange versions(OctetReader in) {
    int at = in.position();
    long minimum = in.uint32be("lowest predecessor");
    long maximum = in.uint32be("highest predecessor");
    if (minimum > maximum) {
      throw new FormatException("predecessors", at, minimum + " to " + maximum, "from the lower");
    }
    return new VersionRange(new FileVersion(minimum), new FileVersion(maximum));
  }

  private static void when(UpgradeTime when, OctetWriter out) {
    if (when instanceof UpgradeTime.Now) {
      out.uint8(0);
    } else if (when instanceof UpgradeTime.At at) {
      out.uint8(1).int64be(at.utcMillis());
    } else {
      out.uint8(2);
    }
  }

  private static UpgradeTime when(OctetReader in) {
    int at = in.position();
    int kind = in.uint8("when");
    return switch (kind) {
      case 0 -> new UpgradeTime.Now();
      case 1 -> new UpgradeTime.At(in.int64be("upgrade time"));
      case 2 -> new UpgradeTime.Held();
      default -> throw new FormatException("when", at, String.valueOf(kind), "0 to 2");
    };
  }

  private static void image(ImageId image, OctetWriter out) {
    out.uint16be(image.manufacturerCode().value())
        .uint16be(image.imageType().value())
        .uint32be(image.fileVersion().value());
  }

  private static ImageId image(OctetReader in) {
    return ImageId.of(
        in.uint16be("manufacturer code"), in.uint16be("image type"), in.uint32be("file version"));
  }

  private static void flag(boolean present, OctetWriter out) {
    out.uint8(present ? 1 : 0);
  }

  private static <T> void optional(
      Optional<T> value, OctetWriter out, BiConsumer<T, OctetWriter> write) {
    flag(value.isPresent(), out);
    value.ifPresent(present -> write.accept(present, out));
  }

  private static <T> Optional<T> optional(
      OctetReader in, String field, Function<OctetReader, T> read) {
    return flag(in, field + " present") ? Optional.of(read.apply(in)) : Optional.empty();
  }

  private static boolean flag(OctetReader in, String field) {
    int at = in.position();
    int flag = in.uint8(field);
    if (flag > 1) {
      throw new FormatException(field, at, String.valueOf(flag), "0 or 1");
    }
    return flag == 1;
  }

  private static void text(String text, OctetWriter out) {
    Octets octets = Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
    Octets kept = octets.slice(0, Math.min(octets.length(), 0xFFFF));
    out.uint16be(kept.length()).octets(kept);
  }

  private static String text(OctetReader in, String field) {
    Octets octets = in.octets(field, in.uint16be(field + " length"));
    return new String(octets.toByteArray(), StandardCharsets.UTF_8);
  }

  private static <E extends Enum<E>> E named(Class<E> type, OctetReader in, String field) {
    int at = in.position();
    String name = text(in, field);
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(name)) {
        return value;
      }
    }
    throw new FormatException(field, at, name, "a " + type.getSimpleName());
  }
}
