// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.machine.Peer;
import org.hanota.api.transport.Frame;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.Left;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.Result;
import org.hanota.transport.grpc.v1.ServerFound;
import org.hanota.transport.grpc.v1.Welcome;
import org.jspecify.annotations.Nullable;

/** One stream of the devices' end, opened again whenever it ends until it is closed. */
final class DeviceStream {
  private final GrpcDevices devices;
  private final Link link;
  private final Map<Eui64, DeviceTransport> nodes = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int maximumPayload;

  // Guarded by this object, which no callback holds.
  private final Backoff backoff;
  private @Nullable Attempt current;
  private boolean closed;

  DeviceStream(GrpcDevices devices, Backoff backoff, int maximumPayload) {
    this.devices = devices;
    this.backoff = backoff;
    this.maximumPayload = maximumPayload;
    this.link = new Link(devices.limits(), devices.thread());
  }

  Link link() {
    return link;
  }

  int maximumPayload() {
    return maximumPayload;
  }

  void join(DeviceTransport node) {
    synchronized (this) {
      nodes.put(node.self().address(), node);
      if (current != null) {
        link.send(node.join());
      }
    }
  }

  void leave(DeviceTransport node, LinkEvent left) {
    synchronized (this) {
      if (nodes.remove(node.self().address(), node) && current != null) {
        link.sendLast(left);
      }
    }
  }

  /** Opens the stream. */
  void connect() {
    synchronized (this) {
      if (closed || current != null) {
        return;
      }
      LinkMessage.Builder opening =
          LinkMessage.newBuilder()
              .setHello(Hello.newBuilder().setVersion(HubStream.VERSION).setName(devices.name()));
      for (DeviceTransport node : inOrder()) {
        if (!node.isRefused()) {
          opening.addEvents(node.join());
          LinkEvent search = node.searchUnderWay();
          if (search != null) {
            opening.addEvents(search);
          }
        }
      }
      ClientCall<byte[], byte[]> call = devices.call();
      Attempt attempt = new Attempt(call);
      current = attempt;
      StreamObserver<byte[]> unused = ClientCalls.asyncBidiStreamingCall(call, attempt);
      ClientCallStreamObserver<byte[]> out = attempt.out;
      if (current == attempt && out != null) {
        link.connected(out, opening.build().toByteArray());
      }
    }
  }

  private void ended(Attempt attempt, String reason) {
    Duration pause;
    int attempts;
    synchronized (this) {
      if (current != attempt) {
        return;
      }
      current = null;
      pause = backoff.next();
      attempts = backoff.attempts();
      if (closed) {
        over.countDown();
      }
    }
    link.disconnected();
    devices.tell(new HanEvent.Disconnected(devices.target(), reason));
    if (over.getCount() == 0) {
      link.dropQueued();
      return;
    }
    devices.tell(new HanEvent.Reconnecting(devices.target(), attempts, pause.toMillis()));
    devices.scheduler().schedule(pause.toNanos(), this::connect);
  }

  private List<DeviceTransport> inOrder() {
    return nodes.values().stream().sorted(Comparator.comparing(DeviceTransport::self)).toList();
  }

  void sweep() {
    Attempt attempt;
    synchronized (this) {
      attempt = current;
    }
    if (attempt != null) {
      attempt.checkCertificate();
    }
    link.sweep();
    inOrder().forEach(DeviceTransport::sweep);
  }

  /** Ends the stream once what waits was written. */
  void close() {
    synchronized (this) {
      closed = true;
      if (current == null) {
        over.countDown();
      }
    }
    if (over.getCount() == 0) {
      link.dropQueued();
    } else {
      link.close(Status.OK);
    }
  }

  /** Waits until the other side has ended the stream as well. */
  void awaitEnd(long atMostNanos) throws InterruptedException {
    boolean unused = over.await(atMostNanos, TimeUnit.NANOSECONDS);
  }

  private void deal(Incoming message) {
    Turn turn = new Turn(link);
    try {
      link.answered(message.answers);
      for (LinkEvent event : message.events) {
        deal(event);
      }
      for (Incoming.Framed framed : message.frames) {
        deal(framed, turn);
      }
    } finally {
      turn.end();
    }
  }

  private void deal(Incoming.Framed framed, Turn turn) {
    Frame frame = framed.frame();
    if (frame == null) {
      link.answer(Answer.of(framed.sequence(), Result.RESULT_REFUSED, framed.reason()));
      devices.tell(new HanEvent.Refused(devices.target(), "frame", framed.reason()));
      return;
    }
    if (frame.destination().isBroadcast()) {
      for (DeviceTransport node : inOrder()) {
        turn.begin();
        node.receive(frame, framed.sequence(), turn);
      }
      return;
    }
    DeviceTransport node = nodes.get(frame.destination().address());
    if (node == null || node.self().endpoint() != frame.destination().endpoint()) {
      if (frame.options().apsAcknowledgement()) {
        link.answer(Answer.of(framed.sequence(), Result.RESULT_NO_ROUTE, ""));
      }
      return;
    }
    turn.begin();
    node.receive(frame, framed.sequence(), turn);
  }

  private void deal(LinkEvent event) {
    switch (event.getEventCase()) {
      case JOINED -> {
        DeviceTransport node = nodes.get(new Eui64(event.getJoined().getEui64()));
        if (node != null) {
          devices.tell(new HanEvent.Joined(node.self(), devices.target()));
        }
      }
      case LEFT -> left(event.getLeft());
      case SERVER_FOUND -> {
        ServerFound found = event.getServerFound();
        DeviceTransport node = nodes.get(new Eui64(found.getEui64()));
        if (node != null) {
          node.found(Fields.peer("server", found.getServerEui64(), found.getServerEndpoint()));
        }
      }
      case NO_SERVER -> {
        DeviceTransport node = nodes.get(new Eui64(event.getNoServer().getEui64()));
        if (node != null) {
          node.found(null);
        }
      }
      case JOIN, DISCOVER, EVENT_NOT_SET -> {
        // A client's own words, or those of a later contract.
      }
    }
  }

  private void left(Left left) {
    DeviceTransport node = nodes.get(new Eui64(left.getEui64()));
    if (node == null) {
      return;
    }
    if (left.getRefused()) {
      node.refuse();
      devices.tell(
          new HanEvent.Refused(devices.target(), node.self().toString(), left.getReason()));
    } else {
      devices.tell(new HanEvent.Left(node.self(), left.getReason()));
    }
  }

  /** One opening of the stream. */
  final class Attempt implements ClientResponseObserver<byte[], byte[]> {
    private final ClientCall<byte[], byte[]> call;
    private volatile @Nullable ClientCallStreamObserver<byte[]> out;
    private Peer hub = Peer.BROADCAST;
    private volatile Identity hubsCertificate = Identity.NOBODY;
    private boolean welcomed;

    Attempt(ClientCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> stream) {
      out = stream;
      stream.disableAutoRequestWithInitial(0);
      stream.setOnReadyHandler(link::ready);
    }

    @Override
    public void onNext(byte[] octets) {
      if (current != this) {
        return;
      }
      try {
        Incoming message = LinkCodec.decode(octets, hub);
        String refusal = refusal(message.welcome);
        if (!refusal.isEmpty()) {
          // Nothing of what such a hub says counts.
          cancel(refusal);
          return;
        }
        deal(message);
      } catch (FormatException fault) {
        cancel(String.valueOf(fault.getMessage()));
      }
    }

    /** Why the hub may not go on; empty if it may. */
    private String refusal(@Nullable Welcome welcome) {
      if (welcome == null || welcomed) {
        return welcomed == (welcome == null)
            ? ""
            : "the first message, and no other, has a Welcome";
      }
      Peer speaker = Fields.peer("hub", welcome.getHubEui64(), welcome.getHubEndpoint());
      if (welcome.getVersion() != HubStream.VERSION) {
        return "the hub speaks version " + welcome.getVersion() + ", allowed is 1";
      }
      Identity identity = identity();
      String ended = devices.standing().fault(identity);
      if (!ended.isEmpty()) {
        return leaves(identity, ended);
      }
      hubsCertificate = identity;
      if (!identity.speaksFor(speaker.address())) {
        String reason = "its certificate names " + identity.addresses();
        devices.tell(new HanEvent.Refused(devices.target(), speaker.toString(), reason));
        return "hub " + speaker + ": " + reason;
      }
      welcomed(speaker, welcome);
      return "";
    }

    private void welcomed(Peer speaker, Welcome welcome) {
      hub = speaker;
      welcomed = true;
      link.welcomed();
      if (welcome.getMaximumPayloadOctets() > 0) {
        maximumPayload = welcome.getMaximumPayloadOctets();
      }
      synchronized (DeviceStream.this) {
        backoff.succeeded();
      }
      devices.tell(new HanEvent.Connected(devices.target(), hub.toString()));
    }

    private Identity identity() {
      try {
        return Credentials.identity(devices.security(), call.getAttributes());
      } catch (SSLPeerUnverifiedException fault) {
        return Identity.NOBODY;
      }
    }

    /** Leaves a hub whose certificate counts no longer. [hanota H71] */
    void checkCertificate() {
      String fault = devices.standing().fault(hubsCertificate);
      if (!fault.isEmpty()) {
        cancel(leaves(hubsCertificate, fault));
      }
    }

    private String leaves(Identity shown, String fault) {
      String reason = Gate.CERTIFICATE + fault;
      devices.tell(new HanEvent.Refused(devices.target(), shown.name(), reason));
      return reason;
    }

    private void cancel(String reason) {
      ClientCallStreamObserver<byte[]> stream = out;
      if (stream != null) {
        stream.cancel(reason, null);
      }
    }

    @Override
    public void onError(Throwable fault) {
      Outage outage =
          Outage.of(
              Status.fromThrowable(fault), devices.security(), welcomed, devices.time().instant());
      ended(this, outage.words());
      if (outage.forGood() && !welcomed) {
        devices.tell(new HanEvent.Rejected(devices.target(), outage.words()));
      }
    }

    @Override
    public void onCompleted() {
      ended(this, "the hub ended it");
    }
  }
}
