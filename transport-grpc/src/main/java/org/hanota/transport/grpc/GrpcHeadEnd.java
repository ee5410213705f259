// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;

/**
 * A head end's end of the WAN: a server to which hubs connect, each with a certificate that names
 * its EUI-64. A process serves it while it acts.
 */
public final class GrpcHeadEnd implements AutoCloseable {
  private static final int METADATA_OCTETS = 8_192;
  private static final long GRACE_MS = 1_000;

  private final Server server;
  private final WanService service;

  /** Port: what hubs say. Called on any thread, for one hub one after the other. */
  public interface Hubs {
    /** A GBCS message; it comes again until {@link GrpcHeadEnd#heard} was said of it. */
    void message(Eui64 hub, Octets message);

    /** A device has every part of an image before this one. */
    void wants(Eui64 hub, Eui64 device, ImageId part);

    /** What became of a delivery. */
    void ended(Eui64 hub, long number, WanLink.End end);
  }

  private GrpcHeadEnd(Server server, WanService service) {
    this.server = server;
    this.service = service;
  }

  /**
   * Begins to serve.
   *
   * @throws IOException if the address is taken or a certificate file cannot be read
   * @throws IllegalArgumentException if it would serve plaintext beyond loopback unforced
   */
  public static GrpcHeadEnd serve(
      InetSocketAddress listen, Security security, Hubs hubs, Consumer<HanEvent> listener)
      throws IOException {
    Security.check(security, listen);
    GrpcLimits limits = GrpcLimits.DEFAULT;
    Standing standing = Standing.of(security, InstantSource.system());
    WanService service = new WanService(hubs, listener);
    Server server =
        NettyServerBuilder.forAddress(listen, Credentials.server(security, standing, listener))
            .intercept(new Gate(security, standing, listener))
            .addStreamTracerFactory(new Tracer(listener))
            .maxInboundMessageSize(limits.messageOctets())
            .maxInboundMetadataSize(METADATA_OCTETS)
            .maxConcurrentCallsPerConnection(limits.count(GrpcParameter.STREAMS))
            .handshakeTimeout(limits.millis(GrpcParameter.IDLE) / 6, TimeUnit.MILLISECONDS)
            .keepAliveTime(limits.millis(GrpcParameter.KEEP_ALIVE), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(limits.millis(GrpcParameter.KEEP_ALIVE_ANSWER), TimeUnit.MILLISECONDS)
            .permitKeepAliveTime(
                limits.millis(GrpcParameter.KEEP_ALIVE_PERMITTED), TimeUnit.MILLISECONDS)
            .addService(service)
            .build()
            .start();
    return new GrpcHeadEnd(server, service);
  }

  /** Where it listens, with the port that it was given. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().get(0);
  }

  /** Sends a delivery: now if the hub is there, and each time that it comes, until it has ended. */
  public void send(Eui64 hub, WanLink.Delivery delivery) {
    service.send(hub, delivery);
  }

  /** Tells a hub that one of its messages is kept. */
  public void heard(Eui64 hub, Octets sha256) {
    service.say(hub, WanCodec.heard(sha256));
  }

  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(GRACE_MS, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException fault) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
