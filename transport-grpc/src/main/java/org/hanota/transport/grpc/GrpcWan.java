// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.WanLink;
import org.hanota.api.transport.Scheduler;
import org.hanota.keys.Sha256;
import org.hanota.transport.grpc.v1.FromHeadEnd;
import org.hanota.transport.grpc.v1.FromHub;
import org.hanota.transport.grpc.v1.WanGrpc;
import org.jspecify.annotations.Nullable;

/**
 * A hub's end of the WAN: connects to the first of its head end's addresses at which somebody acts,
 * and again whenever that ends. What the hub said and nobody has heard is said again at each
 * connection; an image is fetched from where the connection before broke.
 */
public final class GrpcWan implements WanLink {
  private static final long NANOS_PER_MS = 1_000_000;

  /** As many as a hub keeps. */
  private static final int UNHEARD_MAX = 255;

  private final List<InetSocketAddress> headEnds;
  private final Eui64 hub;
  private final Security security;
  private final Standing standing;
  private final Consumer<HanEvent> listener;
  private final GrpcLimits limits;
  private final Backoff backoff;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("hanota-wan", true));
  private final Map<Octets, Octets> unheard = new LinkedHashMap<>();
  private final ImageFetch images;
  private @Nullable Receiver receiver;
  private @Nullable Connection connection;

  /** Whether the head end has answered the hello: nothing else is said before. */
  private boolean isWelcome;

  private int next;
  private boolean closed;

  /**
   * A link that is not open yet.
   *
   * @param headEnds the addresses of the head end's processes, tried in turn
   * @param hub whose link it is; the certificate of {@code security} names it
   * @param random draws pauses between attempts
   * @throws IOException if a certificate file cannot be read
   * @throws IllegalArgumentException if it would send plaintext beyond loopback unforced
   */
  public GrpcWan(
      List<InetSocketAddress> headEnds,
      Eui64 hub,
      Security security,
      GrpcLimits limits,
      SeededRandom random,
      Consumer<HanEvent> listener)
      throws IOException {
    headEnds.forEach(address -> Security.check(security, address));
    this.headEnds = List.copyOf(headEnds);
    this.hub = hub;
    this.security = security;
    this.standing = Standing.of(security, InstantSource.system());
    this.listener = new Guarded(listener);
    this.limits = limits;
    this.backoff = new Backoff(random, limits);
    this.images = new ImageFetch(hub, this::afterPause, this::ended);
    // What is wrong with a certificate is said here and not at the first connection.
    var unusedCredentials = Credentials.client(security, standing, listener);
  }

  /** A channel to one address, and the stream over it. */
  private record Connection(
      ManagedChannel channel,
      Words words,
      ClientCall<FromHub, FromHeadEnd> call,
      StreamObserver<FromHub> out) {}

  @Override
  public void open(Receiver opened) {
    later(
        () -> {
          receiver = opened;
          connect();
          Scheduler scheduler = (nanos, task) -> after(nanos / NANOS_PER_MS, task);
          Sweep.begin(scheduler, limits, standing, listener, this::checkCertificate);
        });
  }

  private void afterPause(Runnable task) {
    after(limits.millis(GrpcParameter.RECONNECT), task);
  }

  private void after(long millis, Runnable task) {
    if (!closed) {
      try {
        var unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException ends) {
        // Nothing goes over a closed link.
      }
    }
  }

  /** Whether the certificate of the head end's process counts still. */
  private void checkCertificate() {
    Connection current = connection;
    if (current == null || !isWelcome) {
      return;
    }
    String fault;
    String who;
    try {
      Identity identity = Credentials.identity(security, current.call().getAttributes());
      who = identity.name();
      fault = standing.fault(identity);
    } catch (SSLPeerUnverifiedException | FormatException unknown) {
      who = "head end";
      fault = "cannot be read: " + unknown.getMessage();
    }
    if (!fault.isEmpty()) {
      String reason = Gate.CERTIFICATE + fault;
      listener.accept(new HanEvent.Refused(current.words().remote, who, reason));
      current.words().gone(reason);
    }
  }

  private void later(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException ends) {
      // Nothing goes over a closed link.
    }
  }

  private void connect() {
    if (closed || connection != null) {
      return;
    }
    InetSocketAddress address = headEnds.get(next);
    next = (next + 1) % headEnds.size();
    String remote = address.getHostString() + ":" + address.getPort();
    try {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(
                  address.getHostString(),
                  address.getPort(),
                  Credentials.client(security, standing, listener))
              .executor(thread)
              .disableRetry()
              .maxInboundMessageSize(limits.messageOctets())
              .keepAliveTime(limits.millis(GrpcParameter.DEVICE_KEEP_ALIVE), TimeUnit.MILLISECONDS)
              .keepAliveTimeout(
                  limits.millis(GrpcParameter.KEEP_ALIVE_ANSWER), TimeUnit.MILLISECONDS)
              .build();
      Words words = new Words(channel, remote);
      ClientCall<FromHub, FromHeadEnd> call =
          channel.newCall(WanGrpc.getExchangeMethod(), CallOptions.DEFAULT);
      StreamObserver<FromHub> out = ClientCalls.asyncBidiStreamingCall(call, words);
      connection = new Connection(channel, words, call, out);
      out.onNext(WanCodec.hello(hub));
      long welcomeMs = limits.millis(GrpcParameter.WELCOME);
      after(
          welcomeMs, () -> words.notWelcome("no answer to the hello within " + welcomeMs + " ms"));
    } catch (IOException fault) {
      listener.accept(new HanEvent.Rejected(remote, String.valueOf(fault.getMessage())));
      connectLater(remote);
    }
  }

  private void connectLater(String remote) {
    if (!closed) {
      long millis = backoff.next().toMillis();
      listener.accept(new HanEvent.Reconnecting(remote, backoff.attempts(), millis));
      after(millis, this::connect);
    }
  }

  /** What one connection brings; all of it comes on the link's thread. */
  private final class Words implements StreamObserver<FromHeadEnd> {
    private final ManagedChannel channel;
    private final String remote;

    Words(ManagedChannel channel, String remote) {
      this.channel = channel;
      this.remote = remote;
    }

    @Override
    public void onNext(FromHeadEnd said) {
      Receiver hears = receiver;
      Connection current = connection;
      if (hears == null || current == null || current.channel() != channel) {
        return;
      }
      switch (said.getWhatCase()) {
        case WELCOME -> {
          backoff.succeeded();
          isWelcome = true;
          listener.accept(new HanEvent.Connected(remote, "head end"));
          unheard.values().forEach(message -> say(WanCodec.message(message)));
        }
        case HEARD_SHA256 -> {
          Octets sha256 = WanCodec.octets(said.getHeardSha256());
          unheard.remove(sha256);
          hears.onHeard(sha256);
        }
        case DELIVERY -> {
          if (said.getDelivery().hasCommand()) {
            hears.onDelivery(
                new WanLink.Delivery(
                    said.getDelivery().getNumber(),
                    said.getDelivery().getRequest(),
                    new Load.Command(WanCodec.octets(said.getDelivery().getCommand()))));
          } else if (said.getDelivery().hasImage()) {
            images.take(said.getDelivery(), channel, hears);
          }
        }
        // Of a later version of the contract.
        case WHAT_NOT_SET -> {}
      }
    }

    @Override
    public void onError(Throwable fault) {
      gone(String.valueOf(fault.getMessage()));
    }

    @Override
    public void onCompleted() {
      gone("the head end ended");
    }

    /** Somebody who takes connections and says nothing is as good as nobody. */
    void notWelcome(String reason) {
      Connection current = connection;
      if (current != null && current.channel() == channel && !isWelcome) {
        gone(reason);
      }
    }

    void gone(String reason) {
      var unused = channel.shutdownNow();
      Connection before = connection;
      if (before != null && before.channel() == channel) {
        connection = null;
        isWelcome = false;
        images.lost(channel);
        listener.accept(new HanEvent.Disconnected(remote, reason));
        connectLater(remote);
      }
    }
  }

  private void say(FromHub what) {
    Connection current = connection;
    if (current != null && isWelcome) {
      current.out().onNext(what);
    }
  }

  @Override
  public void send(Octets message) {
    Octets own = message.copy();
    later(
        () -> {
          if (unheard.size() == UNHEARD_MAX) {
            // The hub says it again itself.
            unheard.remove(unheard.keySet().iterator().next());
          }
          unheard.put(Sha256.of(own), own);
          say(WanCodec.message(own));
        });
  }

  @Override
  public void want(Eui64 device, ImageId part) {
    later(() -> say(WanCodec.wanted(device, part)));
  }

  @Override
  public void ended(long number, End end) {
    later(() -> say(WanCodec.ended(number, end)));
  }

  @Override
  public void close() {
    later(
        () -> {
          closed = true;
          Connection last = connection;
          connection = null;
          if (last != null) {
            last.out().onCompleted();
            last.channel().shutdownNow();
          }
        });
    thread.shutdown();
  }
}
