// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.Handler;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SetOption;
import org.hanota.cli.hub.NetworkOptions;
import org.hanota.cli.hub.ServeParameter;
import org.hanota.cli.hub.WebServer;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.transport.grpc.Security;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One end of the interface between users and the DCC: where it listens, and how it is protected.
 */
final class HttpEnd {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:8079",
      description = "Where the other side connects (default: ${DEFAULT-VALUE}).")
  private String listen = "localhost:8079";

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Mixin private final SetOption set = new SetOption();

  /** Refuses what was typed wrongly, before anything is opened. */
  void check() throws IOException {
    set.check(List.of(HeadEndParameter.class, CapacityParameter.class, ServeParameter.class));
    InetSocketAddress address = NetworkOptions.address(listen);
    if (security() instanceof Security.Insecure insecure
        && !insecure.beyondLoopback()
        && !address.getAddress().isLoopbackAddress()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--listen is "
              + listen
              + ", allowed without TLS are loopback addresses; use certificates, or"
              + " --insecure-network");
    }
  }

  SetOption parameters() {
    return set;
  }

  private Security security() throws IOException {
    return network.security("hub");
  }

  /** How it shows who it is where it connects; empty for plain HTTP. */
  Optional<SSLContext> client() throws IOException {
    return security() instanceof Security.MutualTls tls
        ? Optional.of(TlsFiles.client(tls))
        : Optional.empty();
  }

  /** Begins to serve. */
  WebServer serve(Handler handler) throws IOException {
    InetSocketAddress address = NetworkOptions.address(listen);
    Security security = security();
    return WebServer.start(
        "--listen",
        address,
        security instanceof Security.MutualTls tls
            ? Optional.of(TlsFiles.server(tls))
            : Optional.empty(),
        set.values(ServeParameter.class),
        handler);
  }
}
