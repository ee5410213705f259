// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;

/** What happens to the update of one device, as either end sees it. */
public sealed interface UpdateEvent extends Event {
  /** The device. */
  Eui64 device();

  /** The image concerned; for {@link Querying} the one that runs. */
  ImageId image();

  /** Waits for its turn; the first in the queue is at position 1. */
  record Queued(Eui64 device, ImageId image, int position) implements UpdateEvent {}

  /** The hub sent the device an Image Notify for the image. */
  record Notified(Eui64 device, ImageId image) implements UpdateEvent {}

  /** Asks for an image. */
  record Querying(Eui64 device, ImageId image) implements UpdateEvent {}

  /** The transfer begins, or goes on at {@code fileOffset}. */
  record Started(Eui64 device, ImageId image, long imageSizeOctets, long fileOffset)
      implements UpdateEvent {}

  /** The transfer goes on; told at each new percent. */
  record Transferring(
      Eui64 device,
      ImageId image,
      long imageSizeOctets,
      long fileOffset,
      OptionalLong remainingMillis)
      implements UpdateEvent {}

  /** The transfer rests and will go on by itself. */
  record Paused(Eui64 device, ImageId image, long fileOffset, String reason, long pauseMillis)
      implements UpdateEvent {}

  /** A part of an image in several files has come whole; {@code next} is the file that follows. */
  record PartReceived(Eui64 device, ImageId image, ImageId next) implements UpdateEvent {}

  /** Every octet is there and the checks run. */
  record Verifying(Eui64 device, ImageId image) implements UpdateEvent {}

  /** The checks passed; {@code how} names them. */
  record Verified(Eui64 device, ImageId image, String how) implements UpdateEvent {}

  /** Verified, and not to run before {@code until} tells. */
  record Waiting(Eui64 device, ImageId image, String until) implements UpdateEvent {}

  /** The new image is being put in place. */
  record Activating(Eui64 device, ImageId image) implements UpdateEvent {}

  /** The new image runs and has confirmed itself. */
  record Confirmed(Eui64 device, ImageId image) implements UpdateEvent {}

  /** The update ended without the new image running. */
  record Failed(Eui64 device, ImageId image, Failure failure, String detail)
      implements UpdateEvent {}

  /** Why an update ended. */
  enum Failure {
    /** The image did not pass its checks. */
    INVALID_IMAGE,
    /** The device gave it up. */
    ABORTED,
    /** An operator gave it up: that stands until somebody starts an update again. */
    STOPPED,
    /** The image is offered no more: it was taken out of the images, or is quarantined. */
    WITHDRAWN,
    /** The device has no room for it. */
    INSUFFICIENT_SPACE,
    /** The server offered what the device did not ask for or may not take. */
    REFUSED,
    /** It took longer than it may. */
    EXPIRED,
    /** The new image did not confirm itself and the old one runs again. */
    ROLLED_BACK,
    /** The new image could not be put in place. */
    ACTIVATION_FAILED
  }
}
