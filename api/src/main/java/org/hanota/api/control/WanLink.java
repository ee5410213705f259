// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A hub's connection to its head end: GBCS messages both ways, images one way. Nothing is called
 * back from inside {@link #send}.
 */
public interface WanLink extends AutoCloseable {
  /** Begins to call {@code receiver}; once only. */
  void open(Receiver receiver);

  /** Sends a GBCS message, or part of what the head end awaits, to the head end. */
  void send(Octets message);

  @Override
  void close();

  /** Where the link calls back. */
  interface Receiver {
    /** A GBCS message for the hub or for one of its devices. */
    void onMessage(Octets message);

    /**
     * An image for some of the hub's devices.
     *
     * @param file the OTA upgrade image, whole
     * @param devices to whom it shall go
     */
    void onImage(OctetSource file, List<Eui64> devices);
  }
}
