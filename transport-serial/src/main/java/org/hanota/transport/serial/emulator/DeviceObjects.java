// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.DeviceAddresses;
import org.hanota.transport.serial.stick.SimpleDescriptor;
import org.hanota.transport.serial.stick.Zdo;

/** The device objects of the emulated nodes, the stick's own among them: they answer questions. */
final class DeviceObjects {
  /** A node's answer comes after the stick's confirm of the question, or overtakes its asker. */
  static final long ANSWER_NANOS = 20_000_000L;

  private static final int COORDINATOR = 0;

  /** Takes an answer to the host. */
  @FunctionalInterface
  interface Answers {
    void answer(int source, int clusterId, Octets data);
  }

  private final Eui64 address;
  private final Air air;
  private final Air.Coordinator stick;
  private final EmulatedStick.Surroundings later;
  private final Answers answers;

  DeviceObjects(
      Eui64 address,
      Air air,
      Air.Coordinator stick,
      EmulatedStick.Surroundings later,
      Answers answers) {
    this.address = address;
    this.air = air;
    this.stick = stick;
    this.later = later;
    this.answers = answers;
  }

  /**
   * Asks; whoever concerns it answers later.
   *
   * @throws org.hanota.api.FormatException if the question is cut off
   */
  void ask(Zdo.Question question) {
    OctetReader in = new OctetReader(question.data());
    switch (question.clusterId()) {
      case Zdo.NWK_ADDR_REQ -> byName(new Eui64(in.int64le("IEEEAddr")));
      case Zdo.IEEE_ADDR_REQ -> byShortAddress(in.uint16le("NWKAddrOfInterest"));
      case Zdo.NODE_DESC_REQ -> nodeDescriptor(in.uint16le("NWKAddrOfInterest"));
      case Zdo.SIMPLE_DESC_REQ ->
          simpleDescriptor(in.uint16le("NWKAddrOfInterest"), in.uint8("EndPoint"));
      case Zdo.ACTIVE_EP_REQ -> activeEndpoints(in.uint16le("NWKAddrOfInterest"));
      case Zdo.MATCH_DESC_REQ -> matches(in);
      default -> {
        // The emulated nodes have no answer to it.
      }
    }
  }

  private void later(int source, int question, OctetWriter data) {
    Octets octets = data.toOctets();
    later.after(ANSWER_NANOS, () -> answers.answer(source, question | Zdo.ANSWER, octets));
  }

  private static OctetWriter about(int shortAddress) {
    return new OctetWriter(32).uint8(0).uint16le(shortAddress);
  }

  private void byName(Eui64 wanted) {
    if (wanted.equals(address)) {
      addresses(Zdo.NWK_ADDR_REQ, new DeviceAddresses(COORDINATOR, address));
    }
    for (DeviceRadio radio : air.joined()) {
      if (radio.device().self().address().equals(wanted)) {
        addresses(Zdo.NWK_ADDR_REQ, radio.device().addresses());
      }
    }
  }

  private void byShortAddress(int shortAddress) {
    if (shortAddress == COORDINATOR) {
      addresses(Zdo.IEEE_ADDR_REQ, new DeviceAddresses(COORDINATOR, address));
    }
    air.joined(shortAddress)
        .ifPresent(radio -> addresses(Zdo.IEEE_ADDR_REQ, radio.device().addresses()));
  }

  private void addresses(int question, DeviceAddresses device) {
    OctetWriter out = new OctetWriter(13).uint8(0).int64le(device.address().value());
    later(device.shortAddress(), question, out.uint16le(device.shortAddress()).uint8(0).uint8(0));
  }

  private void nodeDescriptor(int shortAddress) {
    Optional<Octets> descriptor =
        shortAddress == COORDINATOR
            ? Optional.of(stick.nodeDescriptor())
            : air.joined(shortAddress).map(radio -> radio.device().nodeDescriptor());
    descriptor.ifPresent(
        octets -> later(shortAddress, Zdo.NODE_DESC_REQ, about(shortAddress).octets(octets)));
  }

  private void simpleDescriptor(int shortAddress, int endpoint) {
    Optional<SimpleDescriptor> found =
        shortAddress == COORDINATOR
            ? stick.endpoints().stream().filter(each -> each.endpoint() == endpoint).findFirst()
            : air.joined(shortAddress)
                .map(radio -> radio.device().descriptor())
                .filter(descriptor -> descriptor.endpoint() == endpoint);
    found.ifPresent(
        descriptor -> {
          Octets octets = descriptor.octets();
          later(
              shortAddress,
              Zdo.SIMPLE_DESC_REQ,
              about(shortAddress).uint8(octets.length()).octets(octets));
        });
  }

  private void activeEndpoints(int shortAddress) {
    List<Integer> numbers = new ArrayList<>();
    if (shortAddress == COORDINATOR) {
      stick.endpoints().forEach(descriptor -> numbers.add(descriptor.endpoint()));
    } else {
      air.joined(shortAddress).ifPresent(radio -> numbers.add(radio.device().self().endpoint()));
      if (numbers.isEmpty()) {
        return;
      }
    }
    OctetWriter out = about(shortAddress).uint8(numbers.size());
    numbers.forEach(out::uint8);
    later(shortAddress, Zdo.ACTIVE_EP_REQ, out);
  }

  private void matches(OctetReader in) {
    in.uint16le("NWKAddrOfInterest");
    int profileId = in.uint16le("ProfileID");
    List<Integer> wanted = new ArrayList<>();
    int count = in.uint8("NumInClusters");
    for (int i = 0; i < count; i++) {
      wanted.add(in.uint16le("InClusterList"));
    }
    for (DeviceRadio radio : air.joined()) {
      SimpleDescriptor descriptor = radio.device().descriptor();
      if (descriptor.profileId() == profileId
          && descriptor.inputClusters().stream().anyMatch(wanted::contains)) {
        int shortAddress = radio.device().shortAddress();
        later(
            shortAddress,
            Zdo.MATCH_DESC_REQ,
            about(shortAddress).uint8(1).uint8(descriptor.endpoint()));
      }
    }
  }
}
