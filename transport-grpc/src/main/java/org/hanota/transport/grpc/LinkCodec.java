// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.transport.Frame;
import org.hanota.transport.grpc.v1.FrameResult;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.Welcome;

/**
 * LinkMessage of the contract as octets. Frames and results, which every exchange has, are written
 * and read here without the generated classes and the objects that they make; a test holds both
 * side by side. What is rare is left to the generated classes.
 */
final class LinkCodec {
  // A tag is the field's number and how its value is written. None here needs a second octet.
  private static final int VARINT = WireFormat.WIRETYPE_VARINT;
  private static final int FIXED64 = WireFormat.WIRETYPE_FIXED64;
  private static final int DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private static final int HELLO = LinkMessage.HELLO_FIELD_NUMBER << 3 | DELIMITED;
  private static final int WELCOME = LinkMessage.WELCOME_FIELD_NUMBER << 3 | DELIMITED;
  private static final int RESULTS = LinkMessage.RESULTS_FIELD_NUMBER << 3 | DELIMITED;
  private static final int EVENTS = LinkMessage.EVENTS_FIELD_NUMBER << 3 | DELIMITED;
  private static final int FRAMES = LinkMessage.FRAMES_FIELD_NUMBER << 3 | DELIMITED;

  private static final int RESULT_SEQUENCE = FrameResult.SEQUENCE_FIELD_NUMBER << 3 | VARINT;
  private static final int RESULT = FrameResult.RESULT_FIELD_NUMBER << 3 | VARINT;
  private static final int REASON = FrameResult.REASON_FIELD_NUMBER << 3 | DELIMITED;

  // Frame of the contract; Frame alone is that of the API here.
  private static final int SEQUENCE = 1 << 3 | VARINT;
  private static final int SOURCE_EUI64 = 2 << 3 | FIXED64;
  private static final int SOURCE_ENDPOINT = 3 << 3 | VARINT;
  private static final int DESTINATION_EUI64 = 4 << 3 | FIXED64;
  private static final int DESTINATION_ENDPOINT = 5 << 3 | VARINT;
  private static final int PROFILE_ID = 6 << 3 | VARINT;
  private static final int CLUSTER_ID = 7 << 3 | VARINT;
  private static final int APS_ACKNOWLEDGEMENT = 8 << 3 | VARINT;
  private static final int APS_ENCRYPTION = 9 << 3 | VARINT;
  private static final int PRIORITY = 10 << 3 | VARINT;
  private static final int ZCL = 11 << 3 | DELIMITED;

  private static final SendOptions[] OPTIONS = options();

  private LinkCodec() {}

  /** By the two flags and the priority as they are written. */
  private static SendOptions[] options() {
    SendOptions[] options = new SendOptions[4 * SendOptions.Priority.values().length];
    for (int i = 0; i < options.length; i++) {
      options[i] = new SendOptions((i & 1) != 0, (i & 2) != 0, Fields.priority(i >> 2));
    }
    return options;
  }

  private static SendOptions options(boolean acknowledgement, boolean encryption, int priority) {
    // A priority of a later contract counts as normal, which is zero.
    int known = priority > 0 && priority < OPTIONS.length / 4 ? priority : 0;
    return OPTIONS[(acknowledgement ? 1 : 0) | (encryption ? 2 : 0) | known << 2];
  }

  static void write(Answer answer, WireWriter out) {
    Octets reason = utf8(answer.reason());
    int start = out.begin(RESULTS, GrpcLimits.RESULT_OVERHEAD_OCTETS + reason.length());
    out.varint(RESULT_SEQUENCE, answer.sequence());
    out.varint(RESULT, answer.result());
    out.octets(REASON, reason);
    out.end(start);
  }

  static void write(LinkEvent event, WireWriter out) {
    out.message(EVENTS, event);
  }

  private static Octets utf8(String text) {
    return text.isEmpty() ? Octets.EMPTY : Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The frame's octets are copied: whoever sent them may use their array again. */
  static void write(Frame frame, long sequence, WireWriter out) {
    SendOptions options = frame.options();
    int start = out.begin(FRAMES, GrpcLimits.FRAME_OVERHEAD_OCTETS + frame.zcl().length());
    out.varint(SEQUENCE, sequence);
    out.fixed64(SOURCE_EUI64, frame.source().address().value());
    out.varint(SOURCE_ENDPOINT, frame.source().endpoint());
    out.fixed64(DESTINATION_EUI64, frame.destination().address().value());
    out.varint(DESTINATION_ENDPOINT, frame.destination().endpoint());
    out.varint(PROFILE_ID, frame.profileId());
    out.varint(CLUSTER_ID, frame.clusterId());
    out.varint(APS_ACKNOWLEDGEMENT, options.apsAcknowledgement() ? 1 : 0);
    out.varint(APS_ENCRYPTION, options.apsEncryption() ? 1 : 0);
    out.varint(PRIORITY, Fields.priority(options.priority()));
    out.octets(ZCL, frame.zcl());
    out.end(start);
  }

  /**
   * Reads a message; the octets of its frames are views of {@code octets}.
   *
   * @param known the node that most frames come from or go to
   * @throws FormatException if the octets are no LinkMessage
   */
  static Incoming decode(byte[] octets, Peer known) {
    WireReader in = new WireReader(octets);
    Incoming message = new Incoming();
    int frames = 0;
    int parts = 0;
    int tag;
    while ((tag = in.tag()) != 0) {
      switch (tag) {
        case RESULTS -> {
          part(++parts);
          int outer = in.enter();
          message.add(answer(in));
          in.leave(outer);
        }
        case FRAMES -> {
          limit("frames", ++frames, GrpcLimits.FRAMES_TAKEN);
          int outer = in.enter();
          message.add(frame(in, known));
          in.leave(outer);
        }
        case HELLO, WELCOME, EVENTS -> {
          part(++parts);
          rare(tag, in.octets(), message);
        }
        default -> in.skip(tag);
      }
    }
    return message;
  }

  private static void part(int count) {
    limit("results and events", count, GrpcLimits.PARTS_TAKEN);
  }

  private static void limit(String what, int count, int allowed) {
    if (count > allowed) {
      throw new FormatException(what, 0, "more than " + allowed, "up to " + allowed);
    }
  }

  private static void rare(int tag, Octets octets, Incoming message) {
    try {
      byte[] part = octets.toByteArray();
      switch (tag) {
        case HELLO -> {
          Hello before = message.hello;
          message.hello =
              (before == null ? Hello.newBuilder() : before.toBuilder()).mergeFrom(part).build();
        }
        case WELCOME -> {
          Welcome before = message.welcome;
          message.welcome =
              (before == null ? Welcome.newBuilder() : before.toBuilder()).mergeFrom(part).build();
        }
        case EVENTS -> message.add(LinkEvent.parseFrom(part));
        default -> throw new AssertionError("tag is " + tag);
      }
    } catch (InvalidProtocolBufferException malformed) {
      FormatException fault =
          new FormatException(
              "message", 0, String.valueOf(malformed.getMessage()), "a part of hanota.v1");
      fault.initCause(malformed);
      throw fault;
    }
  }

  private static Answer answer(WireReader in) {
    long sequence = 0;
    int result = 0;
    String reason = "";
    int tag;
    while ((tag = in.tag()) != 0) {
      switch (tag) {
        case RESULT_SEQUENCE -> sequence = in.varint();
        case RESULT -> result = (int) in.varint();
        case REASON -> reason = in.text();
        default -> in.skip(tag);
      }
    }
    return new Answer(sequence, result, reason);
  }

  private static Incoming.Framed frame(WireReader in, Peer known) {
    // Everybody writes the fields in the order of their numbers; what comes otherwise comes below.
    long sequence = in.next(SEQUENCE) ? in.varint() : 0;
    long source = in.next(SOURCE_EUI64) ? in.fixed64() : 0;
    int sourceEndpoint = in.next(SOURCE_ENDPOINT) ? (int) in.varint() : 0;
    long destination = in.next(DESTINATION_EUI64) ? in.fixed64() : 0;
    int destinationEndpoint = in.next(DESTINATION_ENDPOINT) ? (int) in.varint() : 0;
    int profileId = in.next(PROFILE_ID) ? (int) in.varint() : 0;
    int clusterId = in.next(CLUSTER_ID) ? (int) in.varint() : 0;
    boolean acknowledgement = in.next(APS_ACKNOWLEDGEMENT) && in.varint() != 0;
    boolean encryption = in.next(APS_ENCRYPTION) && in.varint() != 0;
    int priority = in.next(PRIORITY) ? (int) in.varint() : 0;
    Octets zcl = in.next(ZCL) ? in.octets() : Octets.EMPTY;
    int tag;
    while ((tag = in.tag()) != 0) {
      switch (tag) {
        case SEQUENCE -> sequence = in.varint();
        case SOURCE_EUI64 -> source = in.fixed64();
        case SOURCE_ENDPOINT -> sourceEndpoint = (int) in.varint();
        case DESTINATION_EUI64 -> destination = in.fixed64();
        case DESTINATION_ENDPOINT -> destinationEndpoint = (int) in.varint();
        case PROFILE_ID -> profileId = (int) in.varint();
        case CLUSTER_ID -> clusterId = (int) in.varint();
        case APS_ACKNOWLEDGEMENT -> acknowledgement = in.varint() != 0;
        case APS_ENCRYPTION -> encryption = in.varint() != 0;
        case PRIORITY -> priority = (int) in.varint();
        case ZCL -> zcl = in.octets();
        default -> in.skip(tag);
      }
    }
    try {
      Frame frame =
          new Frame(
              peer("source", source, sourceEndpoint, known),
              peer("destination", destination, destinationEndpoint, known),
              Fields.uint16("profile_id", profileId),
              Fields.uint16("cluster_id", clusterId),
              options(acknowledgement, encryption, priority),
              zcl);
      return new Incoming.Framed(sequence, frame, "");
    } catch (FormatException fault) {
      return new Incoming.Framed(sequence, null, String.valueOf(fault.getMessage()));
    }
  }

  private static Peer peer(String field, long eui64, int endpoint, Peer known) {
    return eui64 == known.address().value() && endpoint == known.endpoint()
        ? known
        : Fields.peer(field, eui64, endpoint);
  }
}
