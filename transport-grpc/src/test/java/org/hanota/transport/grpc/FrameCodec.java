// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.ByteString;
import org.hanota.api.Octets;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.transport.Frame;

/** Frames by way of the generated classes, as any other client has them. */
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
        .setPriorityValue(Fields.priority(options.priority()))
        .setZcl(ByteString.copyFrom(frame.zcl().toByteArray()))
        .build();
  }

  static Frame decode(org.hanota.transport.grpc.v1.Frame frame) {
    return new Frame(
        Fields.peer("source", frame.getSourceEui64(), frame.getSourceEndpoint()),
        Fields.peer("destination", frame.getDestinationEui64(), frame.getDestinationEndpoint()),
        Fields.uint16("profile_id", frame.getProfileId()),
        Fields.uint16("cluster_id", frame.getClusterId()),
        new SendOptions(
            frame.getApsAcknowledgement(),
            frame.getApsEncryption(),
            Fields.priority(frame.getPriorityValue())),
        Octets.wrap(frame.getZcl().toByteArray()));
  }
}
