// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.hanota.api.ParameterValues;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SetOption;
import org.hanota.cli.hub.NetworkOptions;
import org.hanota.cli.hub.ServeParameter;
import org.hanota.cli.hub.WebServer;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.transport.grpc.GrpcParameter;
import org.hanota.transport.grpc.PeerTrust;
import org.hanota.transport.grpc.Security;
import org.hanota.transport.serial.port.HostPort;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One end of the interface between users and the DCC: where it listens, and how it is protected.
 */
final class HttpEnd {
  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where the other side connects (default: ${DEFAULT-VALUE}).")
  private HostPort listen = HostPort.parse("localhost:8079");

  private final String certificate;

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Mixin private final SetOption set = new SetOption();

  /**
   * An end.
   *
   * @param certificate the name of the one that it shows unless another was named
   */
  HttpEnd(String certificate) {
    this.certificate = certificate;
  }

  /** Refuses what was typed wrongly, before anything is opened. */
  void check() throws IOException {
    set.check(
        List.of(
            HeadEndParameter.class,
            CapacityParameter.class,
            HttpParameter.class,
            ServeParameter.class,
            GrpcParameter.class));
    InetSocketAddress address = NetworkOptions.resolve(listen);
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

  /** How it is protected. */
  Security security() throws IOException {
    return network.security(certificate);
  }

  /** What it tells. */
  Told told(PrintWriter out) {
    return new Told(out, set.values(ServeParameter.class));
  }

  ParameterValues<HttpParameter> limits() {
    return set.values(HttpParameter.class);
  }

  private Optional<PushClient.Tls> tls(Told told) throws IOException {
    return security() instanceof Security.MutualTls files
        ? Optional.of(
            new PushClient.Tls(files, PeerTrust.of(files, InstantSource.system(), told::happened)))
        : Optional.empty();
  }

  /** Connects to others, and shows who it is. */
  PushClient client(Told told) throws IOException {
    return new PushClient(tls(told), Duration.ofMillis(limits().get(HttpParameter.PUSH_WITHIN)));
  }

  /** Begins to serve. */
  WebServer serve(Handler handler, Told told) throws IOException {
    Optional<PushClient.Tls> tls = tls(told);
    return WebServer.start(
        "--listen",
        NetworkOptions.resolve(listen),
        tls.isPresent()
            ? Optional.of(TlsFiles.server(tls.get().files(), tls.get().trust()))
            : Optional.empty(),
        HttpParameter.limits(limits()),
        from ->
            told.refused(from.getHostAddress(), "a connection", "its address has all its places"),
        tls.<Handler>map(found -> new Standing(handler, found.trust(), told)).orElse(handler));
  }

  /** Answers nobody whose certificate counts no longer, although his connection is open. */
  private static final class Standing extends Handler.Wrapper {
    private final PeerTrust trust;
    private final Told told;

    Standing(Handler handler, PeerTrust trust, Told told) {
      super(handler);
      this.trust = trust;
      this.told = told;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      trust.refresh();
      EndPoint.SslSessionData session =
          request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
      X509Certificate shown = session.peerCertificates()[0];
      String fault = trust.fault(shown);
      if (fault.isEmpty()) {
        return super.handle(request, response, callback);
      }
      told.refused(
          Request.getRemoteAddr(request),
          shown.getSubjectX500Principal().getName(),
          "its certificate " + fault);
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      Bodies.answer(response, callback, 403, "your certificate " + fault);
      return true;
    }
  }
}
