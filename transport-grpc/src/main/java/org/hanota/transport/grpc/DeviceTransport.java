// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.transport.grpc.v1.Discover;
import org.hanota.transport.grpc.v1.Join;
import org.hanota.transport.grpc.v1.Left;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.Result;
import org.jspecify.annotations.Nullable;

/** The transport of one device among the many of a connection. */
final class DeviceTransport implements Transport, Outgoing.Sender {
  private static final long NOT_SEARCHING = Long.MIN_VALUE;

  private final Peer self;
  private final List<Integer> serverClusters;
  private final GrpcDevices devices;
  private final DeviceStream stream;
  private final Mailbox mailbox;
  private volatile @Nullable Receiver receiver;
  private volatile boolean opened;
  private volatile boolean refused;

  // The search under way; guarded by this object, which no callback holds.
  private int searches;
  private int profileId;
  private int clusterId;
  private long searchDeadline = NOT_SEARCHING;

  DeviceTransport(
      Peer self,
      Collection<Integer> serverClusters,
      GrpcDevices devices,
      DeviceStream stream,
      Optional<Executor> executor,
      Executor later) {
    this.self = self;
    this.serverClusters = Set.copyOf(serverClusters).stream().sorted().toList();
    this.devices = devices;
    this.stream = stream;
    this.mailbox = new Mailbox(executor, later, this::failed);
  }

  private void failed(Throwable fault) {
    devices.tell(new HanEvent.CallbackFailed(self, fault));
  }

  Peer self() {
    return self;
  }

  LinkEvent join() {
    return LinkEvent.newBuilder()
        .setJoin(
            Join.newBuilder()
                .setEui64(self.address().value())
                .setEndpoint(self.endpoint())
                .addAllServerClusters(serverClusters))
        .build();
  }

  @Override
  public void open(Receiver to) {
    if (opened) {
      throw new IllegalStateException(self + " is open already");
    }
    opened = true;
    receiver = to;
    stream.join(this);
  }

  @Override
  public void send(long sendId, Frame frame) {
    if (!frame.source().equals(self)) {
      throw new IllegalArgumentException("source is " + frame.source() + ", allowed " + self);
    }
    if (refused) {
      ended(sendId, SendResult.NO_ROUTE);
    } else if (frame.zcl().length() > devices.limits().frameOctets()) {
      ended(sendId, SendResult.DROPPED);
    } else {
      stream.link().send(new Outgoing(frame, sendId, this));
    }
  }

  private long deadline() {
    return devices.nanos().getAsLong() + devices.limits().nanos(GrpcParameter.RESULT_DEADLINE);
  }

  @Override
  public void ended(long sendId, SendResult result) {
    mailbox.postLater(() -> tell(sendId, result));
  }

  @Override
  public void answered(long sendId, SendResult result) {
    mailbox.post(() -> tell(sendId, result));
  }

  private void tell(long sendId, SendResult result) {
    Receiver to = receiver;
    if (to != null) {
      to.onSent(sendId, result);
    }
  }

  /** A frame for this device, as part of that turn. */
  void receive(Frame frame, long sequence, Turn turn) {
    mailbox.post(
        () -> {
          Result result = Result.RESULT_NO_ROUTE;
          try {
            Receiver to = receiver;
            if (to != null) {
              result = Result.RESULT_NO_ACK;
              to.onFrame(frame);
              result = Result.RESULT_DELIVERED;
            }
          } finally {
            if (frame.options().apsAcknowledgement() && !frame.destination().isBroadcast()) {
              stream.link().answer(Answer.of(sequence, result, ""));
            }
            turn.end();
          }
        });
  }

  @Override
  public void discover(int profile, int cluster) {
    synchronized (this) {
      searches++;
      profileId = profile;
      clusterId = cluster;
      searchDeadline = deadline();
    }
    stream.link().send(search(profile, cluster));
  }

  private LinkEvent search(int profile, int cluster) {
    return LinkEvent.newBuilder()
        .setDiscover(
            Discover.newBuilder()
                .setEui64(self.address().value())
                .setEndpoint(self.endpoint())
                .setProfileId(profile)
                .setClusterId(cluster))
        .build();
  }

  /** What to ask again on a new stream. */
  @Nullable LinkEvent searchUnderWay() {
    synchronized (this) {
      return searches == 0 ? null : search(profileId, clusterId);
    }
  }

  /** Answers every search under way. */
  void found(@Nullable Peer server) {
    int answers;
    synchronized (this) {
      answers = searches;
      searches = 0;
      searchDeadline = NOT_SEARCHING;
    }
    for (int i = 0; i < answers; i++) {
      mailbox.postLater(() -> tellFound(server));
    }
  }

  private void tellFound(@Nullable Peer server) {
    Receiver to = receiver;
    if (to == null) {
      return;
    }
    if (server == null) {
      to.onNoServer();
    } else {
      to.onServerFound(server);
    }
  }

  /** Ends a search that takes too long. */
  void sweep() {
    boolean overdue;
    synchronized (this) {
      overdue =
          searchDeadline != NOT_SEARCHING && searchDeadline - devices.nanos().getAsLong() <= 0;
    }
    if (overdue) {
      found(null);
    }
  }

  /** The hub will not have this device. */
  void refuse() {
    refused = true;
    found(null);
  }

  boolean isRefused() {
    return refused;
  }

  @Override
  public int maximumPayload(Peer destination) {
    return stream.maximumPayload();
  }

  @Override
  public void close() {
    receiver = null;
    devices.detach(this);
    stream.leave(
        this,
        LinkEvent.newBuilder()
            .setLeft(
                Left.newBuilder()
                    .setEui64(self.address().value())
                    .setEndpoint(self.endpoint())
                    .setReason("closed"))
            .build());
  }
}
