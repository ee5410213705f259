// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;

/**
 * Which form the frames have. Within the frames that this project uses only version 14 changed
 * anything: statuses became those of the SDK, of four octets, the numbers of messages became two
 * octets, and some fields moved.
 *
 * @param number 13 or more; what is newer than {@link #NEWEST} has the newest form that is known
 */
public record EzspVersion(int number) {
  /** The oldest: EmberZNet 7.4. */
  public static final int OLDEST = 13;

  /** The newest: EmberZNet 9.1. */
  public static final int NEWEST = 19;

  private static final int SDK_STATUSES = 14;

  /** How the status of an answer is read. */
  @FunctionalInterface
  interface StatusReader {
    EzspStatus read(EzspVersion version, OctetReader in);
  }

  /** Commands about keys had the SDK's statuses in version 13 already. */
  static final StatusReader KEY_STATUS = (version, in) -> new EzspStatus(in.uint32le("status"));

  private boolean old() {
    return number < SDK_STATUSES;
  }

  /** Writes a status of the stack. */
  public void status(OctetWriter out, EzspStatus status) {
    if (old()) {
      out.uint8(status.ember());
    } else {
      out.uint32le(status.value());
    }
  }

  /** Reads a status of the stack. */
  public EzspStatus status(OctetReader in) {
    return old()
        ? EzspStatus.ofEmber(in.uint8("EmberStatus"))
        : new EzspStatus(in.uint32le("sl_status"));
  }

  /** Writes a status of the serial protocol itself, as to a setting. */
  public void protocolStatus(OctetWriter out, EzspStatus status) {
    if (old()) {
      out.uint8(status.ezsp());
    } else {
      out.uint32le(status.value());
    }
  }

  /** Reads a status of the serial protocol itself. */
  public EzspStatus protocolStatus(OctetReader in) {
    return old()
        ? EzspStatus.ofEzsp(in.uint8("EzspStatus"))
        : new EzspStatus(in.uint32le("sl_status"));
  }

  /** Whether a status stands before all else in callbacks and answers that have other fields. */
  public boolean statusFirst() {
    return !old();
  }

  /** Whether a transient key is imported with flags. */
  public boolean transientKeyFlags() {
    return old();
  }

  /** Whether the stick is told how to leave a network. */
  public boolean leaveOptions() {
    return !old();
  }

  /** Whether a broadcast names another node as its sender, and a number. */
  public boolean broadcastAlias() {
    return !old();
  }

  /** Whether what is told of the last hop has the sender's EUI-64 and a time. */
  public boolean packetInformation() {
    return !old();
  }

  /** Writes the number of a message. */
  public void tag(OctetWriter out, int tag) {
    if (old()) {
      out.uint8(tag);
    } else {
      out.uint16le(tag);
    }
  }

  /** Reads the number of a message. */
  public int tag(OctetReader in) {
    return old() ? in.uint8("messageTag") : in.uint16le("messageTag");
  }
}
