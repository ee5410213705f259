// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The devices' end: one connection to a hub that carries the links of many devices, each with a
 * {@link Transport} of its own. A connection that breaks is opened again after a pause that grows
 * and is jittered, and the devices join anew; frames that wait meanwhile wait until their deadline.
 */
public final class GrpcDevices implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int WINDOW_OCTETS = 1 << 20;

  private final Builder options;
  private final LongSupplier nanos = System::nanoTime;
  // One thread for the connection, its timers and, without an executor, the callbacks.
  private final EventLoopGroup threads;
  private final EventLoop thread;
  private final Scheduler scheduler;
  private final List<DeviceStream> streams = new ArrayList<>();
  private final Map<Eui64, DeviceTransport> attached = new ConcurrentHashMap<>();
  private int nextStream;
  private @Nullable ManagedChannel channel;

  /** Nobody connects before {@link #start}. */
  private volatile Standing standing;

  private GrpcDevices(Builder options) {
    this.options = options;
    this.standing = new Standing(options.time, Optional.empty());
    this.threads = Connections.threads(1, new DefaultThreadFactory("hanota-devices", true));
    this.thread = threads.next();
    this.scheduler = Scheduler.of(thread);
    for (int i = 0; i < options.streams; i++) {
      Backoff backoff = new Backoff(SeededRandom.of(options.seed, i, 0), options.limits);
      streams.add(new DeviceStream(this, backoff, GrpcHub.Builder.MAXIMUM_PAYLOAD));
    }
  }

  /** Begins to describe a connection to the hub at that address. */
  public static Builder builder(InetSocketAddress hub) {
    return new Builder(hub);
  }

  /**
   * Adds a device; it joins when its transport is opened.
   *
   * @param self its address, one per device
   * @param serverClusters the clusters whose server it is, for discovery
   */
  public Transport attach(Peer self, Collection<Integer> serverClusters) {
    if (self.isBroadcast()) {
      throw new IllegalArgumentException("self is " + self + ", allowed the address of a node");
    }
    synchronized (attached) {
      if (attached.containsKey(self.address())) {
        throw new IllegalArgumentException("self is " + self + ", allowed an address not in use");
      }
      DeviceTransport node =
          new DeviceTransport(
              self,
              serverClusters,
              this,
              streams.get(nextStream++ % streams.size()),
              options.callbacks,
              thread);
      attached.put(self.address(), node);
      return node;
    }
  }

  /**
   * Begins to connect, and goes on until it is closed.
   *
   * @throws IOException if a certificate file cannot be read
   * @throws IllegalArgumentException if it would send plaintext beyond loopback unforced
   */
  public void start() throws IOException {
    Security.check(options.security, options.hub);
    standing = Standing.of(options.security, options.time);
    channel =
        NettyChannelBuilder.forAddress(
                options.hub.getHostString(),
                options.hub.getPort(),
                Credentials.client(options.security, standing, options.listener))
            .eventLoopGroup(threads)
            .channelType(Connections.clientSocket())
            .directExecutor()
            // A stream is opened again by us; the channel's own way keeps a copy of every message.
            .disableRetry()
            .maxInboundMessageSize(options.limits.messageOctets())
            .flowControlWindow(WINDOW_OCTETS)
            .keepAliveTime(
                options.limits.millis(GrpcParameter.DEVICE_KEEP_ALIVE), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(
                options.limits.millis(GrpcParameter.KEEP_ALIVE_ANSWER), TimeUnit.MILLISECONDS)
            .build();
    streams.forEach(DeviceStream::connect);
    Sweep.begin(
        scheduler,
        options.limits,
        standing,
        options.listener,
        () -> streams.forEach(DeviceStream::sweep));
  }

  /** Ends the streams once what waits was written, and then the connection. */
  @Override
  public void close() {
    streams.forEach(DeviceStream::close);
    if (thread.inEventLoop()) {
      // A callback closes: this thread still has to write what waits.
      new DefaultThreadFactory("hanota-close", true).newThread(this::finish).start();
    } else {
      finish();
    }
  }

  private void finish() {
    long deadline = nanos.getAsLong() + GRACE.toNanos();
    try {
      for (DeviceStream stream : streams) {
        stream.awaitEnd(deadline - nanos.getAsLong());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (channel != null) {
      channel.shutdownNow();
    }
    var unused = threads.shutdownGracefully(0, GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  void detach(DeviceTransport node) {
    attached.remove(node.self().address(), node);
  }

  /** A stream to open; the channel's own back-off gives way to ours. */
  ClientCall<byte[], byte[]> call() {
    ManagedChannel connected = channel;
    if (connected == null) {
      throw new IllegalStateException("the devices are not started");
    }
    connected.resetConnectBackoff();
    return connected.newCall(LinkMethod.LINK, CallOptions.DEFAULT);
  }

  GrpcLimits limits() {
    return options.limits;
  }

  LongSupplier nanos() {
    return nanos;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Executor thread() {
    return thread;
  }

  String name() {
    return options.name;
  }

  Standing standing() {
    return standing;
  }

  String target() {
    return options.hub.getHostString() + ":" + options.hub.getPort();
  }

  InstantSource time() {
    return options.time;
  }

  Security security() {
    return options.security;
  }

  void tell(HanEvent event) {
    options.listener.accept(event);
  }

  /** Describes a connection. */
  public static final class Builder {
    private final InetSocketAddress hub;
    private Security security = Security.insecure();
    private GrpcLimits limits = GrpcLimits.DEFAULT;
    private InstantSource time = InstantSource.system();
    private int streams = 1;
    private long seed;
    private String name = "hanota";
    private Optional<Executor> callbacks = Optional.empty();
    private Consumer<HanEvent> listener = event -> {};

    private Builder(InetSocketAddress hub) {
      this.hub = hub;
    }

    /** How the two sides know each other; without this: plaintext on loopback. */
    public Builder security(Security how) {
      security = how;
      return this;
    }

    /** The time that certificates are checked against; without this: the system's. */
    public Builder time(InstantSource source) {
      time = source;
      return this;
    }

    /** Queues and deadlines. */
    public Builder limits(GrpcLimits what) {
      limits = what;
      return this;
    }

    /** Over how many streams the devices are spread; without this: 1. */
    public Builder streams(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("count is " + count + ", allowed 1 and more");
      }
      streams = count;
      return this;
    }

    /** Seeds the jitter of the pauses between attempts. */
    public Builder seed(long jitter) {
      seed = jitter;
      return this;
    }

    /** What this process calls itself in the hub's log. */
    public Builder name(String called) {
      name = called;
      return this;
    }

    /**
     * Runs the callbacks; must not run them in the thread that calls. Without this they run in the
     * threads that read the network: the fastest way, for receivers that do not block.
     */
    public Builder callbacks(Executor executor) {
      callbacks = Optional.of(executor);
      return this;
    }

    /** Is told what happens, from any thread; must not block. */
    public Builder listener(Consumer<HanEvent> told) {
      listener = new Guarded(told);
      return this;
    }

    /** The devices' end, which connects after {@link #start}. */
    public GrpcDevices build() {
      return new GrpcDevices(this);
    }
  }
}
