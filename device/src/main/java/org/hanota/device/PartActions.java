// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.api.zcl.ZclStatus.ABORT;
import static org.hanota.api.zcl.ZclStatus.INVALID_IMAGE;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal.Download;
import org.hanota.otaformat.PartManifest;
import org.hanota.otaformat.Section;
import org.hanota.otaformat.Sha256;
import org.jspecify.annotations.Nullable;

/** What an image in several files asks for beside the transfer of each. [ZCL 11.13.9] */
abstract class PartActions extends DeviceContext {
  private static final long NOT_AWAITED = Long.MIN_VALUE;

  /** Since when the server has answered that it lacks the next part. */
  private long partAwaitedNanos = NOT_AWAITED;

  PartActions(
      DeviceConfig config,
      ImageBank bank,
      SeededRandom random,
      BooleanSupplier selfTest,
      PowerSource power) {
    super(config, bank, random, selfTest, power);
  }

  abstract DeviceState query();

  abstract DeviceState rest(String reason);

  /** Whether a slot may be erased once more; says so where it may not. */
  abstract boolean mayErase(ImageId image);

  /** Makes room for a download that begins. */
  abstract DeviceState erase(Transfer begun);

  /** Tells the server how the transfer ended. */
  abstract DeviceState end(ZclStatus status);

  /** The running version, as that of the model or of the part that comes next. [ZCL 11.13.9] */
  ImageId queried() {
    ImageType type =
        memory.download().filter(Download::awaitsPart).map(Download::file).orElse(runningImage()).imageType();
    return new ImageId(config.manufacturerCode(), type, journal().running());
  }

  /** A part that the server does not have yet is asked for again, but not for ever. */
  DeviceState noImage() {
    Optional<Download> kept = memory.download().filter(Download::awaitsPart);
    if (kept.isEmpty()) {
      return idle();
    }
    if (partAwaitedNanos == NOT_AWAITED) {
      partAwaitedNanos = now().monotonicNanos();
    }
    String reason = "the server has no " + kept.get().file() + ", part " + (kept.get().part() + 1);
    if (now().monotonicNanos() - partAwaitedNanos >= parameters.partWaitMs() * 1_000_000L) {
      report(failed(kept.get().image(), Failure.EXPIRED, reason));
      partAwaitedNanos = NOT_AWAITED;
      forget();
      return idle();
    }
    return rest(reason);
  }

  /**
   * The first octets of an image are there. Those of the first part of one are not of the image:
   * its download begins anew, now that the parts are known.
   *
   * @return the state that follows, or null if the image goes on as it is
   */
  @Nullable DeviceState divided(Transfer current) {
    Optional<PartManifest> manifest =
        current.manifest(slotWriter.read(journal().inactive(), current.position()));
    if (manifest.isEmpty() || manifest.get().wholeSize() == 0) {
      return null;
    }
    timers.stop(DeviceTimer.REQUEST);
    ImageId image = current.file();
    long whole = manifest.get().wholeSize();
    if (!manifest.get().parts().get(0).imageType().equals(image.imageType())) {
      return unfit(image, Failure.INVALID_IMAGE, image + " is not the first part", INVALID_IMAGE);
    }
    if (whole > bank.capacityOctets()) {
      String detail = whole + " octets in parts, room for " + bank.capacityOctets();
      return unfit(image, Failure.INSUFFICIENT_SPACE, detail, ABORT);
    }
    if (!mayErase(image)) {
      return end(ABORT);
    }
    timers.stop(DeviceTimer.RESPONSE);
    return erase(
        new Transfer(
            Download.of(image, whole).divided(manifest.get()),
            current.fileSize(),
            parameters,
            minimumBlockPeriod));
  }

  /**
   * The head of a part has come. The data that came with it goes into the slot.
   *
   * @return the state that follows, or null if the transfer goes on
   */
  @Nullable DeviceState headKnown(Transfer current, FileHead.Content content) {
    Download begun = current.download();
    if (!current.fits(content)) {
      timers.stop(DeviceTimer.REQUEST);
      String detail = current.file() + " is not the part that the manifest names";
      return unfit(begun.image(), Failure.INVALID_IMAGE, detail, INVALID_IMAGE);
    }
    Octets data = current.isPart(content);
    if (!data.isEmpty()) {
      slotWriter.write(journal().inactive(), begun.position(), data);
    }
    partAwaitedNanos = NOT_AWAITED;
    return null;
  }

  private DeviceState unfit(ImageId image, Failure failure, String detail, ZclStatus status) {
    report(failed(image, failure, detail));
    return end(status);
  }

  DeviceState checkPart() {
    timers.stop(DeviceTimer.RESPONSE);
    timers.stop(DeviceTimer.REQUEST);
    effects().pollFast(false);
    // The journal still stands before the end of the part: a restart fetches the last octets anew.
    Download before = download();
    PartManifest.Part part = before.parts().orElseThrow().parts().get(before.part());
    long end = transfer().position();
    OctetSource slot = slotWriter.read(journal().inactive(), end);
    effects()
        .start(
            new Job(
                Job.Kind.VERIFY,
                part.size(),
                () -> {
                  Octets sha256 = Sha256.of(Section.of(slot, end - part.size(), part.size()));
                  return new DeviceInput.PartChecked(
                      sha256.equals(part.sha256())
                          ? Optional.empty()
                          : Optional.of(
                              "SHA-256 of part "
                                  + (before.part() + 1)
                                  + " is "
                                  + sha256.toHex()
                                  + ", by the manifest "
                                  + part.sha256().toHex()));
                }));
    return DeviceState.VERIFYING;
  }

  /** A part that is right is told as such; the server may let it go. [ZCL 11.13.9] */
  void partChecked() {
    Optional<String> fault = ((DeviceInput.PartChecked) present(input)).fault();
    Download come = transfer().download();
    if (fault.isPresent()) {
      report(failed(come.image(), Failure.INVALID_IMAGE, fault.get()));
      end(INVALID_IMAGE);
      return;
    }
    // The server may let the part go now: what the slot lacks of it is kept beside.
    save(journal().withDownload(Optional.of(come.withTail(slotWriter.tail(come.position())))));
    report(new UpdateEvent.PartReceived(config.address(), transfer().file(), come.file()));
    end(ZclStatus.REQUIRE_MORE_IMAGE);
  }

  DeviceState nextPart() {
    transfer = null;
    return query();
  }
}
