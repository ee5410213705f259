// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * Reads and writes ZCL frames. Decoding never throws: what cannot be read becomes {@link
 * Malformed}. An instance remembers the last image named, since thousands of blocks name the same
 * one; it serves one caller at a time.
 */
public final class ZclCodec {
  private final OtaDecoder ota = new OtaDecoder();

  /** A codec that remembers no image yet. */
  public ZclCodec() {}

  /**
   * Writes {@code message} as a ZCL frame.
   *
   * @param transactionSequence uint8
   * @param disableDefaultResponse whether success shall not be answered
   */
  public static void encode(
      ZclMessage message,
      int transactionSequence,
      boolean disableDefaultResponse,
      OctetWriter out) {
    int sequence = Width.uint8("transactionSequence", transactionSequence) << 8;
    int control = disableDefaultResponse ? ZclFrame.DISABLE_DEFAULT_RESPONSE : 0;
    // Most frames carry blocks: their classes are looked at first, and asked for nothing by name.
    if (message instanceof ImageBlockRequest request) {
      OtaEncoder.blockRequest(
          control | ZclFrame.TYPE_CLUSTER | sequence | ImageBlockRequest.COMMAND_ID << 16,
          request,
          out);
    } else if (message instanceof ImageBlockResponse.Success block) {
      OtaEncoder.block(
          control
              | ZclFrame.TYPE_CLUSTER
              | ZclFrame.SERVER_TO_CLIENT
              | sequence
              | ImageBlockResponse.COMMAND_ID << 16,
          block,
          out);
    } else {
      other(control, transactionSequence, message, out);
    }
  }

  /**
   * Apart from {@link #encode}, so that this stays small enough to be inlined where it is called.
   */
  private static void other(
      int control, int transactionSequence, ZclMessage message, OctetWriter out) {
    out.uint8(control | control(message)).uint8(transactionSequence).uint8(message.commandId());
    payload(message, out);
  }

  private static int control(ZclMessage message) {
    boolean general =
        message instanceof DefaultResponse
            || message instanceof ReadAttributes
            || message instanceof ReadAttributesResponse;
    return (general ? ZclFrame.TYPE_GENERAL : ZclFrame.TYPE_CLUSTER)
        | (message.direction() == Direction.SERVER_TO_CLIENT ? ZclFrame.SERVER_TO_CLIENT : 0);
  }

  /** As {@link #encode(ZclMessage, int, boolean, OctetWriter)}, into octets of its own. */
  public static Octets encode(
      ZclMessage message, int transactionSequence, boolean disableDefaultResponse) {
    OctetWriter out = new OctetWriter(32);
    encode(message, transactionSequence, disableDefaultResponse, out);
    return out.toOctets();
  }

  /** The most image data of one block response in a frame of {@code maximumPayload} octets. */
  public static int maximumBlockData(int maximumPayload) {
    int room = maximumPayload - ZclFrame.HEADER_OCTETS - ImageBlockResponse.SUCCESS_OVERHEAD;
    return Math.max(0, Math.min(room, ImageBlockResponse.IMAGE_DATA_MAX));
  }

  private static void payload(ZclMessage message, OctetWriter out) {
    if (message instanceof OtaCommand command) {
      OtaEncoder.payload(command, out);
    } else if (message instanceof DefaultResponse response) {
      out.uint8(response.answeredCommandId()).uint8(response.status().value());
    } else if (message instanceof ReadAttributes read) {
      for (int id : read.attributeIds()) {
        out.uint16le(id);
      }
    } else if (message instanceof ReadAttributesResponse response) {
      for (ReadAttributesResponse.Entry entry : response.records()) {
        entry(entry, out);
      }
    } else if (message instanceof Tunnelled tunnelled) {
      out.uint16le(tunnelled.tunnelId()).octets(tunnelled.octets());
    } else {
      throw new IllegalArgumentException("message is " + message + ", which is never sent");
    }
  }

  private static void entry(ReadAttributesResponse.Entry entry, OctetWriter out) {
    out.uint16le(entry.attributeId());
    if (entry instanceof ReadAttributesResponse.Value value) {
      out.uint8(ZclStatus.SUCCESS.value()).uint8(value.value().type().id());
      for (int i = 0; i < value.value().type().octets(); i++) {
        out.uint8((int) (value.value().value() >>> (8 * i)));
      }
    } else if (entry instanceof ReadAttributesResponse.Unreadable unreadable) {
      out.uint8(unreadable.status().value());
    }
  }

  /**
   * Reads a frame that does not {@linkplain ZclFrame#lacksHeader lack} its header.
   *
   * @return the message, or {@link Malformed}; image data is a view into {@code frame}
   */
  public ZclMessage decode(int clusterId, Octets frame) {
    // Most frames carry blocks: they are looked at first, and this stays small enough to be
    // inlined.
    OtaCommand block = clusterId == Clusters.OTA_UPGRADE ? ota.block(frame) : null;
    return block != null ? block : other(clusterId, frame);
  }

  private ZclMessage other(int clusterId, Octets frame) {
    int header = ZclFrame.headerOctets(frame);
    int control = frame.at(0);
    int command = frame.at(header - 1);
    Direction direction = ZclFrame.direction(frame);
    boolean general = (control & ZclFrame.TYPE_MASK) == ZclFrame.TYPE_GENERAL;
    if ((control & ZclFrame.MANUFACTURER_SPECIFIC) != 0) {
      return refuse(
          clusterId, direction, command, general, ZclStatus.UNSUP_MANUF_CLUSTER_COMMAND, 0);
    }
    try {
      if (general) {
        return general(clusterId, direction, command, frame);
      }
      if ((control & ZclFrame.TYPE_MASK) != ZclFrame.TYPE_CLUSTER) {
        return refuse(clusterId, direction, command, false, ZclStatus.UNSUP_CLUSTER_COMMAND, 0);
      }
      if (clusterId == Clusters.OTA_UPGRADE && OtaDecoder.known(command, direction)) {
        return ota.decode(command, frame);
      }
      if (clusterId == Clusters.TUNNELING
          && command
              == (direction == Direction.CLIENT_TO_SERVER
                  ? Tunnelled.FROM_CLIENT
                  : Tunnelled.FROM_SERVER)) {
        return tunnelled(direction, frame);
      }
      return refuse(clusterId, direction, command, false, ZclStatus.UNSUP_CLUSTER_COMMAND, 2);
    } catch (FormatException fault) {
      return new Malformed(
          clusterId, direction, command, general, ZclStatus.MALFORMED_COMMAND, fault);
    } catch (InvalidField fault) {
      return new Malformed(
          clusterId, direction, command, general, ZclStatus.INVALID_FIELD, fault.fault());
    }
  }

  /** A field has a value that its command does not allow; the length is right. */
  static final class InvalidField extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FormatException fault;

    InvalidField(String field, int offset, String found, String allowed) {
      super(field);
      this.fault = new FormatException(field, offset, found, allowed);
    }

    FormatException fault() {
      return fault;
    }
  }

  private static Malformed refuse(
      int clusterId,
      Direction direction,
      int command,
      boolean general,
      ZclStatus status,
      int offset) {
    return new Malformed(
        clusterId,
        direction,
        command,
        general,
        status,
        new FormatException(
            "command",
            offset,
            "0x"
                + Width.hex(command, 2)
                + " "
                + direction
                + " in cluster 0x"
                + Width.hex(clusterId, 4),
            "a command that this cluster has in that direction"));
  }

  private static ZclMessage general(int clusterId, Direction direction, int command, Octets frame) {
    OctetReader in = new OctetReader(frame);
    in.octets("ZCL header", ZclFrame.HEADER_OCTETS);
    switch (command) {
      case DefaultResponse.COMMAND_ID -> {
        int answered = in.uint8("command identifier");
        ZclStatus status = ZclStatus.of(in.uint8("status code"));
        in.end("Default Response");
        return new DefaultResponse(clusterId, direction, answered, status);
      }
      case ReadAttributes.COMMAND_ID -> {
        List<Integer> ids = new ArrayList<>();
        while (in.remaining() > 0) {
          ids.add(in.uint16le("attribute identifier"));
        }
        return new ReadAttributes(clusterId, direction, ids);
      }
      case ReadAttributesResponse.COMMAND_ID -> {
        List<ReadAttributesResponse.Entry> entries = new ArrayList<>();
        while (in.remaining() > 0) {
          entries.add(entry(in));
        }
        return new ReadAttributesResponse(clusterId, direction, entries);
      }
      default -> {
        return refuse(clusterId, direction, command, true, ZclStatus.UNSUP_GENERAL_COMMAND, 2);
      }
    }
  }

  private static ReadAttributesResponse.Entry entry(OctetReader in) {
    int id = in.uint16le("attribute identifier");
    ZclStatus status = ZclStatus.of(in.uint8("status"));
    if (!status.equals(ZclStatus.SUCCESS)) {
      return new ReadAttributesResponse.Unreadable(id, status);
    }
    int at = in.position();
    int typeId = in.uint8("attribute data type");
    AttributeValue.DataType type =
        AttributeValue.DataType.of(typeId)
            .orElseThrow(
                () ->
                    new FormatException(
                        "attribute data type",
                        at,
                        "0x" + Width.hex(typeId, 2),
                        "a type of at most 64 bits that the project knows"));
    long value = 0;
    for (int i = 0; i < type.octets(); i++) {
      value |= (long) in.uint8("attribute value") << (8 * i);
    }
    return new ReadAttributesResponse.Value(id, new AttributeValue(type, value));
  }

  private static Tunnelled tunnelled(Direction direction, Octets frame) {
    OctetReader in = new OctetReader(frame);
    in.octets("ZCL header", ZclFrame.HEADER_OCTETS);
    int tunnelId = in.uint16le("tunnelId");
    return new Tunnelled(direction, tunnelId, in.octets("data", in.remaining()));
  }
}
