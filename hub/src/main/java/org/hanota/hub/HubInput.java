// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Peer;
import org.hanota.otaformat.FileKind;

/** What a hub is told besides messages and time. */
public sealed interface HubInput extends Input {
  /** Offer an image to a device. */
  record Start(Offer offer) implements HubInput {}

  /** Hold a device's transfer. */
  record Pause(Eui64 device) implements HubInput {}

  /** Let the held transfer of a device go on. */
  record Resume(Eui64 device) implements HubInput {}

  /**
   * Give a device's update up, until somebody starts one again.
   *
   * @param order who says so and why
   */
  record Abort(Eui64 device, String order) implements HubInput {}

  /** Hold, or give up, every update of an image, until somebody says something else. */
  record OrderImage(ImageOrder order) implements HubInput {}

  /** Let the held transfers of an image go on, and end what was said of it. */
  record ResumeImage(ImageId image) implements HubInput {}

  /** What a head end has for a hub. */
  sealed interface FromHeadEnd extends HubInput {}

  /**
   * A delivery came over the WAN, for the first time or again: it is acted on once, and its end is
   * said each time.
   *
   * @param number under which its end is said
   * @param name names it among all deliveries: SHA-256, 32 octets
   * @param what what it brings
   */
  record Delivered(long number, Octets name, FromHeadEnd what) implements HubInput {}

  /**
   * The head end keeps a message of the hub.
   *
   * @param sha256 of the message, 32 octets
   */
  record Acknowledged(Octets sha256) implements HubInput {}

  /** A GBCS message came over the WAN for the hub or for one of its devices. */
  record FromWan(Octets message) implements FromHeadEnd {}

  /**
   * An image came over the WAN. It takes the slot of its model: at once if the slot's image is no
   * longer needed or the new one says forceReplace, else it is discarded.
   *
   * @param name what people call it
   * @param file the whole file
   * @param kind what stands behind its header
   * @param devices to whom it shall go
   * @param when when it shall run
   */
  record ImageFromWan(
      String name, OctetSource file, FileKind kind, List<Peer> devices, UpgradeTime when)
      implements FromHeadEnd {
    /** Keeps a copy of the list. */
    public ImageFromWan {
      devices = List.copyOf(devices);
    }
  }

  /** The image store has other images than before. */
  record ImagesChanged() implements HubInput {}
}
