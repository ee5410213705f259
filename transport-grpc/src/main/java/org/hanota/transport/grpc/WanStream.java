// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.transport.grpc.v1.FromHeadEnd;
import org.hanota.transport.grpc.v1.FromHub;
import org.jspecify.annotations.Nullable;

/**
 * One hub's stream, with the deliveries that went over it and have not ended. Nothing of it
 * outlives the stream: what has not ended, whoever sent it sends again. A word of the hub is read
 * when the one before was dealt with.
 */
final class WanStream implements StreamObserver<FromHub> {
  /** As many as a hub has unheard messages. */
  private static final int HEARD_MAX = 255;

  private final WanService service;
  private final Identity identity;
  private final SocketAddress remote;
  private final ServerCallStreamObserver<FromHeadEnd> out;
  private final long openedNanos = System.nanoTime();

  // Guarded by this object, as all that is said to the hub is.
  private final Map<Long, Sent> open = new LinkedHashMap<>();
  private final Map<Object, FromHeadEnd> waiting = new LinkedHashMap<>();
  private @Nullable Eui64 hub;
  private boolean ended;

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

  WanStream(
      WanService service,
      Identity identity,
      SocketAddress remote,
      ServerCallStreamObserver<FromHeadEnd> out) {
    this.service = service;
    this.identity = identity;
    this.remote = remote;
    this.out = out;
    out.disableAutoRequest();
    out.setOnReadyHandler(this::write);
    // Without one, what is written to a connection that has just broken throws at whoever writes.
    out.setOnCancelHandler(() -> {});
    out.request(1);
  }

  Identity identity() {
    return identity;
  }

  SocketAddress remote() {
    return remote;
  }

  /** Whose it is; empty before its hello. */
  synchronized Optional<Eui64> hub() {
    return Optional.ofNullable(hub);
  }

  boolean isSilent(long deadlineNanos) {
    return hub().isEmpty() && System.nanoTime() - openedNanos >= deadlineNanos;
  }

  /** Sends a delivery, once if it is sent several times before the connection takes it. */
  synchronized void send(WanLink.Delivery delivery) {
    Sent sent =
        open.computeIfAbsent(
            delivery.number(), number -> new Sent(delivery, WanCodec.delivery(delivery)));
    waiting.put(delivery.number(), sent.message());
    write();
  }

  /** A message of the hub is kept. */
  synchronized void heard(Octets sha256) {
    waiting.put(sha256, WanCodec.heard(sha256));
    if (waiting.size() > HEARD_MAX + open.size()) {
      // A hub that reads nothing says its messages again, and hears of them then.
      Iterator<Object> keys = waiting.keySet().iterator();
      while (keys.hasNext()) {
        if (keys.next() instanceof Octets) {
          keys.remove();
          break;
        }
      }
    }
    write();
  }

  /** A delivery has ended: it is not sent any more, and its image is not fetched. */
  synchronized void forget(long number) {
    open.remove(number);
    waiting.remove(number);
  }

  synchronized Optional<OctetSource> image(ByteString sha256) {
    return ended
        ? Optional.empty()
        : open.values().stream().flatMap(sent -> sent.image(sha256).stream()).findFirst();
  }

  private synchronized void write() {
    Iterator<FromHeadEnd> next = waiting.values().iterator();
    while (!ended && hub != null && next.hasNext() && out.isReady()) {
      FromHeadEnd message = next.next();
      next.remove();
      out.onNext(message);
    }
  }

  @Override
  public void onNext(FromHub said) {
    try {
      Optional<Eui64> known = hub();
      if (known.isPresent()) {
        take(known.get(), said);
      } else {
        service.hello(this, said);
      }
    } catch (FormatException | IllegalArgumentException fault) {
      service.refuse(this, Status.INVALID_ARGUMENT, String.valueOf(fault.getMessage()));
    }
  }

  /** It is that hub's, unless it has ended; nothing was said to it before. */
  synchronized boolean welcome(Eui64 claimed) {
    if (!ended) {
      hub = claimed;
      out.onNext(WanCodec.welcome());
    }
    return !ended;
  }

  /** The next word is read. */
  void readOn() {
    out.request(1);
  }

  private void take(Eui64 known, FromHub said) {
    switch (said.getWhatCase()) {
      case GBCS_MESSAGE ->
          service.said(this, known, new HubWord.Message(WanCodec.octets(said.getGbcsMessage())));
      case PART_WANTED ->
          service.said(
              this,
              known,
              new HubWord.Wants(
                  new Eui64(said.getPartWanted().getDeviceEui64()),
                  ControlCodec.decode(said.getPartWanted().getPart())));
      case DELIVERY_ENDED -> {
        forget(said.getDeliveryEnded().getNumber());
        service.said(
            this,
            known,
            new HubWord.Ended(
                said.getDeliveryEnded().getNumber(), WanCodec.end(said.getDeliveryEnded())));
      }
      // Of a later version of the contract, or nothing.
      case HELLO, WHAT_NOT_SET -> readOn();
    }
  }

  /** Ends it, unless it has ended; whether it had not. */
  synchronized boolean end(Status status) {
    boolean ends = over();
    if (ends && status.isOk()) {
      out.onCompleted();
    } else if (ends) {
      out.onError(status.asException());
    }
    return ends;
  }

  private synchronized boolean over() {
    boolean before = ended;
    ended = true;
    open.clear();
    waiting.clear();
    return !before;
  }

  @Override
  public void onError(Throwable fault) {
    if (over()) {
      service.gone(this, String.valueOf(fault.getMessage()));
    }
  }

  @Override
  public void onCompleted() {
    if (end(Status.OK)) {
      service.gone(this, "it ended");
    }
  }
}
