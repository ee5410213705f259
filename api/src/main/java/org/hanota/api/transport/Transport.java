// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport;

import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;

/**
 * One node's connection to the others. Nothing is called back from inside a method of this
 * interface, and one that does is refused by name; callbacks of one transport come one at a time,
 * on any thread. Its methods are called by one thread at a time, and may be called from inside a
 * callback; they must not block, and what they throw is a failure of the node, which starts anew.
 */
public interface Transport extends AutoCloseable {
  /** Begins to call {@code receiver}; once only. */
  void open(Receiver receiver);

  /**
   * Sends a frame whose source is this node. A frame longer than {@link #maximumPayload} is
   * fragmented where the radio can do so; an Image Block Response never is.
   *
   * @param sendId given back with the result, exactly once
   */
  void send(long sendId, Frame frame);

  /** Looks for a server of the cluster; answered once, by one of the two callbacks. */
  void discover(int profileId, int clusterId);

  /**
   * The most octets of one ZCL frame to that node in one piece: the ZCL header counts (3 octets, 5
   * with a manufacturer code), and APS, network and radio headers do not.
   */
  int maximumPayload(Peer destination);

  /** A sleepy node polls its parent often while this is wanted; others ignore it. */
  default void pollFast(boolean wanted) {}

  /**
   * Whether it calls {@link Receiver#onTurnEnd} after callbacks, so that a node may store several
   * of them in one step.
   */
  default boolean tellsTurns() {
    return false;
  }

  /** Ends the callbacks; a frame under way may be lost. */
  @Override
  void close();

  /** Where a transport calls back. */
  interface Receiver {
    /** A frame came. */
    void onFrame(Frame frame);

    /** What became of a frame that was sent. */
    void onSent(long sendId, SendResult result);

    /** A server answered. */
    void onServerFound(Peer server);

    /** No server answered in time. */
    void onNoServer();

    /** Nothing more comes for now, or much has come: what the node owes is stored, then sent. */
    default void onTurnEnd() {}

    /** How many changes the node has not stored yet; grows with each callback that makes one. */
    default int owed() {
      return 0;
    }

    /**
     * Changes whenever the node loses its power or fails: what it owed then is not stored, and
     * whoever let go of a frame that it got before would lose it.
     */
    default int generation() {
      return 0;
    }

    /** Whether the node has power now; one without acknowledges nothing. */
    default boolean isOn() {
      return true;
    }
  }
}
