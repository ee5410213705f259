// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
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
  ZDO_DIRECT_CB(0x008F),
  /** The mark of hosts of Z-Stack 1.2 that they have configured the stick. */
  CONFIGURED_OLDER(0x0F00);

  /** Clears configuration and network at the next restart. */
  public static final byte CLEAR_ALL = 0x03;

  /** The value of {@link #CONFIGURED} that hosts agree on. */
  public static final byte CONFIGURED_MARK = 0x55;

  /** Those that show that a program formed a network. */
  static final List<NvItem> SIGNS =
      List.of(
          NIB,
          EXTENDED_PAN_ID,
          NWK_ACTIVE_KEY_INFO,
          NWK_ALTERNATE_KEY_INFO,
          NWKKEY,
          CONFIGURED,
          CONFIGURED_OLDER);

  private static final byte COORDINATOR = 0;

  private final int id;

  NvItem(int id) {
    this.id = id;
  }

  /** The item's number, uint16. */
  public int id() {
    return id;
  }

  /** Its name and number, as in {@code NIB (0x0021)}. */
  public String label() {
    return name() + " (0x" + Width.hex(id, 4) + ")";
  }

  /** Removes the item. */
  ZnpFrame delete(int length) {
    return ZnpFrame.of(
        Command.SYS_OSAL_NV_DELETE, new OctetWriter(4).uint16le(id).uint16le(length));
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

  /** What makes a cleared stick form this network, in the order in which it is written. */
  static Map<NvItem, Octets> network(NetworkParameters network) {
    Octets extendedPanId = new OctetWriter(8).int64le(network.extendedPanId().value()).toOctets();
    Map<NvItem, Octets> values = new LinkedHashMap<>();
    values.put(STARTUP_OPTION, Octets.copyOf((byte) 0));
    values.put(LOGICAL_TYPE, Octets.copyOf(COORDINATOR));
    values.put(ZDO_DIRECT_CB, Octets.copyOf((byte) 1));
    values.put(CHANLIST, new OctetWriter(4).uint32le(network.channelMask()).toOctets());
    values.put(PANID, new OctetWriter(2).uint16le(network.panId()).toOctets());
    values.put(EXTENDED_PAN_ID, extendedPanId);
    values.put(APS_USE_EXT_PANID, extendedPanId);
    values.put(PRECFGKEYS_ENABLE, Octets.copyOf((byte) 0));
    values.put(PRECFGKEY, network.networkKey());
    return values;
  }
}
