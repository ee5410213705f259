// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import net.jqwik.api.state.ActionChain;

/**
 * Looks for a planted fault as a property does: sequences are drawn until one fails, which is then
 * shrunk. What was found is printed.
 */
public final class PlantedFault {
  private static final long SEED = 20261128;
  private static final int TRIES = 20_000;
  private static final int MOST_STEPS = 8;

  /** As jqwik chooses it for a property of so many tries. */
  private static final int GENERATION_SIZE = 1_000;

  private PlantedFault() {}

  /**
   * The fault must be found, in a sequence of a few actions.
   *
   * @param fault its name
   * @param property runs a sequence, and throws if it shows the fault
   */
  public static <W> void mustBeFound(
      String fault, Arbitrary<ActionChain<W>> sequences, Consumer<ActionChain<W>> property) {
    JqwikSession.run(() -> search(fault, sequences, property));
  }

  private static <W> void search(
      String fault, Arbitrary<ActionChain<W>> sequences, Consumer<ActionChain<W>> property) {
    RandomGenerator<ActionChain<W>> generator = sequences.generator(GENERATION_SIZE, true);
    Random random = new Random(SEED);
    for (int number = 1; number <= TRIES; number++) {
      Shrinkable<ActionChain<W>> drawn = generator.next(random);
      if (steps(drawn, property).isPresent()) {
        List<String> steps = steps(shrunk(drawn, property), property).orElseThrow();
        System.out.println(
            fault + ": sequence " + number + ", " + steps.size() + " steps " + steps);
        if (steps.size() > MOST_STEPS) {
          throw new AssertionError("allowed up to " + MOST_STEPS + " steps, found " + steps);
        }
        return;
      }
      JqwikSession.finishTry();
    }
    throw new AssertionError(fault + " was not found in " + TRIES + " sequences of seed " + SEED);
  }

  /** The actions up to the one that failed; empty if none did. */
  private static <W> Optional<List<String>> steps(
      Shrinkable<ActionChain<W>> sequence, Consumer<ActionChain<W>> property) {
    ActionChain<W> chain = sequence.value();
    try {
      property.accept(chain);
      return Optional.empty();
    } catch (Throwable found) {
      return Optional.of(chain.transformations());
    }
  }

  private static <W> Shrinkable<ActionChain<W>> shrunk(
      Shrinkable<ActionChain<W>> found, Consumer<ActionChain<W>> property) {
    Shrinkable<ActionChain<W>> least = found;
    Optional<Shrinkable<ActionChain<W>>> less = Optional.of(found);
    while (less.isPresent()) {
      Shrinkable<ActionChain<W>> current = less.get();
      least = current;
      less =
          current
              .shrink()
              .filter(c -> c.distance().compareTo(current.distance()) < 0)
              .filter(c -> steps(c, property).isPresent())
              .findFirst();
    }
    return least;
  }
}
