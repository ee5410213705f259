// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.api.transport.Scheduler;

/**
 * A head end's end of the WAN: a server to which hubs connect, each with a certificate that names
 * its EUI-64. While its process does not {@linkplain #acts act}, hubs are sent on to the next one.
 * It keeps nothing: what a hub has not ended is sent again by whoever keeps it.
 */
public final class GrpcHeadEnd implements AutoCloseable {
  private static final int THREADS = 2;

  private final ScheduledExecutorService thread;
  private final GrpcServer server;
  private final WanService service;

  /** Port: what hubs say. Called on one thread, for one word after the other. */
  public interface Hubs {
    /**
     * A hub says something; it must not block.
     *
     * @param dealt to be called once, from any thread, when this was dealt with: the next word
     *     waits for it
     */
    void said(Eui64 hub, HubWord word, Runnable dealt);
  }

  private GrpcHeadEnd(ScheduledExecutorService thread, GrpcServer server, WanService service) {
    this.thread = thread;
    this.server = server;
    this.service = service;
  }

  /**
   * Begins to serve; nobody is taken before it {@link #acts}.
   *
   * @throws IOException if the address is taken or a certificate file cannot be read
   * @throws IllegalArgumentException if it would serve plaintext beyond loopback unforced
   */
  public static GrpcHeadEnd serve(
      InetSocketAddress listen,
      Security security,
      GrpcLimits limits,
      Hubs hubs,
      Consumer<HanEvent> listener)
      throws IOException {
    Consumer<HanEvent> guarded = new Guarded(listener);
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("hanota-wan", true));
    GrpcServer server =
        new GrpcServer(
            new GrpcServer.Config(
                listen,
                security,
                InstantSource.system(),
                limits,
                THREADS,
                Scheduler.of(thread),
                guarded));
    WanService service =
        new WanService(new HubWords(hubs, limits, thread), limits, server.connections(), guarded);
    try {
      server.start(List.of(service.bindService()), service::sweep);
    } catch (IOException | RuntimeException fault) {
      thread.shutdownNow();
      throw fault;
    }
    return new GrpcHeadEnd(thread, server, service);
  }

  /** Where it listens, with the port that it was given. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Whether its process acts now; the hubs of one that does not any more are sent away. */
  public void acts(boolean now) {
    service.acts(now);
  }

  /** The hubs that are there, in the order of their addresses. */
  public List<Eui64> hubs() {
    return service.hubs();
  }

  /** Sends a delivery if the hub is there; nothing is kept for a hub that is not. */
  public void send(Eui64 hub, WanLink.Delivery delivery) {
    service.send(hub, delivery);
  }

  /** A delivery has ended: a hub that has not got all of it gets no more. */
  public void withdraw(Eui64 hub, long number) {
    service.withdraw(hub, number);
  }

  /** Tells a hub that one of its messages is kept. */
  public void heard(Eui64 hub, Octets sha256) {
    service.heard(hub, sha256);
  }

  @Override
  public void close() {
    server.close(service::complete, thread::shutdownNow);
  }
}
