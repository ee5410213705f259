// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.InputFile;
import org.hanota.otaformat.OtaFile;
import picocli.CommandLine.Option;

/** A plan and its image. */
final class PlanOptions {
  private static final long PLAN_OCTETS_MAX = 1_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      required = true,
      description = "The campaign in JSON (docs/headend.md).")
  private Path plan = Path.of("");

  @Option(
      names = "--image",
      paramLabel = "FILE",
      required = true,
      description = "The upgrade file that its devices get.")
  private Path image = Path.of("");

  /** Both, as the head end takes them. */
  ObjectNode body() throws IOException {
    ObjectNode body = ControlCommand.object();
    body.set("plan", plan());
    body.put("image", InputFile.read(image, OtaFile.MAXIMUM_IMAGE_OCTETS));
    return body;
  }

  private JsonNode plan() throws IOException {
    try {
      JsonNode read = JSON.readTree(InputFile.read(plan, PLAN_OCTETS_MAX));
      if (!read.isObject()) {
        throw new CommandFailed(plan + ": is no JSON object, allowed a campaign");
      }
      return read;
    } catch (JacksonException fault) {
      int line = fault.getLocation() == null ? 1 : fault.getLocation().getLineNr();
      throw new CommandFailed(plan + ", line " + line + ": " + fault.getOriginalMessage());
    }
  }
}
