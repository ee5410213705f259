// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.PowerLost;
import org.hanota.sim.scenario.Nemesis;

/** The operations of one node's storage, at each of which nemeses may strike. */
final class StruckStorage {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long LONGEST_FULL_SECONDS = 600;

  private final Strikes strikes;
  private final int node;
  private final LongSupplier nanos;
  private final Nemesis powerCut;
  private final Nemesis error;
  private final Nemesis full;
  private long fullUntilNanos;

  private StruckStorage(
      Strikes strikes,
      int node,
      LongSupplier nanos,
      Nemesis powerCut,
      Nemesis error,
      Nemesis full) {
    this.strikes = strikes;
    this.node = node;
    this.nanos = nanos;
    this.powerCut = powerCut;
    this.error = error;
    this.full = full;
  }

  static StruckStorage ofDevice(Strikes strikes, int node, LongSupplier nanos) {
    return new StruckStorage(
        strikes, node, nanos, Nemesis.POWER_CUT, Nemesis.IO_ERROR, Nemesis.STORAGE_FULL);
  }

  static StruckStorage ofHub(Strikes strikes, int node, LongSupplier nanos) {
    return new StruckStorage(
        strikes,
        node,
        nanos,
        Nemesis.HUB_POWER_CUT,
        Nemesis.HUB_IO_ERROR,
        Nemesis.HUB_STORAGE_FULL);
  }

  /** Reads: an error is told instead of what is there. */
  <T> T read(String name, Supplier<T> work) {
    if (strikes.strikes(error, node)) {
      throw failed(name + " cannot be read");
    }
    return work.get();
  }

  /** Stores: power may go before or after, and an error may be told of what is done. */
  void store(String name, Runnable work) {
    if (isFull()) {
      throw failed(name + " finds no space");
    }
    change(name, work);
  }

  /** Changes what is there without taking more of it. */
  void change(String name, Runnable work) {
    boolean cut = strikes.strikes(powerCut, node);
    boolean fails = strikes.strikes(error, node);
    if (cut && isFirst(powerCut)) {
      throw new PowerLost(name);
    } else if (fails && isFirst(error)) {
      throw failed(name + " is not done");
    }
    work.run();
    if (cut) {
      throw new PowerLost(name);
    } else if (fails) {
      throw failed(name + " is done");
    }
  }

  private boolean isFirst(Nemesis nemesis) {
    return strikes.details(nemesis, node).chance(0.5);
  }

  private boolean isFull() {
    if (strikes.strikes(full, node)) {
      SeededRandom random = strikes.details(full, node);
      long seconds = 1 + random.belowLong(LONGEST_FULL_SECONDS);
      fullUntilNanos = nanos.getAsLong() + seconds * SECOND_NANOS;
    }
    return !strikes.hasStopped() && nanos.getAsLong() < fullUntilNanos;
  }

  private static UncheckedIOException failed(String what) {
    return new UncheckedIOException(new IOException(what + " by order of the scenario"));
  }
}
