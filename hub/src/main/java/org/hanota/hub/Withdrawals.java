// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import org.hanota.api.Octets;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.announce.Activations;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Cause;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.Update;

/** Ends updates whose file is taken out of the hub's images, or proves to be bad. */
final class Withdrawals {
  private final HubParts parts;
  private final HubSteps steps;

  Withdrawals(HubParts parts, HubSteps steps) {
    this.parts = parts;
    this.steps = steps;
  }

  /** Updates whose file or image is no longer among the images. */
  void withoutImage(Call call) {
    for (Update update : parts.devices().updates()) {
      if (update.isOpen() && update.series() == null && !parts.offers().isHeld(update)) {
        stop(update, "its image was taken out of the hub's images", call);
      }
    }
  }

  /** Updates with a file that too many devices could not run. */
  void quarantined(Octets sha256, Call call) {
    String name =
        parts.catalogue().images().stream()
            .filter(stored -> stored.sha256().equals(sha256))
            .map(StoredImage::name)
            .findFirst()
            .orElse(sha256.toHex());
    call.effects()
        .report(new HubEvent.Quarantined(name, sha256, parts.quarantine().failures(sha256)));
    for (Update update : parts.devices().updates()) {
      if (update.isOpen() && parts.offers().fileOf(update).filter(sha256::equals).isPresent()) {
        stop(update, name + " is quarantined", call);
      }
    }
  }

  /**
   * A device that was told to run its image by now cannot be stopped any more. What a person has
   * paused does not begin by itself once the image is there again. [hanota H15]
   */
  private void stop(Update update, String why, Call call) {
    if (!update.hasImage() || Activations.isAhead(update, call.now())) {
      boolean isPaused = update.phase() == Phase.PAUSED;
      Cause cause =
          isPaused
              ? Cause.Failing.of(Failure.STOPPED, "it was paused, and " + why)
              : Cause.Failing.of(Failure.WITHDRAWN, why);
      steps.fire(update, HubStimulus.STOPPED, cause, call);
    }
  }
}
