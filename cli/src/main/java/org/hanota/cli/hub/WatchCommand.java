// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.CommandFailed;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;

/** Prints what happens, until it is stopped. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Prints a line for everything that happens to updates, until stopped.",
    footer = {"", "Example:", "  hanota hub watch --hub localhost:7355 --insecure --json"})
final class WatchCommand extends ControlCommand {
  @Override
  int run(RemoteHub remote) {
    // So that a hub that is not there is found out at once.
    remote.status();
    CompletableFuture<String> ended = new CompletableFuture<>();
    AutoCloseable unused = remote.watch(this::print, ended::complete);
    throw new CommandFailed("the hub is no longer watched: " + ended.join());
  }

  private void print(UpdateEvent event) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? EventJson.of(event).toString() : EventText.of(event));
    out.flush();
  }
}
