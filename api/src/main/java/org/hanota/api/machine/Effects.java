// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import org.hanota.api.zcl.ZclMessage;

/**
 * Where a machine puts what it wants done. Effects are collected and performed after the call has
 * returned; if the call throws, none of them is.
 */
public interface Effects {
  /**
   * Sends a message of its own accord.
   *
   * @return names the message in {@link Machine#onSent}
   */
  long send(Peer destination, ZclMessage message, SendOptions options);

  /**
   * Answers {@code request} with its transaction sequence number.
   *
   * @return names the message in {@link Machine#onSent}
   */
  long reply(Received request, ZclMessage message, SendOptions options);

  /**
   * Asks for {@link Machine#onTimer} at that time; replaces what was asked before. {@link
   * Long#MAX_VALUE} asks for nothing.
   */
  void wakeAt(long monotonicNanos);

  /** Starts work that takes time. */
  void start(Job job);

  /** A sleepy node polls its parent often while it expects something. */
  void pollFast(boolean wanted);

  /** Looks for servers; answered by {@link Input.ServerFound} or {@link Input.NoServer}. */
  void discover(int profileId, int clusterId);

  /** Hands something to the head end. A node that has none lets it go nowhere. */
  void toWan(ToWan what);

  /** Tells whoever listens. */
  void report(Event event);
}
