// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import static org.hanota.study.StudyParameter.DCC_COST_HIGH;
import static org.hanota.study.StudyParameter.DEFECT_SHARE;
import static org.hanota.study.StudyParameter.DEVICE_CODE;
import static org.hanota.study.StudyParameter.DEVICE_MEMORY_COST;
import static org.hanota.study.StudyParameter.DEVICE_STORAGE;
import static org.hanota.study.StudyParameter.FAILURE_SHARE;
import static org.hanota.study.StudyParameter.HORIZON_YEARS;
import static org.hanota.study.StudyParameter.METERS;
import static org.hanota.study.StudyParameter.METERS_PER_DISPLAY;
import static org.hanota.study.StudyParameter.NETWORKS;
import static org.hanota.study.StudyParameter.NETWORK_COST;
import static org.hanota.study.StudyParameter.REISSUE_SHARE;
import static org.hanota.study.StudyParameter.SHARED_RELEASE;
import static org.hanota.study.StudyParameter.SHARE_LATE;
import static org.hanota.study.StudyParameter.SHARE_UPGRADEABLE;
import static org.hanota.study.StudyParameter.START_YEAR;
import static org.hanota.study.StudyParameter.SUPPLIERS;
import static org.hanota.study.StudyParameter.SUPPLIER_COST;
import static org.hanota.study.StudyParameter.SUPPORT_COST;
import static org.hanota.study.StudyParameter.UNIT_COST;
import static org.hanota.study.StudyParameter.UPDATES_PER_YEAR;
import static org.hanota.study.StudyParameter.UPDATE_COST;
import static org.hanota.study.StudyParameter.USE_DECLINE;
import static org.hanota.study.StudyParameter.USE_SHARE;
import static org.hanota.study.StudyParameter.VISIT_COST;
import static org.hanota.study.StudyParameter.VISIT_SHARE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.hanota.api.ParameterValues;

/**
 * Cost and benefit of updates over the air for displays, in whole pence: the same on any machine.
 *
 * @param inputs every number that goes in
 */
public record Study(ParameterValues<StudyParameter> inputs) {
  private static final long MILLION = 1_000_000;

  /** When updates could have begun at the earliest. */
  static final int FIRST_YEAR = 2019;

  /** The consultation's numbers, and ours where it has none. */
  public static Study defaults() {
    return new Study(ParameterValues.defaults(StudyParameter.class));
  }

  /** The same with another value of one input. */
  public Study with(StudyParameter row, long value) {
    return new Study(inputs.with(row, value));
  }

  private long get(StudyParameter row) {
    return inputs.get(row);
  }

  private static long share(long whole, long ppm) {
    return Math.multiplyExact(whole, ppm) / MILLION;
  }

  /** PPMIDs when all homes have theirs: 27 million. */
  public long displays() {
    return get(METERS) / get(METERS_PER_DISPLAY);
  }

  /** PPMIDs that can be updated: 10.125 million. C07 */
  public long upgradeable() {
    return share(share(displays(), get(SHARE_LATE)), get(SHARE_UPGRADEABLE));
  }

  /** What it costs to replace each of them: 202.5 million pounds, without visits. C07 */
  public long replacementOfAll() {
    return Math.multiplyExact(upgradeable(), get(UNIT_COST));
  }

  /** The same with a visit for the share of homes that needs one. */
  public long replacementWithVisits() {
    return replacementOfAll() + Math.multiplyExact(visits(upgradeable()), get(VISIT_COST));
  }

  private long visits(long replacements) {
    return share(replacements, get(VISIT_SHARE));
  }

  /** Share of homes that use their display so many years after the first, in millionths. C26 */
  public long usePpm(int years) {
    long use = get(USE_SHARE);
    for (int i = 0; i < years; i++) {
      use = share(use, MILLION - get(USE_DECLINE));
    }
    return use;
  }

  /** Devices that are installed, can be updated and are used in a year. C08, C26 */
  public long inUse(int year) {
    long meters = RollOut.installed(year, get(METERS));
    long installed = Math.multiplyExact(upgradeable(), meters / 1_000) / (get(METERS) / 1_000);
    return share(installed, usePpm(Math.max(0, year - FIRST_YEAR)));
  }

  /** The years that are counted: the horizon is counted from the first year that could be. C08 */
  public List<Integer> years() {
    List<Integer> years = new ArrayList<>();
    long end = FIRST_YEAR + get(HORIZON_YEARS);
    for (int year = (int) get(START_YEAR); year < end; year++) {
      years.add(year);
    }
    return years;
  }

  /** Devices that would have become useless, summed over the years. */
  public long defects() {
    long sum = 0;
    for (int year : years()) {
      sum += share(inUse(year), get(DEFECT_SHARE)) / get(HORIZON_YEARS);
    }
    return sum;
  }

  /** Of these, those that an update mends. */
  public long mended() {
    return share(defects(), MILLION - get(FAILURE_SHARE));
  }

  /** Visits that are avoided. */
  public long visitsAvoided() {
    return visits(mended());
  }

  /** Cost and benefit of one party. C24 */
  public record Party(String name, long costPence, long benefitPence, String of) {}

  /** What the DCC's change costs, the part that a shared release saves taken off. */
  public long dccCost() {
    return get(DCC_COST_HIGH) * (100 - get(SHARED_RELEASE)) / 100
        + get(SUPPORT_COST) * years().size();
  }

  /** Requests over the horizon, those that are issued again among them. C24 */
  public long requests() {
    long sum = 0;
    for (int year : years()) {
      sum += Math.multiplyExact(inUse(year), get(UPDATES_PER_YEAR));
    }
    return sum + share(sum, get(REISSUE_SHARE));
  }

  /** Code and storage of devices that would have been without. C09 */
  public long memoryCost() {
    return Math.multiplyExact(
        Math.multiplyExact(upgradeable(), get(DEVICE_CODE) + get(DEVICE_STORAGE)) / MILLION,
        get(DEVICE_MEMORY_COST));
  }

  /** Cost and benefit per party; the sums of a study. C24 */
  public List<Party> parties() {
    return List.of(
        new Party("DCC", dccCost(), 0, "its change, less what a shared release saves"),
        new Party(
            "Suppliers",
            Math.multiplyExact(get(SUPPLIERS), get(SUPPLIER_COST))
                + Math.multiplyExact(requests(), get(UPDATE_COST)),
            Math.multiplyExact(visitsAvoided(), get(VISIT_COST)),
            "own systems and requests; visits avoided"),
        new Party(
            "Asset owners",
            memoryCost(),
            Math.multiplyExact(mended(), get(UNIT_COST)),
            "code and storage in devices; devices not replaced"),
        new Party(
            "Networks",
            Math.multiplyExact(get(NETWORKS), get(NETWORK_COST)),
            0,
            "alerts and capacity in their systems"),
        new Party("Consumers", 0, 0, "a display that works: no price is put on it"));
  }

  /** What all parties pay. */
  public long cost() {
    return parties().stream().mapToLong(Party::costPence).sum();
  }

  /** What all parties save. */
  public long benefit() {
    return parties().stream().mapToLong(Party::benefitPence).sum();
  }

  /** Benefit less cost. */
  public long net() {
    return benefit() - cost();
  }

  /**
   * The smallest value of an input, from its least to {@code largest}, with which benefit is not
   * below cost. The benefit must not fall where the input rises. C06
   */
  public OptionalLong breakEven(StudyParameter row, long largest) {
    long low = row.parameter().minimum();
    long high = largest;
    if (with(row, high).net() < 0) {
      return OptionalLong.empty();
    }
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (with(row, middle).net() >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return OptionalLong.of(low);
  }

  /** How an input's range moves the result. */
  public record Swing(StudyParameter row, long low, long high, long netAtLow, long netAtHigh) {
    /** The distance between the two results. */
    public long width() {
      return Math.abs(netAtHigh - netAtLow);
    }
  }

  /** Each input halved and doubled within its range, the widest swing first: a tornado. */
  public List<Swing> tornado() {
    List<Swing> swings = new ArrayList<>();
    for (StudyParameter row : StudyParameter.values()) {
      long value = get(row);
      if (row == START_YEAR || row == HORIZON_YEARS || value == 0) {
        continue;
      }
      long low = Math.max(row.parameter().minimum(), value / 2);
      long high = Math.min(row.parameter().maximum(), value * 2);
      Swing swing = new Swing(row, low, high, with(row, low).net(), with(row, high).net());
      if (swing.width() > 0) {
        swings.add(swing);
      }
    }
    swings.sort(
        Comparator.comparingLong(Swing::width).reversed().thenComparing(each -> each.row().name()));
    return swings;
  }

  /** How much of the benefit a start in a year leaves. C08 */
  public long netWithStart(int year) {
    return with(START_YEAR, year).net();
  }
}
