// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.SimpleDescriptor;

/** AF_REGISTER: a descriptor with a latency of no meaning behind its version. */
public final class Registration {
  private Registration() {}

  /** The command that registers the endpoint. */
  public static ZnpFrame of(SimpleDescriptor descriptor) {
    OctetWriter out = new OctetWriter(32).uint8(descriptor.endpoint());
    out.uint16le(descriptor.profileId()).uint16le(descriptor.deviceId());
    out.uint8(descriptor.deviceVersion()).uint8(0);
    clusters(descriptor.inputClusters(), out);
    clusters(descriptor.outputClusters(), out);
    return ZnpFrame.of(Command.AF_REGISTER, out);
  }

  private static void clusters(List<Integer> clusters, OctetWriter out) {
    out.uint8(clusters.size());
    clusters.forEach(out::uint16le);
  }

  /**
   * Reads the data of AF_REGISTER.
   *
   * @throws org.hanota.api.FormatException if it is cut off or goes on
   */
  public static SimpleDescriptor decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    int endpoint = in.uint8("EndPoint");
    int profileId = in.uint16le("AppProfId");
    int deviceId = in.uint16le("AppDeviceId");
    int deviceVersion = in.uint8("AddDevVer");
    in.uint8("LatencyReq");
    List<Integer> input = clusters(in);
    List<Integer> output = clusters(in);
    in.end("AF_REGISTER");
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
