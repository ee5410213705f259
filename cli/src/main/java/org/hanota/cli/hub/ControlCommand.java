// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.SetOption;
import org.hanota.transport.grpc.RemoteHub;
import org.hanota.transport.serial.port.HostPort;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that steer a hub share. */
abstract class ControlCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--hub",
      paramLabel = "HOST:PORT",
      description = "Where the hub serves (default: ${DEFAULT-VALUE}).")
  private HostPort hub = HostPort.parse("localhost:7355");

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Mixin private final SetOption set = new SetOption();

  @Option(names = "--json", description = "Prints JSON, one object a line.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    set.check(List.of(ControlParameter.class));
    Duration patience =
        Duration.ofMillis(set.values(ControlParameter.class).get(ControlParameter.ANSWER));
    try (RemoteHub remote =
        RemoteHub.at(NetworkOptions.resolve(hub), network.security("operator"), patience)) {
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
