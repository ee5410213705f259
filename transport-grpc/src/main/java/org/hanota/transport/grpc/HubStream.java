// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.machine.Peer;
import org.hanota.api.transport.Frame;
import org.hanota.transport.grpc.v1.Discover;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.Join;
import org.hanota.transport.grpc.v1.Joined;
import org.hanota.transport.grpc.v1.Left;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.NoServer;
import org.hanota.transport.grpc.v1.Result;
import org.hanota.transport.grpc.v1.ServerFound;
import org.hanota.transport.grpc.v1.Welcome;
import org.jspecify.annotations.Nullable;

/** One client's stream at the hub. */
final class HubStream implements StreamObserver<byte[]> {
  static final int VERSION = 1;
  private static final int NAME_SHOWN = 64;

  /** Long beside what a frame takes, short beside the patience of those on the same stream. */
  private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

  private final GrpcHub hub;
  private final Identity identity;
  private final @Nullable SocketAddress remote;
  private final ServerCallStreamObserver<byte[]> out;
  private final Link link;
  private final Map<Eui64, Peer> joined = new ConcurrentHashMap<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean welcomed;

  /** Of the frames so far; only what runs in the node's mailbox touches it. */
  private long lastSequence;

  HubStream(
      GrpcHub hub,
      Identity identity,
      @Nullable SocketAddress remote,
      ServerCallStreamObserver<byte[]> out) {
    this.hub = hub;
    this.identity = identity;
    this.remote = remote;
    this.out = out;
    this.link = new Link(hub.limits(), hub.thread());
    out.disableAutoRequest();
    out.setOnReadyHandler(link::ready);
    out.setOnCancelHandler(() -> end("the client cancelled it or its connection broke"));
    out.request(1);
    hub.scheduler()
        .schedule(
            hub.limits().nanos(GrpcParameter.JOIN_DEADLINE),
            () -> {
              if (joined.isEmpty() && !ended.get()) {
                fail(Status.DEADLINE_EXCEEDED, identity.name(), "no device joined in time");
              }
            });
  }

  Link link() {
    return link;
  }

  String remote() {
    return String.valueOf(remote);
  }

  Collection<Peer> devices() {
    return joined.values();
  }

  /** Whether it is over; what is read of it afterwards is nobody's. */
  boolean isEnded() {
    return ended.get();
  }

  /** Whether that node has joined on this stream. */
  boolean has(Peer node) {
    Routes.Route route = hub.routes().to(node.address());
    return route != null && route.stream() == this && route.device().endpoint() == node.endpoint();
  }

  @Override
  public void onNext(byte[] octets) {
    if (ended.get()) {
      return;
    }
    if (octets == LinkMethod.TOO_LONG) {
      // The tracer tells, as of one that is too long before it is unpacked.
      fail(
          Status.RESOURCE_EXHAUSTED,
          "message exceeds maximum size " + hub.limits().messageOctets() + " once unpacked");
      return;
    }
    if (octets == LinkMethod.UNREADABLE) {
      fail(Status.INVALID_ARGUMENT, identity.name(), "message cannot be unpacked");
      return;
    }
    Incoming message;
    try {
      message = LinkCodec.decode(octets, hub.self());
    } catch (FormatException fault) {
      fail(Status.INVALID_ARGUMENT, identity.name(), String.valueOf(fault.getMessage()));
      return;
    }
    if (!welcomed && !welcome(message)) {
      return;
    }
    for (LinkEvent event : message.events) {
      try {
        deal(event);
      } catch (FormatException fault) {
        refused("event", String.valueOf(fault.getMessage()));
      }
    }
    hub.node().post(this, message);
  }

  private boolean welcome(Incoming message) {
    Hello hello = message.hello;
    if (hello == null || hello.getVersion() != VERSION) {
      String found = hello == null ? "no Hello" : "version " + hello.getVersion();
      fail(
          Status.FAILED_PRECONDITION,
          identity.name(),
          "first message has " + found + ", allowed is Hello with version " + VERSION);
      return false;
    }
    welcomed = true;
    hub.routes().opened(this);
    String name = hello.getName();
    hub.tell(
        new HanEvent.Connected(
            remote(),
            name.substring(0, Math.min(name.length(), NAME_SHOWN)).replaceAll("\\p{Cntrl}", "?")));
    Welcome welcome =
        Welcome.newBuilder()
            .setVersion(VERSION)
            .setHubEui64(hub.self().address().value())
            .setHubEndpoint(hub.self().endpoint())
            .setMaximumPayloadOctets(hub.maximumPayload())
            .setMaximumFrameOctets(hub.limits().frameOctets())
            .build();
    link.connected(out, LinkMessage.newBuilder().setWelcome(welcome).build().toByteArray());
    link.welcomed();
    return true;
  }

  private void deal(LinkEvent event) {
    switch (event.getEventCase()) {
      case JOIN -> join(event.getJoin());
      case LEFT -> left(event.getLeft());
      case DISCOVER -> discover(event.getDiscover());
      case JOINED, SERVER_FOUND, NO_SERVER, EVENT_NOT_SET -> {
        // The hub's own words, or those of a later contract.
      }
    }
  }

  private void join(Join join) {
    Peer device = Fields.peer("join", join.getEui64(), join.getEndpoint());
    List<Integer> clusters = join.getServerClustersList();
    clusters.forEach(cluster -> Fields.uint16("server_clusters", cluster));
    String reason = whyNot(device);
    if (!reason.isEmpty()) {
      link.send(LinkEvent.newBuilder().setLeft(leave(device, reason, true)).build());
      refused(device.toString(), reason);
      return;
    }
    boolean isNew = joined.put(device.address(), device) == null;
    Routes.Route before = hub.routes().join(new Routes.Route(device, Set.copyOf(clusters), this));
    if (before != null && before.stream() != this) {
      before.stream().movedAway(before.device());
    }
    if (isNew && remote != null) {
      hub.connections().joined(remote);
    }
    Joined answer =
        Joined.newBuilder().setEui64(join.getEui64()).setEndpoint(join.getEndpoint()).build();
    link.send(LinkEvent.newBuilder().setJoined(answer).build());
    hub.tell(new HanEvent.Joined(device, remote()));
    if (ended.get()) {
      // The stream ended while its device joined.
      leaveAll("the stream ended");
    }
  }

  private String whyNot(Peer device) {
    if (device.isBroadcast() || device.address().equals(hub.self().address())) {
      return "the address is not that of a device";
    }
    if (!identity.speaksFor(device.address())) {
      return "the certificate of " + identity.name() + " names " + identity.addresses();
    }
    if (joined.size() >= hub.limits().count(GrpcParameter.LINKS)
        && !joined.containsKey(device.address())) {
      return "the stream has " + joined.size() + " devices, allowed are no more";
    }
    return "";
  }

  private static Left leave(Peer device, String reason, boolean refused) {
    return Left.newBuilder()
        .setEui64(device.address().value())
        .setEndpoint(device.endpoint())
        .setReason(reason)
        .setRefused(refused)
        .build();
  }

  private @Nullable Peer forget(Eui64 device) {
    Peer known = joined.remove(device);
    if (known != null && remote != null) {
      hub.connections().left(remote);
    }
    return known;
  }

  private void movedAway(Peer device) {
    Peer unused = forget(device.address());
    String reason = "it joined on another stream";
    link.send(LinkEvent.newBuilder().setLeft(leave(device, reason, false)).build());
  }

  private void left(Left left) {
    Peer device = forget(new Eui64(left.getEui64()));
    if (device != null && hub.routes().leave(device, this)) {
      hub.tell(new HanEvent.Left(device, "it left"));
    }
  }

  private void discover(Discover discover) {
    if (!joined.containsKey(new Eui64(discover.getEui64()))) {
      return;
    }
    Peer server = hub.routes().serverFor(Fields.uint16("cluster_id", discover.getClusterId()));
    LinkEvent.Builder answer = LinkEvent.newBuilder();
    if (server == null) {
      answer.setNoServer(
          NoServer.newBuilder().setEui64(discover.getEui64()).setEndpoint(discover.getEndpoint()));
    } else {
      answer.setServerFound(
          ServerFound.newBuilder()
              .setEui64(discover.getEui64())
              .setEndpoint(discover.getEndpoint())
              .setServerEui64(server.address().value())
              .setServerEndpoint(server.endpoint()));
    }
    link.send(answer.build());
  }

  /** The highest sequence before this one: a frame that comes again is not taken again. */
  long lastSequence(long sequence) {
    long before = lastSequence;
    if (Long.compareUnsigned(sequence, before) > 0) {
      lastSequence = sequence;
    }
    return before;
  }

  /**
   * A device's frame for which there is no room. The message that brought it counts as not dealt
   * with for a while, so that a device that goes on like this slows its own stream down.
   */
  void busy(long sequence, Frame frame, Turn message) {
    if (frame.options().apsAcknowledgement()) {
      link.answer(Answer.of(sequence, Result.RESULT_BUSY, ""));
    }
    if (message.delays()) {
      hub.tell(
          new HanEvent.Refused(
              remote(),
              frame.source().toString(),
              "has "
                  + hub.limits().count(GrpcParameter.WAITING_FRAMES)
                  + " frames that wait, allowed are no more"));
      hub.scheduler().schedule(BUSY_PAUSE.toNanos(), message::end);
    } else {
      message.end();
    }
  }

  /** Ends the stream if the certificate that it rests on counts no longer. [hanota H71] */
  void checkCertificate(Standing standing) {
    String fault = standing.fault(identity);
    if (!fault.isEmpty() && !ended.get()) {
      fail(Status.UNAUTHENTICATED, identity.name(), Gate.CERTIFICATE + fault);
    }
  }

  /** Refuses a frame by name. */
  void refuse(long sequence, String who, String reason) {
    link.answer(Answer.of(sequence, Result.RESULT_REFUSED, reason));
    refused(who, reason);
  }

  private void refused(String who, String reason) {
    int count = refusals.incrementAndGet();
    if (count <= hub.limits().count(GrpcParameter.REFUSALS)) {
      hub.tell(new HanEvent.Refused(remote(), who, reason));
    }
    if (count == hub.limits().count(GrpcParameter.REFUSALS)) {
      fail(Status.PERMISSION_DENIED, identity.name(), count + " refusals, the last: " + reason);
    }
  }

  private void fail(Status status, String who, String reason) {
    hub.tell(new HanEvent.Refused(remote(), who, reason));
    fail(status, reason);
  }

  private void fail(Status status, String reason) {
    if (welcomed) {
      link.close(status.withDescription(reason));
    } else {
      out.onError(status.withDescription(reason).asRuntimeException());
    }
    end(reason);
  }

  /** Ends the stream once everything that waits was written. */
  void complete() {
    link.close(Status.OK);
  }

  private void end(String reason) {
    if (ended.getAndSet(true)) {
      return;
    }
    hub.routes().closed(this);
    leaveAll(reason);
    link.disconnected();
    link.dropQueued();
    hub.tell(new HanEvent.Disconnected(remote(), reason));
  }

  private void leaveAll(String reason) {
    for (Peer device : hub.routes().leaveAll(this)) {
      hub.tell(new HanEvent.Left(device, reason));
    }
    for (Peer device : List.copyOf(joined.values())) {
      Peer unused = forget(device.address());
    }
  }

  @Override
  public void onError(Throwable fault) {
    end(String.valueOf(fault.getMessage()));
  }

  @Override
  public void onCompleted() {
    // After what the client said before it ended.
    hub.node()
        .post(
            () -> {
              complete();
              end("the client ended it");
            });
  }
}
