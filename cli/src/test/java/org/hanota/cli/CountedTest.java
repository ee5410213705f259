// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/** One of a thing is not called several. */
class CountedTest {
  private static final Pattern ONE_OF_SEVERAL =
      Pattern.compile("(?<![\\d.,:/-])(?<!of )\\b1 [a-z]+s\\b");

  @Test
  void oneHasAWordOfItsOwn() {
    assertThat(List.of(Counted.of(0, "rest"), Counted.of(1, "rest"), Counted.of(2, "rest")))
        .containsExactly("0 rests", "1 rest", "2 rests");
    assertThat(Counted.of(1, "retry") + ", " + Counted.of(1_027, "retry"))
        .isEqualTo("1 retry, 1,027 retries");
  }

  /** Red before: "1 requests", "1 homes", "1 rests, 1 restarts". */
  @Test
  void whatTheCommandsPrintInTheDocumentsCountsRightly() throws IOException {
    for (String document : List.of("README.md", "docs/commands.md", "docs/scenarios/results.md")) {
      List<String> lines = Files.readAllLines(Shared.root().resolve(document));
      assertThat(lines).hasSizeGreaterThan(50);
      assertThat(lines.stream().filter(line -> ONE_OF_SEVERAL.matcher(line).find()))
          .as(document)
          .isEmpty();
    }
  }
}
