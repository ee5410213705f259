// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.hanota.cli.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the diagram of a run. */
class HomeViewsTest {
  private static final int PAGE_MAXIMUM_OCTETS = 400_000;

  /** Every step of an image in parts, in its order. */
  private static final List<String> STEPS =
      List.of(
          "p1->>p2: .* Image Notify",
          "p2->>p1: .* Query Next Image Request, 01000000 runs",
          "p1->>p2: .* Query Next Image Response, 121D-0400-01010000 of \\d+ octets",
          "p2->>p1: .* Image Block Request × [\\d,]+, at octet 0 to ",
          "p1->>p2: .* Image Block Response × [\\d,]+, at octet 0 to ",
          "Note over p2: .* has part .*, checked#59; wants ",
          "p2->>p1: .* Upgrade End Request, REQUIRE_MORE_IMAGE",
          "p2->>p1: .* Query Next Image Request",
          "p1->>p2: .* Query Next Image Response, 121D-0401-01010000 of \\d+ octets",
          "p2->>p1: .* Image Block Request",
          "p1->>p2: .* Image Block Response",
          "Note over p2: .* has every octet and checks them",
          "Note over p2: .* verified by ",
          "p2->>p1: .* Upgrade End Request, SUCCESS",
          "p2->>p1: .* TransferData, FDRA alert",
          "p1->>p2: .* Upgrade End Response, wait for a command",
          "p1->>p0: .* of esme-1, FDRA alert: 8F72 Firmware Verification Successful",
          "p0->>p1: .* for esme-1, CS06 command: activate the image with hash",
          "p1->>p2: .* TransferData, CS06 command",
          "Note over p2: .* activates 121D-0400-01010000",
          "Note over p2: .* runs 121D-0400-01010000",
          "p2->>p1: .* TransferData, CS06 response");

  @TempDir Path folder;

  private String[] files(String... call) {
    String[] whole = Arrays.copyOf(call, call.length + 4);
    whole[call.length] = "--html";
    whole[call.length + 1] = folder.resolve("run.html").toString();
    whole[call.length + 2] = "--mermaid";
    whole[call.length + 3] = folder.resolve("run.mmd").toString();
    return whole;
  }

  /** C18: activation is a step of its own, after the last part. */
  @Test
  void theChartOfALargeImageShowsEveryStepActivationIncluded() throws IOException {
    Cli.Run run =
        Cli.run(
            files(
                "simulate",
                "home",
                "--story",
                "large-image",
                "--devices",
                "esme",
                "--loss",
                "0.001"));
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    String diagram = Files.readString(folder.resolve("run.mmd"));
    assertThat(diagram)
        .startsWith("sequenceDiagram\n  participant p0 as head end\n  participant p1 as hub\n");
    Iterator<String> lines = diagram.lines().iterator();
    for (String step : STEPS) {
      Pattern wanted = Pattern.compile(step);
      boolean isThere = false;
      while (!isThere && lines.hasNext()) {
        isThere = wanted.matcher(lines.next()).find();
      }
      assertThat(isThere).as(step + " in its place of " + diagram).isTrue();
    }
    assertThat(diagram.lines().count()).isLessThan(80);
    assertThat(folder.resolve("run.html")).isRegularFile();
    assertThat(Files.size(folder.resolve("run.html"))).isLessThan(PAGE_MAXIMUM_OCTETS);
  }

  @Test
  void thePageHasItsChartsItsMessagesAndNeedsNothingElse() throws IOException {
    String[] call =
        files("simulate", "home", "--devices", "hcalcs,ihd", "--fault", "power-cut@50%");
    assertThat(Cli.run(call).exitCode()).isZero();
    String page = Files.readString(folder.resolve("run.html"));
    assertThat(page)
        .contains("default-src 'none'")
        .contains("<h3>Blocks</h3>", "<h3>Channel use</h3>", "<h3>Retries</h3>", "new uPlot(")
        .contains("{\"name\":\"hcalcs-1\",\"colour\":2}")
        .contains("<b>Fault:</b> loses its power")
        .contains("CS06 command: activate the image", "8F72 Firmware Verification Successful")
        .contains("--fault power-cut@50% --html")
        .doesNotContain("src=", "href=", "@import", "url(");
    Cli.Run again = Cli.run(call);
    assertThat(again.exitCode()).isOne();
    assertThat(again.err()).contains("run.html: is there already");
    Path scenario = folder.resolve("home.yaml");
    Files.writeString(
        scenario, Cli.run("simulate", "home", "--devices", "ihd", "--print-scenario").out());
    Path other = folder.resolve("other.mmd");
    assertThat(
            Cli.run("simulate", "--scenario", scenario.toString(), "--mermaid", other.toString())
                .exitCode())
        .isZero();
    assertThat(Files.readString(other))
        .startsWith("sequenceDiagram\n  participant p0 as head end\n");
  }
}
