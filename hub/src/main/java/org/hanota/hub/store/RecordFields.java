// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.Peer;

/** The fields of records as octets. Enumerated values go by their names. */
final class RecordFields {
  private RecordFields() {}

  static void peer(Peer device, OctetWriter out) {
    out.int64be(device.address().value()).uint8(device.endpoint());
  }

  static Peer peer(OctetReader in) {
    return new Peer(new Eui64(in.int64be("address")), in.uint8("endpoint"));
  }

  static void hash(Octets sha256, OctetWriter out) {
    out.uint8(sha256.length()).octets(sha256);
  }

  static Octets hash(OctetReader in) {
    return in.octets("hash", in.uint8("hash length")).copy();
  }

  static void timeouts(PhaseTimeouts timeouts, OctetWriter out) {
    out.uint8(timeouts.millis().size());
    timeouts
        .millis()
        .forEach(
            (timed, millis) -> {
              text(timed.name(), out);
              out.int64be(millis);
            });
  }

  static PhaseTimeouts timeouts(OctetReader in) {
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

  static void versions(VersionRange versions, OctetWriter out) {
    out.uint32be(versions.minimum().value()).uint32be(versions.maximum().value());
  }

  static VersionRange versions(OctetReader in) {
    int at = in.position();
    long minimum = in.uint32be("lowest predecessor");
    long maximum = in.uint32be("highest predecessor");
    if (minimum > maximum) {
      throw new FormatException("predecessors", at, minimum + " to " + maximum, "from the lower");
    }
    return new VersionRange(new FileVersion(minimum), new FileVersion(maximum));
  }

  static void when(UpgradeTime when, OctetWriter out) {
    if (when instanceof UpgradeTime.Now) {
      out.uint8(0);
    } else if (when instanceof UpgradeTime.At at) {
      out.uint8(1).int64be(at.utcMillis());
    } else {
      out.uint8(2);
    }
  }

  static UpgradeTime when(OctetReader in) {
    int at = in.position();
    int kind = in.uint8("when");
    return switch (kind) {
      case 0 -> UpgradeTime.Now.AT_ONCE;
      case 1 -> new UpgradeTime.At(in.int64be("upgrade time"));
      case 2 -> new UpgradeTime.Held();
      default -> throw new FormatException("when", at, String.valueOf(kind), "0 to 2");
    };
  }

  static void image(ImageId image, OctetWriter out) {
    out.uint16be(image.manufacturerCode().value())
        .uint16be(image.imageType().value())
        .uint32be(image.fileVersion().value());
  }

  static ImageId image(OctetReader in) {
    return ImageId.of(
        in.uint16be("manufacturer code"), in.uint16be("image type"), in.uint32be("file version"));
  }

  static void flag(boolean present, OctetWriter out) {
    out.uint8(present ? 1 : 0);
  }

  static <T> void optional(Optional<T> value, OctetWriter out, BiConsumer<T, OctetWriter> write) {
    flag(value.isPresent(), out);
    value.ifPresent(present -> write.accept(present, out));
  }

  static <T> Optional<T> optional(OctetReader in, String field, Function<OctetReader, T> read) {
    return flag(in, field + " present") ? Optional.of(read.apply(in)) : Optional.empty();
  }

  static boolean flag(OctetReader in, String field) {
    int at = in.position();
    int flag = in.uint8(field);
    if (flag > 1) {
      throw new FormatException(field, at, String.valueOf(flag), "0 or 1");
    }
    return flag == 1;
  }

  static void text(String text, OctetWriter out) {
    Octets octets = Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
    Octets kept = octets.slice(0, Math.min(octets.length(), 0xFFFF));
    out.uint16be(kept.length()).octets(kept);
  }

  static String text(OctetReader in, String field) {
    Octets octets = in.octets(field, in.uint16be(field + " length"));
    return new String(octets.toByteArray(), StandardCharsets.UTF_8);
  }

  static <E extends Enum<E>> E named(Class<E> type, OctetReader in, String field) {
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
