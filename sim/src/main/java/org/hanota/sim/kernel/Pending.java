// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import java.util.Optional;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;

/**
 * Something that will happen. It is data, so that a schedule can be listed, printed, divided and
 * thinned out. Nodes are named by their numbers in the {@link Kernel}.
 */
public sealed interface Pending {
  /**
   * A frame comes to a node.
   *
   * @param sendId of the frame at its sender
   * @param frame as it comes
   * @param isChanged whether it is not what was sent
   * @param isAcknowledged whether the sender is told if the node heard it
   */
  record Deliver(
      int from, int to, long sendId, Frame frame, boolean isChanged, boolean isAcknowledged)
      implements Pending {}

  /** A node hears what became of a frame that it sent. */
  record Sent(int node, long sendId, SendResult result) implements Pending {}

  /** A node hears which server it found; empty if none. */
  record Discovered(int node, Optional<Peer> server) implements Pending {}

  /**
   * A node's timer.
   *
   * @param generation restarts of the node when it was set; void after another
   * @param atNanos by the node's own clock
   */
  record Wake(int node, int generation, long atNanos) implements Pending {}

  /** A job of a node is done; void if the node was restarted since. */
  record JobDone(int node, int generation, Job job) implements Pending {}

  /** A node gets its power back; void if it lost it again since. */
  record Restart(int node, int generation) implements Pending {}

  /** A fault of whoever listened to a node's events: it ends the run and leaves the node alone. */
  record ListenerFailed(int node, RuntimeException fault) implements Pending {}

  /** What the air does later, besides handing over frames. Implemented by records only. */
  non-sealed interface InAir extends Pending {}

  /** What the world around the nodes does. Implemented by records only. */
  non-sealed interface Step extends Pending {}
}
