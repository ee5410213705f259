// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.transport.serial.stick.Fate;
import org.hanota.transport.serial.stick.Incoming;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.SimpleDescriptor;
import org.jspecify.annotations.Nullable;

/** The emulated network: what passes between the stick, of whatever family, and its devices. */
final class Air implements DeviceRadio.Network {
  private static final int LINK_QUALITY = 200;
  private static final long JOIN_NANOS = 200_000_000L;

  /** The stick, as its network sees it. */
  interface Coordinator {
    /** Whether it runs and is in its network. */
    boolean hears();

    /** Its endpoints in the order of their numbers. */
    List<SimpleDescriptor> endpoints();

    /** Its node descriptor. [ZigBee 2.3.2.3] */
    Octets nodeDescriptor();

    /** Whether it shares a key with that node. */
    boolean hasLinkKey(Eui64 device);

    /** A message of a device came. */
    void received(DeviceRadio from, Incoming message);

    /** A device joined. */
    void joined(DeviceRadio radio);

    /** A device told its addresses. */
    void announced(DeviceRadio radio);
  }

  /** Sees each message, for a capture. */
  interface Tap {
    void sent(Outgoing message);

    void received(Incoming message);
  }

  private final Map<Integer, DeviceRadio> radios = new TreeMap<>();
  private final EmulatorConfig config;
  private final Supplier<? extends Coordinator> coordinator;
  private final EmulatedStick.Surroundings later;
  private final Tap tap;
  private Conditions conditions = Conditions.GOOD;

  /**
   * @param coordinator the stick, which is made after its network
   */
  Air(
      EmulatorConfig config,
      Supplier<? extends Coordinator> coordinator,
      EmulatedStick.Surroundings later,
      Tap tap) {
    this.config = config;
    this.coordinator = coordinator;
    this.later = later;
    this.tap = tap;
  }

  void conditions(Conditions now) {
    conditions = now;
  }

  /** What stick and air do just now. */
  Conditions conditions() {
    return conditions;
  }

  void add(DeviceRadio radio) {
    if (radios.putIfAbsent(radio.device().shortAddress(), radio) != null) {
      throw new IllegalArgumentException(
          "shortAddress is " + radio.device().shortAddress() + ", allowed one not in use");
    }
  }

  /** Those in the network. */
  Collection<DeviceRadio> joined() {
    return radios.values().stream().filter(DeviceRadio::joined).toList();
  }

  Optional<DeviceRadio> joined(int shortAddress) {
    return Optional.ofNullable(radios.get(shortAddress)).filter(DeviceRadio::joined);
  }

  /** Lets those join that wait for it, one after the other. */
  void permitJoin(long delayNanos) {
    long nanos = delayNanos;
    for (DeviceRadio radio : radios.values()) {
      if (!radio.joined()) {
        nanos += JOIN_NANOS;
        later.after(
            nanos,
            () -> {
              radio.join();
              coordinator.get().joined(radio);
              announce(radio);
            });
      }
    }
  }

  /** A device in the network tells its addresses, as it does after each start. */
  void announce(DeviceRadio radio) {
    if (radio.joined()) {
      coordinator.get().announced(radio);
    }
  }

  /**
   * The stick sends a message.
   *
   * @param confirm hears later what became of a message to one node, unless the conditions say no
   * @return what the stick says at once
   */
  Fate send(Outgoing message, Consumer<Fate> confirm) {
    Fate answer = conditions.answer(message);
    if (!answer.success()) {
      return answer;
    }
    if (message.broadcast()) {
      tap.sent(message);
      later.after(config.confirmTime().toNanos(), () -> broadcast(message));
      return Fate.DELIVERED;
    }
    Optional<DeviceRadio> target = joined(message.destination());
    tap.sent(message);
    later.after(config.confirmTime().toNanos(), () -> unicast(message, target, confirm));
    return Fate.DELIVERED;
  }

  /** Whether a message can be encrypted as it asks to be. */
  boolean canEncrypt(Outgoing message) {
    Optional<DeviceRadio> target = joined(message.destination());
    return !message.encrypted()
        || target.isEmpty()
        || coordinator.get().hasLinkKey(target.get().device().self().address());
  }

  private void broadcast(Outgoing message) {
    for (DeviceRadio radio : joined()) {
      if (conditions.arrives(message)) {
        radio.deliver(message);
      }
    }
  }

  private void unicast(Outgoing message, Optional<DeviceRadio> target, Consumer<Fate> confirm) {
    Optional<Fate> fate =
        target.isPresent() ? conditions.confirm(message) : Optional.of(Fate.NO_ROUTE);
    fate.ifPresent(confirm);
    if (target.isPresent() && conditions.arrives(message)) {
      target.get().deliver(message);
    }
  }

  @Override
  public SendResult fromDevice(DeviceRadio radio, Frame frame) {
    boolean broadcast = frame.destination().isBroadcast();
    if (!broadcast && !frame.destination().address().equals(config.address())) {
      return SendResult.NO_ROUTE;
    }
    if (!coordinator.get().hears() || !conditions.heard(radio.device().self())) {
      return SendResult.NO_ACK;
    }
    Optional<SimpleDescriptor> target = target(frame, broadcast);
    boolean encrypted = frame.options().apsEncryption();
    if (target.isEmpty()
        || (encrypted && !coordinator.get().hasLinkKey(radio.device().self().address()))) {
      return SendResult.NO_ACK;
    }
    Incoming message =
        new Incoming(
            radio.device().shortAddress(),
            radio.device().self().endpoint(),
            target.get().endpoint(),
            frame.profileId(),
            frame.clusterId(),
            broadcast,
            LINK_QUALITY,
            encrypted,
            frame.zcl());
    tap.received(message);
    coordinator.get().received(radio, message);
    return SendResult.DELIVERED;
  }

  private Optional<SimpleDescriptor> target(Frame frame, boolean broadcast) {
    return coordinator.get().endpoints().stream()
        .filter(each -> broadcast || each.endpoint() == frame.destination().endpoint())
        .filter(each -> each.profileId() == frame.profileId())
        .findFirst();
  }

  @Override
  public @Nullable Peer server(int profileId, int clusterId) {
    return coordinator.get().endpoints().stream()
        .filter(each -> each.profileId() == profileId)
        .filter(each -> each.inputClusters().contains(clusterId))
        .findFirst()
        .map(each -> new Peer(config.address(), each.endpoint()))
        .orElse(null);
  }
}
