// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.Optional;
import java.util.OptionalInt;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.OctetReader;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.ZigBeeTime;
import org.jspecify.annotations.Nullable;

/**
 * Payloads of the ten commands. The last image and the last request options are kept, because a
 * transfer names them in every block and the next frame most likely names them again.
 */
final class OtaDecoder {
  static final int HARDWARE_VERSION = 0x01;
  static final int REQUEST_NODE_ADDRESS = 0x01;
  static final int MINIMUM_BLOCK_PERIOD = 0x02;

  private static final int PAYLOAD = ZclFrame.HEADER_OCTETS;

  /** A block request without optional fields, and what comes before the data of a block. */
  private static final int BLOCK_OCTETS = PAYLOAD + ImageBlockResponse.SUCCESS_OVERHEAD;

  /** Of the first four octets as one number: frame type and direction, command, first field. */
  private static final int KIND =
      ZclFrame.TYPE_MASK
          | ZclFrame.MANUFACTURER_SPECIFIC
          | ZclFrame.SERVER_TO_CLIENT
          | 0xFF << 16
          | 0xFF << 24;

  private static final int REQUEST = ZclFrame.TYPE_CLUSTER | ImageBlockRequest.COMMAND_ID << 16;
  private static final int RESPONSE =
      ZclFrame.TYPE_CLUSTER
          | ZclFrame.SERVER_TO_CLIENT
          | ImageBlockResponse.COMMAND_ID << 16
          | ZclStatus.SUCCESS.value() << 24;

  private ImageId lastImage = ImageId.WILD_CARD;
  private BlockRequestOptions lastOptions = BlockRequestOptions.NONE;

  static boolean known(int command, Direction direction) {
    boolean toServer =
        switch (command) {
          case ImageBlockRequest.COMMAND_ID,
              ImagePageRequest.COMMAND_ID,
              QueryNextImageRequest.COMMAND_ID,
              UpgradeEndRequest.COMMAND_ID,
              QueryDeviceSpecificFileRequest.COMMAND_ID ->
              true;
          default -> false;
        };
    return command <= QueryDeviceSpecificFileResponse.COMMAND_ID
        && toServer == (direction == Direction.CLIENT_TO_SERVER);
  }

  /**
   * A block request without optional fields or a block, which is nearly every frame; null for
   * anything else, be it one of them with a fault.
   */
  @Nullable OtaCommand block(Octets frame) {
    if (frame.length() < BLOCK_OCTETS) {
      return null;
    }
    long first = frame.int64le(0);
    long second = frame.int64le(Long.BYTES);
    int size = frame.at(BLOCK_OCTETS - 1);
    long name = (first >>> 32) | (second << 32);
    int kind = ((int) first) & KIND;
    if (kind == REQUEST && frame.length() == BLOCK_OCTETS) {
      return new ImageBlockRequest(image(name), second >>> 32, size, BlockRequestOptions.NONE);
    }
    if (kind == RESPONSE && frame.length() == BLOCK_OCTETS + size) {
      return new ImageBlockResponse.Success(
          image(name), second >>> 32, frame.slice(BLOCK_OCTETS, size));
    }
    return null;
  }

  OtaCommand decode(int command, Octets frame) {
    return switch (command) {
      case ImageBlockRequest.COMMAND_ID -> blockRequest(frame);
      case ImageBlockResponse.COMMAND_ID -> blockResponse(frame);
      default -> decode(command, new OctetReader(frame));
    };
  }

  private OtaCommand decode(int command, OctetReader in) {
    in.octets("ZCL header", ZclFrame.HEADER_OCTETS);
    OtaCommand message =
        switch (command) {
          case ImageNotify.COMMAND_ID -> imageNotify(in);
          case QueryNextImageRequest.COMMAND_ID -> query(in);
          case QueryNextImageResponse.COMMAND_ID -> {
            ZclStatus status = ZclStatus.of(in.uint8("status"));
            yield status.equals(ZclStatus.SUCCESS)
                ? new QueryNextImageResponse.Success(image(in), in.uint32le("image size"))
                : new QueryNextImageResponse.Refusal(status);
          }
          case ImagePageRequest.COMMAND_ID -> pageRequest(in);
          case UpgradeEndRequest.COMMAND_ID ->
              new UpgradeEndRequest(ZclStatus.of(in.uint8("status")), image(in));
          case UpgradeEndResponse.COMMAND_ID ->
              new UpgradeEndResponse(image(in), time(in, "current time"), time(in, "upgrade time"));
          case QueryDeviceSpecificFileRequest.COMMAND_ID ->
              new QueryDeviceSpecificFileRequest(
                  new Eui64(in.int64le("request node address")),
                  image(in),
                  in.uint16le("current ZigBee stack version"));
          case QueryDeviceSpecificFileResponse.COMMAND_ID -> {
            ZclStatus status = ZclStatus.of(in.uint8("status"));
            yield status.equals(ZclStatus.SUCCESS)
                ? new QueryDeviceSpecificFileResponse.Success(image(in), in.uint32le("image size"))
                : new QueryDeviceSpecificFileResponse.Refusal(status);
          }
          default -> throw new AssertionError(command);
        };
    in.end(message.getClass().getSimpleName());
    return message;
  }

  private ImageBlockRequest blockRequest(Octets frame) {
    if (frame.length() < BLOCK_OCTETS) {
      throw tooShort("Image Block Request", frame.length(), BLOCK_OCTETS);
    }
    int control = frame.at(PAYLOAD);
    ImageId image = image(frame.int64le(PAYLOAD + 1));
    long offset = frame.uint32le(PAYLOAD + 9);
    int size = frame.at(PAYLOAD + 13);
    BlockRequestOptions options = BlockRequestOptions.NONE;
    if ((control & (REQUEST_NODE_ADDRESS | MINIMUM_BLOCK_PERIOD)) != 0) {
      options = options(control, frame);
    } else if (frame.length() > BLOCK_OCTETS) {
      throw tooLong("Image Block Request", frame.length(), BLOCK_OCTETS);
    }
    return new ImageBlockRequest(image, offset, size, options);
  }

  private BlockRequestOptions options(int control, Octets frame) {
    OctetReader in = new OctetReader(frame);
    in.octets("Image Block Request", BLOCK_OCTETS);
    Optional<Eui64> address =
        (control & REQUEST_NODE_ADDRESS) != 0
            ? Optional.of(new Eui64(in.int64le("request node address")))
            : Optional.empty();
    OptionalInt period =
        (control & MINIMUM_BLOCK_PERIOD) != 0
            ? OptionalInt.of(in.uint16le("minimum block period"))
            : OptionalInt.empty();
    in.end("Image Block Request");
    BlockRequestOptions options = new BlockRequestOptions(address, period);
    if (!options.equals(lastOptions)) {
      lastOptions = options;
    }
    return lastOptions;
  }

  private ImageBlockResponse blockResponse(Octets frame) {
    if (frame.length() <= PAYLOAD) {
      throw tooShort("Image Block Response", frame.length(), PAYLOAD + 1);
    }
    int status = frame.at(PAYLOAD);
    if (status != ZclStatus.SUCCESS.value()) {
      return noBlock(ZclStatus.of(status), frame);
    }
    if (frame.length() < BLOCK_OCTETS) {
      throw tooShort("Image Block Response", frame.length(), BLOCK_OCTETS);
    }
    throw new FormatException(
        "data size",
        BLOCK_OCTETS - 1,
        frame.at(BLOCK_OCTETS - 1) + " with " + (frame.length() - BLOCK_OCTETS) + " octets of data",
        "the number of octets that follow");
  }

  private static ImageBlockResponse noBlock(ZclStatus status, Octets frame) {
    OctetReader in = new OctetReader(frame);
    in.octets("status", PAYLOAD + 1);
    ImageBlockResponse response;
    if (status.equals(ZclStatus.WAIT_FOR_DATA)) {
      ZigBeeTime current = time(in, "current time");
      ZigBeeTime request = time(in, "request time");
      // Older servers leave the period out; the client tells by the length. [ZCL 11.13.8.2]
      OptionalInt period =
          in.remaining() == 0
              ? OptionalInt.empty()
              : OptionalInt.of(in.uint16le("minimum block period"));
      response = new ImageBlockResponse.WaitForData(current, request, period);
    } else {
      response = new ImageBlockResponse.Refusal(status);
    }
    in.end("Image Block Response");
    return response;
  }

  private static ImageNotify imageNotify(OctetReader in) {
    int type = in.uint8("payload type");
    int jitter = in.uint8("query jitter");
    ImageNotify.PayloadType[] types = ImageNotify.PayloadType.values();
    if (type >= types.length) {
      throw new ZclCodec.InvalidField("payload type", PAYLOAD, String.valueOf(type), "0 to 3");
    }
    if (jitter < 1 || jitter > ImageNotify.QUERY_JITTER_MAX) {
      throw new ZclCodec.InvalidField(
          "query jitter", PAYLOAD + 1, String.valueOf(jitter), "1 to 100");
    }
    return new ImageNotify(
        types[type],
        jitter,
        new ImageId(
            type >= 1
                ? new ManufacturerCode(in.uint16le("manufacturer code"))
                : ManufacturerCode.WILD_CARD,
            type >= 2 ? new ImageType(in.uint16le("image type")) : ImageType.WILD_CARD,
            type >= 3 ? new FileVersion(in.uint32le("new file version")) : FileVersion.WILD_CARD));
  }

  private static QueryNextImageRequest query(OctetReader in) {
    int control = in.uint8("field control");
    ImageId current =
        ImageId.of(
            in.uint16le("manufacturer code"),
            in.uint16le("image type"),
            in.uint32le("current file version"));
    return new QueryNextImageRequest(
        current,
        (control & HARDWARE_VERSION) != 0
            ? Optional.of(new HardwareVersion(in.uint16le("hardware version")))
            : Optional.empty());
  }

  private ImagePageRequest pageRequest(OctetReader in) {
    int control = in.uint8("field control");
    return new ImagePageRequest(
        image(in),
        in.uint32le("file offset"),
        in.uint8("maximum data size"),
        in.uint16le("page size"),
        in.uint16le("response spacing"),
        (control & REQUEST_NODE_ADDRESS) != 0
            ? Optional.of(new Eui64(in.int64le("request node address")))
            : Optional.empty());
  }

  private static ZigBeeTime time(OctetReader in, String field) {
    return new ZigBeeTime(in.uint32le(field));
  }

  private ImageId image(OctetReader in) {
    return image(
        in.uint16le("manufacturer code")
            | (long) in.uint16le("image type") << 16
            | in.uint32le("file version") << 32);
  }

  private ImageId image(long name) {
    if (name != lastImage.wireName()) {
      lastImage =
          ImageId.of(
              (int) name & Width.UINT16_MAX, (int) (name >>> 16) & Width.UINT16_MAX, name >>> 32);
    }
    return lastImage;
  }

  private static FormatException tooShort(String command, int found, int allowed) {
    return new FormatException(command, 0, found + " octets", "at least " + allowed + " octets");
  }

  private static FormatException tooLong(String command, int found, int allowed) {
    return new FormatException(
        "end of " + command, allowed, (found - allowed) + " more octets", "no more octets");
  }
}
