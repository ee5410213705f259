// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.function.Supplier;
import org.hanota.api.OctetSource;
import org.hanota.transport.grpc.v1.ImagePiece;

/** Sends an image as the connection takes it, and as long as a delivery of the hub has it. */
final class ImagePieces implements Runnable {
  private static final int PIECE_OCTETS = 65_536;

  private final ServerCallStreamObserver<ImagePiece> out;
  private final Supplier<Optional<OctetSource>> image;
  private long offset;
  private boolean done;

  /**
   * Nothing is sent yet.
   *
   * @param image looked for before each piece: its delivery may end meanwhile
   */
  ImagePieces(
      Supplier<Optional<OctetSource>> image,
      long offset,
      ServerCallStreamObserver<ImagePiece> out) {
    this.image = image;
    this.offset = offset;
    this.out = out;
  }

  @Override
  public void run() {
    while (!done && out.isReady()) {
      Optional<OctetSource> source = image.get();
      if (source.isEmpty()) {
        done = true;
        out.onError(
            Status.NOT_FOUND.withDescription("its delivery has ended").asRuntimeException());
        return;
      }
      if (offset == source.get().size()) {
        done = true;
        out.onCompleted();
        return;
      }
      int length = (int) Math.min(PIECE_OCTETS, source.get().size() - offset);
      ByteString octets = WanCodec.bytes(source.get().octets(offset, length));
      out.onNext(ImagePiece.newBuilder().setOctets(octets).build());
      offset += length;
    }
  }
}
