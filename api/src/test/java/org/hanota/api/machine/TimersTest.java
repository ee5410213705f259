// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Timers against the plain rule: the wake-up is that of the first one that runs out. */
class TimersTest {
  private static final String SEED = "20261129";

  private enum Name {
    A,
    B,
    C
  }

  /** A timer that is set, or a call that ends at that time; it may be the driver's wake-up. */
  private record Step(Optional<Name> timer, long nanos, boolean isWakeUp) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    // Few times, so that timers often have the same one; 9 stands for never.
    Arbitrary<Long> nanos = Arbitraries.longs().between(0, 9);
    return Combinators.combine(
            Arbitraries.of(Name.class).optional(0.7), nanos, Arbitraries.of(false, true))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  @Property(seed = SEED, tries = 2_000)
  void theWakeUpIsThatOfTheFirstTimer(@ForAll("steps") List<Step> steps) {
    Timers<Name> timers = new Timers<>(Name.class);
    Map<Name, Long> model = new EnumMap<>(Name.class);
    List<Long> asked = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    long told = Long.MAX_VALUE;
    for (Step step : steps) {
      long nanos = step.nanos() == 9 ? Long.MAX_VALUE : step.nanos();
      if (step.timer().isPresent()) {
        timers.set(step.timer().get(), nanos);
        model.put(step.timer().get(), nanos);
        continue;
      }
      if (step.isWakeUp()) {
        timers.woken();
        told = Long.MAX_VALUE;
      }
      Optional<Name> due = timers.take(new Now(step.nanos(), 0));
      long first = first(model);
      assertThat(due.map(model::get)).isEqualTo(Optional.of(first).filter(f -> f <= step.nanos()));
      due.ifPresent(name -> model.put(name, Long.MAX_VALUE));
      timers.arm(recording(asked));
      if (first(model) != told) {
        told = first(model);
        expected.add(told);
      }
      assertThat(asked).isEqualTo(expected);
    }
  }

  private static long first(Map<Name, Long> model) {
    return model.values().stream().mapToLong(nanos -> nanos).min().orElse(Long.MAX_VALUE);
  }

  private static Effects recording(List<Long> asked) {
    return (Effects)
        Proxy.newProxyInstance(
            TimersTest.class.getClassLoader(),
            new Class<?>[] {Effects.class},
            (proxy, method, arguments) -> {
              asked.add((Long) arguments[0]);
              return null;
            });
  }
}
