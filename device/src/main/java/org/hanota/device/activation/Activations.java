// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.activation;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceInput;
import org.hanota.device.bank.BootLoader;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Journal.Boot;
import org.hanota.device.gbcs.GbcsEndpoint;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.otaformat.VerifiedImage;

/** Puts images in place and tries them, and says how that ended. */
public final class Activations {
  private final DeviceConfig config;
  private final ImageBank bank;
  private final DeviceJournal journal;
  private final ImageCheck check;
  private final Optional<GbcsEndpoint> gbcs;
  private final BooleanSupplier selfTest;

  /**
   * Activates images in {@code bank}.
   *
   * @param gbcs reports how that ended, where the device takes part in GBCS
   * @param selfTest whether a new image works
   */
  public Activations(
      DeviceConfig config,
      ImageBank bank,
      DeviceJournal journal,
      ImageCheck check,
      Optional<GbcsEndpoint> gbcs,
      BooleanSupplier selfTest) {
    this.config = config;
    this.bank = bank;
    this.journal = journal;
    this.check = check;
    this.gbcs = gbcs;
    this.selfTest = selfTest;
  }

  /** Checks the image once more, in order to put it in place. */
  public void begin(Held.Image held, Effects effects) {
    effects.report(new UpdateEvent.Activating(config.address(), held.image()));
    check.recheck(held, effects);
  }

  /** Puts the image in place, in one step, and starts again. */
  public void swap(VerifiedImage image, Effects effects) {
    journal.swap(image);
    effects.start(Job.reboot());
  }

  /** The image cannot be put in place: it is forgotten. */
  public void refused(Now now, DeviceInput.SwapRefused refused, Effects effects) {
    ImageId image =
        journal.current().download().map(Journal.Download::image).orElseGet(journal::runningImage);
    effects.report(
        new UpdateEvent.Failed(
            config.address(), image, Failure.ACTIVATION_FAILED, refused.reason()));
    saveOutcome(
        now,
        journal.current().withActivation(Optional.empty()).withoutDownload(),
        refused.hashMismatch()
            ? ActivateImageResponseCode.HASH_MISMATCH
            : ActivateImageResponseCode.ACTIVATION_FAILURE);
  }

  /** What was to be activated is not there. [hanota H12] */
  public void withoutImage(Now now) {
    saveOutcome(
        now,
        journal.current().withActivation(Optional.empty()),
        ActivateImageResponseCode.NO_IMAGE_HELD);
  }

  private void saveOutcome(Now now, Journal next, ActivateImageResponseCode code) {
    Optional<Octets> message = outcome(now, code);
    journal.save(now, message.isPresent() ? next.withMessage(message.get()) : next);
  }

  private Optional<Octets> outcome(Now now, ActivateImageResponseCode code) {
    return gbcs.flatMap(endpoint -> endpoint.outcome(now, code));
  }

  /** After a start: tries the image that runs. False if it was kept before. */
  public boolean tries(Effects effects) {
    if (!journal.current().boot().isTrial()) {
      return false;
    }
    BooleanSupplier test = selfTest;
    effects.start(
        new Job(Job.Kind.VERIFY, 0, () -> new DeviceInput.SelfTested(test.getAsBoolean())));
    return true;
  }

  /** Says how the last update ended, until the next query tells the server too. */
  public void reportEnd(Now now, Effects effects) {
    if (journal.current().boot() == Boot.ROLLED_BACK) {
      saveOutcome(
          now,
          journal
              .current()
              .withBoot(Boot.ROLLED_BACK_UNREPORTED)
              .withActivation(Optional.empty())
              .withoutDownload(),
          ActivateImageResponseCode.ACTIVATION_FAILURE);
    }
    Journal stored = journal.current();
    ImageId running = journal.runningImage();
    if (stored.boot() == Boot.ROLLED_BACK_UNREPORTED) {
      String damage =
          BootLoader.damage(bank, stored, stored.inactive())
              .orElse("the new image did not confirm itself");
      effects.report(
          new UpdateEvent.Failed(
              config.address(),
              running.withVersion(stored.other()),
              Failure.ROLLED_BACK,
              damage + "; " + stored.running() + " runs again"));
    } else if (stored.boot() == Boot.CONFIRMED_UNREPORTED) {
      effects.report(new UpdateEvent.Confirmed(config.address(), running));
    }
  }

  /** Keeps the new image, or starts the old one. */
  public boolean selfTested(Now now, boolean passed, Effects effects) {
    if (!passed) {
      journal.reject();
      effects.start(Job.reboot());
      return false;
    }
    journal.confirm(
        outcome(now, ActivateImageResponseCode.SUCCESS).map(List::of).orElse(List.of()));
    effects.report(new UpdateEvent.Confirmed(config.address(), journal.runningImage()));
    return true;
  }
}
