// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hanota explore} says and how it ends. */
class ExploreCommandTest {
  @Test
  void itSaysNothingOfEverythingWithoutItsBounds() {
    Cli.Run run = Cli.run("explore", "--faults", "0");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains("model block: an image of 3 blocks")
        .contains("bounds: up to 0 faults on one way")
        .contains("33 states")
        .contains("everything within these bounds was looked at: I1 to I9 hold")
        .doesNotContain("exhaustive");
  }

  @Test
  void whoStopsAtTheLimitSaysWhatIsLeftAndEndsWithOne() {
    Cli.Run run = Cli.run("explore", "--states", "20");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out()).contains("stopped at its limit").contains("not looked at");
    assertThat(run.out()).doesNotContain("everything");
  }

  @Test
  void aBoundOutOfRangeIsAWrongCall() {
    Cli.Run run = Cli.run("explore", "--faults", "17");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("faults is 17, allowed 0 to 16");
  }

  @Test
  void theJsonIsWhatItsSchemaSays(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.html");
    Cli.Run run = Cli.run("explore", "--faults", "0", "--json", "--html", page.toString());
    JsonNode printed = new ObjectMapper().readTree(run.out());
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Shared.root().resolve("docs/schema/explore.json")))
                .validate(printed))
        .isEmpty();
    assertThat(printed.get("complete").asBoolean()).isTrue();
    assertThat(Files.readString(page)).contains("<h1>hanota explore: block</h1>");
  }

  @Test
  void thePageShowsTheWayToWhatBroke() {
    assertThat(BrokenPage.html())
        .contains("<p class=\"bad\">BROKEN I6: early; the way to it:</p>")
        .contains("0:00:01.500", "</span> device</span>", "a &lt;b&gt; is lost<small>e</small>")
        .contains("<li class=\"fault\">")
        .doesNotContain("http://", "https://", "<script", "a <b>");
  }
}
