// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

/** The whole transfers of P5, for whoever measures beside them. */
public final class Transfers {
  private final Pair pair = new Pair();
  private final FlatBank bank = Pair.bank();
  private final long exchangesEach = run(1);

  /** Made once. */
  public Transfers() {}

  /** Exchanges of one transfer. */
  public long exchangesEach() {
    return exchangesEach;
  }

  /** Does so many; returns their exchanges. */
  public long run(int times) {
    long exchanges = 0;
    for (int i = 0; i < times; i++) {
      bank.forget();
      exchanges += pair.transfer(bank);
    }
    return exchanges;
  }
}
