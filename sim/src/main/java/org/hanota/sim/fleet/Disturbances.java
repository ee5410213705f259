// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import org.hanota.api.SeededRandom;

/**
 * A sample of disturbances: each from an exchange in which something goes wrong to the end of the
 * first after which nothing of it is under way any more. Drawn from it, the mean of many is off by
 * their deviation over the root of its size.
 */
final class Disturbances {
  /** Exchanges for each place after which a sample is large enough, where disturbances are long. */
  private static final long EXCHANGES_EACH = 12;

  private final int[] exchanges;
  private final long[] nanos;
  private final int[] hub;
  private final int[] device;
  private final int[] repetitions;
  private int size;
  private long all;

  /** Has room for so many. */
  Disturbances(int capacity) {
    exchanges = new int[capacity];
    nanos = new long[capacity];
    hub = new int[capacity];
    device = new int[capacity];
    repetitions = new int[capacity];
  }

  boolean hasRoom() {
    return size < exchanges.length && all < EXCHANGES_EACH * exchanges.length;
  }

  /**
   * Adds what the pair does from now on, until it is done with it.
   *
   * @param afterNanos what ends before that is none, and is not added
   */
  void add(ExchangePair pair, PairFading fading, long afterNanos) {
    long from = pair.nowNanos();
    long block = pair.block();
    long airtimeHub = pair.airtimeHubNanos();
    long airtimeDevice = pair.airtimeDeviceNanos();
    long repeated = pair.repetitions();
    boolean isOver = pair.next() && fading.isGood(pair.nowNanos());
    if (pair.nowNanos() <= afterNanos) {
      return;
    }
    while (!isOver) {
      isOver = pair.next() && fading.isGood(pair.nowNanos());
    }
    exchanges[size] = (int) (pair.block() - block);
    nanos[size] = pair.nowNanos() - from;
    hub[size] = (int) (pair.airtimeHubNanos() - airtimeHub);
    device[size] = (int) (pair.airtimeDeviceNanos() - airtimeDevice);
    repetitions[size] = (int) (pair.repetitions() - repeated);
    all += exchanges[size];
    size++;
  }

  /**
   * Draws one and adds it.
   *
   * @param left exchanges until the file ends; what goes beyond is left out by its share
   * @return exchanges that it took
   */
  long draw(SeededRandom random, long left, TransferModel.Drawn into) {
    int which = random.below(size);
    int took = exchanges[which];
    if (took <= left) {
      into.nanos += nanos[which];
      into.airtimeHub += hub[which];
      into.airtimeDevice += device[which];
      into.repetitions += repetitions[which];
      return took;
    }
    into.nanos += nanos[which] / took * left;
    into.airtimeHub += hub[which] * left / took;
    into.airtimeDevice += device[which] * left / took;
    into.repetitions += repetitions[which] * left / took;
    return left;
  }
}
