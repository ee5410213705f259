// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.function.ToLongFunction;
import org.hanota.api.machine.Job;

/**
 * How long a node takes for what it does outside its machine.
 *
 * @param jobNanos how long a job takes before its work is done; zero runs it at once
 * @param rebootNanos how long a reboot takes, and a start after a power cut
 * @param failureBackOffNanos how long a node stays off after a failure; twice as long after each
 *     further one in a row, so that storage that is full or away is not worn by trying
 * @param failureBackOffMaximumNanos the longest such time; a node that ran for as long without a
 *     failure begins to count anew
 */
public record NodeTiming(
    ToLongFunction<Job> jobNanos,
    long rebootNanos,
    long failureBackOffNanos,
    long failureBackOffMaximumNanos) {
  private static final long SECOND = 1_000_000_000L;

  /** Jobs and reboots take no time of their own; after failures 1 s, 2 s, 4 s, up to a minute. */
  public static final NodeTiming DEFAULT = of(job -> 0, 0);

  /** Checks the times. */
  public NodeTiming {
    if (rebootNanos < 0 || failureBackOffNanos < 0) {
      throw new IllegalArgumentException("a time is at least 0");
    }
    if (failureBackOffMaximumNanos < failureBackOffNanos) {
      throw new IllegalArgumentException(
          "failureBackOffMaximumNanos "
              + failureBackOffMaximumNanos
              + " is less than failureBackOffNanos "
              + failureBackOffNanos);
    }
  }

  /** The default back-off with jobs and reboots that take time. */
  public static NodeTiming of(ToLongFunction<Job> jobNanos, long rebootNanos) {
    return new NodeTiming(jobNanos, rebootNanos, SECOND, 60 * SECOND);
  }

  /** How long a node stays off after so many failures in a row, at least one. */
  public long backOffNanos(int failuresInARow) {
    long nanos = failureBackOffNanos;
    for (int i = 1; i < failuresInARow && nanos < failureBackOffMaximumNanos; i++) {
      nanos *= 2;
    }
    return Math.min(nanos, failureBackOffMaximumNanos);
  }
}
