// SPDX-License-Identifier: Apache-2.0
package org.hanota.study.compare;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The difference of two ratios with its confidence interval, by their parts and Student's
 * distribution. [hanota H146]
 *
 * @param difference of the second and the first
 * @param low end of the interval
 * @param high end of the interval
 * @param isPaired whether part was compared with part, since both runs are of the same homes with
 *     the same seed; what both have in common then does not widen the interval
 */
public record Difference(double difference, double low, double high, boolean isPaired) {
  /** With fewer parts nothing is said of how far they vary. */
  public static final int PARTS_MINIMUM = 8;

  /**
   * Of two ratios.
   *
   * @param sameSeed whether both runs drew the same random numbers
   * @param confidence how often the interval has the true difference in it, 0.5 to 0.9999
   * @throws IllegalArgumentException if one of them has too few parts
   */
  public static Difference of(Ratio first, Ratio second, boolean sameSeed, double confidence) {
    if (!(confidence >= 0.5 && confidence <= 0.9999)) {
      throw new IllegalArgumentException("confidence is " + confidence + ", allowed 0.5 to 0.9999");
    }
    check("first", first);
    check("second", second);
    double difference = second.value() - first.value();
    boolean isPaired = sameSeed && first.pairsWith(second);
    double variance;
    double freedom;
    if (isPaired) {
      int parts = first.parts();
      variance = variance(parts, part -> second.residual(part) - first.residual(part));
      freedom = parts - 1.0;
    } else {
      double one = variance(first.parts(), first::residual);
      double two = variance(second.parts(), second::residual);
      variance = one + two;
      freedom = welch(one, first.parts() - 1.0, two, second.parts() - 1.0);
    }
    double half =
        variance == 0
            ? 0
            : Math.sqrt(variance)
                * TDistribution.of(freedom).inverseCumulativeProbability((1 + confidence) / 2);
    return new Difference(difference, difference - half, difference + half, isPaired);
  }

  private static void check(String which, Ratio ratio) {
    if (ratio.parts() < PARTS_MINIMUM) {
      throw new IllegalArgumentException(
          "the homes of the "
              + which
              + " run are in "
              + ratio.parts()
              + " parts, allowed "
              + PARTS_MINIMUM
              + " and more: take more homes, so that they are in more cells");
    }
  }

  /** Of the mean of residuals, which come to 0. */
  private static double variance(int parts, IntToDoubleFunction residual) {
    double squares = 0;
    for (int i = 0; i < parts; i++) {
      squares += residual.applyAsDouble(i) * residual.applyAsDouble(i);
    }
    return squares / parts / (parts - 1.0);
  }

  /** Degrees of freedom of a sum of two variances, by Welch (1947). */
  private static double welch(double one, double freedomOne, double two, double freedomTwo) {
    double both = one + two;
    return both == 0
        ? freedomOne + freedomTwo
        : both * both / (one * one / freedomOne + two * two / freedomTwo);
  }

  /** Whether 0 is outside of the interval. */
  public boolean isTold() {
    return low > 0 || high < 0;
  }
}
