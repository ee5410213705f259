// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.List;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.machine.UpdateEvent;

/**
 * Steers a hub from outside of its machine. Safe to call from any thread; nothing is called back
 * from inside a method. What a hub will not do comes back as {@link Answer.Refused}, not as an
 * exception.
 */
public interface HubControl {
  /** What the hub knows, of those devices alone, in the order of their addresses. */
  HubStatus status(HubStatus.Page page);

  /** What the hub knows, of all of its devices. */
  default HubStatus status() {
    return status(HubStatus.Page.ALL);
  }

  /** The images that it holds, in the order of their names. */
  List<CatalogueImage> catalogue();

  /** Offers an image to a device: it is queued, notified when its turn comes, and watched. */
  Answer start(Offer offer);

  /** Holds a device's transfer: its requests are answered with WAIT_FOR_DATA. */
  Answer pause(Eui64 device);

  /** Lets a paused transfer go on. */
  Answer resume(Eui64 device);

  /**
   * Gives a device's update up. That stands until somebody starts an update of the device again.
   *
   * @param order who says so and why, in one line, which the status shows
   */
  Answer abort(Eui64 device, String order);

  /**
   * Tells {@code listener} of everything that happens from now on, one event at a time.
   *
   * @return ends it
   */
  AutoCloseable progress(Consumer<UpdateEvent> listener);

  /** What became of a wish. */
  sealed interface Answer {
    /** It will be done. */
    record Accepted() implements Answer {}

    /** It will not be done. */
    record Refused(String reason) implements Answer {}
  }
}
