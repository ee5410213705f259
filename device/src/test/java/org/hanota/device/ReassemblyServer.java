// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.VerificationStep;
import org.hanota.otaformat.Verifier;

/** Has one of two versions of an image, and answers rightly or wrongly. */
final class ReassemblyServer {
  /** What a device asks for at once. */
  static final int DATA_OCTETS = 21;

  /** Two versions of an image. */
  static final List<ImageId> IMAGES =
      List.of(Desk.IMAGE, Desk.IMAGE.withVersion(new FileVersion(0x0102_0000L)));

  private static final int FIRMWARE_OCTETS = 300;
  private static final int PART_OCTETS = 320;
  private static final int MOST_OCTETS = 255;
  private static final List<Octets> WHOLES =
      List.of(
          Desk.file(IMAGES.get(0), FIRMWARE_OCTETS, 1),
          Desk.file(IMAGES.get(1), FIRMWARE_OCTETS + 37, 2));

  /** What may be wrong with a block. */
  enum Wrong {
    SHORT,
    TOO_LONG,
    EMPTY,
    BEFORE,
    AHEAD,
    OVERLAPPING,
    PAST_THE_END,
    OF_ANOTHER_VERSION,
    OF_ANOTHER_TYPE,
    OTHER_OCTETS
  }

  private final List<Map<ImageId, Octets>> files = new ArrayList<>();
  private int serves;
  private int longest = MOST_OCTETS;

  ReassemblyServer(boolean inParts) {
    for (ImageId image : IMAGES) {
      files.add(inParts ? parts(image) : Map.of(image, whole(image)));
    }
  }

  private static Map<ImageId, Octets> parts(ImageId image) {
    Map<ImageId, Octets> parts = new HashMap<>();
    ImageParts.split(whole(image), OtaHeader.of(image), PART_OCTETS)
        .forEach(
            part -> {
              Octets file = part.octets().octets(0, (int) part.octets().size());
              parts.put(OtaHeader.read(file).image(), file);
            });
    return parts;
  }

  /** The file of an image, as it must lie in the slot in the end. */
  static Octets whole(ImageId image) {
    return WHOLES.get(IMAGES.indexOf(image));
  }

  /** The image that it has now. */
  ImageId image() {
    return IMAGES.get(serves);
  }

  /** It has the other version from now on. */
  void replace() {
    serves = 1 - serves;
  }

  /** It sends blocks of at most so many octets from now on. */
  void blockSize(int octets) {
    longest = octets;
  }

  void anyBlockSize() {
    longest = MOST_OCTETS;
  }

  /** The size of a file, whether it has it now or not; 0 if there is none. */
  int size(ImageId file) {
    return files.stream()
        .filter(version -> version.containsKey(file))
        .mapToInt(version -> version.get(file).length())
        .findFirst()
        .orElse(0);
  }

  QueryNextImageResponse offer(QueryNextImageRequest query) {
    return files.get(serves).entrySet().stream()
        .filter(file -> file.getKey().imageType().equals(query.current().imageType()))
        .findFirst()
        .<QueryNextImageResponse>map(
            file -> new QueryNextImageResponse.Success(file.getKey(), file.getValue().length()))
        .orElseGet(() -> new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
  }

  /** The right blocks; none for another request, or where it has no such file any more. */
  List<ImageBlockResponse.Success> blocks(ZclMessage request) {
    if (request instanceof ImageBlockRequest block) {
      return right(block.image(), block.fileOffset(), block.maximumDataSize()).stream().toList();
    }
    List<ImageBlockResponse.Success> blocks = new ArrayList<>();
    if (request instanceof ImagePageRequest page) {
      long end = page.fileOffset() + page.pageSizeOctets();
      long at = page.fileOffset();
      while (at < end) {
        int size = (int) Math.min(page.maximumDataSize(), end - at);
        Optional<ImageBlockResponse.Success> block = right(page.image(), at, size);
        if (block.isEmpty()) {
          return blocks;
        }
        blocks.add(block.get());
        at += block.get().data().length();
      }
    }
    return blocks;
  }

  private Optional<ImageBlockResponse.Success> right(ImageId image, long offset, int size) {
    return Optional.ofNullable(files.get(serves).get(image))
        .filter(file -> offset < file.length())
        .map(
            file -> {
              int length = (int) Math.min(Math.min(size, longest), file.length() - offset);
              return new ImageBlockResponse.Success(
                  image, offset, file.slice((int) offset, length));
            });
  }

  /** A wrong answer to a request; where there is none, to one for the first block. */
  Optional<ImageBlockResponse.Success> block(Optional<ZclMessage> request, Wrong wrong) {
    ImageId image = IMAGES.get(0);
    long offset = 0;
    if (request.isPresent() && request.get() instanceof ImageBlockRequest block) {
      image = block.image();
      offset = block.fileOffset();
    } else if (request.isPresent() && request.get() instanceof ImagePageRequest page) {
      image = page.image();
      offset = page.fileOffset();
    }
    return right(image, offset, DATA_OCTETS).map(right -> made(right, wrong));
  }

  private ImageBlockResponse.Success made(ImageBlockResponse.Success right, Wrong wrong) {
    ImageId image = right.image();
    long at = right.fileOffset();
    Octets data = right.data();
    return switch (wrong) {
      case SHORT -> new ImageBlockResponse.Success(image, at, data.slice(0, data.length() / 2));
      case TOO_LONG ->
          new ImageBlockResponse.Success(
              image, at, SeededRandom.of(at, 0, 0).octets(DATA_OCTETS + 9));
      case EMPTY -> new ImageBlockResponse.Success(image, at, Octets.EMPTY);
      case BEFORE -> new ImageBlockResponse.Success(image, Math.max(0, at - DATA_OCTETS), data);
      case AHEAD -> new ImageBlockResponse.Success(image, at + DATA_OCTETS, data);
      case OVERLAPPING -> new ImageBlockResponse.Success(image, Math.max(0, at - 5), data);
      case PAST_THE_END -> new ImageBlockResponse.Success(image, size(image) - 3, data);
      case OF_ANOTHER_VERSION ->
          new ImageBlockResponse.Success(
              image.withVersion(IMAGES.get(1 - serves).fileVersion()), at, changed(data));
      case OF_ANOTHER_TYPE ->
          new ImageBlockResponse.Success(
              ImageId.of(0x121D, 0x0300, image.fileVersion().value()), at, changed(data));
      case OTHER_OCTETS -> new ImageBlockResponse.Success(image, at, changed(data));
    };
  }

  private static Octets changed(Octets data) {
    byte[] octets = data.toByteArray();
    octets[octets.length / 2] ^= 0x55;
    return Octets.wrap(octets);
  }

  /** Takes the two images and nothing else. */
  static final class OnlyWholes extends Verifier {
    OnlyWholes() {
      super("only wholes");
    }

    @Override
    protected Check check(OctetSource file, OtaHeader header) {
      return WHOLES.contains(file.octets(0, (int) file.size()))
          ? new Check.Passed("it is one of the images", Optional.empty())
          : new Check.Failed(VerificationStep.FORM, "it is none of the images");
    }
  }
}
