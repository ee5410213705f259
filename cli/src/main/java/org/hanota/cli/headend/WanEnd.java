// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.util.Optional;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.hub.NetworkOptions;
import org.hanota.transport.grpc.GrpcHeadEnd;
import org.hanota.transport.grpc.GrpcLimits;
import org.hanota.transport.grpc.GrpcParameter;
import org.hanota.transport.serial.port.HostPort;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where hubs connect to a process of the DCC. */
final class WanEnd {
  @Option(
      names = "--wan",
      paramLabel = "HOST:PORT",
      description =
          "Where hubs connect (hub serve --headend), each with a certificate that names it;"
              + " without it no hub is reached.")
  private @Nullable HostPort listen;

  /** Begins to serve hubs; empty without an option for it. */
  Optional<GrpcHeadEnd> serve(HttpEnd end, HubsOfDcc hubs) throws IOException {
    if (listen == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          GrpcHeadEnd.serve(
              NetworkOptions.resolve(listen),
              end.security(),
              GrpcLimits.of(end.parameters().values(GrpcParameter.class)),
              hubs,
              hubs));
    } catch (IllegalArgumentException plain) {
      throw new CommandFailed(plain.getMessage() + " (--insecure-network)");
    } catch (IOException taken) {
      throw new CommandFailed("--wan " + listen + ": " + CommandFailed.reason(taken));
    }
  }
}
