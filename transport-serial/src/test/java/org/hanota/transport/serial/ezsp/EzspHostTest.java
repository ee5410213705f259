// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.transport.serial.ash.AshLink;
import org.hanota.transport.serial.ash.ResetCode;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickHost;
import org.hanota.transport.serial.stick.Surroundings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host alone, against a stick of a few canned answers. */
class EzspHostTest {
  private static final Peer SELF = new Peer(Eui64.parse("00124B0001020304"), 1);
  private static final Peer DEVICE = new Peer(Eui64.parse("00124B00AA000001"), 3);
  private static final int SHORT_ADDRESS = 0x1A2B;

  private final Stick stick = new Stick();
  private final StickHost host =
      new StickHost(EzspDialect::new, HostConfig.otaServer(SELF, 0x0104).build(), stick);
  private long now;

  /** The other end of the line, and everything that the host wanted done. */
  private class Stick implements Surroundings, AshLink.Owner {
    final AshLink link = new AshLink(() -> now, this);
    boolean fromHost = true;
    final List<Octets> forHost = new ArrayList<>();
    final List<EzspFrame> commands = new ArrayList<>();
    final List<String> results = new ArrayList<>();
    final List<StickEvent> events = new ArrayList<>();
    final List<Frame> frames = new ArrayList<>();
    final List<String> reopened = new ArrayList<>();
    EzspVersion version = new EzspVersion(13);
    int told = 13;
    int stackType = 2;
    int nodeType = 1;
    Eui64 address = SELF.address();
    EzspStatus initialised = EzspStatus.OK;
    EzspStatus sending = EzspStatus.OK;
    int resetCode = ResetCode.SOFTWARE;
    Optional<EzspCommand> lacks = Optional.empty();
    Optional<EzspCommand> mute = Optional.empty();

    @Override
    public void write(Octets octets) {
      if (fromHost) {
        side(() -> link.octets(octets));
      } else {
        forHost.add(octets);
      }
    }

    @Override
    public void received(Octets data) {
      EzspFrame command = EzspFrame.decode(data);
      commands.add(command);
      side(() -> answer(command));
    }

    /** What is written meanwhile is the stick's. */
    void side(Runnable work) {
      boolean before = fromHost;
      fromHost = false;
      work.run();
      fromHost = before;
    }

    private void answer(EzspFrame command) {
      EzspCommand name = EzspCommand.of(command.id()).orElseThrow();
      OctetWriter out = new OctetWriter(64);
      if (mute.filter(name::equals).isPresent()) {
        return;
      }
      if (lacks.filter(name::equals).isPresent()) {
        link.send(
            new EzspFrame(
                    command.sequence(),
                    EzspFrame.ANSWER,
                    false,
                    EzspCommand.INVALID_COMMAND.id(),
                    Octets.fromHex("31"))
                .octets());
        return;
      }
      switch (name) {
        case VERSION -> out.uint8(told).uint8(stackType).uint16le(0x7450);
        case GET_VALUE -> {
          version.protocolStatus(out, EzspStatus.OK);
          out.uint8(7).octets(new EmberZnet(7, 4, 5, 0, 0).octets());
        }
        case GET_EUI64 -> out.int64le(address.value());
        case NETWORK_INIT -> version.status(out, initialised);
        case GET_NETWORK_PARAMETERS -> {
          version.status(out, EzspStatus.OK);
          new EzspNetwork(new Eui64(1), 0x5A5A, 5, 15, 1 << 15).write(out.uint8(nodeType));
        }
        case SEND_UNICAST, SEND_BROADCAST -> {
          version.status(out, sending);
          out.uint8(0);
        }
        default -> out.uint32le(0);
      }
      link.send(command.answer(out).octets());
      if (name == EzspCommand.NETWORK_INIT && initialised.ok()) {
        OctetWriter up = new OctetWriter(4);
        version.status(up, EzspStatus.NETWORK_UP);
        callback(EzspCommand.STACK_STATUS_HANDLER, up);
      }
    }

    void callback(EzspCommand handler, OctetWriter parameters) {
      link.send(EzspFrame.callback(0, handler, parameters).octets());
    }

    @Override
    public void restart() {
      side(() -> link.sendRestarted(resetCode));
    }

    @Override
    public void failed(String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void reopen(String reason) {
      reopened.add(reason);
    }

    @Override
    public void onFrame(Frame frame) {
      frames.add(frame);
    }

    @Override
    public void onSent(long sendId, SendResult result) {
      results.add(sendId + " " + result);
    }

    @Override
    public void onServerFound(Peer server) {}

    @Override
    public void onNoServer() {}

    @Override
    public void report(StickEvent event) {
      events.add(event);
    }
  }

  /** Carries what the stick wrote until it has nothing more to say. */
  private void carry() {
    while (!stick.forHost.isEmpty()) {
      host.onOctets(now, stick.forHost.remove(0));
    }
  }

  private void open() {
    host.onOpen(now);
    carry();
  }

  private void tell(EzspCommand handler, OctetWriter parameters) {
    stick.side(() -> stick.callback(handler, parameters));
    carry();
  }

  private void announce() {
    OctetWriter out = new OctetWriter(14).uint16le(SHORT_ADDRESS);
    out.int64le(DEVICE.address().value()).uint8(1).uint8(0).uint16le(0);
    tell(EzspCommand.TRUST_CENTER_JOIN_HANDLER, out);
  }

  private String refusal() {
    return stick.events.stream()
        .filter(StickEvent.StartRefused.class::isInstance)
        .map(event -> ((StickEvent.StartRefused) event).reason())
        .findFirst()
        .orElse("");
  }

  private static Frame frame(int octets) {
    return new Frame(
        SELF,
        DEVICE,
        0x0104,
        0x0019,
        SendOptions.ACKNOWLEDGED.withEncryption(true),
        Octets.wrap(new byte[octets]));
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 14, 16, 17, 18, 19})
  void theVersionOfTheStickIsSpoken(int version) {
    stick.version = new EzspVersion(version);
    stick.told = version;
    open();
    assertThat(host.running()).isTrue();
    assertThat(stick.events)
        .anyMatch(event -> event.toString().contains("EmberZNet 7.4.5, EZSP " + version))
        .noneMatch(StickEvent.Warning.class::isInstance);
    assertThat(stick.commands)
        .as("the network is resumed, never left or formed")
        .noneMatch(command -> command.id() == EzspCommand.FORM_NETWORK.id())
        .noneMatch(command -> command.id() == EzspCommand.LEAVE_NETWORK.id());
  }

  @Test
  void aNewerVersionIsTriedWithTheNewestKnownAndBothAreTold() {
    stick.version = new EzspVersion(19);
    stick.told = 21;
    open();
    assertThat(host.running()).isTrue();
    assertThat(stick.events)
        .contains(
            new StickEvent.Warning(
                "the stick speaks EZSP 21, the newest known here is 19: it is tried as 19"));
  }

  @Test
  void anOlderVersionIsRefusedWithTheCure() {
    stick.told = 8;
    open();
    assertThat(refusal()).contains("EZSP 8", "EmberZNet 7.4 or later");
  }

  @Test
  void aFirmwareForSomethingElseIsRefusedWithTheCure() {
    stick.stackType = 1;
    open();
    assertThat(refusal()).contains("zigbee_ncp");
  }

  @Test
  void aRouterIsRefusedWithTheCure() {
    stick.nodeType = 2;
    open();
    assertThat(refusal()).contains("a router of network 5A5A", "leave that network");
  }

  @Test
  void anotherStickIsRefused() {
    stick.address = DEVICE.address();
    open();
    assertThat(refusal()).contains(DEVICE.address().toString(), SELF.address().toString());
  }

  @Test
  void withoutANetworkNoneIsFormedUnlessItIsConfigured() {
    stick.initialised = EzspStatus.NOT_JOINED;
    open();
    assertThat(refusal()).contains("no network");
    assertThat(stick.commands).noneMatch(each -> each.id() == EzspCommand.FORM_NETWORK.id());
  }

  @Test
  void aNetworkThatDoesNotStartIsNotReplacedByAnother() {
    stick.initialised = EzspStatus.FAIL;
    open();
    assertThat(host.running()).isFalse();
    assertThat(stick.events)
        .anyMatch(event -> event.toString().contains("could not start its network"));
    assertThat(stick.commands).noneMatch(each -> each.id() == EzspCommand.FORM_NETWORK.id());
  }

  @Test
  void aCommandThatTheFirmwareLacksIsNamed() {
    stick.lacks = Optional.of(EzspCommand.ADD_ENDPOINT);
    open();
    assertThat(stick.events)
        .anyMatch(
            event ->
                event.toString().contains("ADD_ENDPOINT: the firmware does not have this command"));
  }

  @Test
  void aStickThatDoesNotAnswerIsTriedAgain() {
    StickHost alone =
        new StickHost(
            EzspDialect::new,
            HostConfig.otaServer(SELF, 0x0104).build(),
            new Stick() {
              @Override
              public void write(Octets octets) {
                // Nobody hears it.
              }

              @Override
              public void report(StickEvent event) {
                stick.events.add(event);
              }
            });
    alone.onOpen(0);
    for (int i = 0; i < 3; i++) {
      now = alone.wakeAt();
      alone.onTimer(now);
    }
    assertThat(stick.events)
        .anyMatch(event -> event.toString().contains("does not answer a reset"));
    assertThat(alone.wakeAt()).isEqualTo(now + 10_000_000_000L);
  }

  @Test
  void aStickThatRestartsInALoopIsNamedAndGivenAPause() {
    open();
    for (int i = 0; i < 20 && host.running(); i++) {
      stick.side(() -> stick.link.sendRestarted(ResetCode.ASSERT));
      carry();
      now += 1_000_000_000L;
    }
    assertThat(host.running()).isFalse();
    assertThat(stick.events)
        .anyMatch(event -> event.toString().contains("restarts again and again"));
  }

  @Test
  void restartsThatAreRareAreSurvived() {
    open();
    for (int i = 0; i < 20; i++) {
      now += 120_000_000_000L;
      stick.side(() -> stick.link.sendRestarted(ResetCode.POWER_ON));
      carry();
      assertThat(host.running()).isTrue();
    }
  }

  @Test
  void aMessageIsReportedOnceItIsConfirmedAndEncryptionIsAskedFor() {
    open();
    announce();
    host.send(now, 7, frame(5));
    carry();
    EzspSend sent = lastSend();
    assertThat(sent.aps().encrypted()).isTrue();
    assertThat(sent.destination()).isEqualTo(SHORT_ADDRESS);
    assertThat(stick.results).isEmpty();
    tell(
        EzspCommand.MESSAGE_SENT_HANDLER,
        new EzspSent(EzspStatus.OK, SHORT_ADDRESS, sent.aps(), sent.tag())
            .parameters(stick.version));
    assertThat(stick.results).containsExactly("7 DELIVERED");
  }

  private EzspSend lastSend() {
    @Nullable EzspSend last = null;
    for (EzspFrame command : stick.commands) {
      if (command.id() == EzspCommand.SEND_UNICAST.id()) {
        last = EzspSend.unicast(new OctetReader(command.parameters()), stick.version);
      }
    }
    return requireNonNull(last);
  }

  @Test
  void aFailureToSendIsTold() {
    open();
    announce();
    host.send(now, 7, frame(5));
    carry();
    EzspSend sent = lastSend();
    tell(
        EzspCommand.MESSAGE_SENT_HANDLER,
        new EzspSent(EzspStatus.DELIVERY_FAILED, SHORT_ADDRESS, sent.aps(), sent.tag())
            .parameters(stick.version));
    assertThat(stick.results).containsExactly("7 NO_ACK");
  }

  @Test
  void aMessageLongerThanAFrameOfTheStickIsNamed() {
    open();
    announce();
    host.send(now, 7, frame(EzspSend.MESSAGE_MAX + 1));
    assertThat(stick.results).containsExactly("7 DROPPED");
    assertThat(stick.events).anyMatch(StickEvent.Refused.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 19})
  void aMessageThatTheStickRefusesIsNamedWithItsLengthAndTheCure(int version) {
    stick.version = new EzspVersion(version);
    stick.told = version;
    stick.sending = EzspStatus.MESSAGE_TOO_LONG;
    open();
    announce();
    host.send(now, 7, frame(78));
    carry();
    assertThat(stick.results).containsExactly("7 DROPPED");
    assertThat(refused())
        .startsWith("message of 78 octets to " + DEVICE.address())
        .contains("does not fit the air in one piece", "maximumPayload", "0x0038");
    stick.sending = EzspStatus.APS_ENCRYPTION_ERROR;
    host.send(now, 8, frame(5));
    carry();
    assertThat(stick.results).containsExactly("7 DROPPED", "8 DROPPED");
    assertThat(refused()).contains("no link key is shared with that node");
  }

  private String refused() {
    String last = "";
    for (StickEvent event : stick.events) {
      if (event instanceof StickEvent.Refused refused) {
        last = refused.request() + ": " + refused.reason();
      }
    }
    return last;
  }

  @Test
  void aMessageThatTheStickSaysNothingToIsNamed() {
    stick.mute = Optional.of(EzspCommand.SEND_UNICAST);
    open();
    announce();
    host.send(now, 7, frame(5));
    carry();
    for (int i = 0; i < 100 && stick.results.isEmpty(); i++) {
      now = host.wakeAt();
      host.onTimer(now);
      carry();
    }
    assertThat(stick.results).containsExactly("7 DROPPED");
    assertThat(refused()).contains("message of 5 octets", "no answer");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whetherAMessageCameEncryptedIsTold(boolean encrypted) {
    open();
    announce();
    incoming(EzspIncoming.UNICAST, 0x0104, encrypted ? ApsFrame.ENCRYPTION : 0);
    assertThat(stick.frames)
        .singleElement()
        .satisfies(frame -> assertThat(frame.options().apsEncryption()).isEqualTo(encrypted));
  }

  @Test
  void messagesOfOtherProfilesAndOwnEchoesAreLeftAlone() {
    open();
    announce();
    incoming(EzspIncoming.UNICAST, 0x0104);
    assertThat(stick.frames).hasSize(1);
    incoming(EzspIncoming.UNICAST, 0xC05E);
    incoming(EzspIncoming.BROADCAST_LOOPBACK, 0x0104);
    incoming(EzspIncoming.MULTICAST_LOOPBACK, 0x0104);
    assertThat(stick.frames).hasSize(1);
  }

  private void incoming(int type, int profileId) {
    incoming(type, profileId, 0);
  }

  private void incoming(int type, int profileId, int options) {
    ApsFrame aps = new ApsFrame(profileId, 0x0019, 3, 1, options, 0, 1);
    EzspIncoming message = new EzspIncoming(type, aps, 9, SHORT_ADDRESS, Octets.fromHex("010203"));
    tell(EzspCommand.INCOMING_MESSAGE_HANDLER, message.parameters(stick.version, DEVICE.address()));
  }

  @Test
  void aNetworkThatGoesDownEndsTheOpening() {
    open();
    OctetWriter down = new OctetWriter(1);
    stick.version.status(down, EzspStatus.NETWORK_DOWN);
    tell(EzspCommand.STACK_STATUS_HANDLER, down);
    assertThat(stick.reopened).containsExactly("the stick's network is down");
    assertThat(host.running()).isFalse();
  }

  @Test
  void twentyThousandMutationsThrowNothing() {
    mutate(20_000);
  }

  @Test
  @Tag("soak")
  void aMillionMutationsThrowNothing() {
    mutate("short".equals(System.getProperty("hanota.soak")) ? 50_000 : 1_000_000);
  }

  /** Frames of the stick, mutated below and above the check, into a host that runs. */
  private void mutate(int count) {
    SeededRandom random = SeededRandom.of(4, 0, 0);
    ApsFrame aps = new ApsFrame(0, 0x8005, 0, 0, 0, 0, 1);
    EzspVersion version = stick.version;
    Octets[] golden = {
      EzspFrame.callback(
              0,
              EzspCommand.INCOMING_MESSAGE_HANDLER,
              new EzspIncoming(0, aps, 9, 0x1234, Octets.fromHex("01002b1a0101"))
                  .parameters(version, new Eui64(7)))
          .octets(),
      EzspFrame.callback(
              0,
              EzspCommand.MESSAGE_SENT_HANDLER,
              new EzspSent(EzspStatus.OK, 1, aps, 5).parameters(version))
          .octets(),
      EzspFrame.callback(0, EzspCommand.STACK_STATUS_HANDLER, new OctetWriter(1).uint8(0x90))
          .octets(),
      EzspFrame.callback(
              0,
              EzspCommand.TRUST_CENTER_JOIN_HANDLER,
              new OctetWriter(14).uint16le(5).int64le(9).uint8(1).uint8(0).uint16le(0))
          .octets(),
      Octets.fromHex("0080000d023074"),
    };
    open();
    int openings = 0;
    for (int i = 0; i < count; i++) {
      if (!host.running() || i % 200 == 0) {
        // A mutant may have ended it, as any stick may.
        host.onLost(now);
        stick.forHost.clear();
        now += 60_000_000_000L;
        open();
        openings++;
        assertThat(host.running()).isTrue();
      }
      byte[] mutant = golden[random.below(golden.length)].toByteArray();
      int changes = random.below(4);
      for (int j = 0; j < changes; j++) {
        mutant[random.below(mutant.length)] = (byte) random.nextLong();
      }
      Octets data = Octets.wrap(mutant).slice(0, 3 + random.below(mutant.length - 2));
      if (random.chance(0.5)) {
        stick.side(() -> stick.link.send(data));
        carry();
        while (stick.link.deadline() != Long.MAX_VALUE && host.running()) {
          // Half a frame stood before it on the line: it is sent again.
          now = stick.link.deadline();
          stick.side(stick.link::timer);
          carry();
        }
      } else {
        byte[] raw = data.toByteArray();
        raw[random.below(raw.length)] = (byte) 0x7E;
        host.onOctets(now, Octets.wrap(raw));
      }
      now += 1_000_000;
    }
    assertThat(host.counts().frames()).isGreaterThan(count / 4);
    assertThat(host.counts().malformed()).isPositive();
    assertThat(openings).isPositive();
  }
}
