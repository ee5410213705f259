// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.letter;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.MessageId;

/**
 * Something that goes to a hub over the WAN.
 *
 * @param id names it
 * @param reason which goes first
 * @param expiresUtcMillis when it is of no use any more
 * @param load what goes
 */
public record Delivery(Id id, ReasonClass reason, long expiresUtcMillis, Load load) {
  /**
   * Names a delivery.
   *
   * @param request the request that it follows from
   * @param hub to which hub
   * @param item which file, part of a file or command
   */
  public record Id(MessageId request, Eui64 hub, String item) {
    @Override
    public String toString() {
      return request + " to " + hub + ", " + item;
    }
  }

  /** What goes. */
  public sealed interface Load {
    /** The devices for which it is. */
    List<Eui64> devices();

    /** An image, or a part of one. */
    record Image(WanLink.Load.Image image) implements Load {
      @Override
      public List<Eui64> devices() {
        return image.devices();
      }
    }

    /** A GBCS command for one device. */
    record Command(Eui64 device, Octets message) implements Load {
      @Override
      public List<Eui64> devices() {
        return List.of(device);
      }
    }
  }
}
