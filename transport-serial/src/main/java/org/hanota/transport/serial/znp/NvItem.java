// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.List;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.NetworkParameters;

/** Items of the stick's non-volatile memory, as Z-Stack numbers them. */
public enum NvItem {
  /** What to clear at the next restart. */
  STARTUP_OPTION(0x0003),
  /** The network information base: there is a network if it exists. */
  NIB(0x0021),
  /** The network's other name. */
  EXTENDED_PAN_ID(0x002D),
  /** The network key in use. */
  NWK_ACTIVE_KEY_INFO(0x003A),
  /** The network key before or after it. */
  NWK_ALTERNATE_KEY_INFO(0x003B),
  /** The extended PAN id to form with. */
  APS_USE_EXT_PANID(0x0047),
  /** A mark of hosts that they have configured the stick. */
  CONFIGURED(0x0060),
  /** The network key to form with. */
  PRECFGKEY(0x0062),
  /** Whether joining nodes know the network key already. */
  PRECFGKEYS_ENABLE(0x0063),
  /** The network key with its counter. */
  NWKKEY(0x0082),
  /** The PAN id to form with. */
  PANID(0x0083),
  /** The channels to form on. */
  CHANLIST(0x0084),
  /** Coordinator, router or end device. */
  LOGICAL_TYPE(0x0087),
  /** Whether answers of other nodes come to the host. */
  ZDO_DIRECT_CB(0x008F);

  /** Clears configuration and network at the next restart. */
  public static final byte CLEAR_ALL = 0x03;

  /** The value of {@link #CONFIGURED} that hosts agree on. */
  public static final byte CONFIGURED_MARK = 0x55;

  private static final byte COORDINATOR = 0;

  private final int id;

  NvItem(int id) {
    this.id = id;
  }

  /** The item's number, uint16. */
  public int id() {
    return id;
  }

  ZnpFrame length() {
    return ZnpFrame.of(Command.SYS_OSAL_NV_LENGTH, new OctetWriter(2).uint16le(id));
  }

  ZnpFrame read() {
    return ZnpFrame.of(Command.SYS_OSAL_NV_READ_EXT, new OctetWriter(4).uint16le(id).uint16le(0));
  }

  ZnpFrame write(Octets value) {
    OctetWriter out = new OctetWriter(24).uint16le(id).uint16le(0).uint16le(value.length());
    return ZnpFrame.of(Command.SYS_OSAL_NV_WRITE_EXT, out.octets(value));
  }

  ZnpFrame create(Octets value) {
    OctetWriter out = new OctetWriter(24).uint16le(id).uint16le(value.length());
    return ZnpFrame.of(Command.SYS_OSAL_NV_ITEM_INIT, out.uint8(value.length()).octets(value));
  }

  /** Whether the answer to reading {@link #CONFIGURED} holds the mark. */
  static boolean isConfigured(Octets answer) {
    OctetReader in = new OctetReader(answer);
    return in.uint8("Status") == 0 && in.uint8("Len") > 0 && in.uint8("Value") == CONFIGURED_MARK;
  }

  /** Whether the first octet of the command's answer is a status. */
  static boolean answersStatus(Command command) {
    return switch (command) {
      case SYS_OSAL_NV_ITEM_INIT,
          SYS_OSAL_NV_READ_EXT,
          SYS_OSAL_NV_WRITE_EXT,
          APP_CNF_BDB_SET_CHANNEL,
          APP_CNF_BDB_START_COMMISSIONING,
          APP_CNF_BDB_ADD_INSTALLCODE ->
          true;
      default -> false;
    };
  }

  /** The writes that make a cleared stick form this network. */
  static List<ZnpFrame> network(NetworkParameters network) {
    Octets extendedPanId = new OctetWriter(8).int64le(network.extendedPanId().value()).toOctets();
    return List.of(
        STARTUP_OPTION.write(Octets.copyOf((byte) 0)),
        LOGICAL_TYPE.write(Octets.copyOf(COORDINATOR)),
        ZDO_DIRECT_CB.write(Octets.copyOf((byte) 1)),
        CHANLIST.write(new OctetWriter(4).uint32le(network.channelMask()).toOctets()),
        PANID.write(new OctetWriter(2).uint16le(network.panId()).toOctets()),
        EXTENDED_PAN_ID.write(extendedPanId),
        APS_USE_EXT_PANID.write(extendedPanId),
        PRECFGKEYS_ENABLE.write(Octets.copyOf((byte) 0)),
        PRECFGKEY.write(network.networkKey()));
  }
}
