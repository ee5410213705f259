// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/specification.md} shows the models that the tests run; only a test writes it. */
class SpecificationTest {
  private static final String PAGE =
      """
      # An executable specification

      Two questions decide whether a device can be trusted with an update: which octets may be in its slot, and which image may run. The
      two classes below answer them in the words of the standards, each rule with its clause; "(ours)" marks what no standard says. They
      know nothing of how a device is built. The tests draw sequences of what may happen (a server that is not always right, a lossy link,
      commands, clocks, power cuts, restarts, failing self-tests), let them happen to the real machine, and hold what it does against
      these classes: `ReassemblyPropertyTest` and `ActivationPropertyTest`. `PlantedReassemblyTest` and `PlantedActivationTest` show that
      this finds faults: each is a device with one fault, which is found and shrunk to at most eight steps.

      This page is made from the sources by `SpecificationTest`, which fails where they differ.

      ## Which octets may be in the slot

      ```java
      %s```

      ## Which image may run, and why

      ```java
      %s```
      """;

  @Test
  void thePageShowsTheModelsAsTheyAre() throws IOException {
    Path page = Shared.root().resolve("docs/specification.md");
    String wanted = PAGE.formatted(source("ReassemblyModel"), source("ActivationModel"));
    if (Boolean.getBoolean("hanota.update")) {
      Files.writeString(page, wanted);
    }
    assertThat(page)
        .as("run this test with -Dhanota.update=true and look at what changed")
        .hasContent(wanted);
  }

  /** A class without its imports. */
  private static String source(String name) throws IOException {
    String file =
        Files.readString(
            Shared.root().resolve("api/src/test/java/org/hanota/testing/" + name + ".java"));
    return file.substring(file.indexOf("/**"));
  }
}
