// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.Map;
import org.hanota.api.Width;
import org.hanota.transport.serial.stick.Fate;

/**
 * A status of the stick, with the numbers of the SDK since version 14. Those of version 13 that
 * have one are brought to it; others are kept beside the SDK's. Any value may come; those that mean
 * something to the host have names.
 */
public record EzspStatus(long value) {
  /** Done, or under way. */
  public static final EzspStatus OK = new EzspStatus(0x00);

  /** Not done, without a reason. */
  public static final EzspStatus FAIL = new EzspStatus(0x01);

  /** Not in this state. */
  public static final EzspStatus INVALID_STATE = new EzspStatus(0x02);

  /** The stick or the channel has no time for it. */
  public static final EzspStatus BUSY = new EzspStatus(0x04);

  /** The network is there. */
  public static final EzspStatus NETWORK_UP = new EzspStatus(0x15);

  /** The network is not there any more. */
  public static final EzspStatus NETWORK_DOWN = new EzspStatus(0x16);

  /** The stick is in no network. */
  public static final EzspStatus NOT_JOINED = new EzspStatus(0x17);

  /** No buffers. */
  public static final EzspStatus ALLOCATION_FAILED = new EzspStatus(0x19);

  /** No room for more. */
  public static final EzspStatus NO_MORE_RESOURCE = new EzspStatus(0x1A);

  /** A table is full. */
  public static final EzspStatus FULL = new EzspStatus(0x1C);

  /** A value that is not allowed. */
  public static final EzspStatus INVALID_PARAMETER = new EzspStatus(0x21);

  /** It is not there. */
  public static final EzspStatus NOT_FOUND = new EzspStatus(0x2D);

  /** The radio transmits something else. */
  public static final EzspStatus TRANSMIT_BUSY = new EzspStatus(0x34);

  /** More than fits one message. */
  public static final EzspStatus MESSAGE_TOO_LONG = new EzspStatus(0x38);

  /** The next hop did not acknowledge. */
  public static final EzspStatus MAC_NO_ACK_RECEIVED = new EzspStatus(0x40);

  /** A sleepy node did not fetch it in time. */
  public static final EzspStatus MAC_INDIRECT_TIMEOUT = new EzspStatus(0x41);

  /** Too much waits for the radio. */
  public static final EzspStatus MAC_TRANSMIT_QUEUE_FULL = new EzspStatus(0x53);

  /** It was not acknowledged, or there was no way. */
  public static final EzspStatus DELIVERY_FAILED = new EzspStatus(0x0C02);

  /** Too many messages are under way. */
  public static final EzspStatus MESSAGE_LIMIT_REACHED = new EzspStatus(0x0C03);

  /** No key is shared with the other end. */
  public static final EzspStatus APS_ENCRYPTION_ERROR = new EzspStatus(0x0C0A);

  /** The route given did not work. */
  public static final EzspStatus SOURCE_ROUTE_FAILURE = new EzspStatus(0x0C13);

  /** The concentrator's route did not work. */
  public static final EzspStatus MANY_TO_ONE_ROUTE_FAILURE = new EzspStatus(0x0C14);

  /** The network was opened for new nodes. */
  public static final EzspStatus NETWORK_OPENED = new EzspStatus(0x0C18);

  /** The network was closed for new nodes. */
  public static final EzspStatus NETWORK_CLOSED = new EzspStatus(0x0C19);

  /** A status of version 13's serial protocol that is not success. */
  public static final EzspStatus EZSP_ERROR = new EzspStatus(0x0C1E);

  /** The other end's APS layer did not acknowledge. */
  public static final EzspStatus NO_APS_ACK = new EzspStatus(0x0C20);

  /** A route is being looked for. */
  public static final EzspStatus ROUTE_DISCOVERY_UNDERWAY = new EzspStatus(0x0C24);

  /** No route was found. */
  public static final EzspStatus NO_ROUTE = new EzspStatus(0x0C26);

  /** Above all numbers of the SDK: what version 13 says and the SDK has no number for. */
  private static final long EMBER = 0x1_0000_0000L;

  private static final long EZSP = 0x2_0000_0000L;

  private static final Map<Integer, EzspStatus> EMBERS =
      Map.ofEntries(
          Map.entry(0x00, OK),
          Map.entry(0x02, INVALID_PARAMETER),
          Map.entry(0x18, ALLOCATION_FAILED),
          Map.entry(0x39, MAC_TRANSMIT_QUEUE_FULL),
          Map.entry(0x40, MAC_NO_ACK_RECEIVED),
          Map.entry(0x42, MAC_INDIRECT_TIMEOUT),
          Map.entry(0x66, DELIVERY_FAILED),
          Map.entry(0x70, INVALID_STATE),
          Map.entry(0x72, MESSAGE_LIMIT_REACHED),
          Map.entry(0x74, MESSAGE_TOO_LONG),
          Map.entry(0x90, NETWORK_UP),
          Map.entry(0x91, NETWORK_DOWN),
          Map.entry(0x93, NOT_JOINED),
          Map.entry(0x9C, NETWORK_OPENED),
          Map.entry(0x9D, NETWORK_CLOSED),
          Map.entry(0xA1, BUSY),
          Map.entry(0xA6, APS_ENCRYPTION_ERROR),
          Map.entry(0xA9, SOURCE_ROUTE_FAILURE),
          Map.entry(0xAA, MANY_TO_ONE_ROUTE_FAILURE));

  private static final int EMBER_FAIL = 0x01;

  /** Of version 13, the serial protocol's: a value or a place that is not allowed. */
  private static final int EZSP_INVALID_VALUE = 0x36;

  static EzspStatus ofEmber(int octet) {
    return EMBERS.getOrDefault(octet, new EzspStatus(EMBER | octet));
  }

  static EzspStatus ofEzsp(int octet) {
    return octet == 0 ? OK : new EzspStatus(EZSP | octet);
  }

  /** Version 13's number for it. */
  int ember() {
    if ((value & EMBER) != 0) {
      return (int) (value & Width.UINT8_MAX);
    }
    return EMBERS.entrySet().stream()
        .filter(each -> each.getValue().equals(this))
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElse(EMBER_FAIL);
  }

  /** The number of version 13's serial protocol for it. */
  int ezsp() {
    return equals(OK) ? 0 : (value & EZSP) != 0 ? (int) (value & 0xFF) : EZSP_INVALID_VALUE;
  }

  /** Whether it is {@link #OK}. */
  public boolean ok() {
    return value == 0;
  }

  /** What it means to whoever sent a message. */
  public Fate fate() {
    if (ok()) {
      return Fate.DELIVERED;
    }
    if (equals(BUSY)
        || equals(ALLOCATION_FAILED)
        || equals(NO_MORE_RESOURCE)
        || equals(FULL)
        || equals(TRANSMIT_BUSY)
        || equals(MAC_TRANSMIT_QUEUE_FULL)
        || equals(MESSAGE_LIMIT_REACHED)
        || equals(ROUTE_DISCOVERY_UNDERWAY)) {
      return Fate.BUSY;
    }
    if (equals(DELIVERY_FAILED)
        || equals(NO_APS_ACK)
        || equals(MAC_NO_ACK_RECEIVED)
        || equals(MAC_INDIRECT_TIMEOUT)) {
      return Fate.NO_ACK;
    }
    if (equals(NO_ROUTE) || equals(SOURCE_ROUTE_FAILURE) || equals(MANY_TO_ONE_ROUTE_FAILURE)) {
      return Fate.NO_ROUTE;
    }
    if (equals(MESSAGE_TOO_LONG)) {
      return Fate.dropped(
          "it does not fit the air in one piece ("
              + this
              + "): a smaller maximumPayload helps, encryption takes some more octets");
    }
    return equals(APS_ENCRYPTION_ERROR) ? Fate.withoutKey(toString()) : Fate.dropped(toString());
  }

  @Override
  public String toString() {
    if ((value & EMBER) != 0) {
      return "EmberStatus 0x" + Width.hex(value & Width.UINT8_MAX, 2);
    }
    if ((value & EZSP) != 0) {
      return "EzspStatus 0x" + Width.hex(value & Width.UINT8_MAX, 2);
    }
    return "sl_status 0x" + Width.hex(value, 4);
  }
}
