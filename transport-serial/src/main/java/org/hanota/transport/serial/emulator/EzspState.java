// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.ezsp.Endpoint;
import org.hanota.transport.serial.ezsp.EzspCommand;
import org.hanota.transport.serial.ezsp.EzspNetwork;
import org.hanota.transport.serial.ezsp.EzspStatus;
import org.hanota.transport.serial.ezsp.EzspVersion;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.SimpleDescriptor;

/**
 * What an EZSP stick is: its memory, its network and its endpoints; everything but radio messages.
 */
final class EzspState {
  /** What the state wants done. */
  interface Later {
    /** Tells the host after so long that something happened to the network. */
    void stackStatus(long nanos, EzspStatus status, Runnable before);

    /** Tells the host which networks are nearby on these channels. */
    void scan(long channelMask);

    /** The network was opened for so many seconds. */
    void opened(int seconds);
  }

  private static final int COORDINATOR = 1;
  private static final int JOINED = 2;
  private static final int KEY_OCTETS = 16;
  private static final int CONTEXT_OCTETS = 18;
  private static final int NETWORK_KEY = 1;
  private static final int VERSION_INFO = 0x11;
  private static final int ENDPOINT_FLAGS = 0;
  private static final int COUNTERS = 43;
  private static final int SILICON_LABS = 0x1049;
  private static final Eui64 ANY = new Eui64(-1);
  private static final EzspNetwork NOWHERE = new EzspNetwork(new Eui64(0), 0xFFFF, 0, 0, 0);

  private final EmulatorConfig config;
  private final StickModel.Ezsp model;
  private final Later later;
  private final Map<Integer, SimpleDescriptor> endpoints = new TreeMap<>();
  private final Map<Integer, Integer> configuration = new TreeMap<>();
  private final Map<Eui64, Octets> transientKeys = new TreeMap<>();

  /** What stays over a restart. */
  private final Map<Eui64, Octets> linkKeys = new TreeMap<>();

  private Optional<EzspNetwork> network = Optional.empty();
  private Octets networkKey = Octets.wrap(new byte[KEY_OCTETS]);
  private Octets trustCentreKey = Octets.wrap(new byte[KEY_OCTETS]);

  private boolean up;
  private int manufacturer = SILICON_LABS;

  EzspState(EmulatorConfig config, StickModel.Ezsp model, Later later) {
    this.config = config;
    this.model = model;
    this.later = later;
    config.network().ifPresent(this::preconfigure);
  }

  private void preconfigure(NetworkParameters parameters) {
    int channel = Long.numberOfTrailingZeros(parameters.channelMask());
    network =
        Optional.of(
            new EzspNetwork(
                parameters.extendedPanId(),
                parameters.panId(),
                0,
                channel,
                parameters.channelMask()));
    networkKey = parameters.networkKey();
  }

  /** Forgets what a stick does not keep over a restart. */
  void restart() {
    endpoints.clear();
    configuration.clear();
    transientKeys.clear();
    up = false;
    manufacturer = SILICON_LABS;
  }

  boolean networkRuns() {
    return up;
  }

  int manufacturer() {
    return manufacturer;
  }

  Network network() {
    return network.orElse(NOWHERE).network();
  }

  List<SimpleDescriptor> endpoints() {
    return new ArrayList<>(endpoints.values());
  }

  Optional<SimpleDescriptor> endpoint(int number) {
    return Optional.ofNullable(endpoints.get(number));
  }

  boolean hasLinkKey(Eui64 device) {
    return linkKeys.containsKey(device) || transientKeys.containsKey(device);
  }

  /** Whether a node without a key of its own may join. */
  boolean anyMayJoin() {
    return transientKeys.containsKey(ANY);
  }

  /** The answer to a command; empty if it does not concern the stick itself. */
  Optional<OctetWriter> answer(EzspCommand command, OctetReader in, EzspVersion version) {
    OctetWriter out = new OctetWriter(64);
    switch (command) {
      case VERSION -> {
        in.uint8("desiredProtocolVersion");
        out.uint8(model.version()).uint8(2).uint16le(release());
      }
      case NOP, CLEAR_TRANSIENT_LINK_KEYS, SET_MANUFACTURER_CODE -> forget(command, in);
      case ADD_ENDPOINT -> version.protocolStatus(out, add(in));
      case SET_CONFIGURATION_VALUE -> {
        configuration.put(in.uint8("configId"), in.uint16le("value"));
        version.protocolStatus(out, EzspStatus.OK);
      }
      case GET_CONFIGURATION_VALUE -> {
        version.protocolStatus(out, EzspStatus.OK);
        out.uint16le(configuration.getOrDefault(in.uint8("configId"), 0));
      }
      case SET_POLICY, SET_VALUE -> version.protocolStatus(out, EzspStatus.OK);
      case GET_VALUE -> value(in.uint8("valueId"), out, version);
      case GET_EXTENDED_VALUE -> extendedValue(in, out, version);
      case GET_EUI64 -> out.int64le(config.address().value());
      case GET_NODE_ID -> out.uint16le(up ? 0 : 0xFFFE);
      case NETWORK_STATE -> out.uint8(up ? JOINED : 0);
      case NETWORK_INIT -> version.status(out, initialise());
      case GET_NETWORK_PARAMETERS -> parameters(out, version);
      case SET_INITIAL_SECURITY_STATE -> version.status(out, security(in));
      case CLEAR_KEY_TABLE -> {
        linkKeys.clear();
        version.status(out, EzspStatus.OK);
      }
      case START_SCAN -> {
        in.uint8("scanType");
        later.scan(in.uint32le("channelMask"));
        out.uint32le(0);
      }
      case FORM_NETWORK -> version.status(out, form(EzspNetwork.read(in)));
      case LEAVE_NETWORK -> version.status(out, leave());
      case PERMIT_JOINING -> version.status(out, permit(in.uint8("duration")));
      case SET_CONCENTRATOR, SET_MULTICAST_TABLE_ENTRY -> version.status(out, EzspStatus.OK);
      case SET_SOURCE_ROUTE_DISCOVERY_MODE -> out.uint32le(0);
      case READ_AND_CLEAR_COUNTERS -> {
        for (int i = 0; i < COUNTERS; i++) {
          out.uint16le(0);
        }
      }
      case IMPORT_TRANSIENT_KEY -> {
        Eui64 device = new Eui64(in.int64le("eui64"));
        transientKeys.put(device, in.octets("key", KEY_OCTETS).copy());
        out.uint32le(0);
      }
      case IMPORT_LINK_KEY -> {
        in.uint8("index");
        Eui64 device = new Eui64(in.int64le("address"));
        linkKeys.put(device, in.octets("key", KEY_OCTETS).copy());
        out.uint32le(0);
      }
      case EXPORT_KEY -> export(in, out, version);
      case GET_NETWORK_KEY_INFO ->
          out.uint32le(0).uint8(network.isPresent() ? 1 : 0).uint8(0).uint8(0).uint8(0).uint32le(1);
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(out);
  }

  /** The release in four digits of four bits. */
  private int release() {
    return model.release().major() << 12
        | model.release().minor() << 8
        | model.release().patch() << 4
        | model.release().special();
  }

  private void forget(EzspCommand command, OctetReader in) {
    if (command == EzspCommand.CLEAR_TRANSIENT_LINK_KEYS) {
      transientKeys.clear();
    } else if (command == EzspCommand.SET_MANUFACTURER_CODE) {
      manufacturer = in.uint16le("code");
    }
  }

  private EzspStatus add(OctetReader in) {
    SimpleDescriptor descriptor = Endpoint.decode(in);
    boolean added = endpoints.putIfAbsent(descriptor.endpoint(), descriptor) == null;
    return added ? EzspStatus.OK : EzspStatus.INVALID_STATE;
  }

  private void value(int id, OctetWriter out, EzspVersion version) {
    if (id == VERSION_INFO) {
      version.protocolStatus(out, EzspStatus.OK);
      Octets value = model.release().octets();
      out.uint8(value.length()).octets(value);
    } else {
      version.protocolStatus(out, EzspStatus.INVALID_PARAMETER);
      out.uint8(0);
    }
  }

  private void extendedValue(OctetReader in, OctetWriter out, EzspVersion version) {
    int id = in.uint8("valueId");
    int endpoint = (int) in.uint32le("characteristics");
    boolean known = id == ENDPOINT_FLAGS && endpoints.containsKey(endpoint);
    version.protocolStatus(out, known ? EzspStatus.OK : EzspStatus.INVALID_PARAMETER);
    out.uint8(2).uint16le(known ? 1 : 0);
  }

  private EzspStatus initialise() {
    if (network.isEmpty()) {
      return EzspStatus.NOT_JOINED;
    }
    later.stackStatus(config.startTime().toNanos(), EzspStatus.NETWORK_UP, () -> up = true);
    return EzspStatus.OK;
  }

  private void parameters(OctetWriter out, EzspVersion version) {
    version.status(out, up ? EzspStatus.OK : EzspStatus.NOT_JOINED);
    out.uint8(up ? COORDINATOR : 0);
    network.orElse(NOWHERE).write(out);
  }

  private EzspStatus security(OctetReader in) {
    in.uint16le("bitmask");
    trustCentreKey = in.octets("preconfiguredKey", KEY_OCTETS).copy();
    networkKey = in.octets("networkKey", KEY_OCTETS).copy();
    return EzspStatus.OK;
  }

  private EzspStatus form(EzspNetwork formed) {
    if (network.isPresent()) {
      return EzspStatus.INVALID_STATE;
    }
    network = Optional.of(formed);
    later.stackStatus(config.startTime().toNanos(), EzspStatus.NETWORK_UP, () -> up = true);
    return EzspStatus.OK;
  }

  private EzspStatus leave() {
    if (!up) {
      return EzspStatus.INVALID_STATE;
    }
    network = Optional.empty();
    up = false;
    later.stackStatus(config.startTime().toNanos(), EzspStatus.NETWORK_DOWN, () -> {});
    return EzspStatus.OK;
  }

  private EzspStatus permit(int seconds) {
    if (!up) {
      return EzspStatus.INVALID_STATE;
    }
    EzspStatus status = seconds > 0 ? EzspStatus.NETWORK_OPENED : EzspStatus.NETWORK_CLOSED;
    later.stackStatus(DeviceObjects.ANSWER_NANOS, status, () -> {});
    later.opened(seconds);
    return EzspStatus.OK;
  }

  private void export(OctetReader in, OctetWriter out, EzspVersion version) {
    Octets context = in.octets("context", CONTEXT_OCTETS);
    Octets key = context.at(0) == NETWORK_KEY ? networkKey : trustCentreKey;
    if (version.statusFirst()) {
      out.uint32le(0).octets(key).octets(context);
    } else {
      out.octets(key).uint32le(0);
    }
  }
}
