// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.keys.Sha256;
import org.hanota.transport.grpc.v1.Delivery;
import org.hanota.transport.grpc.v1.FetchRequest;
import org.hanota.transport.grpc.v1.ImagePiece;
import org.hanota.transport.grpc.v1.WanGrpc;
import org.hanota.transport.grpc.v1.WanImage;

/**
 * Fetches the images of deliveries: what came of one stays when its connection breaks, and the next
 * one goes on from there. Only an image whose hash is right goes on to the hub.
 */
final class ImageFetch {
  /** More than any hub takes; an image that claims more is refused before it is fetched. */
  static final long IMAGE_OCTETS_MAX = 16L << 20;

  private final Eui64 hub;
  private final Consumer<Runnable> later;
  private final Map<Octets, ByteArrayOutputStream> parts = new LinkedHashMap<>();
  private final Map<Octets, ManagedChannel> underWay = new LinkedHashMap<>();

  /**
   * Has nothing yet.
   *
   * @param later runs a task on the link's thread, after a pause
   */
  ImageFetch(Eui64 hub, Consumer<Runnable> later) {
    this.hub = hub;
    this.later = later;
  }

  /** Takes a delivery; the hub gets it once its octets are there. */
  void take(
      Delivery delivery,
      ManagedChannel channel,
      WanLink.Receiver receiver,
      BiConsumer<Long, WanLink.End> refuse) {
    WanImage image = delivery.getImage();
    if (image.getSha256().size() != WanCodec.SHA256_OCTETS
        || image.getSizeOctets() < 0
        || image.getSizeOctets() > IMAGE_OCTETS_MAX) {
      refuse.accept(
          delivery.getNumber(),
          new WanLink.End.Refused(
              "image has "
                  + Long.toUnsignedString(image.getSizeOctets())
                  + " octets and a hash of "
                  + image.getSha256().size()
                  + ", allowed "
                  + IMAGE_OCTETS_MAX
                  + " and "
                  + WanCodec.SHA256_OCTETS));
      return;
    }
    Octets sha256 = WanCodec.octets(image.getSha256());
    if (underWay.get(sha256) == channel) {
      // It comes again while it is fetched; its own end will be said.
      return;
    }
    underWay.put(sha256, channel);
    ByteArrayOutputStream part = parts.computeIfAbsent(sha256, name -> new ByteArrayOutputStream());
    WanGrpc.newStub(channel)
        .fetch(
            FetchRequest.newBuilder()
                .setHubEui64(hub.value())
                .setSha256(image.getSha256())
                .setOffset(part.size())
                .build(),
            new Pieces(delivery, sha256, part, channel, receiver, refuse));
  }

  private final class Pieces implements StreamObserver<ImagePiece> {
    private final Delivery delivery;
    private final Octets sha256;
    private final ByteArrayOutputStream part;
    private final ManagedChannel channel;
    private final WanLink.Receiver receiver;
    private final BiConsumer<Long, WanLink.End> refuse;

    Pieces(
        Delivery delivery,
        Octets sha256,
        ByteArrayOutputStream part,
        ManagedChannel channel,
        WanLink.Receiver receiver,
        BiConsumer<Long, WanLink.End> refuse) {
      this.refuse = refuse;
      this.delivery = delivery;
      this.sha256 = sha256;
      this.part = part;
      this.channel = channel;
      this.receiver = receiver;
    }

    @Override
    public void onNext(ImagePiece piece) {
      // An older connection's pieces are not those that come next.
      if (underWay.get(sha256) == channel
          && part.size() + (long) piece.getOctets().size() <= IMAGE_OCTETS_MAX) {
        part.writeBytes(piece.getOctets().toByteArray());
      }
    }

    @Override
    public void onError(Throwable fault) {
      boolean isForGood = Status.fromThrowable(fault).getCode() == Status.Code.NOT_FOUND;
      if (underWay.remove(sha256, channel) && !isForGood) {
        // Over another connection the delivery comes again, and this is fetched on.
        later.accept(
            () -> {
              if (!channel.isShutdown()) {
                take(delivery, channel, receiver, refuse);
              }
            });
      }
    }

    @Override
    public void onCompleted() {
      if (!underWay.remove(sha256, channel)) {
        return;
      }
      parts.remove(sha256);
      Octets file = Octets.wrap(part.toByteArray());
      if (!Sha256.of(file).equals(sha256)) {
        // What was wrong is not kept: it is fetched anew when the delivery comes again.
        return;
      }
      receiver.onDelivery(
          new WanLink.Delivery(
              delivery.getNumber(),
              delivery.getRequest(),
              WanCodec.image(delivery.getImage(), file)));
    }
  }
}
