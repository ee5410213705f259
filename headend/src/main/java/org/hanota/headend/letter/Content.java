// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.letter;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;

/** What a letter says. */
public sealed interface Content {
  /**
   * A user asks the DCC. The request's signature was checked where it came in.
   *
   * @param service the address at which it was put
   */
  record ServiceCall(Service service, Request request) implements Content {}

  /** The DCC answers a user, or tells it something. */
  record Answer(Response response) implements Content {}

  /** Something shall go to a hub. */
  record Deliver(Delivery delivery) implements Content {}

  /**
   * What is not on its way yet shall not go any more.
   *
   * @param hub to which hub; empty for all
   */
  record Withdraw(MessageId request, Optional<Eui64> hub, String reason) implements Content {}

  /**
   * What became of a delivery.
   *
   * @param devices for whom it was
   */
  record Ended(Delivery.Id id, List<Eui64> devices, DeliveryEnd end) implements Content {
    /** Keeps a copy of the list. */
    public Ended {
      devices = List.copyOf(devices);
    }
  }

  /** A GBCS message of a hub or of one of its devices. */
  record FromHub(Eui64 hub, Octets message) implements Content {}

  /** A device has every part of an image before this one. */
  record PartWanted(Eui64 hub, Eui64 device, ImageId part) implements Content {}
}
