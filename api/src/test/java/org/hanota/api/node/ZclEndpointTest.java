// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.api.node.ZclEndpointTest.Answer.NONE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.OtaAttribute;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ReadAttributes;
import org.hanota.api.zcl.ReadAttributesResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZclEndpointTest {
  private static final Peer HUB = new Peer(new Eui64(1), 1);
  private static final Peer DEVICE = new Peer(new Eui64(2), 1);
  private static final Now NOW = new Now(0, Now.UTC_UNKNOWN);
  private static final String ID = "0210785602000000";

  /** What a default response says, or that there is none. */
  enum Answer {
    NONE(-1),
    SUCCESS(0x00),
    UNAUTHORIZED(0x7E),
    MALFORMED(0x80),
    UNSUPPORTED(0x81),
    UNSUPPORTED_GENERAL(0x82),
    UNSUPPORTED_MANUFACTURER(0x83),
    INVALID_FIELD(0x85);

    final int status;

    Answer(int status) {
      this.status = status;
    }
  }

  /** Does what the test says with a message; has one attribute. */
  private static final class Scripted implements Machine {
    final List<ZclMessage> received = new ArrayList<>();
    BiConsumer<Received, Effects> script = (message, effects) -> {};

    @Override
    public void onStart(Now now, Effects effects) {}

    @Override
    public void onReceive(Now now, Received message, Effects effects) {
      received.add(message.message());
      script.accept(message, effects);
    }

    @Override
    public void onSent(Now now, long sendId, SendResult result, Effects effects) {}

    @Override
    public void onInput(Now now, Input input, Effects effects) {}

    @Override
    public void onTimer(Now now, Effects effects) {}

    @Override
    public void describe(StateWriter out) {}

    @Override
    public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
      return attributeId == OtaAttribute.FILE_OFFSET.id() && side == Direction.CLIENT_TO_SERVER
          ? Optional.of(AttributeValue.uint32(77))
          : Optional.empty();
    }
  }

  /** Keeps what is sent. */
  private static final class Kept implements Transport {
    final List<Frame> frames = new ArrayList<>();

    @Override
    public void open(Receiver receiver) {}

    @Override
    public void send(long sendId, Frame frame) {
      frames.add(frame);
    }

    @Override
    public void discover(int profileId, int clusterId) {}

    @Override
    public int maximumPayload(Peer destination) {
      return 82;
    }

    @Override
    public void close() {}
  }

  private static final class Around implements Surroundings {
    @Override
    public void wakeAt(long monotonicNanos) {}

    @Override
    public void start(Job job) {}

    @Override
    public void toWan(ToWan what) {}

    @Override
    public void report(Now now, Event event) {}
  }

  private final Scripted machine = new Scripted();
  private final Kept transport = new Kept();

  private ZclEndpoint endpoint(Peer self, boolean encrypted) {
    return new ZclEndpoint(
        new NodeConfig(self, Clusters.PROFILE_SMART_ENERGY, self.equals(HUB), encrypted),
        machine,
        transport,
        new Around(),
        0xFE);
  }

  private static Frame frame(Peer from, Peer to, boolean encrypted, String zcl) {
    return new Frame(
        from,
        to,
        Clusters.PROFILE_SMART_ENERGY,
        Clusters.OTA_UPGRADE,
        SendOptions.ACKNOWLEDGED.withEncryption(encrypted),
        Octets.fromHex(zcl));
  }

  private ZclMessage sent(int i) {
    Frame frame = transport.frames.get(i);
    return new ZclCodec().decode(frame.clusterId(), frame.zcl());
  }

  private void isAnswered(Answer answer, String zcl) {
    if (answer == NONE) {
      assertThat(transport.frames).as(zcl).isEmpty();
      return;
    }
    assertThat(transport.frames).as(zcl).hasSize(1);
    assertThat(sent(0))
        .as(zcl)
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            response -> assertThat(response.status().value()).isEqualTo(answer.status));
    // The answer has the request's sequence number and asks for no answer itself.
    assertThat(transport.frames.get(0).zcl().at(1))
        .isEqualTo(ZclFrame.transactionSequence(Octets.fromHex(zcl)));
    assertThat(transport.frames.get(0).zcl().at(0) & 0x10).isEqualTo(0x10);
  }

  @ParameterizedTest(name = "{0} to the hub: {1}")
  @CsvSource({
    // A request that the machine leaves without an answer; with bit 4 it wants none.
    "010603 00 ID 00000000 32, SUCCESS",
    "110603 00 ID 00000000 32, NONE",
    // Broken: answered whether an answer was wanted or not.
    "010603 00 ID 000000, MALFORMED",
    "110603 00 ID 000000, MALFORMED",
    "010603 00 ID 00000000 32 00, MALFORMED",
    // A command of the other side, one that nobody has, another type of frame.
    "010602, UNSUPPORTED",
    "01060a, UNSUPPORTED",
    "190600 0064, UNSUPPORTED",
    "020603, UNSUPPORTED",
    "00067f, UNSUPPORTED_GENERAL",
    "05341206 03, UNSUPPORTED_MANUFACTURER",
    // Default responses are never answered, not even broken ones.
    "000b0b 0500, NONE",
    "00060b 0500, NONE",
    "00060b 05, NONE",
    "00060b 050000, NONE",
    // Too short for a header: nothing to answer.
    "0106, NONE",
    "05341206, NONE",
  })
  void aHubAnswersByTheRules(String spaced, Answer answer) {
    String zcl = spaced.replace(" ", "").replace("ID", ID);
    endpoint(HUB, false).frame(NOW, frame(DEVICE, HUB, false, zcl));
    isAnswered(answer, zcl);
  }

  @ParameterizedTest(name = "{0} to a device: {1}")
  @CsvSource({
    "190702 98, NONE",
    "090702 98, SUCCESS",
    "190702, MALFORMED",
    "190702 00 ID, MALFORMED",
    // Image Notify with a jitter or a type out of range.
    "090700 00 64, SUCCESS",
    "190700 00 64, NONE",
    "090700 00 00, INVALID_FIELD",
    "090700 00 65, INVALID_FIELD",
    "090700 04 64 ID, INVALID_FIELD",
    "010701 00 ID, UNSUPPORTED",
  })
  void aDeviceAnswersByTheRules(String spaced, Answer answer) {
    String zcl = spaced.replace(" ", "").replace("ID", ID);
    endpoint(DEVICE, false).frame(NOW, frame(HUB, DEVICE, false, zcl));
    isAnswered(answer, zcl);
  }

  @ParameterizedTest(name = "{0} broadcast is never answered")
  @CsvSource({"090700 0064", "090700 0000", "090700 04", "0907", "09070a", "000700 0000"})
  void aBroadcastIsNeverAnswered(String spaced) {
    endpoint(DEVICE, false).frame(NOW, frame(HUB, Peer.BROADCAST, false, spaced.replace(" ", "")));
    assertThat(transport.frames).isEmpty();
  }

  @Test
  void theMachinesAnswerTakesThePlaceOfTheDefaultResponse() {
    machine.script =
        (request, effects) ->
            effects.reply(
                request,
                new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE),
                SendOptions.ACKNOWLEDGED);
    endpoint(HUB, false).frame(NOW, frame(DEVICE, HUB, false, "01c901" + "00" + ID));
    assertThat(transport.frames).hasSize(1);
    assertThat(transport.frames.get(0).zcl().toHex()).isEqualTo("19c90298");
  }

  @Test
  void sequenceNumbersGoRoundAndRepliesDoNotUseThemUp() {
    machine.script =
        (request, effects) -> {
          for (int i = 0; i < 3; i++) {
            effects.send(
                DEVICE,
                new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.ZERO, ZigBeeTime.ZERO),
                SendOptions.ACKNOWLEDGED);
          }
        };
    endpoint(HUB, false).frame(NOW, frame(DEVICE, HUB, false, "112201" + "00" + ID));
    assertThat(transport.frames)
        .extracting(frame -> frame.zcl().at(1))
        .containsExactly(0xFE, 0xFF, 0x00);
  }

  @Test
  void attributesAreReadFromTheMachineAndUnknownOnesRefusedOneByOne() {
    endpoint(DEVICE, false).frame(NOW, frame(HUB, DEVICE, false, "080500" + "0100" + "0a00"));
    assertThat(transport.frames.get(0).zcl().toHex())
        .isEqualTo("100501" + "0100" + "00" + "23" + "4d000000" + "0a00" + "86");
    assertThat(machine.received).isEmpty();
    assertThat(new ZclCodec().decode(Clusters.OTA_UPGRADE, Octets.fromHex("0805000100")))
        .isEqualTo(
            new ReadAttributes(Clusters.OTA_UPGRADE, Direction.SERVER_TO_CLIENT, List.of(1)));
    assertThat(sent(0)).isInstanceOf(ReadAttributesResponse.class);
  }

  @ParameterizedTest(name = "{0}, encrypted {1}, broadcast {2}: {3}")
  @CsvSource({
    "190702 98, false, false, UNAUTHORIZED",
    "190702 98, true, false, NONE",
    "090700 0064, false, false, UNAUTHORIZED",
    "090700 0064, false, true, NONE",
    "080500 0100, false, false, UNAUTHORIZED",
    "00060b 0600, false, false, NONE",
  })
  void apsEncryptionIsDemandedOfEverythingUnicast(
      String spaced, boolean encrypted, boolean broadcast, Answer answer) {
    String zcl = spaced.replace(" ", "");
    ZclEndpoint endpoint = endpoint(DEVICE, true);
    endpoint.frame(NOW, frame(HUB, broadcast ? Peer.BROADCAST : DEVICE, encrypted, zcl));
    isAnswered(answer, zcl);
    boolean refused = !encrypted && !broadcast;
    assertThat(machine.received).hasSize(refused ? 0 : 1);
    assertThat(endpoint.counts().notEncrypted()).isEqualTo(refused ? 1 : 0);
    assertThat(transport.frames).allMatch(frame -> frame.options().apsEncryption());
  }

  @Test
  void eachLayerCountsWhatItSaw() {
    ZclEndpoint endpoint = endpoint(HUB, false);
    for (String zcl :
        new String[] {
          "0106", "010603", "01060a", "000b0b0500", "010603" + "00" + ID + "0000000032"
        }) {
      endpoint.frame(NOW, frame(DEVICE, HUB, false, zcl));
    }
    for (SendResult result : SendResult.values()) {
      endpoint.sent(NOW, 1, result);
    }
    LayerCounts counts = endpoint.counts();
    assertThat(counts).isEqualTo(new LayerCounts(5, 3, 1, 1, 1, 1, 1, 1, 1, 1, 0, 3, 2));
  }
}
