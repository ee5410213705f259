// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

/**
 * How a message shall travel.
 *
 * @param apsAcknowledgement whether the other end's APS layer acknowledges it
 * @param apsEncryption whether it is encrypted with the APS link key
 * @param priority its place among what waits to be sent
 */
public record SendOptions(boolean apsAcknowledgement, boolean apsEncryption, Priority priority) {
  /** Classes of traffic, the first goes first. */
  public enum Priority {
    /** Metering and control: never waits for an image. */
    METERING,
    /** Everything of the OTA cluster but blocks. */
    NORMAL,
    /** Image blocks. */
    BULK
  }

  /** With acknowledgement, without encryption. */
  public static final SendOptions ACKNOWLEDGED = new SendOptions(true, false, Priority.NORMAL);

  /** The same options with or without encryption. */
  public SendOptions withEncryption(boolean encryption) {
    return new SendOptions(apsAcknowledgement, encryption, priority);
  }

  /** The same options with another priority. */
  public SendOptions withPriority(Priority other) {
    return new SendOptions(apsAcknowledgement, apsEncryption, other);
  }

  /** The same options without acknowledgement, as for the blocks of a page. [ZCL 11.13.7] */
  public SendOptions unacknowledged() {
    return new SendOptions(false, apsEncryption, priority);
  }
}
