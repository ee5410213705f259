// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.cli.CommandFailed;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioFault;
import org.hanota.sim.scenario.ScenarioReader;

/** A scenario in YAML. */
public final class ScenarioFile {
  /** Far more than a scenario of a thousand devices. */
  private static final long MAXIMUM_OCTETS = 2_000_000;

  private ScenarioFile() {}

  /**
   * Reads a scenario.
   *
   * @throws CommandFailed if the file is none
   */
  public static Scenario read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailed(file + ": is a folder, allowed a scenario");
    }
    long size = Files.size(file);
    if (size > MAXIMUM_OCTETS) {
      throw new CommandFailed(file + ": has " + size + " octets, allowed " + MAXIMUM_OCTETS);
    }
    try {
      return ScenarioReader.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (ScenarioFault fault) {
      throw new CommandFailed(file + ", " + fault.getMessage());
    }
  }
}
