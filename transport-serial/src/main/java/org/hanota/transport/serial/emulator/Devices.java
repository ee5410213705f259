// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.znp.Command;
import org.hanota.transport.serial.znp.DataConfirm;
import org.hanota.transport.serial.znp.DataRequest;
import org.hanota.transport.serial.znp.SimpleDescriptor;
import org.hanota.transport.serial.znp.ZnpFrame;
import org.hanota.transport.serial.znp.ZnpStatus;

/** The devices of the emulated network, as the stick asks them and sends to them. */
final class Devices {
  private static final long ZDO_NANOS = 20_000_000L;
  private static final long JOIN_NANOS = 200_000_000L;
  private static final int COORDINATOR = 0;
  private static final int BAND_2400_MHZ = 0x40;
  private static final int TI = 0x0007;

  /** In the server mask: primary trust centre and network manager. */
  private static final int TRUST_CENTRE = 0x41;

  /** Sees each message of the host that goes to the radio. */
  @FunctionalInterface
  interface Tap {
    void sent(int profileId, DataRequest request);
  }

  private final Map<Integer, DeviceRadio> radios = new TreeMap<>();
  private final EmulatorConfig config;
  private final Stick stick;
  private final Stick.Later later;
  private final Supplier<Conditions> conditions;
  private final Tap tap;

  Devices(
      EmulatorConfig config,
      Stick stick,
      Stick.Later later,
      Supplier<Conditions> conditions,
      Tap tap) {
    this.tap = tap;
    this.config = config;
    this.stick = stick;
    this.later = later;
    this.conditions = conditions;
  }

  void add(DeviceRadio radio) {
    if (radios.putIfAbsent(radio.device().shortAddress(), radio) != null) {
      throw new IllegalArgumentException(
          "shortAddress is " + radio.device().shortAddress() + ", allowed one not in use");
    }
  }

  Collection<DeviceRadio> radios() {
    return radios.values();
  }

  private Optional<DeviceRadio> joined(int shortAddress) {
    return Optional.ofNullable(radios.get(shortAddress)).filter(DeviceRadio::joined);
  }

  /** The answer to a request that concerns devices; empty if the stick does not know it. */
  Optional<Octets> answer(Command command, OctetReader in) {
    switch (command) {
      case AF_DATA_REQUEST -> {
        return Optional.of(send(DataRequest.decode(in.octets("AF_DATA_REQUEST", in.remaining()))));
      }
      case AF_DATA_REQUEST_EXT -> {
        return Optional.of(
            send(DataRequest.decodeExt(in.octets("AF_DATA_REQUEST_EXT", in.remaining()))));
      }
      case ZDO_NWK_ADDR_REQ -> byName(new Eui64(in.int64le("IEEEAddr")));
      case ZDO_IEEE_ADDR_REQ -> byShortAddress(in.uint16le("ShortAddr"));
      case ZDO_NODE_DESC_REQ -> nodeDescriptor(ofInterest(in));
      case ZDO_SIMPLE_DESC_REQ -> simpleDescriptor(ofInterest(in), in.uint8("Endpoint"));
      case ZDO_ACTIVE_EP_REQ -> activeEndpoints(ofInterest(in));
      case ZDO_MATCH_DESC_REQ -> matches(in);
      case ZDO_MGMT_PERMIT_JOIN_REQ -> permitJoin(in);
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(NvMemory.status(ZnpStatus.SUCCESS));
  }

  private static int ofInterest(OctetReader in) {
    in.uint16le("DstAddr");
    return in.uint16le("NWKAddrOfInterest");
  }

  private void byName(Eui64 address) {
    for (DeviceRadio radio : radios.values()) {
      if (radio.joined() && radio.device().self().address().equals(address)) {
        tell(radio, Command.ZDO_NWK_ADDR_RSP);
      }
    }
  }

  private void byShortAddress(int shortAddress) {
    joined(shortAddress).ifPresent(radio -> tell(radio, Command.ZDO_IEEE_ADDR_RSP));
  }

  private void tell(DeviceRadio radio, Command command) {
    ZnpFrame frame = radio.device().addresses().answer(command, ZnpStatus.SUCCESS);
    later.indicate(ZDO_NANOS, command, new OctetWriter(16).octets(frame.data()));
  }

  private static OctetWriter from(int shortAddress) {
    return new OctetWriter(32).uint16le(shortAddress).uint8(0).uint16le(shortAddress);
  }

  private void nodeDescriptor(int shortAddress) {
    if (shortAddress == COORDINATOR) {
      OctetWriter out = from(COORDINATOR).uint8(0).uint8(BAND_2400_MHZ).uint8(0x8F).uint16le(TI);
      out.uint8(80)
          .uint16le(160)
          .uint16le(EmulatedDevice.REVISION_22 | TRUST_CENTRE)
          .uint16le(160)
          .uint8(0);
      later.indicate(0, Command.ZDO_NODE_DESC_RSP, out);
    } else {
      joined(shortAddress)
          .ifPresent(
              radio ->
                  later.indicate(
                      ZDO_NANOS,
                      Command.ZDO_NODE_DESC_RSP,
                      from(shortAddress).octets(radio.device().nodeDescriptor())));
    }
  }

  private void simpleDescriptor(int shortAddress, int endpoint) {
    Optional<SimpleDescriptor> found =
        shortAddress == COORDINATOR
            ? stick.endpoint(endpoint)
            : joined(shortAddress)
                .map(radio -> radio.device().descriptor())
                .filter(descriptor -> descriptor.endpoint() == endpoint);
    found.ifPresent(
        descriptor -> {
          Octets octets = descriptor.octets();
          later.indicate(
              ZDO_NANOS,
              Command.ZDO_SIMPLE_DESC_RSP,
              from(shortAddress).uint8(octets.length()).octets(octets));
        });
  }

  private void activeEndpoints(int shortAddress) {
    List<Integer> numbers = new ArrayList<>();
    if (shortAddress == COORDINATOR) {
      stick.endpoints().forEach(descriptor -> numbers.add(descriptor.endpoint()));
    } else {
      joined(shortAddress).ifPresent(radio -> numbers.add(radio.device().self().endpoint()));
      if (numbers.isEmpty()) {
        return;
      }
    }
    OctetWriter out = from(shortAddress).uint8(numbers.size());
    numbers.forEach(out::uint8);
    later.indicate(ZDO_NANOS, Command.ZDO_ACTIVE_EP_RSP, out);
  }

  private void matches(OctetReader in) {
    ofInterest(in);
    int profileId = in.uint16le("ProfileID");
    List<Integer> wanted = new ArrayList<>();
    int count = in.uint8("NumInClusters");
    for (int i = 0; i < count; i++) {
      wanted.add(in.uint16le("InClusterList"));
    }
    for (DeviceRadio radio : radios.values()) {
      SimpleDescriptor descriptor = radio.device().descriptor();
      if (radio.joined()
          && descriptor.profileId() == profileId
          && descriptor.inputClusters().stream().anyMatch(wanted::contains)) {
        later.indicate(
            ZDO_NANOS,
            Command.ZDO_MATCH_DESC_RSP,
            from(radio.device().shortAddress()).uint8(1).uint8(descriptor.endpoint()));
      }
    }
  }

  private void permitJoin(OctetReader in) {
    in.uint8("AddrMode");
    in.uint16le("DstAddr");
    int seconds = in.uint8("Duration");
    later.indicate(
        ZDO_NANOS, Command.ZDO_MGMT_PERMIT_JOIN_RSP, new OctetWriter(3).uint16le(0).uint8(0));
    later.indicate(ZDO_NANOS, Command.ZDO_PERMIT_JOIN_IND, new OctetWriter(1).uint8(seconds));
    if (seconds == 0) {
      return;
    }
    long nanos = ZDO_NANOS;
    for (DeviceRadio radio : radios.values()) {
      if (!radio.joined()) {
        nanos += JOIN_NANOS;
        later.after(nanos, () -> join(radio));
      }
    }
  }

  private void join(DeviceRadio radio) {
    radio.join();
    Octets joined = radio.device().addresses().joined().data();
    later.indicate(0, Command.ZDO_TC_DEV_IND, new OctetWriter(16).octets(joined));
    announce(radio);
  }

  /** A device in the network tells its addresses, as it does after each start. */
  void announce(DeviceRadio radio) {
    if (!radio.joined()) {
      return;
    }
    Octets announcement =
        radio.device().addresses().announcement(EmulatedDevice.CAPABILITIES).data();
    later.indicate(
        ZDO_NANOS, Command.ZDO_END_DEVICE_ANNCE_IND, new OctetWriter(16).octets(announcement));
  }

  private Octets send(DataRequest request) {
    Optional<SimpleDescriptor> source = stick.endpoint(request.sourceEndpoint());
    if (source.isEmpty() || !stick.networkRuns()) {
      return NvMemory.status(ZnpStatus.INVALID_PARAMETER);
    }
    ZnpStatus answer = conditions.get().answer(request);
    if (!answer.success()) {
      return NvMemory.status(answer);
    }
    int profileId = source.get().profileId();
    tap.sent(profileId, request);
    if (request.broadcast()) {
      later.after(config.confirmTime().toNanos(), () -> broadcast(request, profileId));
      return NvMemory.status(ZnpStatus.SUCCESS);
    }
    Optional<DeviceRadio> target = joined(request.destination());
    boolean encrypted = (request.options() & DataRequest.OPTION_ENCRYPTION) != 0;
    if (encrypted
        && target.isPresent()
        && !stick.hasLinkKey(target.get().device().self().address())) {
      return NvMemory.status(ZnpStatus.SECURITY_NO_KEY);
    }
    later.after(config.confirmTime().toNanos(), () -> unicast(request, profileId, target));
    return NvMemory.status(ZnpStatus.SUCCESS);
  }

  private void broadcast(DataRequest request, int profileId) {
    for (DeviceRadio radio : List.copyOf(radios.values())) {
      if (radio.joined() && conditions.get().arrives(request)) {
        radio.deliver(request, profileId);
      }
    }
  }

  private void unicast(DataRequest request, int profileId, Optional<DeviceRadio> target) {
    Optional<ZnpStatus> status =
        target.isPresent()
            ? conditions.get().confirm(request)
            : Optional.of(ZnpStatus.NWK_NO_ROUTE);
    status.ifPresent(
        each ->
            later.indicate(
                0,
                Command.AF_DATA_CONFIRM,
                new OctetWriter(3)
                    .octets(
                        new DataConfirm(each, request.sourceEndpoint(), request.transactionId())
                            .frame()
                            .data())));
    if (target.isPresent() && conditions.get().arrives(request)) {
      target.get().deliver(request, profileId);
    }
  }
}
