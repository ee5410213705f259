// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import org.hanota.api.Eui64;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.request.MessageId;

/**
 * Something for a hub; it is sent again until the hub has said what became of it.
 *
 * @param hub which hub
 * @param number names it in the hub's answer
 * @param request the request that it follows from
 * @param load what it is
 */
public record ToHub(Eui64 hub, long number, MessageId request, Delivery.Load load)
    implements ToWan {
  /** The same as the WAN carries it. */
  public WanLink.Delivery delivery() {
    WanLink.Load carried =
        load instanceof Delivery.Load.Command command
            ? new WanLink.Load.Command(command.message())
            : ((Delivery.Load.Image) load).image();
    return new WanLink.Delivery(number, request.toString(), carried);
  }
}
