// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hanota.api.Width;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.transport.serial.StickFamily;
import org.hanota.transport.serial.StickProbe;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.probe.StickReport;
import org.hanota.transport.serial.znp.ClearingMachine;
import org.hanota.transport.serial.znp.FoundNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hanota serial clear}; its schema is {@code docs/schema/serial-clear.json}. */
@Command(
    name = "clear",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a ZNP stick forget its network, whichever program formed it.",
      "Without --backup and --network it only says what would be lost."
    },
    footer = {
      "",
      "Example:",
      "  hanota serial clear /dev/ttyUSB0",
      "  hanota serial clear /dev/ttyUSB0 --backup network.json --network 5A5A",
      "",
      "The backup holds the network's key: who has it can join the network."
    })
public final class ClearCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PATH", description = "Serial port, or HOST:PORT of a stick over TCP.")
  private String path = "";

  @Option(
      names = "--baud",
      paramLabel = "BITS",
      description = "Bits per second of a serial port (default: ${DEFAULT-VALUE}).")
  private int baud = StickOptions.DEFAULT_BAUD;

  @Option(
      names = "--backup",
      paramLabel = "FILE",
      description =
          "Where the network's key and parameters are written first, in the open coordinator backup"
              + " format. A file that is there is kept.")
  private @Nullable Path backup;

  @Option(
      names = "--network",
      paramLabel = "PANID",
      description = "The PAN id of the network that is given up; FFFF if the stick tells none.")
  private @Nullable String network;

  @Option(names = "--json", description = "Prints a JSON object.")
  private boolean json;

  /** Made by picocli. */
  public ClearCommand() {}

  @Override
  public Integer call() throws IOException {
    if ((backup == null) != (network == null)) {
      throw new CommandFailed(
          ExitCode.USAGE, "--backup FILE and --network PANID are allowed only together");
    }
    if (backup != null) {
      OutputFile.refuseExisting(List.of(backup), "name another file");
    }
    BytePort.Opener opener = StickOptions.opener(path, baud);
    StickReport report = ProbeCommand.probe(opener, List.of(StickFamily.ZNP), this::warn);
    if (!(report instanceof StickReport.Znp stick)) {
      throw new CommandFailed(
          path + ": " + report.summary() + "; " + String.join("; ", report.consequences()));
    }
    FoundNetwork found = stick.found();
    String panId = Width.hex(found.panId(), 4);
    if (found.blank()) {
      print(stick, false, List.of("stick " + stick.address() + " holds no network"));
      return ExitCode.DONE;
    }
    if (backup == null) {
      print(
          stick,
          false,
          List.of(
              "stick " + stick.address() + " holds " + found.summary(),
              "clearing it loses that network: its devices do not find it again, and must be reset"
                  + " and join anew",
              "to do so: hanota serial clear " + path + " --backup FILE --network " + panId));
      return ExitCode.DONE;
    }
    clear(opener, stick, backup, panId);
    return ExitCode.DONE;
  }

  private void clear(BytePort.Opener opener, StickReport.Znp stick, Path file, String panId)
      throws IOException {
    FoundNetwork found = stick.found();
    if (!panId.equals(String.valueOf(network).toUpperCase(Locale.ROOT))) {
      throw new CommandFailed(
          "--network is " + network + ", stick " + stick.address() + " holds " + found.summary());
    }
    if (!found.unreadable().isEmpty()) {
      throw new CommandFailed(
          path
              + ": "
              + found.unreadable().firstKey().label()
              + " cannot be read, so that no backup can be made: nothing was changed; plug the"
              + " stick out and in");
    }
    NetworkBackup.write(file, stick, InstantSource.system().instant());
    ClearingMachine.Outcome outcome =
        ProbeCommand.visit(
            opener,
            this::warn,
            thread -> StickProbe.clear(found, opener, thread.scheduler(), System::nanoTime));
    if (outcome instanceof ClearingMachine.Outcome.Failed failed) {
      throw new CommandFailed(
          path + ": not cleared: " + failed.reason() + " (the backup is in " + file + ")");
    }
    print(
        stick,
        true,
        List.of(
            "backup of " + found.summary() + " in " + file,
            "stick " + stick.address() + " is cleared"));
  }

  private void warn(String line) {
    spec.commandLine().getErr().println("hanota: " + line);
  }

  private void print(StickReport.Znp stick, boolean cleared, List<String> lines)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      lines.forEach(out::println);
      return;
    }
    FoundNetwork found = stick.found();
    ObjectNode node = MAPPER.createObjectNode();
    node.put("port", path).put("address", stick.address().toString());
    node.put("cleared", cleared);
    if (!found.blank()) {
      ObjectNode about = node.putObject("network");
      about.put("panId", Width.hex(found.panId(), 4));
      about.put("extendedPanId", found.extendedPanId().toString());
      about.put("channel", found.channel());
      found.signs().forEach(about.putArray("signs")::add);
    }
    if (cleared) {
      node.put("backup", String.valueOf(backup));
    }
    node.toPrettyString().lines().forEach(out::println);
  }
}
