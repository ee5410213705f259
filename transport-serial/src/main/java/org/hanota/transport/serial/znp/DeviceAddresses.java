// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * Both addresses of a node, as several messages of the stick tell them.
 *
 * @param shortAddress uint16; another one after each join
 * @param address the one that stays
 */
public record DeviceAddresses(int shortAddress, Eui64 address) {
  /**
   * The node's announcement of itself, ZDO_END_DEVICE_ANNCE_IND.
   *
   * @param capabilities MAC capabilities: 0x8E a router on mains, 0x80 a sleepy end device
   */
  public ZnpFrame announcement(int capabilities) {
    OctetWriter out = new OctetWriter(13).uint16le(shortAddress).uint16le(shortAddress);
    return ZnpFrame.of(
        Command.ZDO_END_DEVICE_ANNCE_IND, out.int64le(address.value()).uint8(capabilities));
  }

  /** Reads ZDO_END_DEVICE_ANNCE_IND. */
  public static DeviceAddresses decodeAnnouncement(Octets octets) {
    OctetReader in = new OctetReader(octets);
    in.uint16le("SrcAddr");
    return new DeviceAddresses(in.uint16le("NwkAddr"), new Eui64(in.int64le("IEEEAddr")));
  }

  /** The trust centre's message that the node joined, ZDO_TC_DEV_IND, with the stick as parent. */
  public ZnpFrame joined() {
    OctetWriter out = new OctetWriter(12).uint16le(shortAddress).int64le(address.value());
    return ZnpFrame.of(Command.ZDO_TC_DEV_IND, out.uint16le(0));
  }

  /** Reads ZDO_TC_DEV_IND, or the beginning of ZDO_LEAVE_IND. */
  public static DeviceAddresses decodeJoined(Octets octets) {
    OctetReader in = new OctetReader(octets);
    return new DeviceAddresses(in.uint16le("SrcNwkAddr"), new Eui64(in.int64le("SrcIEEEAddr")));
  }

  /** The answer to a question for one of the addresses; {@code kind} is the command of it. */
  public ZnpFrame answer(Command kind, ZnpStatus status) {
    OctetWriter out = new OctetWriter(13).uint8(status.value()).int64le(address.value());
    return ZnpFrame.of(kind, out.uint16le(shortAddress).uint8(0).uint8(0));
  }

  /** Reads ZDO_NWK_ADDR_RSP or ZDO_IEEE_ADDR_RSP behind its status. */
  public static DeviceAddresses decodeAnswer(OctetReader in) {
    Eui64 address = new Eui64(in.int64le("IEEEAddr"));
    return new DeviceAddresses(in.uint16le("NwkAddr"), address);
  }
}
