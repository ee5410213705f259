// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import org.hanota.api.ImageId;

/**
 * What an operator said of an image, whichever devices it is for. It stands until somebody says
 * something else.
 *
 * @param image the image; a wild card as manufacturer code names that of every manufacturer
 * @param kind what was said
 * @param order who says so and why, in one line
 */
public record ImageOrder(ImageId image, Kind kind, String order) {
  /** What can be said. */
  public enum Kind {
    /** Its transfers are held, and no device begins one without an offer. */
    PAUSED,
    /** Its updates are given up, and no device gets it without an offer. */
    ABORTED
  }

  /** Whether it is about this image. */
  public boolean isAbout(ImageId other) {
    return image.manufacturerCode().matches(other.manufacturerCode())
        && image.imageType().equals(other.imageType())
        && image.fileVersion().equals(other.fileVersion());
  }
}
