// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.activation;

import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceInput;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.download.Suitability;
import org.hanota.device.gbcs.GbcsAgent;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.VerificationStep;
import org.hanota.otaformat.VerifiedImage;

/** Checks the image in the slot: once when it is whole, and again before it is put in place. */
public final class ImageCheck {
  private final DeviceConfig config;
  private final ImageBank bank;
  private final DeviceJournal journal;

  /** The verification that was started last: an abort does not end its job. */
  private int check;

  /** Checks images in {@code bank}. */
  public ImageCheck(DeviceConfig config, ImageBank bank, DeviceJournal journal) {
    this.config = config;
    this.bank = bank;
    this.journal = journal;
  }

  private OctetSource file(Download complete) {
    return bank.read(journal.current().inactive(), complete.sizeOctets());
  }

  /** Starts to verify an image that is whole. */
  public void verify(Download complete, Effects effects) {
    OctetSource file = file(complete);
    FileVersion running = journal.current().running();
    int number = ++check;
    effects.report(new UpdateEvent.Verifying(config.address(), complete.image()));
    effects.start(
        new Job(
            Job.Kind.VERIFY,
            complete.sizeOctets(),
            () ->
                new DeviceInput.VerificationDone(
                    number, verification(config, file, complete, running))));
  }

  /** Whether this is the end of the verification that was started last. */
  public boolean isLast(DeviceInput.VerificationDone done) {
    return done.check() == check;
  }

  /**
   * Starts to check what lies in the slot now: that it still is what was verified, and what the
   * command says that is kept. [GBCS 11.5]
   */
  void recheck(Held.Image held, Effects effects) {
    Download complete = held.download();
    Octets verified = held.sha256();
    OctetSource file = file(complete);
    FileVersion running = journal.current().running();
    Optional<Octets> ordered =
        journal
            .current()
            .activation()
            .map(Activation::command)
            .filter(command -> !command.isEmpty())
            .map(GbcsAgent::orderedHash);
    effects.start(
        new Job(
            Job.Kind.SWAP,
            complete.sizeOctets(),
            () -> checked(config, file, complete, running, verified, ordered)));
  }

  /** The image that was verified, whose last file is {@code file}. */
  public Held.Image held(VerifiedImage image, ImageId file) {
    Download complete =
        journal
            .current()
            .download()
            .orElseGet(() -> Download.of(image.image(), image.sizeOctets()).at(image.sizeOctets()));
    int stackVersion = OtaHeader.read(file(complete)).zigBeeStackVersion();
    return new Held.Image(complete, file, stackVersion, image.sha256());
  }

  /**
   * The verifier decides, then the header tells whether the image is for this device. One that came
   * in parts must be the one that its manifest names. Runs as a job: it knows its arguments only.
   */
  private static Verification verification(
      DeviceConfig config, OctetSource file, Download complete, FileVersion running) {
    if (complete.parts().isPresent()) {
      Octets sha256 = Sha256.of(file);
      Octets named = complete.parts().get().wholeSha256();
      if (!sha256.equals(named)) {
        return new Verification.Refused(
            VerificationStep.FORM,
            "SHA-256 of the whole is " + sha256.toHex() + ", by the manifest " + named.toHex());
      }
    }
    Verification result = config.verifier().verify(file, complete.image());
    if (result instanceof Verification.Refused) {
      return result;
    }
    return Suitability.mismatch(config, OtaHeader.read(file), running)
        .<Verification>map(reason -> new Verification.Refused(VerificationStep.IDENTITY, reason))
        .orElse(result);
  }

  /** Runs as a job. */
  private static Input checked(
      DeviceConfig config,
      OctetSource file,
      Download complete,
      FileVersion running,
      Octets verified,
      Optional<Octets> ordered) {
    Verification again = verification(config, file, complete, running);
    if (again instanceof Verification.Refused refused) {
      return new DeviceInput.SwapRefused(false, refused.step() + ": " + refused.reason());
    }
    if (ordered.isPresent() && !ordered.get().equals(GbcsAgent.manufacturerImageHash(file))) {
      return new DeviceInput.SwapRefused(true, "the command names another image");
    }
    VerifiedImage image = ((Verification.Verified) again).image();
    // Some verifiers take more than one file of a name.
    return image.sha256().equals(verified)
        ? new DeviceInput.SwapChecked(image)
        : new DeviceInput.SwapRefused(
            false,
            "SHA-256 in the slot is "
                + image.sha256().toHex()
                + ", when it was verified it was "
                + verified.toHex());
  }

  /** Writes which check's end is awaited. */
  public void describe(StateWriter out) {
    out.put("checks", check);
  }
}
