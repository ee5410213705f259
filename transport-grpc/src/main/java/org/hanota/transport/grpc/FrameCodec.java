// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.transport.grpc.v1.Priority;
import org.hanota.transport.grpc.v1.Result;

/** Frames and results as the contract writes them. */
final class FrameCodec {
  private FrameCodec() {}

  static org.hanota.transport.grpc.v1.Frame encode(Frame frame, long sequence) {
    SendOptions options = frame.options();
    return org.hanota.transport.grpc.v1.Frame.newBuilder()
        .setSequence(sequence)
        .setSourceEui64(frame.source().address().value())
        .setSourceEndpoint(frame.source().endpoint())
        .setDestinationEui64(frame.destination().address().value())
        .setDestinationEndpoint(frame.destination().endpoint())
        .setProfileId(frame.profileId())
        .setClusterId(frame.clusterId())
        .setApsAcknowledgement(options.apsAcknowledgement())
        .setApsEncryption(options.apsEncryption())
        .setPriority(priority(options.priority()))
        .setZcl(bytes(frame.zcl()))
        .build();
  }

  /** The copy that a stream needs anyway: whoever sent the octets may use their array again. */
  static ByteString bytes(Octets octets) {
    return UnsafeByteOperations.unsafeWrap(octets.toByteArray());
  }

  /**
   * Reads a frame.
   *
   * @throws FormatException if a field has not the width that it must have
   */
  static Frame decode(org.hanota.transport.grpc.v1.Frame frame) {
    return new Frame(
        peer("source", frame.getSourceEui64(), frame.getSourceEndpoint()),
        peer("destination", frame.getDestinationEui64(), frame.getDestinationEndpoint()),
        uint16("profile_id", frame.getProfileId()),
        uint16("cluster_id", frame.getClusterId()),
        new SendOptions(
            frame.getApsAcknowledgement(), frame.getApsEncryption(), priority(frame.getPriority())),
        Octets.wrap(frame.getZcl().toByteArray()));
  }

  /**
   * Reads an address.
   *
   * @throws FormatException if the endpoint is no uint8
   */
  static Peer peer(String field, long eui64, int endpoint) {
    if (endpoint < 0 || endpoint > Width.UINT8_MAX) {
      throw wide(field + "_endpoint", endpoint, Width.UINT8_MAX);
    }
    return new Peer(new Eui64(eui64), endpoint);
  }

  static int uint16(String field, int value) {
    if (value < 0 || value > Width.UINT16_MAX) {
      throw wide(field, value, Width.UINT16_MAX);
    }
    return value;
  }

  private static FormatException wide(String field, int value, int maximum) {
    return new FormatException(field, 0, Integer.toUnsignedString(value), "0 to " + maximum);
  }

  private static Priority priority(SendOptions.Priority priority) {
    return switch (priority) {
      case METERING -> Priority.PRIORITY_METERING;
      case NORMAL -> Priority.PRIORITY_NORMAL;
      case BULK -> Priority.PRIORITY_BULK;
    };
  }

  private static SendOptions.Priority priority(Priority priority) {
    return switch (priority) {
      case PRIORITY_METERING -> SendOptions.Priority.METERING;
      case PRIORITY_NORMAL, UNRECOGNIZED -> SendOptions.Priority.NORMAL;
      case PRIORITY_BULK -> SendOptions.Priority.BULK;
    };
  }

  /** What the sender is told; a refusal is the end of the frame as well. */
  static SendResult result(Result result) {
    return switch (result) {
      case RESULT_DELIVERED -> SendResult.DELIVERED;
      case RESULT_NO_ACK, RESULT_UNSPECIFIED, UNRECOGNIZED -> SendResult.NO_ACK;
      case RESULT_NO_ROUTE -> SendResult.NO_ROUTE;
      case RESULT_BUSY -> SendResult.BUSY;
      case RESULT_DROPPED, RESULT_REFUSED -> SendResult.DROPPED;
    };
  }
}
