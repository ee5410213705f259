// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.PowerLost;

/**
 * When a node starts anew because of what its machine throws: after a power cut as after a reboot,
 * after any other failure with a pause that grows with the failures in a row. A {@link Driver} and
 * a simulated node restart by the same rule.
 */
public final class Restarts {
  /** Far enough that answers to the frames before a restart do not meet the first ones after it. */
  private static final int FIRST_SEQUENCE_STEP = 97;

  /** A node that can be started anew. */
  public interface Node {
    /** Starts so far: what was begun for an earlier machine is void. */
    int generation();

    /** Takes the power away now and gives it back {@code offNanos} later. */
    void restart(long offNanos);

    /** The time by the node's clock. */
    Now now();

    /** Says what happened. */
    void report(Now now, Event event);
  }

  private final NodeTiming timing;
  private final Node node;
  private int failuresInARow;

  /** The generation of the machine that failed last. */
  private int failedGeneration = -1;

  private long onSinceNanos;

  /** Restarts {@code node}. */
  public Restarts(NodeTiming timing, Node node) {
    this.timing = timing;
    this.node = node;
  }

  /** The node has power from now on. */
  public void on() {
    onSinceNanos = node.now().monotonicNanos();
  }

  /** The sequence number of the first frame of the machine that starts now. */
  public int firstSequence() {
    return node.generation() * FIRST_SEQUENCE_STEP;
  }

  /**
   * Gives the machine something. Whatever it throws starts it anew; an error is a fault of the
   * program, too, and is thrown on.
   */
  public void guarded(Runnable call) {
    int before = node.generation();
    try {
      call.run();
    } catch (PowerLost lost) {
      failedGeneration = before;
      node.restart(timing.rebootNanos());
    } catch (RuntimeException fault) {
      failed(fault, before);
    } catch (Error fault) {
      failed(fault, before);
      throw fault;
    }
  }

  /** Whether a call to the machine of this generation failed: what it changed may not be stored. */
  public boolean hasFailed(int generation) {
    return failedGeneration == generation;
  }

  private void failed(Throwable cause, int ofGeneration) {
    if (node.generation() != ofGeneration) {
      // The machine that failed is gone already.
      return;
    }
    failedGeneration = ofGeneration;
    Now now = node.now();
    boolean quiet = now.monotonicNanos() - onSinceNanos >= timing.failureBackOffMaximumNanos();
    failuresInARow = quiet ? 1 : failuresInARow + 1;
    long afterNanos = timing.backOffNanos(failuresInARow);
    node.restart(afterNanos);
    node.report(now, new NodeEvent.Failed(cause, failuresInARow, afterNanos));
  }
}
