// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.DeviceAddresses;

/** The messages of the stick that tell both addresses of a node. */
public final class AddressMessages {
  private AddressMessages() {}

  /**
   * A node's announcement of itself, ZDO_END_DEVICE_ANNCE_IND.
   *
   * @param capabilities MAC capabilities: 0x8E a router on mains, 0x80 a sleepy end device
   */
  public static ZnpFrame announcement(DeviceAddresses device, int capabilities) {
    OctetWriter out = new OctetWriter(13).uint16le(device.shortAddress());
    out.uint16le(device.shortAddress()).int64le(device.address().value()).uint8(capabilities);
    return ZnpFrame.of(Command.ZDO_END_DEVICE_ANNCE_IND, out);
  }

  /** Reads ZDO_END_DEVICE_ANNCE_IND. */
  public static DeviceAddresses decodeAnnouncement(Octets octets) {
    OctetReader in = new OctetReader(octets);
    in.uint16le("SrcAddr");
    return new DeviceAddresses(in.uint16le("NwkAddr"), new Eui64(in.int64le("IEEEAddr")));
  }

  /** The trust centre's message that a node joined, ZDO_TC_DEV_IND, with the stick as parent. */
  public static ZnpFrame joined(DeviceAddresses device) {
    OctetWriter out = new OctetWriter(12).uint16le(device.shortAddress());
    out.int64le(device.address().value()).uint16le(0);
    return ZnpFrame.of(Command.ZDO_TC_DEV_IND, out);
  }

  /** Reads ZDO_TC_DEV_IND, or the beginning of ZDO_LEAVE_IND. */
  public static DeviceAddresses decodeJoined(Octets octets) {
    OctetReader in = new OctetReader(octets);
    return new DeviceAddresses(in.uint16le("SrcNwkAddr"), new Eui64(in.int64le("SrcIEEEAddr")));
  }

  /** The answer to a question for one of the addresses; {@code kind} is the command of it. */
  public static ZnpFrame answer(DeviceAddresses device, Command kind, ZnpStatus status) {
    OctetWriter out = new OctetWriter(13).uint8(status.value()).int64le(device.address().value());
    return ZnpFrame.of(kind, out.uint16le(device.shortAddress()).uint8(0).uint8(0));
  }

  /** Reads ZDO_NWK_ADDR_RSP or ZDO_IEEE_ADDR_RSP behind its status. */
  public static DeviceAddresses decodeAnswer(OctetReader in) {
    Eui64 address = new Eui64(in.int64le("IEEEAddr"));
    return new DeviceAddresses(in.uint16le("NwkAddr"), address);
  }
}
