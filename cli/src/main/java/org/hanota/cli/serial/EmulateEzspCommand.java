// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hanota.api.SeededRandom;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.LineFaults;
import org.hanota.transport.serial.emulator.StickModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota emulate ezsp}; its schema is {@code docs/schema/hub-serve.json}. */
@Command(
    name = "ezsp",
    mixinStandardHelpOptions = true,
    description =
        "A ZigBee stick of Silicon Labs without a radio, with devices that take firmware from its"
            + " host.",
    footer = {
      "",
      "Example:",
      "  hanota emulate ezsp --ezsp-version 19 --listen 127.0.0.1:7638 \\",
      "    --image-of firmware.ota",
      "",
      "Any host of EmberZNet sticks can use it at tcp://127.0.0.1:7638; its devices join when the",
      "host opens its network. Runs until it is interrupted."
    })
public final class EmulateEzspCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final Emulation emulation = new Emulation();

  @Option(
      names = "--ezsp-version",
      paramLabel = "N",
      description = "13, 14, 16, 17, 18 or 19 (default: ${DEFAULT-VALUE}).")
  private int version = 13;

  @Option(names = "--with-network", description = "The stick holds a network already.")
  private boolean withNetwork;

  @Option(
      names = "--line-faults",
      paramLabel = "CHANCE",
      description =
          "With this chance, 0 to 0.3, a frame of the serial line is lost, and with the same ones it"
              + " is damaged or comes twice; the same ones in each run (default: 0).")
  private double lineFaults;

  /** Made by picocli. */
  public EmulateEzspCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    StickModel model = model();
    if (!(lineFaults >= 0 && lineFaults <= 0.3)) {
      throw new CommandFailed(
          ExitCode.USAGE, "--line-faults is " + lineFaults + ", allowed 0 to 0.3");
    }
    return emulation.run(
        spec.commandLine(),
        blank -> stick(blank).model(model),
        lineFaults == 0
            ? Optional.empty()
            : Optional.of(LineFaults.drawn(SeededRandom.of(1, 0, 0), lineFaults)));
  }

  private EmulatorConfig.Builder stick(EmulatorConfig.Builder blank) {
    return withNetwork ? blank.network(Emulation.PRESENT) : blank;
  }

  private StickModel model() {
    try {
      return StickModel.ezsp(version);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, "--ezsp-version: " + wrong.getMessage());
    }
  }
}
