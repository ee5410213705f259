// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Now;

class AirtimeBudgetTest {
  @Property(seed = "20261123", tries = 100)
  void noHourEverHasMoreAirtimeThanItsLimit(@ForAll long seed) {
    SeededRandom random = SeededRandom.of(seed, 0, 0);
    AirtimeBudget budget = new AirtimeBudget(1_000_000);
    List<long[]> spent = new ArrayList<>();
    long nanos = 0;
    for (int i = 0; i < 400; i++) {
      nanos += random.below(60) * 1_000_000_000L;
      long micros = 1L + random.below(60_000);
      if (budget.spend(new Now(nanos, 0), micros)) {
        spent.add(new long[] {nanos, micros});
      }
      long now = nanos;
      long hour =
          spent.stream()
              .filter(entry -> entry[0] > now - 3_600_000_000_000L)
              .mapToLong(entry -> entry[1])
              .sum();
      assertThat(hour).isLessThanOrEqualTo(1_000_000);
    }
  }
}
