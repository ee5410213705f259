// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import org.hanota.api.control.Offer;
import org.jspecify.annotations.Nullable;

/** Takes an update from phase to phase, by the table of transitions. */
public interface UpdateSteps {
  /** Does what the table says of {@code stimulus} in the phase of {@code update}. */
  void fire(Update update, HubStimulus stimulus, Cause cause, Call call);

  /** The same for a stimulus that brings nothing with it. */
  default void fire(Update update, HubStimulus stimulus, Call call) {
    fire(update, stimulus, Cause.NONE, call);
  }

  /**
   * An operator or the head end offers an image. If the device already has that image, the offer
   * only announces a new upgrade time; unless it takes back a permission to downgrade, since then
   * the hub must decide again whether the device may have the image.
   */
  default void offer(Update update, Offer offer, Call call) {
    @Nullable Offer before = update.offer();
    boolean lacksPermission =
        before != null && before.downgrade().isPresent() && offer.downgrade().isEmpty();
    boolean same = update.hasImage() && update.image().equals(offer.image()) && !lacksPermission;
    fire(update, same ? HubStimulus.ANNOUNCE : HubStimulus.OFFERED, new Cause.Offered(offer), call);
  }
}
