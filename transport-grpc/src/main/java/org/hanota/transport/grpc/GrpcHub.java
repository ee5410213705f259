// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hanota.api.control.HubControl;
import org.hanota.api.machine.Peer;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.grpc.v1.ControlGrpc;
import org.hanota.transport.grpc.v1.HanGrpc;
import org.jspecify.annotations.Nullable;

/**
 * A hub's end: a server that any number of device processes connect to, with one {@link Transport}
 * that reaches all of their devices, and the services for control, health and reflection.
 */
public final class GrpcHub implements AutoCloseable {
  /** What streams that are under way get to end by themselves. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Of the files that the process may open, connections get one of so many. */
  private static final int CONNECTIONS_SHARE = 2;

  private static final int METADATA_OCTETS = 8_192;
  private static final int WINDOW_OCTETS = 1 << 20;

  private final Builder options;
  private final ScheduledExecutorService timers;
  private final Scheduler scheduler;
  private final ExecutorService control =
      Executors.newFixedThreadPool(2, new DefaultThreadFactory("hanota-control", true));
  private final Routes routes;
  private final HubTransport node;
  private final Connections connections;
  private final HealthStatusManager health = new HealthStatusManager();
  private volatile boolean closing;
  private @Nullable HubControl hubControl;
  private @Nullable ControlService steering;
  private @Nullable Server server;
  private @Nullable EventLoopGroup accepting;
  private @Nullable EventLoopGroup serving;

  private GrpcHub(Builder options) {
    this.options = options;
    this.timers =
        Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("hanota-hub", true));
    this.scheduler = Scheduler.of(timers);
    this.routes = new Routes(options.self, options.serverClusters);
    this.connections =
        new Connections(
            Descriptors.share(options.limits.count(GrpcParameter.CONNECTIONS), CONNECTIONS_SHARE),
            options.listener);
    this.node =
        new HubTransport(
            options.self,
            routes,
            options.limits,
            options.maximumPayload,
            options.callbacks,
            timers,
            options.listener,
            System::nanoTime);
  }

  /** Begins to describe a hub at that address. */
  public static Builder builder(Peer self) {
    return new Builder(self);
  }

  /** The hub node's transport; the same one each time. */
  public Transport transport() {
    return node;
  }

  /** Serves this control over the network too; before {@link #start}. */
  public void control(HubControl steered) {
    if (server != null) {
      throw new IllegalStateException("the hub serves already");
    }
    hubControl = steered;
  }

  /**
   * Begins to serve.
   *
   * @throws IOException if the address is taken or a certificate file cannot be read
   * @throws IllegalArgumentException if it would serve plaintext beyond loopback unforced
   */
  public void start() throws IOException {
    Security.check(options.security, options.listen);
    Standing standing = Standing.of(options.security, options.time);
    GrpcLimits limits = options.limits;
    EventLoopGroup acceptor = Connections.threads(1, new DefaultThreadFactory("hanota-accept"));
    EventLoopGroup workers =
        Connections.threads(options.threads, new DefaultThreadFactory("hanota-serve"));
    accepting = acceptor;
    serving = workers;
    tellIfItEnds(acceptor);
    tellIfItEnds(workers);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                options.listen, Credentials.server(options.security, standing, options.listener))
            .bossEventLoopGroup(acceptor)
            .workerEventLoopGroup(workers)
            .channelFactory(connections::socket)
            .directExecutor()
            .intercept(new Gate(options.security, standing, options.listener))
            .addStreamTracerFactory(new Tracer(options.listener))
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
            .addService(LinkMethod.service(this::link))
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance());
    controlService().ifPresent(builder::addService);
    server = builder.build().start();
    health.setStatus(HanGrpc.SERVICE_NAME, ServingStatus.SERVING);
    Sweep.begin(
        scheduler,
        limits,
        standing,
        options.listener,
        () -> {
          routes.streams().forEach(Link::sweep);
          checkCertificates(standing);
        });
  }

  /** A thread of these ends before the hub only by a fault; nobody would be served any more. */
  private void tellIfItEnds(EventLoopGroup group) {
    for (EventExecutor one : group) {
      var unused =
          one.terminationFuture()
              .addListener(
                  end -> {
                    if (!closing) {
                      tell(new HanEvent.ServerDied(String.valueOf(one)));
                    }
                  });
    }
  }

  private Optional<BindableService> controlService() {
    HubControl steered = hubControl;
    if (steered == null) {
      return Optional.empty();
    }
    health.setStatus(ControlGrpc.SERVICE_NAME, ServingStatus.SERVING);
    ControlService service = new ControlService(steered, control, options.limits);
    steering = service;
    return Optional.of(service);
  }

  private void checkCertificates(Standing standing) {
    routes.open().forEach(stream -> stream.checkCertificate(standing));
    ControlService told = steering;
    if (told != null) {
      told.checkCertificates(standing);
    }
  }

  /** Says to those who ask for its health whether devices are served. */
  public void serving(boolean serves) {
    ServingStatus status = serves ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(HanGrpc.SERVICE_NAME, status);
  }

  /** Where it listens, with the port that it was given. */
  public InetSocketAddress address() {
    Server started = server;
    if (started == null) {
      throw new IllegalStateException("the hub does not serve yet");
    }
    return (InetSocketAddress) started.getListenSockets().get(0);
  }

  /** The devices that have a link, in the order of their addresses. */
  public List<Peer> devices() {
    return routes.devices();
  }

  /** How many connections there are. */
  public int connectionCount() {
    return connections.count();
  }

  /** Frames that wait to be written, over all streams. */
  public int queuedFrames() {
    return routes.streams().stream().mapToInt(Link::queued).sum();
  }

  /** Ends all streams once what waits was written, and then all connections. */
  @Override
  public void close() {
    closing = true;
    health.enterTerminalState();
    Server started = server;
    if (started != null) {
      started.shutdown();
      routes.open().forEach(HubStream::complete);
    }
    if (served().isPresent()) {
      // A callback closes: its thread still has to write what waits.
      new DefaultThreadFactory("hanota-close", true).newThread(this::finish).start();
    } else {
      finish();
    }
  }

  private void finish() {
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
    node.close();
    timers.shutdownNow();
    control.shutdownNow();
    for (EventLoopGroup group : new @Nullable EventLoopGroup[] {accepting, serving}) {
      if (group != null) {
        var unused = group.shutdownGracefully(0, GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  Peer self() {
    return options.self;
  }

  GrpcLimits limits() {
    return options.limits;
  }

  int maximumPayload() {
    return options.maximumPayload;
  }

  Scheduler scheduler() {
    return scheduler;
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

  Routes routes() {
    return routes;
  }

  HubTransport node() {
    return node;
  }

  Connections connections() {
    return connections;
  }

  void tell(HanEvent event) {
    options.listener.accept(event);
  }

  private StreamObserver<byte[]> link(StreamObserver<byte[]> out) {
    Context context = Context.current();
    if (!options.noDevices.isEmpty()) {
      return refuse(context, out);
    }
    return new HubStream(
        this,
        Gate.IDENTITY.get(context),
        Gate.REMOTE.get(context),
        (ServerCallStreamObserver<byte[]>) out);
  }

  private StreamObserver<byte[]> refuse(Context context, StreamObserver<byte[]> out) {
    String remote = String.valueOf(Gate.REMOTE.get(context));
    tell(new HanEvent.Refused(remote, Gate.IDENTITY.get(context).name(), options.noDevices));
    out.onError(Status.FAILED_PRECONDITION.withDescription(options.noDevices).asRuntimeException());
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] message) {}

      @Override
      public void onError(Throwable fault) {}

      @Override
      public void onCompleted() {}
    };
  }

  /** Describes a hub. */
  public static final class Builder {
    private final Peer self;
    private InetSocketAddress listen = new InetSocketAddress("localhost", 0);
    private Security security = Security.insecure();
    private InstantSource time = InstantSource.system();
    private GrpcLimits limits = GrpcLimits.DEFAULT;
    private Collection<Integer> serverClusters = List.of(Clusters.OTA_UPGRADE);
    private int maximumPayload = MAXIMUM_PAYLOAD;
    private int threads = 2;
    private Optional<Executor> callbacks = Optional.empty();
    private Consumer<HanEvent> listener = event -> {};
    private String noDevices = "";

    /**
     * The whole of a 127-octet frame after MAC, network and APS headers and APS security: 56 octets
     * of image data and 17 of headers.
     */
    public static final int MAXIMUM_PAYLOAD = 73;

    private Builder(Peer self) {
      if (self.isBroadcast()) {
        throw new IllegalArgumentException("self is " + self + ", allowed the address of a node");
      }
      this.self = self;
    }

    /** Where to listen; port 0 takes a free one. */
    public Builder listen(InetSocketAddress address) {
      listen = address;
      return this;
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

    /** Serves control, health and reflection only; a device is refused with this reason. */
    public Builder withoutDevices(String reason) {
      noDevices = reason;
      return this;
    }

    /** What it takes from clients. */
    public Builder limits(GrpcLimits what) {
      limits = what;
      return this;
    }

    /** The clusters whose server the hub is, for discovery; without this: OTA upgrade. */
    public Builder serverClusters(Collection<Integer> clusters) {
      serverClusters = List.copyOf(clusters);
      return this;
    }

    /** What {@link Transport#maximumPayload} answers at both ends, octets. */
    public Builder maximumPayload(int octets) {
      maximumPayload = octets;
      return this;
    }

    /** How many threads read and write; without this: 2. */
    public Builder threads(int count) {
      threads = count;
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

    /** The hub, which serves after {@link #start}. */
    public GrpcHub build() {
      return new GrpcHub(this);
    }
  }
}
