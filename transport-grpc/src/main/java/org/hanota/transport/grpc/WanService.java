// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.transport.grpc.v1.FetchRequest;
import org.hanota.transport.grpc.v1.FromHeadEnd;
import org.hanota.transport.grpc.v1.FromHub;
import org.hanota.transport.grpc.v1.ImagePiece;
import org.hanota.transport.grpc.v1.WanGrpc;
import org.jspecify.annotations.Nullable;

/** The head end's end of the WAN: a stream for each hub, and the images of its deliveries. */
final class WanService extends WanGrpc.WanImplBase {
  private static final String STANDS_BY = "another process of the head end acts";

  private final HubWords words;
  private final GrpcLimits limits;
  private final Connections connections;
  private final Consumer<HanEvent> listener;

  /** Those without a hello as well. */
  private final Set<WanStream> streams = ConcurrentHashMap.newKeySet();

  // Guarded by this object.
  private final Map<Eui64, WanStream> hubs = new TreeMap<>();
  private boolean acts;

  WanService(
      HubWords words, GrpcLimits limits, Connections connections, Consumer<HanEvent> listener) {
    this.words = words;
    this.limits = limits;
    this.connections = connections;
    this.listener = listener;
  }

  /** Whether this process serves hubs now; those that it served go to the next one. */
  void acts(boolean now) {
    List<WanStream> leaving;
    synchronized (this) {
      acts = now;
      leaving = now ? List.of() : List.copyOf(hubs.values());
    }
    leaving.forEach(stream -> end(stream, Status.UNAVAILABLE, STANDS_BY));
  }

  private synchronized @Nullable WanStream stream(Eui64 hub) {
    return hubs.get(hub);
  }

  /** The hubs that are there, in the order of their addresses. */
  synchronized List<Eui64> hubs() {
    return List.copyOf(hubs.keySet());
  }

  /** Sends a delivery if the hub is there. */
  void send(Eui64 hub, WanLink.Delivery delivery) {
    WanStream stream = stream(hub);
    if (stream != null) {
      stream.send(delivery);
    }
  }

  /** A delivery has ended without a word of the hub. */
  void withdraw(Eui64 hub, long number) {
    WanStream stream = stream(hub);
    if (stream != null) {
      stream.forget(number);
    }
  }

  /** A message of the hub is kept. */
  void heard(Eui64 hub, Octets sha256) {
    WanStream stream = stream(hub);
    if (stream != null) {
      stream.heard(sha256);
    }
  }

  /** Ends streams without a hello, and those whose certificate counts no longer. */
  void sweep(Standing standing) {
    for (WanStream stream : streams) {
      String fault = standing.fault(stream.identity());
      if (!fault.isEmpty()) {
        refuse(stream, Status.UNAUTHENTICATED, Gate.CERTIFICATE + fault);
      } else if (stream.isSilent(limits.nanos(GrpcParameter.JOIN_DEADLINE))) {
        refuse(stream, Status.DEADLINE_EXCEEDED, "no hello came in time");
      }
    }
  }

  /** Ends all streams. */
  void complete() {
    streams.forEach(stream -> end(stream, Status.OK, "the head end ends"));
  }

  @Override
  public StreamObserver<FromHub> exchange(StreamObserver<FromHeadEnd> out) {
    WanStream stream =
        new WanStream(
            this,
            Gate.IDENTITY.get(),
            Gate.REMOTE.get(),
            (ServerCallStreamObserver<FromHeadEnd>) out);
    streams.add(stream);
    return stream;
  }

  /** Why that hub is not who shows this certificate; empty if it is. */
  private static Optional<String> fault(Identity identity, Eui64 hub) {
    return identity.speaksFor(hub)
        ? Optional.empty()
        : Optional.of(
            "hub is " + hub + ", allowed those of its certificate: " + identity.addresses());
  }

  /** A stream's first word. */
  void hello(WanStream stream, FromHub said) {
    if (!said.hasHello() || said.getHello().getVersion() != WanCodec.VERSION) {
      refuse(
          stream,
          Status.FAILED_PRECONDITION,
          "the first message is "
              + said.getWhatCase()
              + " of version "
              + said.getHello().getVersion()
              + ", allowed a hello of version "
              + WanCodec.VERSION);
      return;
    }
    Eui64 claimed = new Eui64(said.getHello().getHubEui64());
    Optional<String> fault = fault(stream.identity(), claimed);
    if (fault.isPresent()) {
      refuse(stream, Status.PERMISSION_DENIED, fault.get());
      return;
    }
    @Nullable WanStream before;
    synchronized (this) {
      if (!acts) {
        end(stream, Status.UNAVAILABLE, STANDS_BY);
        return;
      }
      // Before it can end: it is counted, and told of, no later than its end.
      connections.joined(stream.remote());
      if (!stream.welcome(claimed)) {
        connections.left(stream.remote());
        return;
      }
      listener.accept(new HanEvent.Connected(String.valueOf(stream.remote()), "hub " + claimed));
      before = hubs.put(claimed, stream);
    }
    if (before != null) {
      end(before, Status.ABORTED, "hub " + claimed + " has opened another");
    }
    said(stream, claimed, new HubWord.Came());
  }

  /** A hub says something; its stream is read on afterwards. */
  void said(WanStream stream, Eui64 hub, HubWord word) {
    words.post(hub, word, stream::readOn);
  }

  void refuse(WanStream stream, Status status, String reason) {
    if (end(stream, status, reason)) {
      listener.accept(
          new HanEvent.Refused(String.valueOf(stream.remote()), stream.identity().name(), reason));
    }
  }

  private boolean end(WanStream stream, Status status, String reason) {
    boolean ends = stream.end(status.isOk() ? status : status.withDescription(reason));
    if (ends) {
      gone(stream, reason);
    }
    return ends;
  }

  /** It has ended. */
  void gone(WanStream stream, String reason) {
    streams.remove(stream);
    Optional<Eui64> hub = stream.hub();
    if (hub.isPresent()) {
      synchronized (this) {
        hubs.remove(hub.get(), stream);
      }
      connections.left(stream.remote());
      listener.accept(
          new HanEvent.Disconnected(
              String.valueOf(stream.remote()), "hub " + hub.get() + ": " + reason));
    }
  }

  private Optional<OctetSource> image(Eui64 hub, ByteString sha256) {
    WanStream stream = stream(hub);
    return stream == null ? Optional.empty() : stream.image(sha256);
  }

  @Override
  public void fetch(FetchRequest request, StreamObserver<ImagePiece> out) {
    Eui64 hub = new Eui64(request.getHubEui64());
    Optional<String> fault = fault(Gate.IDENTITY.get(), hub);
    if (fault.isPresent()) {
      out.onError(Status.PERMISSION_DENIED.withDescription(fault.get()).asException());
      return;
    }
    Octets sha256 = WanCodec.octets(request.getSha256());
    Optional<OctetSource> image = image(hub, request.getSha256());
    if (image.isEmpty()) {
      out.onError(
          Status.NOT_FOUND
              .withDescription("no delivery of hub " + hub + " has an image " + sha256.toHex())
              .asException());
      return;
    }
    long offset = request.getOffset();
    if (offset < 0 || offset > image.get().size()) {
      out.onError(
          Status.OUT_OF_RANGE
              .withDescription(
                  "offset is "
                      + Long.toUnsignedString(offset)
                      + ", allowed 0 to "
                      + image.get().size())
              .asException());
      return;
    }
    ServerCallStreamObserver<ImagePiece> pieces = (ServerCallStreamObserver<ImagePiece>) out;
    pieces.setOnReadyHandler(
        new ImagePieces(() -> image(hub, request.getSha256()), offset, pieces));
  }
}
