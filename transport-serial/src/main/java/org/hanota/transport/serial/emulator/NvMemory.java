// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.transport.serial.znp.Command;
import org.hanota.transport.serial.znp.NvItem;
import org.hanota.transport.serial.znp.ZnpStatus;

/** The stick's non-volatile memory, laid out as on a CC2652, whose structures are aligned. */
final class NvMemory {
  private static final int NIB_OCTETS = 116;
  private static final int NIB_SECURITY_LEVEL = 12;
  private static final int NIB_CHANNEL = 24;
  private static final int NIB_PAN_ID = 36;
  private static final int NIB_CHANNEL_MASK = 40;
  private static final int NIB_EXTENDED_PAN_ID = 57;
  private static final int SECURITY_LEVEL = 5;
  private static final int NWKKEY_OCTETS = 24;
  private static final int KEY_INFO_OCTETS = 17;
  private static final int KEY_OCTETS = 16;

  /** Most octets of an item in one answer. */
  private static final int READ_MAX = 246;

  private final Map<Integer, byte[]> items = new TreeMap<>();

  private final Supplier<Conditions> conditions;

  NvMemory(Supplier<Conditions> conditions) {
    this.conditions = conditions;
    clear();
  }

  /** As from the shop, but for the marks of hosts: to the stick they are a user's data. */
  void clear() {
    items
        .keySet()
        .removeIf(id -> id != NvItem.CONFIGURED.id() && id != NvItem.CONFIGURED_OLDER.id());
    fill(NvItem.STARTUP_OPTION, 1, 0);
    fill(NvItem.EXTENDED_PAN_ID, Long.BYTES, Width.UINT8_MAX);
    fill(NvItem.NWK_ACTIVE_KEY_INFO, KEY_INFO_OCTETS, 0);
    fill(NvItem.NWK_ALTERNATE_KEY_INFO, KEY_INFO_OCTETS, 0);
    fill(NvItem.APS_USE_EXT_PANID, Long.BYTES, 0);
    fill(NvItem.PRECFGKEY, KEY_OCTETS, 0);
    fill(NvItem.PRECFGKEYS_ENABLE, 1, 0);
    fill(NvItem.NWKKEY, NWKKEY_OCTETS, 0);
    fill(NvItem.PANID, Short.BYTES, Width.UINT8_MAX);
    fill(NvItem.CHANLIST, Integer.BYTES, 0);
    fill(NvItem.LOGICAL_TYPE, 1, 0);
    fill(NvItem.ZDO_DIRECT_CB, 1, 0);
  }

  private void fill(NvItem item, int length, int value) {
    byte[] array = new byte[length];
    Arrays.fill(array, (byte) value);
    items.put(item.id(), array);
  }

  /** Whether the next restart shall clear everything. */
  boolean wantsClearing() {
    return (octets(NvItem.STARTUP_OPTION).at(0) & NvItem.CLEAR_ALL) == NvItem.CLEAR_ALL;
  }

  boolean hasNetwork() {
    return items.containsKey(NvItem.NIB.id());
  }

  Octets octets(NvItem item) {
    byte[] value = items.get(item.id());
    return value == null ? Octets.EMPTY : Octets.copyOf(value);
  }

  void put(NvItem item, Octets value) {
    items.put(item.id(), value.toByteArray());
  }

  int panId() {
    return hasNetwork() ? octets(NvItem.NIB).uint16le(NIB_PAN_ID) : Width.UINT16_MAX;
  }

  int channel() {
    return hasNetwork() ? octets(NvItem.NIB).at(NIB_CHANNEL) : 0;
  }

  Eui64 extendedPanId() {
    return hasNetwork() ? new Eui64(octets(NvItem.NIB).int64le(NIB_EXTENDED_PAN_ID)) : new Eui64(0);
  }

  /** Makes a network of what was configured, with that PAN id on that channel. */
  void form(int panId, int channel, long channelMask) {
    byte[] nib = new byte[NIB_OCTETS];
    nib[NIB_SECURITY_LEVEL] = SECURITY_LEVEL;
    nib[NIB_CHANNEL] = (byte) channel;
    new OctetWriter(2).uint16le(panId).toOctets().copyTo(nib, NIB_PAN_ID);
    new OctetWriter(4).uint32le(channelMask).toOctets().copyTo(nib, NIB_CHANNEL_MASK);
    octets(NvItem.EXTENDED_PAN_ID).copyTo(nib, NIB_EXTENDED_PAN_ID);
    items.put(NvItem.NIB.id(), nib);
    Octets keyInfo =
        new OctetWriter(KEY_INFO_OCTETS).uint8(0).octets(octets(NvItem.PRECFGKEY)).toOctets();
    put(NvItem.NWK_ACTIVE_KEY_INFO, keyInfo);
    put(NvItem.NWK_ALTERNATE_KEY_INFO, keyInfo);
  }

  /** The answer to a command about the memory. */
  Octets answer(Command command, OctetReader in) {
    return switch (command) {
      case SYS_OSAL_NV_LENGTH -> new OctetWriter(2).uint16le(length(in.uint16le("id"))).toOctets();
      case SYS_OSAL_NV_ITEM_INIT -> status(create(in));
      case SYS_OSAL_NV_READ -> read(in.uint16le("id"), in.uint8("offset"));
      case SYS_OSAL_NV_READ_EXT -> read(in.uint16le("id"), in.uint16le("offset"));
      case SYS_OSAL_NV_WRITE ->
          status(write(in.uint16le("id"), in.uint8("offset"), in.uint8("len"), in));
      case SYS_OSAL_NV_WRITE_EXT ->
          status(write(in.uint16le("id"), in.uint16le("offset"), in.uint16le("len"), in));
      case SYS_OSAL_NV_DELETE -> status(delete(in.uint16le("id")));
      // The tables of keys and children are empty: each entry has no octets.
      case SYS_NV_LENGTH -> new OctetWriter(4).uint32le(0).toOctets();
      default ->
          new OctetWriter(2).uint8(ZnpStatus.NV_OPERATION_FAILED.value()).uint8(0).toOctets();
    };
  }

  static Octets status(ZnpStatus status) {
    return Octets.copyOf((byte) status.value());
  }

  private int length(int id) {
    byte[] value = items.get(id);
    return value == null ? 0 : value.length;
  }

  private ZnpStatus create(OctetReader in) {
    int id = in.uint16le("id");
    int length = in.uint16le("len");
    Octets initial = in.octets("initvalue", in.uint8("initlen"));
    if (items.containsKey(id)) {
      return ZnpStatus.SUCCESS;
    }
    byte[] value = new byte[Math.max(length, initial.length())];
    initial.copyTo(value, 0);
    items.put(id, value);
    return ZnpStatus.NV_ITEM_CREATED;
  }

  private Octets read(int id, int offset) {
    byte[] value = items.get(id);
    boolean lost = !conditions.get().read(id).success();
    if (value == null || offset > value.length || lost) {
      return new OctetWriter(2).uint8(ZnpStatus.NV_OPERATION_FAILED.value()).uint8(0).toOctets();
    }
    int count = Math.min(READ_MAX, value.length - offset);
    OctetWriter out = new OctetWriter(count + 2).uint8(0).uint8(count);
    return out.octets(Octets.wrap(value, offset, count)).toOctets();
  }

  private ZnpStatus write(int id, int offset, int count, OctetReader in) {
    Octets written = in.octets("value", count);
    byte[] value = items.get(id);
    if (value == null || offset + count > value.length) {
      return ZnpStatus.NV_OPERATION_FAILED;
    }
    ZnpStatus fate = conditions.get().written(id);
    if (!fate.success()) {
      return fate;
    }
    written.copyTo(value, offset);
    return ZnpStatus.SUCCESS;
  }

  private ZnpStatus delete(int id) {
    return items.remove(id) == null ? ZnpStatus.NV_ITEM_CREATED : ZnpStatus.SUCCESS;
  }
}
