// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.List;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
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
   * Holds every transfer of an image as {@link #pause(Eui64)} does. Until {@link #resume(ImageId)},
   * only an offer makes a device begin one; who has the image already runs it at its time.
   *
   * @param order who says so and why, in one line, which the catalogue shows
   */
  Answer pause(ImageId image, String order);

  /**
   * Lets every paused transfer of an image go on, and ends what was said of the image. An update
   * that was given up is not begun again by this.
   */
  Answer resume(ImageId image);

  /**
   * Gives every update of an image up, as {@link #abort(Eui64, String)} does. From then on only an
   * offer, to each device, makes it get the image.
   *
   * @param order who says so and why, in one line, which status and catalogue show
   */
  Answer abort(ImageId image, String order);

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
