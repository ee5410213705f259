// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.transport.serial.stick.SimpleDescriptor;

/** The parameters of addEndpoint: both numbers of clusters stand before the clusters. */
public final class Endpoint {
  private Endpoint() {}

  static OctetWriter parameters(SimpleDescriptor descriptor) {
    OctetWriter out = new OctetWriter(32).uint8(descriptor.endpoint());
    out.uint16le(descriptor.profileId()).uint16le(descriptor.deviceId());
    out.uint8(descriptor.deviceVersion());
    out.uint8(descriptor.inputClusters().size()).uint8(descriptor.outputClusters().size());
    descriptor.inputClusters().forEach(out::uint16le);
    descriptor.outputClusters().forEach(out::uint16le);
    return out;
  }

  /**
   * Reads them.
   *
   * @throws org.hanota.api.FormatException if they are cut off
   */
  public static SimpleDescriptor decode(OctetReader in) {
    int endpoint = in.uint8("endpoint");
    int profileId = in.uint16le("profileId");
    int deviceId = in.uint16le("deviceId");
    int version = in.uint8("appFlags");
    int inputs = in.uint8("inputClusterCount");
    int outputs = in.uint8("outputClusterCount");
    List<Integer> input = clusters(in, inputs);
    return new SimpleDescriptor(
        endpoint, profileId, deviceId, version, input, clusters(in, outputs));
  }

  private static List<Integer> clusters(OctetReader in, int count) {
    List<Integer> clusters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clusters.add(in.uint16le("cluster"));
    }
    return clusters;
  }
}
