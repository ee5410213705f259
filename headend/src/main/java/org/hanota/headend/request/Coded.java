// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One of the words that a field may have. */
public interface Coded {
  /** The word as DUIS writes it. */
  String word();

  /**
   * The one of {@code type} with that word.
   *
   * @throws IllegalField if there is none
   */
  static <E extends Enum<E> & Coded> E of(Class<E> type, String word) {
    E[] all = type.getEnumConstants();
    return Arrays.stream(all)
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalField(
                    type.getSimpleName(),
                    '"' + word + '"',
                    Arrays.stream(all).map(Coded::word).collect(Collectors.joining(", "))));
  }
}
