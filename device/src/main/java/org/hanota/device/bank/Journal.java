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
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.machine.StateWriter;
import org.hanota.otaformat.PartManifest;
import org.hanota.otaformat.VerifiedImage;

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
 * @param installed what was verified of the image in the active slot; empty for the factory's
 * @param erases how many of the erases that the limit allows are used up
 * @param seenUtcMillis the trusted time when the journal was made, in Unix time
 * @param doubtedUtcMillis what the clock showed at least, if it was doubted as ahead then
 */
public record Journal(
    Slot active,
    FileVersion running,
    FileVersion other,
    Boot boot,
    Optional<Download> download,
    Optional<Activation> activation,
    List<Octets> outbox,
    Optional<Installed> installed,
    int erases,
    OptionalLong seenUtcMillis,
    OptionalLong doubtedUtcMillis) {
  /** A receipt, a response and an alert may wait at once; more means that the hub is gone. */
  public static final int OUTBOX_MAX = 8;

  /** Keeps a copy of the list. */
  public Journal {
    outbox = List.copyOf(outbox);
    Width.range("erases", erases, 0, Width.UINT16_MAX);
  }

  /** A journal that knows nothing of what only later formats hold. */
  public Journal(
      Slot active,
      FileVersion running,
      FileVersion other,
      Boot boot,
      Optional<Download> download,
      Optional<Activation> activation,
      List<Octets> outbox) {
    this(
        active,
        running,
        other,
        boot,
        download,
        activation,
        outbox,
        Optional.empty(),
        0,
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /**
   * What was verified of an image before it was put in place.
   *
   * @param sizeOctets of the whole file
   * @param sha256 of the whole file
   */
  public record Installed(long sizeOctets, Octets sha256) {}

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
    CONFIRMED_UNREPORTED,
    /** The old image runs again and what has to be sent about it is kept; nobody was told yet. */
    ROLLED_BACK_UNREPORTED;

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
   * @param spentMs how long the device has worked on it, as far as that was stored
   */
  public record Download(
      ImageId image,
      long sizeOctets,
      long position,
      boolean receipted,
      Optional<PartManifest> parts,
      Octets tail,
      long spentMs) {
    /** Checks that the position lies within the image, and that the parts make it. */
    public Download {
      Width.range("sizeOctets", sizeOctets, 1, Width.UINT32_MAX);
      Width.range("position", position, 0, sizeOctets);
      Width.range("spentMs", spentMs, 0, Long.MAX_VALUE);
      if (parts.isPresent() && parts.get().wholeSize() != sizeOctets) {
        throw new IllegalArgumentException(
            "parts make " + parts.get().wholeSize() + " octets, the image has " + sizeOctets);
      }
    }

    /** A download of which no time is known. */
    public Download(
        ImageId image,
        long sizeOctets,
        long position,
        boolean receipted,
        Optional<PartManifest> parts,
        Octets tail) {
      this(image, sizeOctets, position, receipted, parts, tail, 0);
    }

    /** Whether every octet is there. */
    public boolean isComplete() {
      return position == sizeOctets;
    }

    /** The same download at another position. */
    public Download at(long other) {
      return new Download(image, sizeOctets, other, receipted, parts, tail, spentMs);
    }

    /** A download that begins; whether it has parts is told by its first file. */
    public static Download of(ImageId image, long sizeOctets) {
      return new Download(image, sizeOctets, 0, false, Optional.empty(), Octets.EMPTY, 0);
    }

    /** The image of which the file of {@link #image} is the first part. */
    public Download divided(PartManifest manifest) {
      return new Download(
          image, manifest.wholeSize(), 0, false, Optional.of(manifest), Octets.EMPTY, spentMs);
    }

    /** The same with its receipt made. */
    public Download withReceipt() {
      return new Download(image, sizeOctets, position, true, parts, tail, spentMs);
    }

    /** The same with another tail. */
    public Download withTail(Octets other) {
      return new Download(image, sizeOctets, position, receipted, parts, other, spentMs);
    }

    /** Where the tail begins. */
    public long tailStart() {
      return partStart() - tail.length();
    }

    /** Where octets go that the slot does not hold: the tail's, or the next ones that come. */
    public long writePosition() {
      return tail.isEmpty() ? position : tailStart();
    }

    /** The same after so much time. */
    public Download withSpent(long millis) {
      return new Download(image, sizeOctets, position, receipted, parts, tail, millis);
    }

    /** The part, from 0, that is coming or comes next; 0 for an image in one file. */
    public int part() {
      return parts.map(manifest -> manifest.indexAt(position)).orElse(0);
    }

    /** Where that part begins in the image. */
    public long partStart() {
      return parts.map(manifest -> manifest.start(part())).orElse(0L);
    }

    /** The file that is coming or comes next. */
    public ImageId file() {
      return parts.isEmpty()
          ? image
          : new ImageId(
              image.manufacturerCode(),
              parts.get().parts().get(part()).imageType(),
              image.fileVersion());
    }

    /** Whether a further part is awaited after the first. */
    public boolean awaitsPart() {
      return part() > 0 && !isComplete();
    }
  }

  /**
   * An activation that was decided.
   *
   * @param image which image
   * @param utcMillis when, in Unix time; empty for at once
   * @param command the GBCS command that demands it, empty for the Upgrade End Response
   * @param server whose Upgrade End Response that is; empty for a command, and in earlier formats
   */
  public record Activation(
      ImageId image, OptionalLong utcMillis, Octets command, Optional<Eui64> server) {}

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
    return with(boot, other, activation, outbox);
  }

  /** The same with another activation. */
  public Journal withActivation(Optional<Activation> other) {
    return with(boot, download, other, outbox);
  }

  /**
   * The same without a download. Of activations, one is kept only if a GBCS command set its time.
   */
  public Journal withoutDownload() {
    Optional<Activation> kept =
        activation.filter(a -> !a.command().isEmpty() && a.utcMillis().isPresent());
    return with(boot, Optional.empty(), kept, outbox);
  }

  /** The same with another outbox. */
  public Journal withOutbox(List<Octets> other) {
    return with(boot, download, activation, other);
  }

  /** The same with one more message to send; the oldest goes where there is no room. */
  public Journal withMessage(Octets message) {
    List<Octets> more = new ArrayList<>(outbox);
    more.add(message);
    return withOutbox(more.subList(Math.max(0, more.size() - OUTBOX_MAX), more.size()));
  }

  /** The same with another state of the swap. */
  public Journal withBoot(Boot next) {
    return with(next, download, activation, outbox);
  }

  private Journal with(
      Boot nextBoot,
      Optional<Download> nextDownload,
      Optional<Activation> nextActivation,
      List<Octets> nextOutbox) {
    return new Journal(
        active,
        running,
        other,
        nextBoot,
        nextDownload,
        nextActivation,
        nextOutbox,
        installed,
        erases,
        seenUtcMillis,
        doubtedUtcMillis);
  }

  /** The slots change places; the other slot's image is {@code image}. */
  public Journal swapped(VerifiedImage image) {
    return swapped(
        image.image().fileVersion(),
        Boot.SWAPPED,
        Optional.of(new Installed(image.sizeOctets(), image.sha256())));
  }

  /** The slots change places back; what is known of the image that did not run is kept. */
  public Journal rolledBack() {
    return swapped(other, Boot.ROLLED_BACK, installed);
  }

  /** The slots change places; the image that then runs has {@code version}. */
  public Journal swapped(FileVersion version, Boot next, Optional<Installed> of) {
    return new Journal(
        inactive(),
        version,
        running,
        next,
        download,
        activation,
        outbox,
        of,
        erases,
        seenUtcMillis,
        doubtedUtcMillis);
  }

  /** The same at another trusted and doubted time, with so many erases used up. */
  public Journal at(OptionalLong utcMillis, OptionalLong doubtedMillis, int erasesUsed) {
    return new Journal(
        active,
        running,
        other,
        boot,
        download,
        activation,
        outbox,
        installed,
        erasesUsed,
        utcMillis,
        doubtedMillis);
  }

  /** The journal as octets, for banks that store octets. */
  public Octets encode() {
    return JournalCodec.encode(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws FormatException if it is anything else
   */
  public static Journal decode(Octets octets) {
    return JournalCodec.decode(octets);
  }

  /** Writes all of it, its times as such. */
  public void describe(StateWriter out) {
    out.put("active", active)
        .put("running", running)
        .put("other", other)
        .put("boot", boot)
        .put("download", download);
    download.ifPresent(coming -> out.put("tail", coming.tail().toHex()));
    activation.ifPresent(
        decided -> {
          out.put("activates", decided.image()).put("by command", decided.command().toHex());
          decided.utcMillis().ifPresent(utc -> out.putUtc("activates at", utc));
          decided.server().ifPresent(server -> out.put("by server", server));
        });
    out.put("outbox", outbox.stream().map(Octets::toHex).toList())
        .put("installed", installed)
        .put("erases", erases);
    seenUtcMillis.ifPresent(utc -> out.putUtc("seen", utc));
    doubtedUtcMillis.ifPresent(utc -> out.putUtc("doubted", utc));
  }
}
