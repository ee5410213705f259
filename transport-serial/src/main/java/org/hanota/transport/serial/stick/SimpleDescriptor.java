// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * What an endpoint is: its profile, its device and its clusters.
 *
 * @param endpoint uint8
 * @param profileId uint16
 * @param deviceId uint16
 * @param deviceVersion uint8
 * @param inputClusters those whose server it is
 * @param outputClusters those whose client it is
 */
public record SimpleDescriptor(
    int endpoint,
    int profileId,
    int deviceId,
    int deviceVersion,
    List<Integer> inputClusters,
    List<Integer> outputClusters) {
  /** Copies the lists. */
  public SimpleDescriptor {
    inputClusters = List.copyOf(inputClusters);
    outputClusters = List.copyOf(outputClusters);
  }

  /** The descriptor as ZigBee carries it. [ZigBee 2.3.2.5] */
  public Octets octets() {
    OctetWriter out = new OctetWriter(32);
    out.uint8(endpoint).uint16le(profileId).uint16le(deviceId).uint8(deviceVersion);
    clusters(inputClusters, out);
    clusters(outputClusters, out);
    return out.toOctets();
  }

  private static void clusters(List<Integer> clusters, OctetWriter out) {
    out.uint8(clusters.size());
    clusters.forEach(out::uint16le);
  }

  /**
   * Reads a descriptor as ZigBee carries it. [ZigBee 2.3.2.5]
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static SimpleDescriptor decode(OctetReader in) {
    int endpoint = in.uint8("Endpoint");
    int profileId = in.uint16le("ProfileId");
    int deviceId = in.uint16le("DeviceId");
    int deviceVersion = in.uint8("DeviceVersion");
    List<Integer> input = clusters(in);
    List<Integer> output = clusters(in);
    return new SimpleDescriptor(endpoint, profileId, deviceId, deviceVersion, input, output);
  }

  private static List<Integer> clusters(OctetReader in) {
    int count = in.uint8("number of clusters");
    List<Integer> clusters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clusters.add(in.uint16le("cluster"));
    }
    return clusters;
  }
}
