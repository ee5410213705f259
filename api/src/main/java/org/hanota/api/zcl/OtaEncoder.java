// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.ImageId;
import org.hanota.api.OctetWriter;
import org.hanota.api.Width;

/** Payloads of the ten commands. */
final class OtaEncoder {
  private static final int STATUS_SUCCESS = ZclStatus.SUCCESS.value();

  private OtaEncoder() {}

  /** Every command but the two that have a method of their own. */
  static void payload(OtaCommand command, OctetWriter out) {
    if (command instanceof ImageBlockResponse.WaitForData wait) {
      waitForData(wait, out);
    } else if (command instanceof ImageBlockResponse.Refusal refusal) {
      out.uint8(refusal.status().value());
    } else if (command instanceof ImageNotify notify) {
      imageNotify(notify, out);
    } else if (command instanceof QueryNextImageRequest query) {
      image(query.current(), out.uint8(query.hardwareVersion().isPresent() ? 1 : 0));
      query.hardwareVersion().ifPresent(version -> out.uint16le(version.value()));
    } else if (command instanceof QueryNextImageResponse.Success found) {
      found(found.image(), found.imageSizeOctets(), out);
    } else if (command instanceof QueryNextImageResponse.Refusal refusal) {
      out.uint8(refusal.status().value());
    } else if (command instanceof ImagePageRequest request) {
      pageRequest(request, out);
    } else if (command instanceof UpgradeEndRequest request) {
      image(request.image(), out.uint8(request.status().value()));
    } else if (command instanceof UpgradeEndResponse response) {
      image(response.image(), out);
      out.uint32le(response.currentTime().seconds()).uint32le(response.upgradeTime().seconds());
    } else if (command instanceof QueryDeviceSpecificFileRequest query) {
      image(query.file(), out.int64le(query.requestNodeAddress().value()));
      out.uint16le(query.currentZigBeeStackVersion());
    } else if (command instanceof QueryDeviceSpecificFileResponse.Success found) {
      found(found.image(), found.imageSizeOctets(), out);
    } else if (command instanceof QueryDeviceSpecificFileResponse.Refusal refusal) {
      out.uint8(refusal.status().value());
    } else {
      throw new AssertionError(command);
    }
  }

  private static void image(ImageId image, OctetWriter out) {
    out.int64le(image.wireName());
  }

  private static void found(ImageId image, long size, OctetWriter out) {
    image(image, out.uint8(ZclStatus.SUCCESS.value()));
    out.uint32le(size);
  }

  private static void imageNotify(ImageNotify notify, OctetWriter out) {
    int carried = notify.payloadType().value();
    out.uint8(carried).uint8(notify.queryJitter());
    if (carried >= 1) {
      out.uint16le(notify.image().manufacturerCode().value());
    }
    if (carried >= 2) {
      out.uint16le(notify.image().imageType().value());
    }
    if (carried >= 3) {
      out.uint32le(notify.image().fileVersion().value());
    }
  }

  /** The whole frame; the three octets of its header come first, in one number with the next. */
  static void blockRequest(int header, ImageBlockRequest request, OctetWriter out) {
    BlockRequestOptions options = request.options();
    boolean address = options.requestNodeAddress().isPresent();
    boolean period = options.minimumBlockPeriod().isPresent();
    int control =
        (address ? OtaDecoder.REQUEST_NODE_ADDRESS : 0)
            | (period ? OtaDecoder.MINIMUM_BLOCK_PERIOD : 0);
    begin(header | control << 24, request.image(), request.fileOffset(), out);
    out.uint8(request.maximumDataSize());
    if (address) {
      out.int64le(options.requestNodeAddress().get().value());
    }
    if (period) {
      out.uint16le(options.minimumBlockPeriod().getAsInt());
    }
  }

  private static void pageRequest(ImagePageRequest request, OctetWriter out) {
    boolean address = request.requestNodeAddress().isPresent();
    image(request.image(), out.uint8(address ? OtaDecoder.REQUEST_NODE_ADDRESS : 0));
    out.uint32le(request.fileOffset())
        .uint8(request.maximumDataSize())
        .uint16le(request.pageSizeOctets())
        .uint16le(request.responseSpacingMs());
    if (address) {
      out.int64le(request.requestNodeAddress().get().value());
    }
  }

  /** The whole frame, as above. */
  static void block(int header, ImageBlockResponse.Success block, OctetWriter out) {
    begin(header | STATUS_SUCCESS << 24, block.image(), block.fileOffset(), out);
    out.uint8(block.data().length()).octets(block.data());
  }

  /** The sixteen octets with which both begin: header and first field, image, file offset. */
  private static void begin(int header, ImageId image, long fileOffset, OctetWriter out) {
    long name = image.wireName();
    out.int64le((header & Width.UINT32_MAX) | (name << 32))
        .int64le((name >>> 32) | (fileOffset << 32));
  }

  private static void waitForData(ImageBlockResponse.WaitForData wait, OctetWriter out) {
    out.uint8(ZclStatus.WAIT_FOR_DATA.value())
        .uint32le(wait.currentTime().seconds())
        .uint32le(wait.requestTime().seconds());
    if (wait.minimumBlockPeriod().isPresent()) {
      out.uint16le(wait.minimumBlockPeriod().getAsInt());
    }
  }
}
