// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota emulate znp}; its schema is {@code docs/schema/hub-serve.json}. */
@Command(
    name = "znp",
    mixinStandardHelpOptions = true,
    description = "A ZigBee stick without a radio, with devices that take firmware from its host.",
    footer = {
      "",
      "Example:",
      "  hanota emulate znp --listen 127.0.0.1:7638 --image-of firmware.ota",
      "",
      "Any host of Z-Stack sticks can use it at tcp://127.0.0.1:7638; its devices join when the",
      "host opens its network. Runs until it is interrupted."
    })
public final class EmulateZnpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final Emulation emulation = new Emulation();

  /** Whose network the stick holds when it starts. */
  enum Network {
    /** None: as from the shop. */
    NONE,
    /** One that a host of Z-Stack 3 marked, and that is resumed. */
    MARKED,
    /** One that a host of Z-Stack 1.2 marked. */
    MARKED_OLDER,
    /** One that its program did not mark. */
    UNMARKED
  }

  @Option(
      names = "--network",
      paramLabel = "KIND",
      description =
          "What network the stick holds already: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private Network network = Network.NONE;

  @Option(
      names = "--neighbour",
      paramLabel = "PANID",
      description =
          "PAN id of a network nearby, hexadecimal, which the stick does not form; may be given"
              + " several times.")
  private List<String> neighbours = new ArrayList<>();

  /** Made by picocli. */
  public EmulateZnpCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    return emulation.run(spec.commandLine(), this::stick, Optional.empty());
  }

  private EmulatorConfig.Builder stick(EmulatorConfig.Builder fromTheShop) {
    EmulatorConfig.Builder blank =
        fromTheShop.neighbours(
            neighbours.stream()
                .map(EmulateZnpCommand::neighbour)
                .collect(Collectors.toUnmodifiableSet()));
    return switch (network) {
      case NONE -> blank;
      case MARKED -> blank.network(Emulation.PRESENT);
      case MARKED_OLDER -> blank.network(Emulation.PRESENT).mark(EmulatorConfig.Mark.Z_STACK_1_2);
      case UNMARKED -> blank.network(Emulation.PRESENT).mark(EmulatorConfig.Mark.NONE);
    };
  }

  private static int neighbour(String text) {
    if (!text.matches("[0-9A-Fa-f]{4}")) {
      throw new CommandFailed(
          ExitCode.USAGE, "--neighbour is \"" + text + "\", allowed 0000 to FFFF");
    }
    return Integer.parseInt(text, 16);
  }
}
