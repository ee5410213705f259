// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that must hold. A pure function: the same question has the same answer.
 *
 * @param <T> what is asked about
 * @param <R> how a refusal is named
 * @param refusal what to say if it does not hold
 * @param finding what was found and what is allowed, if it does not hold
 */
public record Check<T, R>(R refusal, Function<T, Optional<String>> finding) {
  /** What was found wrong. */
  public record Refused<R>(R refusal, String detail) {}

  /** The first of {@code checks} that does not hold. */
  public static <T, R> Optional<Refused<R>> first(List<Check<T, R>> checks, T about) {
    for (Check<T, R> check : checks) {
      Optional<Refused<R>> refused =
          check.finding.apply(about).map(detail -> new Refused<>(check.refusal, detail));
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  /** What is said where something does not hold. */
  static Optional<String> unless(boolean holds, String detail) {
    return holds ? Optional.empty() : Optional.of(detail);
  }
}
