// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.hanota.cli.CommandFailed;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that steer a hub share. */
abstract class ControlCommand implements Callable<Integer> {
  /** A hub answers in milliseconds; one that is asked at a bad moment gets many of them. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--hub",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7355",
      description = "Where the hub serves (default: ${DEFAULT-VALUE}).")
  private String hub = "";

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Option(names = "--json", description = "Prints JSON, one object a line.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    try (RemoteHub remote =
        RemoteHub.at(NetworkOptions.address(hub), network.security("operator"), PATIENCE)) {
      return run(remote);
    } catch (RemoteHub.HubUnreachable unreachable) {
      throw new CommandFailed(String.valueOf(unreachable.getMessage()));
    } catch (IllegalArgumentException plain) {
      throw new CommandFailed(plain.getMessage() + " (--insecure-network)");
    }
  }

  /** The command itself; returns the exit code. */
  abstract int run(RemoteHub remote);
}
