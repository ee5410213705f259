// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.ForwardingMachine;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.node.NodeTiming;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceEvent;
import org.hanota.device.DeviceMachine;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.gbcs.Acceptance.Refusal;
import org.hanota.gbcs.Envelope;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.Verification;
import org.hanota.gbcs.Verification.Check;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubEvent;
import org.hanota.hub.HubInput;
import org.hanota.hub.HubMachine;
import org.hanota.hub.HubWan;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.Verifier;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.LatencyAir;
import org.hanota.sim.kernel.NodeClock;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.kernel.Schedule;
import org.hanota.sim.kernel.SimNode;
import org.hanota.sim.link.LinkFaults;
import org.hanota.sim.link.RandomFaults;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A home has services beside firmware: its hub relays their messages, whose use cases it does not
 * know, and whoever they are for checks signature and MAC.
 */
class UnknownUseCaseTest {
  private static final Eui64 HUB = Eui64.parse("00DB1234567890A2");
  private static final Eui64 ESME = Eui64.parse("00DB1234567890A0");
  private static final Eui64 GSME = Eui64.parse("00DB1234567890A1");
  private static final Eui64 OTHER = Eui64.parse("00DB1234567890A3");
  private static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);
  private static final int TUNNEL_ID = 1;
  private static final int UNKNOWN_CODE = 0x0FFE;
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final LinkFaults THIRD_LOST = new LinkFaults(0.3, 0, 0, 0, 0, 0, 0);

  private final GbParties parties = new GbParties(7);

  /** A hub with its head end, and devices with a service of their own beside firmware. */
  private static final class ServedHome implements WanLink {
    final List<Octets> atHeadEnd = new ArrayList<>();
    final Map<Eui64, List<Octets>> atDevice = new TreeMap<>();
    final List<DeviceEvent.CommandRefused> refused = new ArrayList<>();
    final List<HubEvent.NotForwarded> notForwarded = new ArrayList<>();
    private final Map<Eui64, List<Octets>> toSend = new TreeMap<>();
    private final Kernel kernel;
    private final LatencyAir air;
    private final SimNode hub;

    ServedHome(GbParties parties, LinkFaults faults, long seed, Eui64... devices) {
      air =
          new LatencyAir(
              3_000_000,
              82,
              new RandomFaults(SeededRandom.of(seed, 0, 1), faults, (nanos, from, to) -> {}),
              (frame, what) -> {});
      kernel = new Kernel(new Schedule(), air, Home.UTC_START_MILLIS, this::perform);
      hub = hub(parties);
      hub.start();
      for (Eui64 device : devices) {
        device(parties, seed, device);
      }
      // Each device has queried by then, so that its hub knows it.
      pass();
    }

    private SimNode hub(GbParties parties) {
      HubConfig config =
          HubConfig.builder(new Peer(HUB, 1))
              .gbcs(Optional.of(parties.hubConfig(HUB, new InMemoryCounterStore())))
              .build();
      InMemoryImageStore images = new InMemoryImageStore();
      InMemoryTransferStore transfers = new InMemoryTransferStore();
      HubWan wan = new HubWan(this, 1);
      return kernel.add(
          new SimNode.Setup(
              config.node(),
              Set.of(Clusters.OTA_UPGRADE),
              () -> new HubMachine(config, images, transfers, air::maximumPayload),
              NodeClock.set(Home.UTC_START_MILLIS, 0),
              NodeTiming.DEFAULT,
              wan,
              (now, event) -> {
                if (event instanceof HubEvent.NotForwarded not) {
                  notForwarded.add(not);
                }
              }));
    }

    private void device(GbParties parties, long seed, Eui64 address) {
      List<Octets> received = new ArrayList<>();
      List<Octets> answers = new ArrayList<>();
      atDevice.put(address, received);
      toSend.put(address, answers);
      DeviceConfig config =
          DeviceConfig.builder(
                  address, DeviceType.ESME, Verifier.headerAndSizeOnly("there is no image here"))
              .model(IMAGE.manufacturerCode(), IMAGE.imageType())
              .gbcs(
                  Optional.of(
                      parties.deviceConfig(
                          address, DeviceType.ESME, new InMemoryCounterStore(), parties.supplier)))
              .build();
      InMemoryImageBank bank = new InMemoryImageBank(1_000, new FileVersion(1));
      kernel
          .add(
              new SimNode.Setup(
                  config.node(1),
                  Set.of(),
                  () ->
                      new Service(
                          new DeviceMachine(
                              config, bank, SeededRandom.of(seed, address.value(), 2), () -> true),
                          received,
                          answers),
                  NodeClock.set(Home.UTC_START_MILLIS, 0),
                  NodeTiming.DEFAULT,
                  what -> {},
                  (now, event) -> {
                    if (event instanceof DeviceEvent.CommandRefused refusal) {
                      refused.add(refusal);
                    }
                  }))
          .start();
    }

    private void pass() {
      boolean unused = kernel.run(() -> false, kernel.nanos() + 30 * HOUR_NANOS);
    }

    /** A message comes over the WAN. */
    void fromHeadEnd(Octets message) {
      hub.input(new HubInput.FromWan(message));
      pass();
    }

    /** What has come to a device. */
    List<Octets> at(Eui64 device) {
      return requireNonNull(atDevice.get(device));
    }

    /** The service of a device answers whatever comes next with that. */
    void answers(Eui64 device, Octets message) {
      requireNonNull(toSend.get(device)).add(message);
    }

    @Override
    public void open(Receiver receiver) {}

    @Override
    public void send(Octets message) {
      atHeadEnd.add(message);
      kernel.schedule(1_000_000_000L, new Heard(Sha256.of(message)));
    }

    /** The hub is told that one of its messages is kept. */
    private record Heard(Octets sha256) implements Pending.Step {}

    private void perform(Pending.Step step) {
      hub.input(new HubInput.Acknowledged(((Heard) step).sha256()));
    }

    @Override
    public void want(Eui64 device, ImageId part) {}

    @Override
    public void ended(long number, End end) {}

    @Override
    public void close() {}
  }

  /** What a device does beside firmware: it takes any message and sends what it has. */
  private static final class Service extends ForwardingMachine {
    private final List<Octets> received;
    private final List<Octets> toSend;

    Service(Machine machine, List<Octets> received, List<Octets> toSend) {
      super(machine);
      this.received = received;
      this.toSend = toSend;
    }

    @Override
    public void onReceive(Now now, Received message, Effects effects) {
      if (message.message() instanceof Tunnelled tunnelled) {
        received.add(tunnelled.octets());
        for (Octets octets : toSend) {
          long unused =
              effects.send(
                  message.source(),
                  new Tunnelled(Direction.SERVER_TO_CLIENT, TUNNEL_ID, octets),
                  SendOptions.ACKNOWLEDGED);
        }
        toSend.clear();
      }
      super.onReceive(now, message, effects);
    }
  }

  private static Envelope unprotected(CraFlag flag, long counter, Eui64 from, Eui64 to) {
    return new Envelope(
        flag,
        counter,
        from,
        to,
        Optional.empty(),
        UNKNOWN_CODE,
        Optional.empty(),
        Octets.fromHex("02010203040506070809"),
        Optional.empty(),
        Optional.empty());
  }

  /** Of the supplier to a device; the supplier signs, the broker adds the MAC. */
  private Octets command(long counter, Credentials signer, Eui64 macedFor) {
    return unprotected(CraFlag.COMMAND, counter, GbParties.SUPPLIER, ESME)
        .sign(signer.digitalSignatureKey())
        .addMac(parties.broker.keyAgreementKey(), agreement(macedFor))
        .octets();
  }

  private P256PublicKey agreement(Eui64 device) {
    return parties.device(device).keyAgreement().publicKey();
  }

  /** The device's answer, signed, with the MAC that it makes with its supplier. */
  private Octets response(long counter) {
    Credentials device = parties.device(ESME);
    return unprotected(CraFlag.RESPONSE, counter, ESME, GbParties.SUPPLIER)
        .sign(device.digitalSignatureKey())
        .addMac(device.keyAgreementKey(), parties.supplier.keyAgreement().publicKey())
        .octets();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aMessageOfAnUnknownUseCaseGoesBothWaysAndBothEndsCheckIt(long seed) {
    ServedHome home =
        new ServedHome(parties, seed == 1 ? LinkFaults.NONE : THIRD_LOST, seed, ESME, OTHER);
    Octets command = command(1, parties.supplier, ESME);
    Octets response = response(1);
    assertThat(MessageCode.of(UNKNOWN_CODE)).isEmpty();
    home.answers(ESME, response);
    home.fromHeadEnd(command);
    assertThat(home.at(ESME)).isNotEmpty().containsOnly(command);
    assertThat(home.at(OTHER)).isEmpty();
    assertThat(home.notForwarded).isEmpty();
    assertThat(home.refused)
        .as("the addressee has checked signature and MAC")
        .isNotEmpty()
        .allMatch(refusal -> refusal.device().equals(ESME))
        .allMatch(refusal -> refusal.refusal() == Refusal.USE_CASE_UNKNOWN);
    if (seed == 1) {
      assertThat(home.atHeadEnd).containsExactly(response);
    }
    assertThat(home.atHeadEnd).allMatch(response::equals);
    KeyStore headEnd =
        new InMemoryKeyStore()
            .hold(parties.supplier)
            .trust(parties.broker)
            .trust(parties.device(ESME));
    for (Octets arrived : home.atHeadEnd) {
      assertThat(Verification.of(Envelope.parse(arrived), headEnd, GbParties.BROKER))
          .isEqualTo(new Verification(Check.VERIFIED, Check.VERIFIED));
    }
  }

  @Test
  void theHubRelaysWhatItsAddresseeThenRefusesByName() {
    ServedHome home = new ServedHome(parties, LinkFaults.NONE, 1, ESME, OTHER);
    home.fromHeadEnd(command(1, parties.broker, ESME));
    home.fromHeadEnd(command(2, parties.supplier, OTHER));
    assertThat(home.refused)
        .extracting(DeviceEvent.CommandRefused::refusal)
        .containsExactly(Refusal.SIGNATURE_FAILED, Refusal.MAC_FAILED);
    assertThat(home.at(ESME)).hasSize(2);
  }

  @Test
  void theReferenceMessagesOfFurtherUseCasesGoThroughAHomeOctetForOctet() throws IOException {
    List<Octets> vectors = vectors(Shared.require("vectors/rtds-more"));
    KeyStore keys = PemFolder.read(Shared.require("vectors/rtds/keystore"));
    Set<Eui64> devices = Set.of(ESME, GSME, OTHER);
    int down = 0;
    int up = 0;
    int proven = 0;
    for (Octets octets : vectors) {
      Envelope message = Envelope.parse(octets);
      if (message.kind() == Message.Kind.PRE_COMMAND || !devices.contains(message.device())) {
        // For the head end alone, or of the hub itself.
        continue;
      }
      ServedHome home = new ServedHome(parties, LinkFaults.NONE, 1, ESME, GSME, OTHER);
      if (message.kind() == Message.Kind.COMMAND) {
        home.fromHeadEnd(octets);
        assertThat(home.at(message.recipient())).containsExactly(octets);
        down++;
      } else {
        home.answers(message.originator(), octets);
        home.fromHeadEnd(
            unprotected(CraFlag.COMMAND, 1, GbParties.SUPPLIER, message.originator())
                .addMac(parties.broker.keyAgreementKey(), agreement(message.originator()))
                .octets());
        assertThat(home.atHeadEnd).containsExactly(octets);
        up++;
      }
      Octets arrived =
          message.kind() == Message.Kind.COMMAND
              ? home.at(message.recipient()).get(0)
              : home.atHeadEnd.get(0);
      Verification checked = Verification.of(Envelope.parse(arrived), keys, GbParties.BROKER);
      assertThat(List.of(checked.signature(), checked.mac())).doesNotContain(Check.FAILED);
      proven += List.of(checked.signature(), checked.mac()).contains(Check.VERIFIED) ? 1 : 0;
    }
    // The reference keys lack those for one message of CS02b.
    assertThat(List.of(down, up, proven)).isEqualTo(List.of(5, 7, 11));
  }

  private static List<Octets> vectors(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith("_GBCS.HEX"))
          .sorted()
          .map(UnknownUseCaseTest::read)
          .toList();
    }
  }

  private static Octets read(Path file) {
    try {
      return Octets.fromHex(Files.readString(file).strip());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
