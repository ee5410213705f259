// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.otaformat.PartManifest;

/**
 * Everything that a device remembers over a restart besides the images themselves.
 *
 * @param active the slot that runs
 * @param running the version in it
 * @param other the version that ran before, or that was rolled back
 * @param boot how far the last swap got
 * @param download the image in the other slot, where one is coming or has come
 * @param activation when it shall run, where that is decided
 * @param outbox GBCS messages that nobody has acknowledged yet, oldest first
 */
public record Journal(
    Slot active,
    FileVersion running,
    FileVersion other,
    Boot boot,
    Optional<Download> download,
    Optional<Activation> activation,
    List<Octets> outbox) {
  private static final int FORMAT = 3;

  /** Read and never written. */
  private static final int FORMAT_WITHOUT_PARTS = 1;

  /** Read and never written. */
  private static final int FORMAT_WITHOUT_TAIL = 2;

  /** A receipt, a response and an alert may wait at once; more means that the hub is gone. */
  static final int OUTBOX_MAX = 8;

  /** Keeps a copy of the list. */
  public Journal {
    outbox = List.copyOf(outbox);
  }

  /** How far the last swap got. */
  public enum Boot {
    /** The running image has confirmed itself. */
    CONFIRMED,
    /** The slots are swapped and the new image has not started yet. */
    SWAPPED,
    /** The new image has started once and must confirm itself. */
    TRIAL,
    /** Something, most likely a power cut, ended the first trial: the new image tries again. */
    SECOND_TRIAL,
    /** Whoever does not confirm itself now, or has failed its own test, does not start again. */
    LAST_TRIAL,
    /** It did not confirm itself, so the old one runs again. */
    ROLLED_BACK,
    /** The running image has confirmed itself; nobody was told yet. */
    CONFIRMED_UNTOLD,
    /** The old image runs again and what has to be sent about it is kept; nobody was told yet. */
    ROLLED_BACK_UNTOLD;

    /** Whether the running image still has to confirm itself. */
    public boolean isTrial() {
      return this == TRIAL || this == SECOND_TRIAL || this == LAST_TRIAL;
    }
  }

  /**
   * A download.
   *
   * @param image which image
   * @param sizeOctets its total size
   * @param position every octet before this one has come
   * @param receipted whether its Firmware Distribution Receipt Alert was made
   * @param parts how the image is divided, where it comes in several files
   * @param tail the last octets before the part that is coming, as many as the slot does not hold
   *     for certain: an unfinished write unit, or what shares an erase unit with octets behind it
   */
  public record Download(
      ImageId image,
      long sizeOctets,
      long position,
      boolean receipted,
      Optional<PartManifest> parts,
      Octets tail) {
    /** Checks that the position lies within the image, and that the parts make it. */
    public Download {
      Width.range("sizeOctets", sizeOctets, 1, Width.UINT32_MAX);
      Width.range("position", position, 0, sizeOctets);
      if (parts.isPresent() && parts.get().wholeSize() != sizeOctets) {
        throw new IllegalArgumentException(
            "parts make " + parts.get().wholeSize() + " octets, the image has " + sizeOctets);
      }
    }

    /** Whether every octet is there. */
    public boolean isComplete() {
      return position == sizeOctets;
    }

    /** The same download at another position. */
    public Download at(long other) {
      return new Download(image, sizeOctets, other, receipted, parts, tail);
    }

    /** A download that begins; whether it has parts is told by its first file. */
    public static Download of(ImageId image, long sizeOctets) {
      return new Download(image, sizeOctets, 0, false, Optional.empty(), Octets.EMPTY);
    }

    /** The image of which the file of {@link #image} is the first part. */
    Download divided(PartManifest manifest) {
      return new Download(
          image, manifest.wholeSize(), 0, false, Optional.of(manifest), Octets.EMPTY);
    }

    /** The same with its receipt made. */
    Download withReceipt() {
      return new Download(image, sizeOctets, position, true, parts, tail);
    }

    /** The same with another tail. */
    Download withTail(Octets other) {
      return new Download(image, sizeOctets, position, receipted, parts, other);
    }

    /** Where the tail begins. */
    long tailStart() {
      return partStart() - tail.length();
    }

    /** Where octets go that the slot does not hold: the tail's, or the next ones that come. */
    long writePosition() {
      return tail.isEmpty() ? position : tailStart();
    }

    /** The part, from 0, that is coming or comes next; 0 for an image in one file. */
    int part() {
      return parts.map(manifest -> manifest.indexAt(position)).orElse(0);
    }

    /** Where that part begins in the image. */
    long partStart() {
      return parts.map(manifest -> manifest.start(part())).orElse(0L);
    }

    /** The file that is coming or comes next. */
    ImageId file() {
      return parts.isEmpty()
          ? image
          : new ImageId(
              image.manufacturerCode(),
              parts.get().parts().get(part()).imageType(),
              image.fileVersion());
    }

    /** Whether a further part is awaited after the first. */
    boolean awaitsPart() {
      return part() > 0 && !isComplete();
    }
  }

  /**
   * An activation that was decided.
   *
   * @param image which image
   * @param utcMillis when, in Unix time; empty for at once
   * @param command the GBCS command that demands it, empty for the Upgrade End Response
   */
  public record Activation(ImageId image, OptionalLong utcMillis, Octets command) {}

  /** What the factory leaves: one image in slot A. */
  public static Journal factory(FileVersion running) {
    return new Journal(
        Slot.A, running, running, Boot.CONFIRMED, Optional.empty(), Optional.empty(), List.of());
  }

  /** The slot that takes the next image. */
  public Slot inactive() {
    return active.other();
  }

  /** The same with another download. */
  public Journal withDownload(Optional<Download> other) {
    return new Journal(active, running, this.other, boot, other, activation, outbox);
  }

  /** The same with another activation. */
  public Journal withActivation(Optional<Activation> other) {
    return new Journal(active, running, this.other, boot, download, other, outbox);
  }

  /**
   * The same with nothing downloaded, and nothing to activate but what a command set a time for.
   */
  public Journal withoutDownload() {
    Optional<Activation> kept =
        activation.filter(a -> !a.command().isEmpty() && a.utcMillis().isPresent());
    return new Journal(active, running, other, boot, Optional.empty(), kept, outbox);
  }

  /** The same with another outbox. */
  public Journal withOutbox(List<Octets> other) {
    return new Journal(active, running, this.other, boot, download, activation, other);
  }

  /** The same with one more message to send; the oldest goes where there is no room. */
  Journal withMessage(Octets message) {
    List<Octets> more = new ArrayList<>(outbox);
    more.add(message);
    return withOutbox(more.subList(Math.max(0, more.size() - OUTBOX_MAX), more.size()));
  }

  /** The same with another state of the swap. */
  Journal withBoot(Boot next) {
    return new Journal(active, running, other, next, download, activation, outbox);
  }

  /** The slots changed places; the other slot's image has {@code version}. */
  Journal swapped(FileVersion version, Boot next) {
    return new Journal(inactive(), version, running, next, download, activation, outbox);
  }

  /** The journal as octets, for banks that store octets. */
  public Octets encode() {
    OctetWriter out =
        new OctetWriter(64)
            .uint8(FORMAT)
            .uint8(active == Slot.A ? 0 : 1)
            .uint32be(running.value())
            .uint32be(other.value())
            .uint8(code(boot))
            .uint8(download.isPresent() ? 1 : 0);
    download.ifPresent(
        d -> {
          image(d.image(), out);
          out.uint32be(d.sizeOctets()).uint32be(d.position()).uint8(d.receipted() ? 1 : 0);
          Octets manifest = d.parts().map(PartManifest::write).orElse(Octets.EMPTY);
          out.uint16be(manifest.length()).octets(manifest);
          out.uint32be(d.tail().length()).octets(d.tail());
        });
    out.uint8(activation.isPresent() ? 1 : 0);
    activation.ifPresent(
        a -> {
          image(a.image(), out);
          out.uint8(a.utcMillis().isPresent() ? 1 : 0)
              .int64be(a.utcMillis().orElse(0))
              .uint16be(a.command().length())
              .octets(a.command());
        });
    out.uint8(outbox.size());
    outbox.forEach(message -> out.uint16be(message.length()).octets(message));
    return out.toOctets();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws FormatException if it is anything else
   */
  public static Journal decode(Octets octets) {
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
      boolean timed = flag(in, "time present");
      long utc = in.int64be("time");
      Octets command = in.octets("command", in.uint16be("command length"));
      activation =
          Optional.of(
              new Activation(
                  image, timed ? OptionalLong.of(utc) : OptionalLong.empty(), command.copy()));
    }
    List<Octets> outbox = new ArrayList<>();
    int messages = in.uint8("outbox size");
    for (int i = 0; i < messages; i++) {
      outbox.add(in.octets("message", in.uint16be("message length")).copy());
    }
    in.end("journal");
    return new Journal(active, running, other, boot, download, activation, outbox);
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
    return new Download(image, size, position, receipted, parts, tail);
  }

  private static int code(Boot boot) {
    return switch (boot) {
      case CONFIRMED -> 0;
      case SWAPPED -> 1;
      case TRIAL -> 2;
      case ROLLED_BACK -> 3;
      case SECOND_TRIAL -> 4;
      case LAST_TRIAL -> 5;
      case CONFIRMED_UNTOLD -> 6;
      case ROLLED_BACK_UNTOLD -> 7;
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
      case 6 -> Boot.CONFIRMED_UNTOLD;
      case 7 -> Boot.ROLLED_BACK_UNTOLD;
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
