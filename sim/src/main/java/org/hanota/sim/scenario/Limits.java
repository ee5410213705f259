// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

/**
 * When a simulation ends at the latest. It has two phases: in the first one nemeses do what they
 * can; if something is open at its end they stop, and in the second one everything must end.
 *
 * @param safetyNanos the first phase
 * @param livenessNanos the second phase
 */
public record Limits(long safetyNanos, long livenessNanos) {
  private static final long DAY_NANOS = 24L * 3600 * 1_000_000_000;

  /** Two months, and then longer than any pause of a device or a hub. */
  public static final Limits DEFAULT = new Limits(60 * DAY_NANOS, 30 * DAY_NANOS);

  /** Checks that both last. */
  public Limits {
    if (safetyNanos < 1 || livenessNanos < 1) {
      throw new IllegalArgumentException(
          "safety is "
              + safetyNanos
              + " ns and liveness "
              + livenessNanos
              + " ns, allowed 1 and more");
    }
  }

  /** Days of the first phase, for people. */
  public long safetyDays() {
    return safetyNanos / DAY_NANOS;
  }
}
