// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hanota.api.Eui64;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.machine.Peer;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Gives a device's update up. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description =
        "Gives a device's update up. The device gets nothing more until somebody starts an update"
            + " of it again.",
    footer = {
      "",
      "Example:",
      "  hanota hub abort --device 00DB123400000001 --reason \"wrong image\" --insecure"
    })
final class AbortCommand extends ControlCommand {
  @Option(names = "--device", paramLabel = "EUI64", required = true, description = "The device.")
  private String device = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "no reason given",
      description = "Why; the status shows it with your name (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  @Override
  int run(RemoteHub remote) {
    Eui64 address = known(remote, device).address();
    String who = System.getProperty("user.name", "somebody");
    return told(spec, json, remote.abort(address, who + ": " + reason), address);
  }

  /** A device that the hub has heard. */
  static Peer known(RemoteHub remote, String device) {
    Eui64 address = StartCommand.eui64(device);
    return remote.status(new HubStatus.Page(address, 1)).devices().stream()
        .map(HubStatus.DeviceStatus::device)
        .filter(peer -> peer.address().equals(address))
        .findFirst()
        .orElseThrow(() -> new CommandFailed("the hub does not know device " + address));
  }

  /** Prints the hub's answer; returns the exit code. */
  static int told(CommandSpec spec, boolean json, HubControl.Answer answer, Eui64 device) {
    boolean accepted = StartCommand.accepted(answer);
    String reason = answer instanceof HubControl.Answer.Refused refused ? refused.reason() : "";
    if (json) {
      ObjectNode out = JsonNodeFactory.instance.objectNode();
      out.put("device", device.toString()).put("accepted", accepted);
      if (!accepted) {
        out.put("reason", reason);
      }
      spec.commandLine().getOut().println(out);
    } else if (accepted) {
      spec.commandLine().getOut().println(device + ": accepted");
    } else {
      spec.commandLine().getErr().println("hanota: " + device + ": refused: " + reason);
    }
    return accepted ? ExitCode.DONE : ExitCode.WRONG;
  }
}
