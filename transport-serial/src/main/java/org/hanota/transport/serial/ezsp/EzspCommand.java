// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.Optional;
import java.util.TreeMap;

/** The commands and callbacks that the host or the emulator knows. [Silicon Labs UG100] */
public enum EzspCommand {
  /** Which version; before all else. */
  VERSION(0x0000),
  /** Registers an endpoint, until the next restart. */
  ADD_ENDPOINT(0x0002),
  /** Reads a value of a part. */
  GET_EXTENDED_VALUE(0x0003),
  /** Nothing. */
  NOP(0x0005),
  /** Makes it, or no longer, a node to which many have routes. */
  SET_CONCENTRATOR(0x0010),
  /** Names the maker in the node descriptor. */
  SET_MANUFACTURER_CODE(0x0015),
  /** Resumes the network that the stick is in. */
  NETWORK_INIT(0x0017),
  /** Whether it is in a network now. */
  NETWORK_STATE(0x0018),
  /** Callback: something happened to the network. */
  STACK_STATUS_HANDLER(0x0019),
  /** Looks which networks are nearby. */
  START_SCAN(0x001A),
  /** Callback: a network is nearby. */
  NETWORK_FOUND_HANDLER(0x001B),
  /** Callback: the look has ended, or failed on a channel. */
  SCAN_COMPLETE_HANDLER(0x001C),
  /** Forms a network. */
  FORM_NETWORK(0x001E),
  /** Forgets the network. */
  LEAVE_NETWORK(0x0020),
  /** Opens the network for new nodes, or closes it. */
  PERMIT_JOINING(0x0022),
  /** Callback: a node joined or left, as its parent sees it. */
  CHILD_JOIN_HANDLER(0x0023),
  /** Callback: a node joined or left, as the trust centre sees it. */
  TRUST_CENTER_JOIN_HANDLER(0x0024),
  /** The stick's EUI-64. */
  GET_EUI64(0x0026),
  /** The stick's short address. */
  GET_NODE_ID(0x0027),
  /** What network this is. */
  GET_NETWORK_PARAMETERS(0x0028),
  /** Sends to one node. */
  SEND_UNICAST(0x0034),
  /** Sends to all. */
  SEND_BROADCAST(0x0036),
  /** Sends to a group. */
  SEND_MULTICAST(0x0038),
  /** Callback: what became of a message. */
  MESSAGE_SENT_HANDLER(0x003F),
  /** Callback: a message came. */
  INCOMING_MESSAGE_HANDLER(0x0045),
  /** Reads a setting. */
  GET_CONFIGURATION_VALUE(0x0052),
  /** Sets a setting. */
  SET_CONFIGURATION_VALUE(0x0053),
  /** Sets what is allowed. */
  SET_POLICY(0x0055),
  /** The answer to a command that the stick does not have. */
  INVALID_COMMAND(0x0058),
  /** Whether routes to it are looked for. */
  SET_SOURCE_ROUTE_DISCOVERY_MODE(0x005A),
  /** Joins a group. */
  SET_MULTICAST_TABLE_ENTRY(0x0064),
  /** Reads and clears its counters. */
  READ_AND_CLEAR_COUNTERS(0x0065),
  /** Sets the keys of a network that is to be formed. */
  SET_INITIAL_SECURITY_STATE(0x0068),
  /** Forgets the keys of nodes that are to join. */
  CLEAR_TRANSIENT_LINK_KEYS(0x006B),
  /** Reads a value. */
  GET_VALUE(0x00AA),
  /** Sets a value. */
  SET_VALUE(0x00AB),
  /** Forgets the keys of nodes. */
  CLEAR_KEY_TABLE(0x00B1),
  /** Sets the key of a node for good. */
  IMPORT_LINK_KEY(0x010E),
  /** Sets the key with which a node may join. */
  IMPORT_TRANSIENT_KEY(0x0111),
  /** Reads a key. */
  EXPORT_KEY(0x0114),
  /** Reads about the network's keys, not the keys. */
  GET_NETWORK_KEY_INFO(0x0116);

  private static final TreeMap<Integer, EzspCommand> BY_ID = new TreeMap<>();

  static {
    for (EzspCommand command : values()) {
      BY_ID.put(command.id, command);
    }
  }

  private final int id;

  EzspCommand(int id) {
    this.id = id;
  }

  /** Its number. */
  public int id() {
    return id;
  }

  /** The command of that number, if it is known here. */
  public static Optional<EzspCommand> of(int id) {
    return Optional.ofNullable(BY_ID.get(id));
  }
}
