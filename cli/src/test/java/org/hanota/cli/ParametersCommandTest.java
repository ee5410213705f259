// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.hanota.api.Parameter;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/** The list of what was assumed can be read by people and by machines. */
class ParametersCommandTest {
  private static final List<Parameter> ROWS = ParameterTables.rows(ParameterTables.ALL);

  @Test
  void theJsonIsWhatItsSchemaSays() throws IOException {
    JsonNode listed = new ObjectMapper().readTree(Cli.run("parameters", "--json").out());
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Shared.root().resolve("docs/schema/parameters.json")))
                .validate(listed))
        .isEmpty();
    assertThat(listed).hasSameSizeAs(ROWS);
  }

  @Test
  void theTextHasALineForEachRowWithItsClauseAndReason() {
    List<String> lines = Cli.run("parameters").out().lines().toList();
    assertThat(lines).hasSameSizeAs(ROWS);
    for (int i = 0; i < ROWS.size(); i++) {
      Parameter row = ROWS.get(i);
      assertThat(lines.get(i)).startsWith(row.name()).contains(row.clause(), row.reason());
    }
  }

  @Test
  void aValueOfTheNetworkIsCheckedBeforeAnythingIsOpened() {
    Cli.Run run = Cli.run("hub", "serve", "--images", "nowhere", "--set", "grpcFrameOctets=0");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("grpcFrameOctets is 0, allowed 1 to 1048576 octets");
  }
}
