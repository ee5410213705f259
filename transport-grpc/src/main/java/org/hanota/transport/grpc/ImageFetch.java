// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.jspecify.annotations.Nullable;

/**
 * Fetches the images of deliveries: what came of one stays when its connection breaks, and the next
 * one goes on from there. What would be too much at once waits; none that is fetched is given up
 * for another. Only an image whose hash is right goes on to the hub; one that is wrong again and
 * again is refused. Everything on the link's thread. [hanota H155]
 */
final class ImageFetch {
  /** More than any hub takes; an image that claims more is refused before it is fetched. */
  static final long IMAGE_OCTETS_MAX = 16L << 20;

  /** What is kept of images that are not whole, in sum; what would be more waits for its turn. */
  static final long KEPT_OCTETS_MAX = 2 * IMAGE_OCTETS_MAX;

  /** So many images may be fetched and wait: a head end sends few at once. */
  static final int IMAGES_MAX = 64;

  /** A file whose octets were wrong so often is not what its hash says. */
  static final int WRONG_MAX = 3;

  /** After so many failures without an octet more, the delivery has to come again. */
  private static final int FAILURES_MAX = 10;

  private final Eui64 hub;
  private final Consumer<Runnable> later;
  private final BiConsumer<Long, WanLink.End> refuse;
  private final Map<Octets, Image> images = new LinkedHashMap<>();

  /**
   * Has nothing yet.
   *
   * @param later runs a task on the link's thread, after a pause
   * @param refuse says that a delivery is not taken
   */
  ImageFetch(Eui64 hub, Consumer<Runnable> later, BiConsumer<Long, WanLink.End> refuse) {
    this.hub = hub;
    this.later = later;
    this.refuse = refuse;
  }

  /** Takes a delivery; the hub gets it once its octets are there. */
  void take(Delivery delivery, ManagedChannel channel, WanLink.Receiver receiver) {
    WanImage claimed = delivery.getImage();
    if (claimed.getSha256().size() != WanCodec.SHA256_OCTETS
        || claimed.getSizeOctets() < 0
        || claimed.getSizeOctets() > IMAGE_OCTETS_MAX) {
      refuse.accept(
          delivery.getNumber(),
          new WanLink.End.Refused(
              "image has "
                  + Long.toUnsignedString(claimed.getSizeOctets())
                  + " octets and a hash of "
                  + claimed.getSha256().size()
                  + ", allowed "
                  + IMAGE_OCTETS_MAX
                  + " and "
                  + WanCodec.SHA256_OCTETS));
      return;
    }
    Octets sha256 = WanCodec.octets(claimed.getSha256());
    Image image = images.get(sha256);
    if (image != null && image.size != claimed.getSizeOctets()) {
      image.refuse(
          "image has "
              + image.size
              + " octets in another delivery, in this one "
              + claimed.getSizeOctets());
      image = null;
    }
    if (image == null) {
      if (images.values().stream().filter(Image::isWanted).count() >= IMAGES_MAX) {
        refuse.accept(
            delivery.getNumber(),
            new WanLink.End.Refused(
                "the hub fetches other images, allowed " + IMAGES_MAX + " at once"));
        return;
      }
      image = new Image(sha256, claimed.getSizeOctets());
      images.put(sha256, image);
    }
    image.deliveries.put(delivery.getNumber(), delivery);
    if (image.channel != channel) {
      image.failures = 0;
      image.turn = Optional.of(new Turn(channel, receiver));
      turns();
    }
  }

  /** Whoever waits begins, in the order in which they came, where there is room. */
  private void turns() {
    for (Image image : List.copyOf(images.values())) {
      if (image.turn.isPresent() && hasRoom(image)) {
        Turn turn = image.turn.get();
        image.turn = Optional.empty();
        image.begin(turn.channel(), turn.receiver());
      }
    }
  }

  /** Parts that nobody wants now go first: the head end sends those deliveries again. */
  private boolean hasRoom(Image beginning) {
    long kept =
        images.values().stream()
            .filter(image -> image != beginning && image.isKept())
            .mapToLong(image -> image.size)
            .sum();
    Iterator<Image> all = images.values().iterator();
    while (kept + beginning.size > KEPT_OCTETS_MAX && all.hasNext()) {
      Image leaving = all.next();
      if (leaving != beginning && !leaving.isWanted()) {
        kept -= leaving.isKept() ? leaving.size : 0;
        all.remove();
      }
    }
    return kept + beginning.size <= KEPT_OCTETS_MAX;
  }

  /** Over which connection an image that waits is to come. */
  private record Turn(ManagedChannel channel, WanLink.Receiver receiver) {}

  /** Octets of images that are kept and not whole yet. */
  long keptOctets() {
    return images.values().stream().mapToLong(image -> image.part.size()).sum();
  }

  /** A connection has ended: what it was to bring comes again over the next one. */
  void lost(ManagedChannel channel) {
    images.values().stream().filter(image -> image.isOver(channel)).forEach(Image::rest);
    images.values().removeIf(image -> !image.isKept() && !image.isWanted());
  }

  /** An image that is fetched, for one delivery or several. */
  private final class Image {
    final Octets sha256;
    final long size;
    final Map<Long, Delivery> deliveries = new LinkedHashMap<>();
    ByteArrayOutputStream part = new ByteArrayOutputStream();

    /** Over which it comes; null while nobody fetches it. */
    @Nullable ManagedChannel channel;

    /** Present while it waits until there is room. */
    Optional<Turn> turn = Optional.empty();

    int failures;
    int wrong;

    Image(Octets sha256, long size) {
      this.sha256 = sha256;
      this.size = size;
    }

    /** Whether it takes room. */
    boolean isKept() {
      return channel != null || part.size() > 0;
    }

    boolean isWanted() {
      return channel != null || turn.isPresent();
    }

    boolean isOver(ManagedChannel connection) {
      return channel == connection
          || turn.filter(waits -> waits.channel() == connection).isPresent();
    }

    void rest() {
      channel = null;
      turn = Optional.empty();
      deliveries.clear();
    }

    void begin(ManagedChannel over, WanLink.Receiver receiver) {
      channel = over;
      WanGrpc.newStub(over)
          .fetch(
              FetchRequest.newBuilder()
                  .setHubEui64(hub.value())
                  .setSha256(WanCodec.bytes(sha256))
                  .setOffset(part.size())
                  .build(),
              new Pieces(this, over, receiver));
    }

    /** It comes again over the next connection, or when the head end sends it again. */
    void giveUp() {
      rest();
      turns();
    }

    void forget() {
      images.remove(sha256, this);
      giveUp();
    }

    void refuse(String why) {
      deliveries.keySet().forEach(number -> refuse.accept(number, new WanLink.End.Refused(why)));
      forget();
    }

    /** Wrong octets are not kept; a file that stays wrong is not taken. */
    void isWrong(String why, ManagedChannel over, WanLink.Receiver receiver) {
      part = new ByteArrayOutputStream();
      wrong++;
      if (wrong < WRONG_MAX) {
        again(over, receiver);
        return;
      }
      refuse(why);
    }

    void again(ManagedChannel over, WanLink.Receiver receiver) {
      later.accept(
          () -> {
            if (channel == over && !over.isShutdown()) {
              begin(over, receiver);
            }
          });
    }
  }

  private static final class Pieces implements StreamObserver<ImagePiece> {
    private final Image image;
    private final ManagedChannel channel;
    private final WanLink.Receiver receiver;
    private boolean tooLong;

    Pieces(Image image, ManagedChannel channel, WanLink.Receiver receiver) {
      this.image = image;
      this.channel = channel;
      this.receiver = receiver;
    }

    @Override
    public void onNext(ImagePiece piece) {
      if (image.channel != channel) {
        // An older connection's pieces are not those that come next.
        return;
      }
      tooLong |= image.part.size() + (long) piece.getOctets().size() > image.size;
      if (!tooLong) {
        image.failures = 0;
        image.part.writeBytes(piece.getOctets().toByteArray());
      }
    }

    @Override
    public void onError(Throwable fault) {
      if (image.channel != channel) {
        return;
      }
      Status.Code code = Status.fromThrowable(fault).getCode();
      image.failures++;
      if (code == Status.Code.NOT_FOUND) {
        // The head end has ended the delivery.
        image.forget();
      } else if (image.failures > FAILURES_MAX) {
        image.giveUp();
      } else {
        image.again(channel, receiver);
      }
    }

    @Override
    public void onCompleted() {
      if (image.channel != channel) {
        return;
      }
      Octets file = Octets.wrap(image.part.toByteArray());
      if (tooLong || file.length() != image.size) {
        image.isWrong(
            "image has "
                + (tooLong ? "more than " : "")
                + (tooLong ? image.size : file.length())
                + " octets, its delivery says "
                + image.size,
            channel,
            receiver);
      } else if (!Sha256.of(file).equals(image.sha256)) {
        image.isWrong(
            "image has SHA-256 "
                + Sha256.of(file).toHex()
                + ", its delivery says "
                + image.sha256.toHex(),
            channel,
            receiver);
      } else {
        Map<Long, Delivery> whole = new LinkedHashMap<>(image.deliveries);
        image.forget();
        whole
            .values()
            .forEach(
                delivery ->
                    receiver.onDelivery(
                        new WanLink.Delivery(
                            delivery.getNumber(),
                            delivery.getRequest(),
                            WanCodec.image(delivery.getImage(), file))));
      }
    }
  }
}
