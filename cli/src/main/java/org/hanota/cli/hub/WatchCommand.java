// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;

/** Prints what happens, until it is stopped. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description =
        "Prints what happens to updates, until stopped: each tenth of a transfer, or with --json"
            + " everything.",
    footer = {"", "Example:", "  hanota hub watch --hub localhost:7355 --insecure --json"})
final class WatchCommand extends ControlCommand {
  private final Tenths tenths = new Tenths();

  @Override
  int run(RemoteHub remote) {
    // So that a hub that is not there is found out at once.
    remote.status();
    CompletableFuture<String> ended = new CompletableFuture<>();
    AutoCloseable unused = remote.watch(this::print, ended::complete);
    try {
      throw new CommandFailed("the hub is no longer watched: " + ended.get());
    } catch (InterruptedException enough) {
      return ExitCode.DONE;
    } catch (ExecutionException impossible) {
      throw new AssertionError("it is only ever completed", impossible);
    }
  }

  private void print(UpdateEvent event) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(EventJson.of(event, InstantSource.system().instant()));
    } else if (tenths.worthTelling(event)) {
      out.println(EventText.of(event));
    }
    out.flush();
  }
}
