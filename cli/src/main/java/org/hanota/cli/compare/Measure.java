// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.compare;

import org.hanota.sim.fleet.FleetCounts.PartSum;
import org.hanota.study.compare.Ratio;

/** What two runs are compared by: a sum over another. */
enum Measure {
  UPDATED("updated", "% of those asked", PartSum.UPDATED, PartSum.ORDERED, 100),
  FAILED("failed", "% of those asked", PartSum.FAILED, PartSum.ORDERED, 100),
  SILENT("silent", "% of those asked", PartSum.SILENT, PartSum.ORDERED, 100),
  DURATION("duration", "s, request to confirmed", PartSum.UPDATED_MILLIS, PartSum.UPDATED, 1e-3),
  TRANSFER("transfer", "s, first block to last", PartSum.TRANSFER_MICROS, PartSum.TRANSFERS, 1e-6),
  REPETITIONS("repetitions", "frames of a transfer", PartSum.REPETITIONS, PartSum.TRANSFERS, 1),
  HUB_AIRTIME("hubAirtime", "s of a transfer", PartSum.HUB_AIRTIME_MICROS, PartSum.TRANSFERS, 1e-6),
  WAN("wan", "kB of a device", PartSum.WAN_OCTETS, PartSum.ORDERED, 1e-3);

  private final String label;
  private final String unit;
  private final PartSum sum;
  private final PartSum count;
  private final double factor;

  Measure(String label, String unit, PartSum sum, PartSum count, double factor) {
    this.label = label;
    this.unit = unit;
    this.sum = sum;
    this.count = count;
    this.factor = factor;
  }

  String label() {
    return label;
  }

  /** Of its values, which are those of the ratio times {@link #factor()}. */
  String unit() {
    return unit;
  }

  double factor() {
    return factor;
  }

  Ratio of(FleetFile file) {
    return Ratio.of(file.sums(sum), file.sums(count));
  }
}
