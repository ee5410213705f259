// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Optional;

/**
 * The commands that the host or the emulator knows, named as TI's Monitor and Test API names them.
 * A request's answer has the same second octet and type SRSP; it is not listed. [TI MT API]
 */
public enum Command {
  /** Restart; answered by {@link #SYS_RESET_IND}. */
  SYS_RESET_REQ(0x41, 0x00),
  /** The stick has restarted. */
  SYS_RESET_IND(0x41, 0x80),
  /** Which subsystems there are. */
  SYS_PING(0x21, 0x01),
  /** Product and revision of the firmware. */
  SYS_VERSION(0x21, 0x02),
  /** The stick's EUI-64. */
  SYS_GET_EXTADDR(0x21, 0x04),
  /** Makes an item of the non-volatile memory. */
  SYS_OSAL_NV_ITEM_INIT(0x21, 0x07),
  /** Reads an item, offset of one octet. */
  SYS_OSAL_NV_READ(0x21, 0x08),
  /** Writes an item, offset of one octet. */
  SYS_OSAL_NV_WRITE(0x21, 0x09),
  /** Sets the transmit power. */
  SYS_STACK_TUNE(0x21, 0x0F),
  /** Deletes an item. */
  SYS_OSAL_NV_DELETE(0x21, 0x12),
  /** Length of an item, 0 if there is none. */
  SYS_OSAL_NV_LENGTH(0x21, 0x13),
  /** Reads an item, offset of two octets. */
  SYS_OSAL_NV_READ_EXT(0x21, 0x1C),
  /** Writes an item, offset of two octets. */
  SYS_OSAL_NV_WRITE_EXT(0x21, 0x1D),
  /** Length of an item of a table. */
  SYS_NV_LENGTH(0x21, 0x32),
  /** Reads an item of a table. */
  SYS_NV_READ(0x21, 0x33),

  /** Registers an endpoint, until the next restart. */
  AF_REGISTER(0x24, 0x00),
  /** Sends to a short address. */
  AF_DATA_REQUEST(0x24, 0x01),
  /** Sends to an address of any kind. */
  AF_DATA_REQUEST_EXT(0x24, 0x02),
  /** Takes an endpoint away. */
  AF_DELETE(0x24, 0x04),
  /** What became of a data request. */
  AF_DATA_CONFIRM(0x44, 0x80),
  /** A message came. */
  AF_INCOMING_MSG(0x44, 0x81),

  /** Asks for the short address of a EUI-64. */
  ZDO_NWK_ADDR_REQ(0x25, 0x00),
  /** Asks for the EUI-64 of a short address. */
  ZDO_IEEE_ADDR_REQ(0x25, 0x01),
  /** Asks for a node descriptor. */
  ZDO_NODE_DESC_REQ(0x25, 0x02),
  /** Asks for the descriptor of an endpoint. */
  ZDO_SIMPLE_DESC_REQ(0x25, 0x04),
  /** Asks which endpoints there are. */
  ZDO_ACTIVE_EP_REQ(0x25, 0x05),
  /** Looks for endpoints with certain clusters. */
  ZDO_MATCH_DESC_REQ(0x25, 0x06),
  /** Sets the link key shared with a node. */
  ZDO_SET_LINK_KEY(0x25, 0x23),
  /** Opens or closes the network for new nodes. */
  ZDO_MGMT_PERMIT_JOIN_REQ(0x25, 0x36),
  /** Starts the network from the non-volatile memory. */
  ZDO_STARTUP_FROM_APP(0x25, 0x40),
  /** Discovers a route. */
  ZDO_EXT_ROUTE_DISC(0x25, 0x45),
  /** Looks for a group. */
  ZDO_EXT_FIND_GROUP(0x25, 0x4A),
  /** Adds an endpoint to a group. */
  ZDO_EXT_ADD_GROUP(0x25, 0x4B),
  /** What network this is. */
  ZDO_EXT_NWK_INFO(0x25, 0x50),
  /** Answer to {@link #ZDO_NWK_ADDR_REQ}. */
  ZDO_NWK_ADDR_RSP(0x45, 0x80),
  /** Answer to {@link #ZDO_IEEE_ADDR_REQ}. */
  ZDO_IEEE_ADDR_RSP(0x45, 0x81),
  /** Answer to {@link #ZDO_NODE_DESC_REQ}. */
  ZDO_NODE_DESC_RSP(0x45, 0x82),
  /** Answer to {@link #ZDO_SIMPLE_DESC_REQ}. */
  ZDO_SIMPLE_DESC_RSP(0x45, 0x84),
  /** Answer to {@link #ZDO_ACTIVE_EP_REQ}. */
  ZDO_ACTIVE_EP_RSP(0x45, 0x85),
  /** Answer to {@link #ZDO_MATCH_DESC_REQ}. */
  ZDO_MATCH_DESC_RSP(0x45, 0x86),
  /** Answer to {@link #ZDO_MGMT_PERMIT_JOIN_REQ}. */
  ZDO_MGMT_PERMIT_JOIN_RSP(0x45, 0xB6),
  /** The stick's part in the network changed. */
  ZDO_STATE_CHANGE_IND(0x45, 0xC0),
  /** A node told its addresses. */
  ZDO_END_DEVICE_ANNCE_IND(0x45, 0xC1),
  /** A node left. */
  ZDO_LEAVE_IND(0x45, 0xC9),
  /** A node joined, as the trust centre sees it. */
  ZDO_TC_DEV_IND(0x45, 0xCA),
  /** The network was opened, or closed (0). */
  ZDO_PERMIT_JOIN_IND(0x45, 0xCB),

  /** Addresses and state of the stick. */
  UTIL_GET_DEVICE_INFO(0x27, 0x00),
  /** Sets a light. */
  UTIL_LED_CONTROL(0x27, 0x0A),
  /** Looks a node up in the table of children. */
  UTIL_ASSOC_GET_WITH_ADDRESS(0x27, 0x4A),
  /** Takes a node out of the table of children. */
  UTIL_ASSOC_REMOVE(0x27, 0x63),
  /** Puts a node into the table of children. */
  UTIL_ASSOC_ADD(0x27, 0x64),

  /** Accepts a node that has this install code. */
  APP_CNF_BDB_ADD_INSTALLCODE(0x2F, 0x04),
  /** Begins to form a network, or to look for one. */
  APP_CNF_BDB_START_COMMISSIONING(0x2F, 0x05),
  /** Sets the channels for that. */
  APP_CNF_BDB_SET_CHANNEL(0x2F, 0x08),
  /** What became of it. */
  APP_CNF_BDB_COMMISSIONING_NOTIFICATION(0x4F, 0x80),

  /** The stick does not know a command, or not with such data. */
  RPC_ERROR(0x60, 0x00);

  private final int cmd0;
  private final int cmd1;

  Command(int cmd0, int cmd1) {
    this.cmd0 = cmd0;
    this.cmd1 = cmd1;
  }

  /** Type and subsystem. */
  public int cmd0() {
    return cmd0;
  }

  /** The number within the subsystem. */
  public int cmd1() {
    return cmd1;
  }

  private static final Command[] BY_NUMBER = new Command[1 << 16];

  static {
    for (Command command : values()) {
      BY_NUMBER[command.cmd0 << 8 | command.cmd1] = command;
    }
  }

  /** The command with these two octets, each a uint8. */
  public static Optional<Command> of(int cmd0, int cmd1) {
    return Optional.ofNullable(BY_NUMBER[cmd0 << 8 | cmd1]);
  }
}
