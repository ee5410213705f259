// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
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
  private static final int PIECE_OCTETS = 65_536;

  private final GrpcHeadEnd.Hubs hubs;
  private final Consumer<HanEvent> listener;
  private final Map<Eui64, Stream> streams = new TreeMap<>();

  /** What was sent to each hub and has not ended, by number. */
  private final Map<Eui64, Map<Long, Sent>> open = new TreeMap<>();

  /** A delivery and its message: an image is hashed once. */
  private record Sent(WanLink.Delivery delivery, FromHeadEnd message) {
    /** Its image, if that is the one of this hash. */
    Optional<OctetSource> image(ByteString sha256) {
      return delivery.load() instanceof WanLink.Load.Image image
              && message.getDelivery().getImage().getSha256().equals(sha256)
          ? Optional.of(image.file())
          : Optional.empty();
    }
  }

  WanService(GrpcHeadEnd.Hubs hubs, Consumer<HanEvent> listener) {
    this.hubs = hubs;
    this.listener = listener;
  }

  /** Sends a delivery now if the hub is there, and when it comes again, until it has ended. */
  synchronized void send(Eui64 hub, WanLink.Delivery delivery) {
    Sent sent =
        open.computeIfAbsent(hub, id -> new LinkedHashMap<>())
            .computeIfAbsent(
                delivery.number(), number -> new Sent(delivery, WanCodec.delivery(delivery)));
    say(hub, sent.message());
  }

  synchronized void say(Eui64 hub, FromHeadEnd what) {
    Stream stream = streams.get(hub);
    if (stream != null) {
      stream.out.onNext(what);
    }
  }

  private synchronized void joined(Eui64 hub, Stream stream) {
    Stream before = streams.put(hub, stream);
    if (before != null) {
      before.out.onError(
          Status.ABORTED.withDescription("hub " + hub + " has opened another").asException());
    }
    stream.out.onNext(WanCodec.welcome());
    open.getOrDefault(hub, Map.of()).values().forEach(sent -> stream.out.onNext(sent.message()));
  }

  private synchronized void left(Eui64 hub, Stream stream) {
    streams.remove(hub, stream);
  }

  private synchronized void ended(Eui64 hub, long number) {
    open.computeIfPresent(
        hub,
        (id, deliveries) -> {
          deliveries.remove(number);
          return deliveries.isEmpty() ? null : deliveries;
        });
  }

  private synchronized Optional<OctetSource> image(Eui64 hub, ByteString sha256) {
    return open.getOrDefault(hub, Map.of()).values().stream()
        .flatMap(sent -> sent.image(sha256).stream())
        .findFirst();
  }

  @Override
  public StreamObserver<FromHub> exchange(StreamObserver<FromHeadEnd> out) {
    return new Stream(Gate.IDENTITY.get(), String.valueOf(Gate.REMOTE.get()), out);
  }

  /** Why that hub is not who shows this certificate; empty if it is. */
  private static Optional<String> fault(Identity identity, Eui64 hub) {
    return identity.speaksFor(hub)
        ? Optional.empty()
        : Optional.of(
            "hub is " + hub + ", allowed those of its certificate: " + identity.addresses());
  }

  private final class Stream implements StreamObserver<FromHub> {
    final StreamObserver<FromHeadEnd> out;
    private final Identity identity;
    private final String remote;
    private @Nullable Eui64 hub;

    Stream(Identity identity, String remote, StreamObserver<FromHeadEnd> out) {
      this.identity = identity;
      this.remote = remote;
      this.out = out;
    }

    @Override
    public void onNext(FromHub said) {
      try {
        Eui64 known = hub;
        if (known == null) {
          hello(said);
        } else {
          take(known, said);
        }
      } catch (FormatException | IllegalArgumentException fault) {
        refuse(Status.INVALID_ARGUMENT, String.valueOf(fault.getMessage()));
      }
    }

    private void hello(FromHub said) {
      Eui64 claimed = new Eui64(said.getHello().getHubEui64());
      if (!said.hasHello() || said.getHello().getVersion() != WanCodec.VERSION) {
        refuse(
            Status.FAILED_PRECONDITION,
            "the first message is "
                + said.getWhatCase()
                + " of version "
                + said.getHello().getVersion()
                + ", allowed a hello of version "
                + WanCodec.VERSION);
        return;
      }
      Optional<String> fault = fault(identity, claimed);
      if (fault.isPresent()) {
        refuse(Status.PERMISSION_DENIED, fault.get());
        return;
      }
      hub = claimed;
      listener.accept(new HanEvent.Connected(remote, "hub " + claimed));
      joined(claimed, this);
    }

    private void take(Eui64 known, FromHub said) {
      switch (said.getWhatCase()) {
        case GBCS_MESSAGE -> hubs.message(known, WanCodec.octets(said.getGbcsMessage()));
        case PART_WANTED ->
            hubs.wants(
                known,
                new Eui64(said.getPartWanted().getDeviceEui64()),
                ControlCodec.decode(said.getPartWanted().getPart()));
        case DELIVERY_ENDED -> {
          ended(known, said.getDeliveryEnded().getNumber());
          hubs.ended(
              known, said.getDeliveryEnded().getNumber(), WanCodec.end(said.getDeliveryEnded()));
        }
        // Of a later version of the contract, or nothing.
        case HELLO, WHAT_NOT_SET -> {}
      }
    }

    private void refuse(Status status, String reason) {
      listener.accept(new HanEvent.Refused(remote, identity.name(), reason));
      gone(reason);
      out.onError(status.withDescription(reason).asException());
    }

    private void gone(String reason) {
      Eui64 known = hub;
      if (known != null) {
        left(known, this);
        listener.accept(new HanEvent.Disconnected(remote, "hub " + known + ": " + reason));
      }
    }

    @Override
    public void onError(Throwable fault) {
      gone(String.valueOf(fault.getMessage()));
    }

    @Override
    public void onCompleted() {
      gone("it ended");
      out.onCompleted();
    }
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
    Pieces pieces = new Pieces(image.get(), offset, (ServerCallStreamObserver<ImagePiece>) out);
    pieces.out.setOnReadyHandler(pieces);
  }

  /** Sends what the connection takes, and goes on when it takes more. */
  private static final class Pieces implements Runnable {
    final ServerCallStreamObserver<ImagePiece> out;
    private final OctetSource image;
    private long offset;
    private boolean done;

    Pieces(OctetSource image, long offset, ServerCallStreamObserver<ImagePiece> out) {
      this.image = image;
      this.offset = offset;
      this.out = out;
    }

    @Override
    public void run() {
      while (!done && out.isReady()) {
        if (offset == image.size()) {
          done = true;
          out.onCompleted();
          return;
        }
        int length = (int) Math.min(PIECE_OCTETS, image.size() - offset);
        ByteString octets = WanCodec.bytes(image.octets(offset, length));
        out.onNext(ImagePiece.newBuilder().setOctets(octets).build());
        offset += length;
      }
    }
  }
}
