// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Network;

/**
 * What network the stick is in: the answer to ZDO_EXT_NWK_INFO.
 *
 * @param shortAddress of the stick, 0 for a coordinator
 * @param deviceState {@link #COORDINATOR} once the network runs
 * @param panId uint16, 0xFFFF if there is no network
 * @param extendedPanId the network's other name
 * @param channel 11 to 26, 0 if there is no network
 */
public record NetworkInfo(
    int shortAddress, int deviceState, int panId, Eui64 extendedPanId, int channel) {
  /** Initialised, and in no network. */
  public static final int INITIALISED = 0;

  /** Starting as a coordinator. */
  public static final int STARTING = 8;

  /** Started as a coordinator. */
  public static final int COORDINATOR = 9;

  /** The network alone. */
  public Network network() {
    return new Network(panId, extendedPanId, channel);
  }

  /** Whether a change of state, as ZDO_STATE_CHANGE_IND tells it, is that to a coordinator. */
  static boolean saysCoordinator(Octets data) {
    return !data.isEmpty() && data.at(0) == COORDINATOR;
  }

  /** The answer's data. */
  public Octets octets() {
    OctetWriter out = new OctetWriter(24);
    out.uint16le(shortAddress).uint8(deviceState).uint16le(panId).uint16le(0);
    return out.int64le(extendedPanId.value()).int64le(0).uint8(channel).toOctets();
  }

  /**
   * Reads the answer's data.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static NetworkInfo decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    int shortAddress = in.uint16le("ShortAddress");
    int deviceState = in.uint8("DevState");
    int panId = in.uint16le("PanID");
    in.uint16le("ParentAddress");
    Eui64 extendedPanId = new Eui64(in.int64le("ExtendedPanID"));
    in.int64le("ExtendedParentAddress");
    return new NetworkInfo(shortAddress, deviceState, panId, extendedPanId, in.uint8("Channel"));
  }
}
