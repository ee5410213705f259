// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hanota.api.transport.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A server that strangers do not wear down, for hubs and head ends alike: its limits are those of
 * {@link GrpcParameter}, nobody calls without a certificate that counts, and what rests on one that
 * counts no longer ends.
 */
final class GrpcServer {
  /** What streams that are under way get to end by themselves. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Of the files that the process may open, connections get one of so many. */
  private static final int CONNECTIONS_SHARE = 2;

  private static final int METADATA_OCTETS = 8_192;
  private static final int WINDOW_OCTETS = 1 << 20;

  private final Config config;
  private final Connections connections;
  private volatile boolean closing;
  private @Nullable Server server;
  private @Nullable EventLoopGroup accepting;
  private @Nullable EventLoopGroup serving;

  /**
   * What it is told.
   *
   * @param listen where; port 0 takes a free one
   * @param security how the two sides know each other
   * @param time the time that certificates are checked against
   * @param limits what it takes from clients
   * @param threads how many read and write
   * @param scheduler runs the sweeps
   * @param listener is told what happens, from any thread
   */
  record Config(
      InetSocketAddress listen,
      Security security,
      InstantSource time,
      GrpcLimits limits,
      int threads,
      Scheduler scheduler,
      Consumer<HanEvent> listener) {}

  GrpcServer(Config config) {
    this.config = config;
    this.connections =
        new Connections(
            Descriptors.share(config.limits().count(GrpcParameter.CONNECTIONS), CONNECTIONS_SHARE),
            config.listener());
  }

  /**
   * Begins to serve.
   *
   * @param sweep is called several times within each {@link GrpcParameter#RESULT_DEADLINE}, to end
   *     what is over and what rests on a certificate that counts no longer
   * @throws IOException if the address is taken or a certificate file cannot be read
   * @throws IllegalArgumentException if it would serve plaintext beyond loopback unforced
   */
  void start(List<ServerServiceDefinition> services, Consumer<Standing> sweep) throws IOException {
    Security.check(config.security(), config.listen());
    Standing standing = Standing.of(config.security(), config.time());
    GrpcLimits limits = config.limits();
    EventLoopGroup acceptor = Connections.threads(1, new DefaultThreadFactory("hanota-accept"));
    EventLoopGroup workers =
        Connections.threads(config.threads(), new DefaultThreadFactory("hanota-serve"));
    accepting = acceptor;
    serving = workers;
    tellIfItEnds(acceptor);
    tellIfItEnds(workers);
    server =
        NettyServerBuilder.forAddress(
                config.listen(), Credentials.server(config.security(), standing, config.listener()))
            .bossEventLoopGroup(acceptor)
            .workerEventLoopGroup(workers)
            .channelFactory(connections::socket)
            .directExecutor()
            .intercept(new Gate(config.security(), standing, config.listener()))
            .addStreamTracerFactory(new Tracer(config.listener()))
            .maxInboundMessageSize(limits.messageOctets())
            .maxInboundMetadataSize(METADATA_OCTETS)
            .maxConcurrentCallsPerConnection(limits.count(GrpcParameter.STREAMS))
            .flowControlWindow(WINDOW_OCTETS)
            .maxRstFramesPerWindow(
                limits.count(GrpcParameter.RESETS),
                (int) (limits.millis(GrpcParameter.RESETS_WITHIN) / 1_000))
            .handshakeTimeout(limits.millis(GrpcParameter.IDLE) / 6, TimeUnit.MILLISECONDS)
            .maxConnectionIdle(limits.millis(GrpcParameter.IDLE), TimeUnit.MILLISECONDS)
            .keepAliveTime(limits.millis(GrpcParameter.KEEP_ALIVE), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(limits.millis(GrpcParameter.KEEP_ALIVE_ANSWER), TimeUnit.MILLISECONDS)
            .permitKeepAliveTime(
                limits.millis(GrpcParameter.KEEP_ALIVE_PERMITTED), TimeUnit.MILLISECONDS)
            .addServices(services)
            .build()
            .start();
    Sweep.begin(
        config.scheduler(), limits, standing, config.listener(), () -> sweep.accept(standing));
  }

  /** A thread of these ends before the server only by a fault; nobody would be served any more. */
  private void tellIfItEnds(EventLoopGroup group) {
    for (EventExecutor one : group) {
      var unused =
          one.terminationFuture()
              .addListener(
                  end -> {
                    if (!closing) {
                      config.listener().accept(new HanEvent.ServerDied(String.valueOf(one)));
                    }
                  });
    }
  }

  boolean isStarted() {
    return server != null;
  }

  /** Where it listens, with the port that it was given. */
  InetSocketAddress address() {
    Server started = server;
    if (started == null) {
      throw new IllegalStateException("nobody is served yet");
    }
    return (InetSocketAddress) started.getListenSockets().get(0);
  }

  Connections connections() {
    return connections;
  }

  /** The thread that takes connections. */
  EventLoopGroup accepting() {
    return Objects.requireNonNull(accepting, "not started");
  }

  /** The threads that read and write. */
  EventLoopGroup serving() {
    return Objects.requireNonNull(serving, "not started");
  }

  /** The thread that serves the connection whose call is dealt with now. */
  Executor thread() {
    return served()
        .orElseThrow(
            () -> new IllegalStateException("a call came in a thread that serves no connection"));
  }

  /** The thread that this is, if it is one that serves. */
  private Optional<Executor> served() {
    EventLoopGroup all = serving;
    if (all != null) {
      for (EventExecutor one : all) {
        if (one.inEventLoop()) {
          return Optional.of(one);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Takes no streams any more, and ends all connections.
   *
   * @param complete ends the streams that are open, once what waits was written
   * @param last comes after that
   */
  void close(Runnable complete, Runnable last) {
    closing = true;
    Server started = server;
    if (started != null) {
      started.shutdown();
      complete.run();
    }
    if (served().isPresent()) {
      // A callback closes: its thread still has to write what waits.
      new DefaultThreadFactory("hanota-close", true).newThread(() -> finish(last)).start();
    } else {
      finish(last);
    }
  }

  private void finish(Runnable last) {
    Server started = server;
    if (started != null) {
      try {
        if (!started.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
          started.shutdownNow();
        }
      } catch (InterruptedException interrupted) {
        started.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
    last.run();
    for (EventLoopGroup group : new @Nullable EventLoopGroup[] {accepting, serving}) {
      if (group != null) {
        var unused = group.shutdownGracefully(0, GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }
}
