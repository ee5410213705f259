// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
  private final Builder options;
  private final ScheduledExecutorService timers;
  private final Scheduler scheduler;
  private final ExecutorService control =
      Executors.newFixedThreadPool(2, new DefaultThreadFactory("hanota-control", true));
  private final Routes routes;
  private final HubTransport node;
  private final GrpcServer server;
  private final HealthStatusManager health = new HealthStatusManager();
  private @Nullable HubControl hubControl;
  private @Nullable ControlService steering;

  private GrpcHub(Builder options) {
    this.options = options;
    this.timers =
        Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("hanota-hub", true));
    this.scheduler = Scheduler.of(timers);
    this.routes = new Routes(options.self, options.serverClusters);
    this.server =
        new GrpcServer(
            new GrpcServer.Config(
                options.listen,
                options.security,
                options.time,
                options.limits,
                options.threads,
                scheduler,
                options.listener));
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
    if (server.isStarted()) {
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
    List<ServerServiceDefinition> services =
        new ArrayList<>(
            List.of(
                LinkMethod.service(this::link),
                health.getHealthService().bindService(),
                ProtoReflectionServiceV1.newInstance().bindService()));
    controlService().ifPresent(service -> services.add(service.bindService()));
    server.start(services, this::sweep);
    health.setStatus(HanGrpc.SERVICE_NAME, ServingStatus.SERVING);
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

  private void sweep(Standing standing) {
    routes.streams().forEach(Link::sweep);
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
    return server.address();
  }

  /** What serves. */
  GrpcServer server() {
    return server;
  }

  /** The devices that have a link, in the order of their addresses. */
  public List<Peer> devices() {
    return routes.devices();
  }

  /** How many connections there are. */
  public int connectionCount() {
    return server.connections().count();
  }

  /** Frames that wait to be written, over all streams. */
  public int queuedFrames() {
    return routes.streams().stream().mapToInt(Link::queued).sum();
  }

  /** Ends all streams once what waits was written, and then all connections. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.close(
        () -> routes.open().forEach(HubStream::complete),
        () -> {
          node.close();
          timers.shutdownNow();
          control.shutdownNow();
        });
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
    return server.thread();
  }

  Routes routes() {
    return routes;
  }

  HubTransport node() {
    return node;
  }

  Connections connections() {
    return server.connections();
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
