// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.machine.SendResult;

/**
 * What became of a message, whatever the stick's word for it is.
 *
 * @param result what its sender hears
 * @param worthAnotherTry whether the same message may well get through a little later
 * @param reason why the stick refuses it, and what helps; empty if it does not
 */
public record Fate(SendResult result, boolean worthAnotherTry, String reason) {
  /** It is with its receiver, or the stick has taken it. */
  public static final Fate DELIVERED = new Fate(SendResult.DELIVERED, false, "");

  /** The stick or the channel is full. */
  public static final Fate BUSY = new Fate(SendResult.BUSY, true, "");

  /** The other end did not acknowledge. */
  public static final Fate NO_ACK = new Fate(SendResult.NO_ACK, false, "");

  /** There is no way to the other end. */
  public static final Fate NO_ROUTE = new Fate(SendResult.NO_ROUTE, false, "");

  /** The stick refuses it. */
  public static Fate dropped(String reason) {
    return new Fate(SendResult.DROPPED, false, reason);
  }

  /** The stick refuses it: no link key is shared with the other end. */
  public static Fate withoutKey(String status) {
    return dropped("no link key is shared with that node (" + status + "): give the hub its key");
  }

  /** Whether it is {@link #DELIVERED}. */
  public boolean success() {
    return result == SendResult.DELIVERED;
  }
}
