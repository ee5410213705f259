// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A hub's connection to its head end: GBCS messages both ways, images one way. Nothing is called
 * back from inside {@link #send} or {@link #want}. What comes while the hub is off is kept. A link
 * that cannot take a message throws: the hub then starts anew, and sends again what it has stored.
 */
public interface WanLink extends AutoCloseable {
  /** Begins to call {@code receiver}; once only. */
  void open(Receiver receiver);

  /** Sends a GBCS message to the head end. */
  void send(Octets message);

  /** Asks for a part of an image whose parts before it {@code device} has; may be asked again. */
  void want(Eui64 device, ImageId part);

  @Override
  void close();

  /** Where the link calls back. */
  interface Receiver {
    /** A GBCS message for the hub or for one of its devices. */
    void onMessage(Octets message);

    /** An image for some of the hub's devices. */
    void onImage(WanImage image);
  }

  /**
   * An image as it comes over the WAN.
   *
   * @param name what people call it
   * @param file the OTA upgrade image, whole
   * @param devices to whom it shall go
   * @param when when it shall run
   */
  record WanImage(String name, OctetSource file, List<Eui64> devices, UpgradeTime when) {
    /** Keeps a copy of the list. */
    public WanImage {
      devices = List.copyOf(devices);
    }
  }
}
