// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.Width;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.Malformed;
import org.hanota.api.zcl.QueryDeviceSpecificFileRequest;
import org.hanota.api.zcl.QueryDeviceSpecificFileResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ReadAttributes;
import org.hanota.api.zcl.ReadAttributesResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.cli.view.Sequence;
import org.hanota.gbcs.Message;

/** A message between hub and device in one line; those that repeat read alike. */
final class FrameWords {
  private FrameWords() {}

  /** What it is, without its offset. */
  static String of(ZclMessage message) {
    if (message instanceof ImageBlockRequest) {
      return "Image Block Request";
    } else if (message instanceof ImageBlockResponse response) {
      return block(response);
    } else if (message instanceof ImagePageRequest) {
      return "Image Page Request";
    } else if (message instanceof ImageNotify) {
      return "Image Notify";
    } else if (message instanceof QueryNextImageRequest query) {
      return "Query Next Image Request, " + query.current().fileVersion() + " runs";
    } else if (message instanceof QueryNextImageResponse response) {
      return "Query Next Image Response, "
          + (response instanceof QueryNextImageResponse.Success success
              ? success.image() + " of " + success.imageSizeOctets() + " octets"
              : ((QueryNextImageResponse.Refusal) response).status());
    } else if (message instanceof UpgradeEndRequest end) {
      return "Upgrade End Request, " + end.status();
    } else if (message instanceof UpgradeEndResponse end) {
      return "Upgrade End Response, " + time(end);
    } else if (message instanceof QueryDeviceSpecificFileRequest) {
      return "Query Device Specific File Request";
    } else if (message instanceof QueryDeviceSpecificFileResponse) {
      return "Query Device Specific File Response";
    }
    return general(message);
  }

  private static String block(ImageBlockResponse response) {
    if (response instanceof ImageBlockResponse.Success) {
      return "Image Block Response";
    }
    return response instanceof ImageBlockResponse.Refusal refusal
        ? "Image Block Response, " + refusal.status()
        : "Image Block Response, WAIT_FOR_DATA";
  }

  private static String time(UpgradeEndResponse end) {
    if (end.waits()) {
      return "wait for a command";
    }
    return end.currentTime().equals(end.upgradeTime()) ? "run it now" : "run it at its time";
  }

  private static String general(ZclMessage message) {
    if (message instanceof Tunnelled tunnelled) {
      return "TransferData, " + carried(tunnelled);
    } else if (message instanceof ReadAttributes read) {
      return "Read Attributes " + attributes(read.attributeIds().stream());
    } else if (message instanceof ReadAttributesResponse response) {
      return "Read Attributes Response "
          + attributes(response.records().stream().map(ReadAttributesResponse.Entry::attributeId));
    } else if (message instanceof DefaultResponse response) {
      return "Default Response, " + response.status();
    } else if (message instanceof Malformed malformed) {
      return "a frame that cannot be read, " + malformed.status();
    }
    throw new AssertionError("no words for " + message);
  }

  private static String attributes(Stream<Integer> ids) {
    return ids.map(id -> Width.hex(id, 4)).collect(Collectors.joining(", "));
  }

  private static String carried(Tunnelled tunnelled) {
    try {
      Message message = Message.parse(tunnelled.octets());
      return GbcsLine.title(message);
    } catch (FormatException part) {
      return tunnelled.octets().length() + " octets";
    }
  }

  /** The offset in the image that it names. */
  static long offset(ZclMessage message) {
    if (message instanceof ImageBlockRequest request) {
      return request.fileOffset();
    } else if (message instanceof ImageBlockResponse.Success block) {
      return block.fileOffset();
    }
    return message instanceof ImagePageRequest page ? page.fileOffset() : Sequence.NO_OFFSET;
  }
}
