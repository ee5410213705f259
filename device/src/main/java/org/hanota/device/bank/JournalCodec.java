// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.bank.Journal.Boot;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.bank.Journal.Installed;
import org.hanota.otaformat.PartManifest;

/** Writes a journal as octets, and reads that of any earlier format. */
final class JournalCodec {
  private static final int FORMAT = 5;

  /** Without the server that set a time; read and never written. */
  private static final int FORMAT_WITHOUT_SERVER = 4;

  /** Without the doubted time; read and never written. */
  private static final int FORMAT_WITHOUT_DOUBT = 3;

  /** Without a tail, what was installed, the erases and times; read and never written. */
  private static final int FORMAT_WITHOUT_TAIL = 2;

  /** Without parts either; read and never written. */
  private static final int FORMAT_WITHOUT_PARTS = 1;

  private static final int SHA256_OCTETS = 32;

  private JournalCodec() {}

  static Octets encode(Journal journal) {
    OctetWriter out =
        new OctetWriter(64)
            .uint8(FORMAT)
            .uint8(journal.active() == Slot.A ? 0 : 1)
            .uint32be(journal.running().value())
            .uint32be(journal.other().value())
            .uint8(code(journal.boot()))
            .uint8(journal.download().isPresent() ? 1 : 0);
    journal
        .download()
        .ifPresent(
            d -> {
              image(d.image(), out);
              out.uint32be(d.sizeOctets()).uint32be(d.position()).uint8(d.receipted() ? 1 : 0);
              Octets manifest = d.parts().map(PartManifest::write).orElse(Octets.EMPTY);
              out.uint16be(manifest.length()).octets(manifest);
              out.uint32be(d.tail().length()).octets(d.tail()).int64be(d.spentMs());
            });
    out.uint8(journal.activation().isPresent() ? 1 : 0);
    journal
        .activation()
        .ifPresent(
            a -> {
              image(a.image(), out);
              out.uint8(a.utcMillis().isPresent() ? 1 : 0)
                  .int64be(a.utcMillis().orElse(0))
                  .uint16be(a.command().length())
                  .octets(a.command())
                  .uint8(a.server().isPresent() ? 1 : 0)
                  .int64be(a.server().map(Eui64::value).orElse(0L));
            });
    out.uint8(journal.outbox().size());
    journal.outbox().forEach(message -> out.uint16be(message.length()).octets(message));
    out.uint8(journal.installed().isPresent() ? 1 : 0);
    journal.installed().ifPresent(i -> out.uint32be(i.sizeOctets()).octets(i.sha256()));
    out.uint16be(journal.erases())
        .uint8(journal.seenUtcMillis().isPresent() ? 1 : 0)
        .int64be(journal.seenUtcMillis().orElse(0))
        .uint8(journal.doubtedUtcMillis().isPresent() ? 1 : 0)
        .int64be(journal.doubtedUtcMillis().orElse(0));
    return out.toOctets();
  }

  static Journal decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    int format = in.uint8("format");
    if (format < FORMAT_WITHOUT_PARTS || format > FORMAT) {
      throw new FormatException("format", 0, String.valueOf(format), "1 to " + FORMAT);
    }
    Slot active = flag(in, "active slot") ? Slot.B : Slot.A;
    FileVersion running = new FileVersion(in.uint32be("running version"));
    FileVersion other = new FileVersion(in.uint32be("other version"));
    Boot boot = boot(in);
    Optional<Download> download = Optional.empty();
    if (flag(in, "download present")) {
      download = Optional.of(download(in, format));
    }
    Optional<Activation> activation = Optional.empty();
    if (flag(in, "activation present")) {
      ImageId image = image(in);
      OptionalLong utc = time(in, "time");
      Octets command = in.octets("command", in.uint16be("command length")).copy();
      Optional<Eui64> server =
          format <= FORMAT_WITHOUT_SERVER ? Optional.empty() : address(in, "server");
      activation = Optional.of(new Activation(image, utc, command, server));
    }
    List<Octets> outbox = new ArrayList<>();
    int messages = in.uint8("outbox size");
    for (int i = 0; i < messages; i++) {
      outbox.add(in.octets("message", in.uint16be("message length")).copy());
    }
    Journal known = new Journal(active, running, other, boot, download, activation, outbox);
    if (format <= FORMAT_WITHOUT_TAIL) {
      in.end("journal");
      return known;
    }
    Optional<Installed> installed = Optional.empty();
    if (flag(in, "installed present")) {
      long size = in.uint32be("installed size");
      installed =
          Optional.of(new Installed(size, in.octets("installed hash", SHA256_OCTETS).copy()));
    }
    int erases = in.uint16be("erases");
    OptionalLong seen = time(in, "seen time");
    OptionalLong doubted =
        format <= FORMAT_WITHOUT_DOUBT ? OptionalLong.empty() : time(in, "doubted time");
    in.end("journal");
    return new Journal(
        active,
        running,
        other,
        boot,
        download,
        activation,
        outbox,
        installed,
        erases,
        seen,
        doubted);
  }

  private static OptionalLong time(OctetReader in, String field) {
    boolean isKnown = flag(in, field + " present");
    long utc = in.int64be(field);
    return isKnown ? OptionalLong.of(utc) : OptionalLong.empty();
  }

  private static Optional<Eui64> address(OctetReader in, String field) {
    boolean isKnown = flag(in, field + " present");
    long value = in.int64be(field);
    return isKnown ? Optional.of(new Eui64(value)) : Optional.empty();
  }

  private static Download download(OctetReader in, int format) {
    ImageId image = image(in);
    long size = in.uint32be("size");
    int at = in.position();
    long position = in.uint32be("position");
    if (size == 0 || position > size) {
      throw new FormatException("position", at, position + " of " + size, "within the image");
    }
    boolean receipted = flag(in, "receipted");
    int length = format == FORMAT_WITHOUT_PARTS ? 0 : in.uint16be("manifest length");
    at = in.position();
    Optional<PartManifest> parts =
        length == 0 ? Optional.empty() : Optional.of(PartManifest.read(in.octets("parts", length)));
    if (parts.isPresent() && parts.get().wholeSize() != size) {
      throw new FormatException("parts", at, parts.get().wholeSize() + " octets", "" + size);
    }
    long tailLength = format <= FORMAT_WITHOUT_TAIL ? 0 : in.uint32be("tail length");
    Octets tail = in.octets("tail", (int) Math.min(tailLength, Integer.MAX_VALUE)).copy();
    at = in.position();
    long spent = format <= FORMAT_WITHOUT_TAIL ? 0 : in.int64be("time spent");
    if (spent < 0) {
      throw new FormatException("time spent", at, String.valueOf(spent), "0 or more");
    }
    return new Download(image, size, position, receipted, parts, tail, spent);
  }

  private static int code(Boot boot) {
    return switch (boot) {
      case CONFIRMED -> 0;
      case SWAPPED -> 1;
      case TRIAL -> 2;
      case ROLLED_BACK -> 3;
      case SECOND_TRIAL -> 4;
      case LAST_TRIAL -> 5;
      case CONFIRMED_UNREPORTED -> 6;
      case ROLLED_BACK_UNREPORTED -> 7;
    };
  }

  private static Boot boot(OctetReader in) {
    int at = in.position();
    int code = in.uint8("boot");
    return switch (code) {
      case 0 -> Boot.CONFIRMED;
      case 1 -> Boot.SWAPPED;
      case 2 -> Boot.TRIAL;
      case 3 -> Boot.ROLLED_BACK;
      case 4 -> Boot.SECOND_TRIAL;
      case 5 -> Boot.LAST_TRIAL;
      case 6 -> Boot.CONFIRMED_UNREPORTED;
      case 7 -> Boot.ROLLED_BACK_UNREPORTED;
      default -> throw new FormatException("boot", at, String.valueOf(code), "0 to 7");
    };
  }

  private static boolean flag(OctetReader in, String field) {
    int at = in.position();
    int value = in.uint8(field);
    if (value > 1) {
      throw new FormatException(field, at, String.valueOf(value), "0 or 1");
    }
    return value == 1;
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
}
