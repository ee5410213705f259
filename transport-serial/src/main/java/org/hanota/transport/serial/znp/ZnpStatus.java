// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.Width;
import org.hanota.transport.serial.stick.Fate;

/**
 * A status octet of the stick. Any value may come; those that mean something to the host have
 * names.
 */
public record ZnpStatus(int value) {
  /** Done, or under way. */
  public static final ZnpStatus SUCCESS = new ZnpStatus(0x00);

  /** Not done, without a reason. */
  public static final ZnpStatus FAILURE = new ZnpStatus(0x01);

  /** A value that the stick does not allow; an endpoint that is not registered. */
  public static final ZnpStatus INVALID_PARAMETER = new ZnpStatus(0x02);

  /** The item did not exist and was made. */
  public static final ZnpStatus NV_ITEM_CREATED = new ZnpStatus(0x09);

  /** The item could not be read or written. */
  public static final ZnpStatus NV_OPERATION_FAILED = new ZnpStatus(0x0A);

  /** No memory. */
  public static final ZnpStatus MEMORY_ERROR = new ZnpStatus(0x10);

  /** No room for another message. */
  public static final ZnpStatus BUFFER_FULL = new ZnpStatus(0x11);

  /** The radio has no resources. */
  public static final ZnpStatus MAC_NO_RESOURCES = new ZnpStatus(0x1A);

  /** No link key is shared with that node. */
  public static final ZnpStatus SECURITY_NO_KEY = new ZnpStatus(0xA1);

  /** The other end's APS layer did not acknowledge. */
  public static final ZnpStatus APS_NO_ACK = new ZnpStatus(0xB7);

  /** It is there already. */
  public static final ZnpStatus DUPLICATE_ENTRY = new ZnpStatus(0xB8);

  /** No node has that address. */
  public static final ZnpStatus NWK_UNKNOWN_DEVICE = new ZnpStatus(0xC8);

  /** No route to that node. */
  public static final ZnpStatus NWK_NO_ROUTE = new ZnpStatus(0xCD);

  /** No route to that node was found. */
  public static final ZnpStatus NWK_ROUTE_DISCOVERY_FAILED = new ZnpStatus(0xD0);

  /** The channel never fell silent. */
  public static final ZnpStatus MAC_CHANNEL_ACCESS_FAILURE = new ZnpStatus(0xE1);

  /** The next hop did not acknowledge. */
  public static final ZnpStatus MAC_NO_ACK = new ZnpStatus(0xE9);

  /** A sleepy node did not fetch it in time. */
  public static final ZnpStatus MAC_TRANSACTION_EXPIRED = new ZnpStatus(0xF0);

  /** Too many messages wait for sleepy nodes. */
  public static final ZnpStatus MAC_TRANSACTION_OVERFLOW = new ZnpStatus(0xF1);

  /** Checks the width. */
  public ZnpStatus {
    Width.uint8("status", value);
  }

  /** Whether it is {@link #SUCCESS}. */
  public boolean success() {
    return value == 0;
  }

  /** What it means to whoever sent a message. */
  public Fate fate() {
    if (success()) {
      return Fate.DELIVERED;
    }
    if (equals(MEMORY_ERROR)
        || equals(BUFFER_FULL)
        || equals(MAC_NO_RESOURCES)
        || equals(MAC_CHANNEL_ACCESS_FAILURE)
        || equals(MAC_TRANSACTION_OVERFLOW)) {
      return Fate.BUSY;
    }
    if (equals(APS_NO_ACK) || equals(MAC_NO_ACK) || equals(MAC_TRANSACTION_EXPIRED)) {
      return Fate.NO_ACK;
    }
    if (equals(NWK_NO_ROUTE) || equals(NWK_ROUTE_DISCOVERY_FAILED) || equals(NWK_UNKNOWN_DEVICE)) {
      return Fate.NO_ROUTE;
    }
    return equals(SECURITY_NO_KEY)
        ? Fate.withoutKey("status " + this)
        : Fate.dropped("status " + this);
  }

  @Override
  public String toString() {
    return "0x" + Width.hex(value, 2);
  }
}
