// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import com.sun.management.ThreadMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.hanota.bench.SideBySide;

/**
 * P5: whole transfers in process, beside the same octets copied without objects. To be run with the
 * collector that the launcher chooses, {@code -XX:+UseSerialGC}: G1 takes a tenth to a quarter
 * more.
 */
public final class BlockPath {
  private static final int WARM_TRANSFERS = 30;
  private static final int MEASURED_TRANSFERS = 5;

  private BlockPath() {}

  /** Octets allocated in each exchange, once the compiler has seen the path often enough. */
  public static double octetsPerExchange() {
    Pair pair = new Pair();
    for (int i = 0; i < WARM_TRANSFERS; i++) {
      pair.transfer(Pair.bank());
    }
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long octets = 0;
    long exchanges = 0;
    for (int i = 0; i < MEASURED_TRANSFERS; i++) {
      FlatBank bank = Pair.bank();
      long before = memory.getCurrentThreadAllocatedBytes();
      exchanges += pair.transfer(bank);
      octets += memory.getCurrentThreadAllocatedBytes() - before;
    }
    return (double) octets / exchanges;
  }

  /** Measures and prints. */
  public static void run(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "P5   octets allocated per exchange                  hanota %,14.0f    allowed 256%n",
        octetsPerExchange());
    Pair pair = new Pair();
    FlatBank bank = Pair.bank();
    int each = Math.toIntExact(again(pair, bank));
    Ceiling ceiling = new Ceiling();
    SideBySide.Result transfers =
        SideBySide.compare(
            "P5",
            "whole transfers",
            times -> transfers(pair, bank, times),
            "no-object ceiling",
            times -> ceiling.exchanges(Math.multiplyExact(times, each)));
    out.println(
        new SideBySide.Result(
            "P5",
            "exchanges of whole transfers",
            transfers.oursPerSecond() * each,
            transfers.peer(),
            transfers.peerPerSecond() * each));
    HerdsmanSession.run(out, SideBySide.perSecond(times -> transfers(pair, bank, times)) * each);
    Pair verifying = Pair.verifying();
    out.printf(
        Locale.ROOT,
        "P5   exchanges, AES-MMO verification included       hanota %,14.0f/s%n",
        SideBySide.perSecond(times -> transfers(verifying, bank, times)) * each);
  }

  /** Both sides count whole transfers, so that no part of one shifts a rate. */
  private static long transfers(Pair pair, FlatBank bank, int times) {
    long exchanges = 0;
    for (int i = 0; i < times; i++) {
      exchanges += again(pair, bank);
    }
    return exchanges;
  }

  /** The bank stays, as flash memory does and as the ceiling's does. */
  private static long again(Pair pair, FlatBank bank) {
    bank.forget();
    return pair.transfer(bank);
  }
}
