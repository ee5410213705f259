// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.letter.DeliveryEnd;
import org.hanota.headend.store.Stored;

/**
 * Something on its way to a hub.
 *
 * @param number names it to the hub; in the order in which they came
 * @param letter the DSP's letter that brought it
 * @param id names it to the DSP
 * @param delivery what goes; empty at its end, so that images are not kept
 * @param state how far it got
 * @param retryUtcMillis when it is sent again; at its end, when it is forgotten
 */
record Consignment(
    long number,
    long letter,
    Delivery.Id id,
    Optional<Delivery> delivery,
    ConsignmentState state,
    long retryUtcMillis)
    implements Stored {
  Eui64 hub() {
    return id.hub();
  }

  boolean isOpen() {
    return delivery.isPresent();
  }

  /** When it is to be looked at: sent again, given up, or forgotten. */
  long dueUtcMillis() {
    return Math.min(retryUtcMillis, expiresUtcMillis());
  }

  /** When it is of no use any more; at its end, never. */
  long expiresUtcMillis() {
    return delivery.map(Delivery::expiresUtcMillis).orElse(Long.MAX_VALUE);
  }

  /** Whether it waits for its turn among images; commands do not. */
  boolean isImage() {
    return delivery.filter(each -> each.load() instanceof Delivery.Load.Image).isPresent();
  }

  /** It is on its way until then. */
  Consignment sent(long retry) {
    return new Consignment(number, letter, id, delivery, ConsignmentState.SENT, retry);
  }

  /** It is not sent any more, and remembered until its time is over. */
  Consignment recalled() {
    return new Consignment(number, letter, id, delivery, ConsignmentState.RECALLED, Long.MAX_VALUE);
  }

  /** It has come to its end and is remembered for a while, so that it does not begin again. */
  Consignment ended(ConsignmentState end, long forget) {
    return new Consignment(number, letter, id, Optional.empty(), end, forget);
  }

  /** The end as the DSP is told. */
  static DeliveryEnd end(ConsignmentState state, String reason) {
    return switch (state) {
      case DELIVERED -> new DeliveryEnd.Delivered();
      case REFUSED -> new DeliveryEnd.Refused(reason);
      case TIMED_OUT -> new DeliveryEnd.TimedOut();
      case UNKNOWN -> new DeliveryEnd.Unknown();
      case WITHDRAWN -> new DeliveryEnd.Withdrawn(reason);
      case QUEUED, SENT, RECALLED -> throw new AssertionError(state + " is no end");
    };
  }

  @Override
  public String key() {
    return "consignment " + number;
  }
}
