// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.cli.Hanota;
import org.hanota.device.DeviceLimits;
import org.hanota.device.DeviceParameters;
import org.hanota.hub.HubParameters;
import org.junit.jupiter.api.Test;

/** No assumption is silent. */
class ParametersTest {
  /** Where the list has a better known name than the field. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "timeouts", "imageHoldTime",
          "imageSlots", "hubImageSlots",
          "download", "downloadLimit",
          "clock", "deviceClockStep");

  @Test
  void theCommandListsEveryFieldOfTheDevicesAndTheHubsParameters() throws Exception {
    StringWriter out = new StringWriter();
    int code =
        Hanota.commandLine(new PrintWriter(out), new PrintWriter(Writer.nullWriter()))
            .execute("parameters", "--json");
    assertThat(code).isZero();
    Set<String> listed = new TreeSet<>();
    for (JsonNode parameter : new ObjectMapper().readTree(out.toString())) {
      listed.add(parameter.get("name").asText());
      assertThat(parameter.get("mark").asText()).matches("[CIU]");
      assertThat(parameter.get("meaning").asText()).isNotBlank();
      assertThat(parameter.get("value").asText()).isNotBlank();
    }
    Set<String> missing = new TreeSet<>();
    for (Class<?> type : Set.of(DeviceParameters.class, HubParameters.class)) {
      fields(type)
          .map(RecordComponent::getName)
          .map(ParametersTest::withoutUnit)
          .map(name -> OTHER_NAMES.getOrDefault(name, name))
          .filter(name -> !listed.contains(name))
          .forEach(name -> missing.add(type.getSimpleName() + "." + name));
    }
    assertThat(missing).isEmpty();
  }

  /** The fields, with those of the limits that a device's parameters hold together. */
  private static Stream<RecordComponent> fields(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .flatMap(
            field ->
                field.getType().equals(DeviceLimits.class)
                    ? fields(DeviceLimits.class)
                    : Stream.of(field));
  }

  /** A list says the unit in its own column. */
  private static String withoutUnit(String name) {
    return name.equals("maximumImageOctets") || name.equals("journalOctets")
        ? name
        : name.replaceFirst("(Ms|Micros|Octets)(?=Per|$)", "");
  }
}
