// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import com.zsmartsystems.zigbee.serialization.DefaultDeserializer;
import com.zsmartsystems.zigbee.serialization.DefaultSerializer;
import com.zsmartsystems.zigbee.zcl.ZclFieldDeserializer;
import com.zsmartsystems.zigbee.zcl.ZclFieldSerializer;
import com.zsmartsystems.zigbee.zcl.ZclFrameType;
import com.zsmartsystems.zigbee.zcl.ZclHeader;
import com.zsmartsystems.zigbee.zcl.clusters.otaupgrade.ImageBlockCommand;
import com.zsmartsystems.zigbee.zcl.field.ByteArray;
import com.zsmartsystems.zigbee.zcl.protocol.ZclCommandDirection;
import java.io.PrintStream;
import org.hanota.api.ImageId;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.bench.SideBySide;

/** P2: one block's two frames, beside another Java stack's. */
public final class Codec {
  private static final String PEER = "com.zsmartsystems.zigbee 1.4.16.1";
  private static final ImageId IMAGE = ImageId.of(0x1002, 0x5678, 2);
  private static final Octets DATA = SeededRandom.of(1, 0, 0).octets(50);
  private static final Octets REQUEST =
      ZclCodec.encode(new ImageBlockRequest(IMAGE, 4_800, 50, BlockRequestOptions.NONE), 6, false);

  private Codec() {}

  /** Measures and prints. */
  public static void run(PrintStream out) {
    if (!peerEncoded().equals(encoded())) {
      throw new AssertionError("two encodings: " + peerEncoded().toHex() + " and " + encoded());
    }
    out.println(
        SideBySide.compare(
            "P2",
            "encode Image Block Response, 50 octets",
            Codec::encode,
            PEER,
            Codec::peerEncode));
    out.println(
        SideBySide.compare(
            "P2", "decode Image Block Request", Codec::decode, PEER, Codec::peerDecode));
  }

  /** What ours writes. */
  static Octets encoded() {
    return ZclCodec.encode(new ImageBlockResponse.Success(IMAGE, 4_800, DATA), 6, true);
  }

  private static long encode(int times) {
    OctetWriter out = new OctetWriter(128);
    long sum = 0;
    for (int i = 0; i < times; i++) {
      out.clear();
      ZclCodec.encode(new ImageBlockResponse.Success(IMAGE, i, DATA), i & 0xFF, true, out);
      sum += out.toOctets().length();
    }
    return sum;
  }

  private static long decode(int times) {
    ZclCodec codec = new ZclCodec();
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += ((ImageBlockRequest) codec.decode(Clusters.OTA_UPGRADE, REQUEST)).fileOffset();
    }
    return sum;
  }

  private static int[] peerFrame(int sequence, int offset, byte[] data) {
    com.zsmartsystems.zigbee.zcl.clusters.otaupgrade.ImageBlockResponse response =
        new com.zsmartsystems.zigbee.zcl.clusters.otaupgrade.ImageBlockResponse(
            com.zsmartsystems.zigbee.zcl.ZclStatus.SUCCESS,
            0x1002,
            0x5678,
            2,
            offset,
            new ByteArray(data));
    ZclHeader header = new ZclHeader();
    header.setFrameType(ZclFrameType.CLUSTER_SPECIFIC_COMMAND);
    header.setDirection(ZclCommandDirection.SERVER_TO_CLIENT);
    header.setDisableDefaultResponse(true);
    header.setSequenceNumber(sequence);
    header.setCommandId(5);
    ZclFieldSerializer fields = new ZclFieldSerializer(new DefaultSerializer());
    response.serialize(fields);
    return header.serialize(new ZclFieldSerializer(new DefaultSerializer()), fields.getPayload());
  }

  /** What the other stack writes. */
  static Octets peerEncoded() {
    int[] frame = peerFrame(6, 4_800, DATA.toByteArray());
    byte[] octets = new byte[frame.length];
    for (int i = 0; i < frame.length; i++) {
      octets[i] = (byte) frame[i];
    }
    return Octets.wrap(octets);
  }

  private static long peerEncode(int times) {
    byte[] data = DATA.toByteArray();
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += peerFrame(i & 0xFF, i, data).length;
    }
    return sum;
  }

  @SuppressWarnings("deprecation") // its decoder makes requests so, too
  private static long peerDecode(int times) {
    int[] frame = new int[REQUEST.length()];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = REQUEST.at(i);
    }
    long sum = 0;
    for (int i = 0; i < times; i++) {
      ZclFieldDeserializer fields = new ZclFieldDeserializer(new DefaultDeserializer(frame));
      sum += new ZclHeader(fields).getCommandId();
      ImageBlockCommand request = new ImageBlockCommand();
      request.deserialize(fields);
      sum += request.getFileOffset();
    }
    return sum;
  }
}
