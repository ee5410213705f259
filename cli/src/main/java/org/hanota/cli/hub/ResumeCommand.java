// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import org.hanota.api.Eui64;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a transfer that was paused go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets a transfer that was paused go on.",
    footer = {"", "Example:", "  hanota hub resume --device 00DB123400000001 --insecure"})
final class ResumeCommand extends ControlCommand {
  @Option(names = "--device", paramLabel = "EUI64", required = true, description = "The device.")
  private String device = "";

  @Override
  int run(RemoteHub remote) {
    Eui64 address = AbortCommand.known(remote, device).address();
    return AbortCommand.told(spec, json, remote.resume(address), address);
  }
}
