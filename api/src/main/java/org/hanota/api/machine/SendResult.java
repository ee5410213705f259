// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

/** What became of a message that was sent. */
public enum SendResult {
  /** It was handed over; with acknowledgement: the other end has it. */
  DELIVERED,
  /** No acknowledgement came. */
  NO_ACK,
  /** No way to the destination is known. */
  NO_ROUTE,
  /** The radio or the queue is full for now. */
  BUSY,
  /** The transport gave it up before it was sent. */
  DROPPED
}
