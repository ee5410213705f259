// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.Arrays;

/** The two-sample statistic of Kolmogorov and Smirnov. */
final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /** The largest distance between the two empirical distributions. */
  static double distance(double[] one, double[] other) {
    double[] a = one.clone();
    double[] b = other.clone();
    Arrays.sort(a);
    Arrays.sort(b);
    int i = 0;
    int j = 0;
    double largest = 0;
    while (i < a.length && j < b.length) {
      double here = Math.min(a[i], b[j]);
      while (i < a.length && a[i] == here) {
        i++;
      }
      while (j < b.length && b[j] == here) {
        j++;
      }
      largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return largest;
  }
}
