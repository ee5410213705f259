// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One sentence of the contract and how it is tried.
 *
 * @param name the sentence, as a test's name
 * @param body tries it; throws {@link NotConformant} if it does not hold
 */
public record Check(String name, Consumer<Harness> body) {
  /**
   * Tries it on a new harness and closes that.
   *
   * @throws NotConformant if it does not hold
   */
  public void run(Supplier<? extends Harness> harnesses) {
    try (Harness harness = harnesses.get()) {
      body.accept(harness);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
