// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A hub's connection to its head end. Both ways, what is sent is said again by its sender until the
 * other side has said that it keeps it; so each side may lose its power at any moment, and gets
 * some of it twice. Nothing is called back from inside {@link #send}, {@link #want} or {@link
 * #ended}. A link that cannot take something throws: the hub then starts anew, and sends again what
 * it has stored.
 */
public interface WanLink extends AutoCloseable {
  /** Begins to call {@code receiver}; once only. */
  void open(Receiver receiver);

  /** Sends a GBCS message to the head end; it comes again until it was heard. */
  void send(Octets message);

  /** Asks for a part of an image whose parts before it {@code device} has; may be asked again. */
  void want(Eui64 device, ImageId part);

  /** Says what became of a delivery, each time that it comes; what follows from it is kept. */
  void ended(long number, End end);

  @Override
  void close();

  /** Where the link calls back. */
  interface Receiver {
    /** Something for the hub or its devices; it comes again until its end was said. */
    void onDelivery(Delivery delivery);

    /**
     * The head end keeps a message.
     *
     * @param sha256 of the message, 32 octets
     */
    void onHeard(Octets sha256);
  }

  /**
   * Something that the head end has for a hub.
   *
   * @param number names it to the head end, in what the hub says of it
   * @param request the RequestID that it follows from, as DUIS writes it; with the number it names
   *     the delivery among all that the hub ever gets
   * @param load what it is, and for which devices
   */
  record Delivery(long number, String request, Load load) {}

  /** What a delivery brings: an image, or a part of one, or a command. */
  sealed interface Load {
    /**
     * An image.
     *
     * @param name what people call it
     * @param file the OTA upgrade image, whole
     * @param devices to whom it shall go
     * @param when when it shall run
     */
    record Image(String name, OctetSource file, List<Eui64> devices, UpgradeTime when)
        implements Load {
      /** Keeps a copy of the list. */
      public Image {
        devices = List.copyOf(devices);
      }
    }

    /** A GBCS message for a device, which it names. */
    record Command(Octets message) implements Load {}
  }

  /** What became of a delivery at the hub; where it says nothing in time, the head end ends it. */
  sealed interface End {
    /** The hub keeps it. */
    record Kept() implements End {}

    /** The hub does not take it, for people: why. */
    record Refused(String reason) implements End {}
  }
}
