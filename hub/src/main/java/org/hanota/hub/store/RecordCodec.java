// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.Blame;
import org.hanota.hub.Series;
import org.hanota.hub.TransferRecord;

/** A record as octets, in the newest schema. Enumerated values go by their names. */
final class RecordCodec {
  private RecordCodec() {}

  static Octets encode(TransferRecord record) {
    OctetWriter out = new OctetWriter(128);
    peer(record.device(), out);
    flag(record.running().isPresent(), out);
    record.running().ifPresent(image -> image(image, out));
    flag(record.hardwareVersion().isPresent(), out);
    record.hardwareVersion().ifPresent(version -> out.uint16be(version.value()));
    text(record.phase().name(), out);
    flag(record.offer().isPresent(), out);
    record.offer().ifPresent(offer -> offer(offer, out));
    out.int64be(record.turn()).int64be(record.sinceUtcMillis());
    flag(record.failure().isPresent(), out);
    record
        .failure()
        .ifPresent(
            failure -> {
              text(failure.failure().name(), out);
              text(failure.detail(), out);
            });
    out.int64be(record.phaseUtcMillis());
    timeouts(record.offer().map(Offer::timeouts).orElse(PhaseTimeouts.NONE), out);
    flag(record.series().isPresent(), out);
    record
        .series()
        .ifPresent(
            series -> {
              image(series.image(), out);
              out.uint8(series.partsTaken()).uint8(series.parts());
            });
    flag(record.taken().isPresent(), out);
    record.taken().ifPresent(image -> image(image, out));
    flag(record.recalled(), out);
    flag(record.blame().isPresent(), out);
    record.blame().ifPresent(blame -> blame(blame, out));
    return out.toOctets();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws FormatException if it is anything else
   */
  static TransferRecord decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    Peer device = peer(in);
    Optional<ImageId> running = optional(in, "running", RecordCodec::image);
    Optional<HardwareVersion> hardware =
        optional(in, "hardware", from -> new HardwareVersion(from.uint16be("hardware version")));
    Phase phase = named(Phase.class, in, "phase");
    Optional<Offer> offer = optional(in, "offer", from -> offer(from, device));
    long turn = in.int64be("turn");
    long since = in.int64be("since");
    Optional<HubStatus.LastFailure> failure =
        optional(
            in,
            "failure",
            from ->
                new HubStatus.LastFailure(
                    named(Failure.class, from, "failure"), text(from, "detail")));
    long phaseSince = in.int64be("phase since");
    PhaseTimeouts timeouts = timeouts(in);
    Optional<Series> series = optional(in, "series", RecordCodec::series);
    Optional<ImageId> taken = optional(in, "taken", RecordCodec::image);
    boolean recalled = flag(in, "recalled");
    Optional<Blame> blame = optional(in, "blame", RecordCodec::blame);
    in.end("record");
    return new TransferRecord(
        device,
        running,
        hardware,
        phase,
        offer.map(plain -> plain.withTimeouts(timeouts)),
        turn,
        since,
        phaseSince,
        failure,
        series,
        taken,
        recalled,
        blame);
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

  private static void blame(Blame blame, OctetWriter out) {
    out.uint8(blame.sha256().length()).octets(blame.sha256()).uint8(blame.times());
  }

  private static Blame blame(OctetReader in) {
    Octets sha256 = in.octets("hash", in.uint8("hash length")).copy();
    int at = in.position();
    int times = in.uint8("times");
    if (times == 0) {
      throw new FormatException("times", at, "0", "1 to 255");
    }
    return new Blame(sha256, times);
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
    if (offer.when() instanceof UpgradeTime.Now) {
      out.uint8(0);
    } else if (offer.when() instanceof UpgradeTime.At at) {
      out.uint8(1).int64be(at.utcMillis());
    } else {
      out.uint8(2);
    }
    out.int64be(offer.priority());
    flag(offer.downgrade().isPresent(), out);
    offer.downgrade().ifPresent(permission -> text(permission.reason(), out));
  }

  private static Offer offer(OctetReader in, Peer device) {
    ImageId image = image(in);
    int at = in.position();
    int kind = in.uint8("when");
    UpgradeTime when =
        switch (kind) {
          case 0 -> new UpgradeTime.Now();
          case 1 -> new UpgradeTime.At(in.int64be("upgrade time"));
          case 2 -> new UpgradeTime.Held();
          default -> throw new FormatException("when", at, String.valueOf(kind), "0 to 2");
        };
    int priority = Math.toIntExact(in.int64be("priority"));
    Optional<DowngradePermission> downgrade =
        optional(in, "downgrade", from -> DowngradePermission.because(text(from, "reason")));
    return new Offer(device, image, when, priority, downgrade);
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
