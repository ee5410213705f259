// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.activation;

import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.Journal.Download;

/** What the device holds at the end of a transfer, which is what it tells its server. */
public sealed interface Held {
  /** A transfer is under way, or none. */
  record Nothing() implements Held {}

  /**
   * A verified image.
   *
   * @param download of it
   * @param file as the server knows it: the image, or its last part
   * @param stackVersion that it runs on
   * @param sha256 of what was verified: nothing else is put in place
   */
  record Image(Download download, ImageId file, int stackVersion, Octets sha256) implements Held {
    /** Which one. */
    public ImageId image() {
      return download.image();
    }
  }

  /** A part of an image, and nothing of the next one. */
  record Part(ImageId file) implements Held {}

  /** A file that is not kept. */
  record Refused(ImageId file, ZclStatus status) implements Held {}
}
