// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceInput;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.PartManifest;
import org.hanota.otaformat.Section;

/** What an image in several files asks for beside the transfer of each. [ZCL 11.13.9] */
public final class Parts {
  private static final long NOT_AWAITED = Long.MIN_VALUE;

  private final long waitNanos;
  private final ImageBank bank;
  private final DeviceJournal journal;
  private final SlotWriter slot;

  /** Since when the server has answered that it lacks the next part. */
  private long awaitedNanos = NOT_AWAITED;

  /** The check of a part that was started last: an abort does not end its job. */
  private int check;

  Parts(DeviceConfig config, ImageBank bank, DeviceJournal journal, SlotWriter slot) {
    this.waitNanos = config.parameters().partWaitMs() * 1_000_000L;
    this.bank = bank;
    this.journal = journal;
    this.slot = slot;
  }

  /** Why a file is not taken although it was begun, and what the server is told. */
  public record Refusal(Failure failure, String detail, ZclStatus status) {}

  /**
   * Moves an unfinished download back to the start of its erase unit. Octets behind the stored
   * position may have been written before this start, and flash memory is erased by whole units
   * only. If octets of an earlier part are in that unit, the journal keeps them until they are
   * written again, since the server may no longer have that part.
   */
  void toEraseStart(Now now) {
    Optional<Download> kept = journal.current().download().filter(d -> !d.isComplete());
    Optional<Download> goesOn = kept.map(this::fromEraseStart);
    if (goesOn.isPresent() && !goesOn.equals(kept)) {
      journal.save(now, goesOn.get());
    }
  }

  private Download fromEraseStart(Download kept) {
    long eraseStart = bank.geometry().eraseStart(kept.position());
    if (eraseStart >= kept.partStart()) {
      return kept.at(eraseStart).withTail(Octets.EMPTY);
    }
    int before = (int) (kept.tailStart() - eraseStart);
    Octets erased =
        before <= 0
            ? Octets.EMPTY
            : bank.read(journal.current().inactive(), kept.tailStart()).octets(eraseStart, before);
    return kept.at(kept.partStart()).withTail(erased.concat(kept.tail()));
  }

  /** The server lacks the next part. True if that has lasted too long. */
  public boolean isOverdue(Now now) {
    if (awaitedNanos == NOT_AWAITED) {
      awaitedNanos = now.monotonicNanos();
    }
    boolean overdue = now.monotonicNanos() - awaitedNanos >= waitNanos;
    if (overdue) {
      awaitedNanos = NOT_AWAITED;
    }
    return overdue;
  }

  /** Whether the image's start, which is in the slot, names parts of which it is the first. */
  boolean isFirst(Transfer current) {
    return manifest(current).isPresent();
  }

  private Optional<PartManifest> manifest(Transfer current) {
    return current
        .manifest(slot.read(journal.current().inactive(), current.position()))
        .filter(manifest -> manifest.wholeSize() > 0);
  }

  /**
   * Whether the file whose head has come is the part that is awaited. The data that came with it
   * goes into the slot.
   */
  boolean isAwaited(Transfer current, FileHead.Content content) {
    if (!current.fits(content)) {
      return false;
    }
    long position = current.position();
    Octets data = current.isPart(content);
    if (!data.isEmpty()) {
      slot.write(journal.current().inactive(), position, data);
    }
    awaitedNanos = NOT_AWAITED;
    return true;
  }

  /** The image of which the file is the first part. */
  Download whole(Transfer first) {
    PartManifest manifest = manifest(first).orElseThrow(AssertionError::new);
    return Download.of(first.file(), manifest.wholeSize()).divided(manifest);
  }

  /** Why the image of which the file is a part is not taken; empty if it is. */
  Optional<Refusal> refusal(Transfer first) {
    ImageId file = first.file();
    Download whole = whole(first);
    if (!whole.file().imageType().equals(file.imageType())) {
      return Optional.of(
          new Refusal(
              Failure.INVALID_IMAGE, file + " is not the first part", ZclStatus.INVALID_IMAGE));
    }
    if (whole.sizeOctets() > bank.capacityOctets()) {
      return Optional.of(
          new Refusal(
              Failure.INSUFFICIENT_SPACE,
              whole.sizeOctets() + " octets in parts, room for " + bank.capacityOctets(),
              ZclStatus.ABORT));
    }
    return Optional.empty();
  }

  /** Checks a part that is not the last, whose data end at {@code end} in the slot. */
  void check(long end, Effects effects) {
    // The journal still stands before the end of the part: a restart fetches the last octets anew.
    Download before = journal.current().download().orElseThrow(AssertionError::new);
    PartManifest.Part part = before.parts().orElseThrow().parts().get(before.part());
    OctetSource stored = slot.read(journal.current().inactive(), end);
    int number = ++check;
    effects.start(
        new Job(
            Job.Kind.VERIFY,
            part.size(),
            () ->
                new DeviceInput.PartChecked(number, fault(stored, end, part, before.part() + 1))));
  }

  /** Whether this is the end of the check that was started last. */
  public boolean isLast(DeviceInput.PartChecked done) {
    return done.check() == check;
  }

  /** Runs as a job: it knows its arguments only. */
  private static Optional<String> fault(
      OctetSource stored, long end, PartManifest.Part part, int number) {
    Octets sha256 = Sha256.of(Section.of(stored, end - part.size(), part.size()));
    return sha256.equals(part.sha256())
        ? Optional.empty()
        : Optional.of(
            "SHA-256 of part "
                + number
                + " is "
                + sha256.toHex()
                + ", by the manifest "
                + part.sha256().toHex());
  }

  /** Writes what decides what happens next, and what is known of the slot. */
  void describe(StateWriter out) {
    slot.describe(out);
    out.putNanos("part awaited since", awaitedNanos).put("part checks", check);
  }
}
