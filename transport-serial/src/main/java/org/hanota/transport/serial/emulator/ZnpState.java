// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.SimpleDescriptor;
import org.hanota.transport.serial.znp.Command;
import org.hanota.transport.serial.znp.Firmware;
import org.hanota.transport.serial.znp.NetworkInfo;
import org.hanota.transport.serial.znp.NvItem;
import org.hanota.transport.serial.znp.Registration;
import org.hanota.transport.serial.znp.ZnpFrame;
import org.hanota.transport.serial.znp.ZnpStatus;

/**
 * What a ZNP stick is: its memory, its network and its endpoints; everything but radio messages.
 */
final class ZnpState {
  /** Sends an indication later, unless the stick restarts before. */
  interface Later {
    void indicate(long nanos, Command command, OctetWriter data);

    /** Does something later, unless the stick restarts before. */
    void after(long nanos, Runnable task);
  }

  /** SYS, AF, ZDO, UTIL, APP, GP and APP_CNF, and no SAPI: as a CC2652. */
  private static final int CAPABILITIES = 0x0659;

  private static final int COORDINATOR_TYPE = 7;
  private static final int FORMATION = 4;
  private static final int NO_ADDRESS = 0xFFFE;
  private static final int NO_RELATION = 0xFF;
  private static final int FIRST_CHANNEL = 11;
  private static final int PRODUCT_ID = 0;

  private final EmulatorConfig config;
  private final Firmware firmware;
  private final NvMemory memory;
  private final Supplier<Conditions> conditions;
  private final Map<Integer, SimpleDescriptor> endpoints = new TreeMap<>();
  private final Map<Eui64, Octets> linkKeys = new TreeMap<>();
  private final TreeSet<Integer> groups = new TreeSet<>();
  private final Later later;
  private int deviceState = NetworkInfo.INITIALISED;
  private long channelMask;

  ZnpState(EmulatorConfig config, Firmware firmware, Later later, Supplier<Conditions> conditions) {
    this.config = config;
    this.firmware = firmware;
    this.conditions = conditions;
    this.memory = new NvMemory(conditions);
    this.later = later;
    config.network().ifPresent(this::preconfigure);
  }

  private void preconfigure(NetworkParameters network) {
    memory.put(NvItem.PANID, new OctetWriter(2).uint16le(network.panId()).toOctets());
    memory.put(
        NvItem.EXTENDED_PAN_ID,
        new OctetWriter(8).int64le(network.extendedPanId().value()).toOctets());
    memory.put(NvItem.PRECFGKEY, network.networkKey());
    switch (config.mark()) {
      case Z_STACK_3 -> memory.put(NvItem.CONFIGURED, Octets.copyOf(NvItem.CONFIGURED_MARK));
      case Z_STACK_1_2 ->
          memory.put(NvItem.CONFIGURED_OLDER, Octets.copyOf(NvItem.CONFIGURED_MARK));
      case NONE -> {
        // Network and key are there all the same.
      }
    }
    channelMask = network.channelMask();
    memory.form(network.panId(), Long.numberOfTrailingZeros(channelMask), channelMask);
  }

  /** What remains after a restart. */
  void restart() {
    endpoints.clear();
    groups.clear();
    deviceState = NetworkInfo.INITIALISED;
    if (memory.wantsClearing()) {
      memory.clear();
    }
  }

  /** The indication that tells of a restart. */
  Octets resetIndication() {
    OctetWriter out = new OctetWriter(6).uint8(0).uint8(firmware.transportRevision());
    out.uint8(PRODUCT_ID).uint8(firmware.major()).uint8(firmware.minor());
    return out.uint8(firmware.maintenance()).toOctets();
  }

  boolean networkRuns() {
    return deviceState == NetworkInfo.COORDINATOR;
  }

  Optional<SimpleDescriptor> endpoint(int number) {
    return Optional.ofNullable(endpoints.get(number));
  }

  /** The endpoints in the order of their numbers. */
  List<SimpleDescriptor> endpoints() {
    return new ArrayList<>(endpoints.values());
  }

  boolean hasLinkKey(Eui64 device) {
    return linkKeys.containsKey(device);
  }

  NetworkInfo network() {
    return new NetworkInfo(
        0, deviceState, memory.panId(), memory.extendedPanId(), memory.channel());
  }

  /** The answer to a request; empty if it does not concern the stick itself. */
  Optional<Octets> answer(Command command, OctetReader in) {
    return switch (command) {
      case SYS_PING -> Optional.of(new OctetWriter(2).uint16le(CAPABILITIES).toOctets());
      case SYS_VERSION -> Optional.of(firmware.octets());
      case SYS_GET_EXTADDR ->
          Optional.of(new OctetWriter(8).int64le(config.address().value()).toOctets());
      case SYS_STACK_TUNE -> Optional.of(Octets.copyOf((byte) 0));
      case SYS_OSAL_NV_ITEM_INIT,
          SYS_OSAL_NV_READ,
          SYS_OSAL_NV_WRITE,
          SYS_OSAL_NV_DELETE,
          SYS_OSAL_NV_LENGTH,
          SYS_OSAL_NV_READ_EXT,
          SYS_OSAL_NV_WRITE_EXT,
          SYS_NV_LENGTH,
          SYS_NV_READ ->
          Optional.of(memory.answer(command, in));
      case AF_REGISTER -> Optional.of(NvMemory.status(register(in)));
      case AF_DELETE -> {
        endpoints.remove(in.uint8("Endpoint"));
        yield ok();
      }
      case ZDO_STARTUP_FROM_APP -> Optional.of(startUp());
      case ZDO_EXT_NWK_INFO -> Optional.of(network().octets());
      case ZDO_EXT_FIND_GROUP -> Optional.of(findGroup(in));
      case ZDO_EXT_ADD_GROUP -> {
        groups.add(in.uint8("endpoint") << Short.SIZE | in.uint16le("groupid"));
        yield ok();
      }
      case ZDO_SET_LINK_KEY -> {
        in.uint16le("ShortAddr");
        yield linkKey(in);
      }
      case UTIL_GET_DEVICE_INFO -> Optional.of(deviceInfo());
      case UTIL_ASSOC_GET_WITH_ADDRESS ->
          Optional.of(
              new OctetWriter(5).uint16le(NO_ADDRESS).uint16le(0).uint8(NO_RELATION).toOctets());
      case ZDO_EXT_ROUTE_DISC, UTIL_LED_CONTROL, UTIL_ASSOC_ADD, UTIL_ASSOC_REMOVE -> ok();
      case APP_CNF_BDB_ADD_INSTALLCODE -> {
        in.uint8("installCodeFormat");
        yield linkKey(in);
      }
      case APP_CNF_BDB_SET_CHANNEL -> {
        if (in.uint8("isPrimary") != 0) {
          channelMask = in.uint32le("channel");
        }
        yield ok();
      }
      case APP_CNF_BDB_START_COMMISSIONING -> {
        if ((in.uint8("mode") & FORMATION) != 0) {
          formSoon();
        }
        yield ok();
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Octets> ok() {
    return Optional.of(NvMemory.status(ZnpStatus.SUCCESS));
  }

  private ZnpStatus register(OctetReader in) {
    SimpleDescriptor descriptor = Registration.decode(in.octets("AF_REGISTER", in.remaining()));
    boolean added = endpoints.putIfAbsent(descriptor.endpoint(), descriptor) == null;
    return added ? ZnpStatus.SUCCESS : ZnpStatus.DUPLICATE_ENTRY;
  }

  private Optional<Octets> linkKey(OctetReader in) {
    Eui64 device = new Eui64(in.int64le("IEEEAddr"));
    linkKeys.put(device, in.octets("key", in.remaining()).copy());
    return ok();
  }

  private Octets findGroup(OctetReader in) {
    int key = in.uint8("endpoint") << Short.SIZE | in.uint16le("groupid");
    int status = groups.contains(key) ? 0 : ZnpStatus.FAILURE.value();
    return new OctetWriter(4).uint8(status).uint16le(key & Width.UINT16_MAX).uint8(0).toOctets();
  }

  private Octets deviceInfo() {
    OctetWriter out = new OctetWriter(14).uint8(0).int64le(config.address().value()).uint16le(0);
    return out.uint8(COORDINATOR_TYPE).uint8(deviceState).uint8(0).toOctets();
  }

  /** Resumes the network that is there, or forms one: 0 or 1. */
  private Octets startUp() {
    if (!memory.hasNetwork()) {
      formSoon();
      return Octets.copyOf((byte) 1);
    }
    later.after(config.startTime().toNanos(), this::becomeCoordinator);
    return Octets.copyOf((byte) 0);
  }

  private void formSoon() {
    later.indicate(
        config.startTime().toNanos() / 2,
        Command.ZDO_STATE_CHANGE_IND,
        new OctetWriter(1).uint8(NetworkInfo.STARTING));
    later.after(
        config.startTime().toNanos(),
        () -> {
          long mask = channelMask == 0 ? 1L << FIRST_CHANNEL : channelMask;
          memory.form(freePanId(), Long.numberOfTrailingZeros(mask), mask);
          becomeCoordinator();
          later.indicate(
              0,
              Command.APP_CNF_BDB_COMMISSIONING_NOTIFICATION,
              new OctetWriter(3).uint8(0).uint8(2).uint8(0));
        });
  }

  /** As Z-Stack does, the next one where a network nearby has that which was asked for. */
  private int freePanId() {
    int panId = memory.octets(NvItem.PANID).uint16le(0);
    while (config.neighbours().contains(panId)) {
      panId = (panId + 1) % Width.UINT16_MAX;
    }
    return panId;
  }

  private void becomeCoordinator() {
    if (!conditions.get().starts()) {
      return;
    }
    deviceState = NetworkInfo.COORDINATOR;
    later.indicate(
        0, Command.ZDO_STATE_CHANGE_IND, new OctetWriter(1).uint8(NetworkInfo.COORDINATOR));
  }

  /** What the stick says to a request that it does not have. */
  static ZnpFrame unknown(ZnpFrame request) {
    return ZnpFrame.of(
        Command.RPC_ERROR, new OctetWriter(3).uint8(2).uint8(request.cmd0()).uint8(request.cmd1()));
  }

  /** What the stick says to a request whose data does not have its form. */
  static ZnpFrame wrongLength(ZnpFrame request) {
    return ZnpFrame.of(
        Command.RPC_ERROR, new OctetWriter(3).uint8(4).uint8(request.cmd0()).uint8(request.cmd1()));
  }
}
