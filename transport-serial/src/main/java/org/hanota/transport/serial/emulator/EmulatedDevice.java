// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.List;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.serial.stick.DeviceAddresses;
import org.hanota.transport.serial.stick.SimpleDescriptor;

/**
 * A device of the emulated network.
 *
 * @param self its EUI-64 and its one endpoint
 * @param shortAddress 1 to 0xFFF7
 * @param descriptor what its endpoint is
 * @param manufacturerCode of its node descriptor
 * @param joined whether it is in the network already; else it joins when the network is opened
 */
public record EmulatedDevice(
    Peer self,
    int shortAddress,
    SimpleDescriptor descriptor,
    ManufacturerCode manufacturerCode,
    boolean joined) {
  private static final int LAST_SHORT_ADDRESS = 0xFFF7;

  /** In-Home Display in Smart Energy; some device in Home Automation. */
  private static final int DEVICE_ID = 0x0502;

  /** Router, on mains, receiver always on, address allocated. [ZigBee 2.3.2.3] */
  static final int CAPABILITIES = 0x8E;

  private static final int ROUTER = 1;
  private static final int BAND_2400_MHZ = 0x40;
  private static final int BUFFER_OCTETS = 82;
  private static final int TRANSFER_OCTETS = 128;

  /** In the server mask: of ZigBee's core specification. [ZigBee 2.3.2.3.10] */
  static final int REVISION_22 = 22 << 9;

  /** Checks the short address. */
  public EmulatedDevice {
    Width.range("shortAddress", shortAddress, 1, LAST_SHORT_ADDRESS);
  }

  /** A client of the OTA cluster that joins when the network is opened. */
  public static EmulatedDevice otaClient(
      Peer self, int shortAddress, int profileId, ManufacturerCode manufacturerCode) {
    return new EmulatedDevice(
        self,
        shortAddress,
        new SimpleDescriptor(
            self.endpoint(), profileId, DEVICE_ID, 1, List.of(), List.of(Clusters.OTA_UPGRADE)),
        manufacturerCode,
        false);
  }

  /** The same, in the network already. */
  public EmulatedDevice joinedAlready() {
    return new EmulatedDevice(self, shortAddress, descriptor, manufacturerCode, true);
  }

  DeviceAddresses addresses() {
    return new DeviceAddresses(shortAddress, self.address());
  }

  /** Its node descriptor. [ZigBee 2.3.2.3] */
  Octets nodeDescriptor() {
    OctetWriter out = new OctetWriter(13);
    out.uint8(ROUTER).uint8(BAND_2400_MHZ).uint8(CAPABILITIES);
    out.uint16le(manufacturerCode.value()).uint8(BUFFER_OCTETS).uint16le(TRANSFER_OCTETS);
    return out.uint16le(REVISION_22).uint16le(TRANSFER_OCTETS).uint8(0).toOctets();
  }
}
