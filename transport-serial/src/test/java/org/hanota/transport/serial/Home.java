// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceNode;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.bank.Slot;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubInput;
import org.hanota.hub.HubNode;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.transport.serial.emulator.Conditions;
import org.hanota.transport.serial.emulator.EmulatedDevice;
import org.hanota.transport.serial.emulator.Emulator;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.StickModel;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.StickEvent;
import org.jspecify.annotations.Nullable;

/** A stick with one device, and a host that serves it an image. */
final class Home implements AutoCloseable {
  static final Eui64 STICK = Eui64.parse("00124B0001020304");
  static final Peer HUB = new Peer(STICK, 1);
  static final Peer DEVICE = new Peer(Eui64.parse("00124B00AA000001"), 1);
  static final int SHORT_ADDRESS = 0x1A2B;
  static final NetworkParameters NETWORK =
      NetworkParameters.onChannel(
          15,
          0x5A5A,
          Eui64.parse("DDDDDDDDDDDDDDDD"),
          Octets.fromHex("000102030405060708090a0b0c0d0e0f"));

  /** What a host would form in place of it. */
  static final NetworkParameters OTHER_NETWORK =
      NetworkParameters.onChannel(
          20,
          0x1234,
          Eui64.parse("EEEEEEEEEEEEEEEE"),
          Octets.fromHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));

  private static final Octets LINK_KEY = Octets.fromHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
  private static final int CAPACITY = 1 << 20;

  final List<StickEvent> stickEvents = new ArrayList<>();
  final List<Event> deviceEvents = new ArrayList<>();
  private int sentEncrypted;
  private int sentPlain;
  final Octets image;
  final int profileId;
  final Emulator emulator;
  private final StickFamily family;
  final InMemoryImageBank bank;
  private final Scheduler scheduler;
  private final TimeSource time;
  private final LongSupplier nanos;
  private @Nullable Driver device;
  private @Nullable CountedHub server;
  private @Nullable StickTransport transport;
  private @Nullable Driver hub;

  Home(
      Octets image,
      int profileId,
      EmulatorConfig.Builder stick,
      BytePort.Opener stickSide,
      Scheduler scheduler,
      TimeSource time) {
    EmulatorConfig config = stick.build();
    this.image = image;
    this.profileId = profileId;
    this.scheduler = scheduler;
    this.time = time;
    this.nanos = () -> time.now().monotonicNanos();
    this.bank = new InMemoryImageBank(CAPACITY, new FileVersion(0));
    this.family = config.model() instanceof StickModel.Znp ? StickFamily.ZNP : StickFamily.EZSP;
    this.emulator = new Emulator(config, stickSide, scheduler, time);
    emulator.start();
  }

  static EmulatorConfig.Builder stick() {
    return EmulatorConfig.blank(STICK).network(NETWORK);
  }

  private boolean encrypted() {
    return profileId == Clusters.PROFILE_SMART_ENERGY;
  }

  EmulatedDevice emulatedDevice() {
    return EmulatedDevice.otaClient(
        DEVICE, SHORT_ADDRESS, profileId, OtaHeader.read(image).image().manufacturerCode());
  }

  /** Puts the device into the network, or beside it until the network is opened. */
  Home withDevice(EmulatedDevice emulated) {
    OtaHeader header = OtaHeader.read(image);
    DeviceConfig config =
        DeviceConfig.builder(
                DEVICE.address(),
                DeviceType.IHD,
                Verifier.headerAndSizeOnly("the test compares every octet itself"))
            .takes(header)
            .network(profileId, encrypted())
            .parameters(
                DeviceParameters.DEFAULT
                    .with(DeviceParameter.QUERY_INTERVAL, 60_000)
                    .with(DeviceParameter.QUERY_START_JITTER, 1_000))
            .build();
    device =
        emulator.add(
            emulated,
            DeviceNode.of(config, bank, () -> true).seed(1)::machine,
            (now, event) -> deviceEvents.add(event));
    return this;
  }

  HostConfig.Builder hostConfig() {
    HostConfig.Builder config = HostConfig.otaServer(HUB, profileId);
    return encrypted()
        ? config.linkKeys(List.of(new LinkKey.Preconfigured(DEVICE.address(), LINK_KEY)))
        : config;
  }

  Home withHost(BytePort.Opener hostSide, Optional<Capture> capture) {
    return withHost(hostConfig(), hostSide, capture);
  }

  Home withHost(HostConfig.Builder builder, BytePort.Opener hostSide, Optional<Capture> capture) {
    HostConfig config = builder.build();
    StickTransport opened =
        new StickTransport(family, config, hostSide, scheduler, nanos, stickEvents::add, capture);
    InMemoryImageStore images = new InMemoryImageStore();
    images.put(StoredImage.checkAny("test", image, CAPACITY), image);
    HubConfig hubConfig = HubConfig.builder(HUB).network(profileId, encrypted()).build();
    CountedHub made =
        new CountedHub(HubNode.of(hubConfig, images, new InMemoryTransferStore()).machine(opened));
    Driver driver = Driver.builder(hubConfig.node(), () -> made, opened, scheduler, time).build();
    server = made;
    transport = opened;
    hub = driver;
    driver.start();
    return this;
  }

  /** Counts what the stick sends, by what its host told it about encryption. */
  Home countingEncryption() {
    emulator.conditions(
        new Conditions() {
          @Override
          public boolean arrives(Outgoing message) {
            if (message.encrypted()) {
              sentEncrypted++;
            } else if (!message.broadcast()) {
              sentPlain++;
            }
            return true;
          }
        });
    return this;
  }

  /** Every message to one node, in both directions, had its encryption set as the profile says. */
  void encryptionSeenBothWays() {
    int received = encrypted() ? server().encrypted : server().plain;
    int sent = encrypted() ? sentEncrypted : sentPlain;
    assertThat(encrypted() ? server().plain : server().encrypted).isZero();
    assertThat(encrypted() ? sentPlain : sentEncrypted).isZero();
    assertThat(received).isGreaterThanOrEqualTo(server().blocks).isPositive();
    assertThat(sent).isGreaterThanOrEqualTo(server().blocks);
  }

  CountedHub server() {
    return requireNonNull(server);
  }

  StickTransport transport() {
    return requireNonNull(transport);
  }

  void offer() {
    requireNonNull(hub).input(new HubInput.Start(Offer.of(DEVICE, OtaHeader.read(image).image())));
  }

  /** How far the download is: the longest stretch of the image that stands in the spare slot. */
  Octets stored(Slot slot) {
    return bank.read(slot, image.length()).octets(0, image.length());
  }

  boolean updated() {
    boolean whole = stored(Slot.A).equals(image) || stored(Slot.B).equals(image);
    return whole && deviceEvents.stream().anyMatch(UpdateEvent.Confirmed.class::isInstance);
  }

  /** SHA-256 of what stands in the slot that has the image, or of the other one. */
  String wholeImageHash() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      (stored(Slot.A).equals(image) ? stored(Slot.A) : stored(Slot.B)).update(sha256);
      return Octets.wrap(sha256.digest()).toHex();
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  boolean started() {
    return stickEvents.stream().anyMatch(event -> event instanceof StickEvent.Started);
  }

  long count(Class<? extends StickEvent> kind) {
    return stickEvents.stream().filter(kind::isInstance).count();
  }

  @Override
  public void close() {
    if (hub != null) {
      hub.close();
    }
    if (device != null) {
      device.close();
    }
    emulator.close();
  }
}
