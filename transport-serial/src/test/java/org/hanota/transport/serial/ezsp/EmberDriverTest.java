// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.zsmartsystems.zigbee.ExtendedPanId;
import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspAddEndpointRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspFormNetworkRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspGetEui64Response;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspGetNetworkParametersResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspIncomingMessageHandler;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspMessageSentHandler;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspNetworkInitResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspSendBroadcastRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspSendUnicastRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspSendUnicastResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspStackStatusHandler;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspTrustCenterJoinHandler;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspVersionRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspVersionResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberApsFrame;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberApsOption;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberJoinMethod;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberNetworkParameters;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberNodeType;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberOutgoingMessageType;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberStatus;
import com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrameAck;
import com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrameData;
import com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrameError;
import com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrameNak;
import com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrameRst;
import com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrameRstAck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.ash.AshDecoder;
import org.hanota.transport.serial.ash.AshFrame;
import org.hanota.transport.serial.ash.ResetCode;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.SimpleDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Java driver of com.zsmartsystems.zigbee, which others wrote, reads and writes version 13. */
class EmberDriverTest {
  private static final EzspVersion VERSION = new EzspVersion(13);
  private static final Octets ZCL = Octets.fromHex("0942000064");
  private static final Outgoing MESSAGE =
      new Outgoing(0x1234, 1, 1, 0x0109, 0x0019, 0x4D, true, true, ZCL);

  @BeforeAll
  static void version() {
    assertThat(com.zsmartsystems.zigbee.dongle.ember.ezsp.EzspFrame.setEzspVersion(13)).isTrue();
  }

  private static int[] ints(Octets octets) {
    return IntStream.range(0, octets.length()).map(octets::at).toArray();
  }

  private static Octets octets(int[] ints) {
    byte[] array = new byte[ints.length];
    for (int i = 0; i < ints.length; i++) {
      array[i] = (byte) ints[i];
    }
    return Octets.wrap(array);
  }

  private static EmberApsFrame theirHeader() {
    EmberApsFrame aps = new EmberApsFrame();
    aps.setProfileId(0x0109);
    aps.setClusterId(0x0019);
    aps.setSourceEndpoint(1);
    aps.setDestinationEndpoint(1);
    aps.addOptions(EmberApsOption.EMBER_APS_OPTION_RETRY);
    aps.addOptions(EmberApsOption.EMBER_APS_OPTION_ENCRYPTION);
    aps.addOptions(EmberApsOption.EMBER_APS_OPTION_ENABLE_ROUTE_DISCOVERY);
    aps.addOptions(EmberApsOption.EMBER_APS_OPTION_ENABLE_ADDRESS_DISCOVERY);
    return aps;
  }

  private static EzspSendUnicastRequest theirs() {
    EzspSendUnicastRequest request = new EzspSendUnicastRequest();
    request.setType(EmberOutgoingMessageType.EMBER_OUTGOING_DIRECT);
    request.setIndexOrDestination(0x1234);
    request.setApsFrame(theirHeader());
    request.setMessageTag(0x4D);
    request.setMessageContents(ints(ZCL));
    return request;
  }

  @Test
  void bothWriteTheSameUnicastAndTheSameAshFrame() {
    EzspSendUnicastRequest request = theirs();
    Octets written = octets(request.serialize());
    EzspFrame ours =
        EzspFrame.of(
            written.at(0), EzspCommand.SEND_UNICAST, EzspSend.of(MESSAGE).parameters(VERSION));
    assertThat(written).isEqualTo(ours.octets());
    // Their request can be written only once.
    EzspSendUnicastRequest another = theirs();
    AshFrameData data = new AshFrameData(another);
    data.setFrmNum(3);
    data.setAckNum(5);
    EzspFrame same =
        EzspFrame.of(
            another.getSequenceNumber(),
            EzspCommand.SEND_UNICAST,
            EzspSend.of(MESSAGE).parameters(VERSION));
    assertThat(octets(data.getOutputBuffer()))
        .isEqualTo(new AshFrame.Data(3, 5, false, same.octets()).octets());
  }

  @Test
  void theyReadWhatOurStickTells() {
    ApsFrame aps = new ApsFrame(0x0109, 0x0019, 3, 1, ApsFrame.ENCRYPTION, 0, 9);
    EzspIncoming incoming = new EzspIncoming(EzspIncoming.UNICAST, aps, 200, 0x1A2B, ZCL);
    EzspIncomingMessageHandler read =
        new EzspIncomingMessageHandler(
            ints(
                EzspFrame.callback(
                        0,
                        EzspCommand.INCOMING_MESSAGE_HANDLER,
                        incoming.parameters(VERSION, new Eui64(7)))
                    .octets()));
    assertThat(read.getSender()).isEqualTo(0x1A2B);
    assertThat(read.getLastHopLqi()).isEqualTo(200);
    assertThat(read.getApsFrame().getProfileId()).isEqualTo(0x0109);
    assertThat(read.getApsFrame().getSourceEndpoint()).isEqualTo(3);
    assertThat(read.getApsFrame().getOptions())
        .contains(EmberApsOption.EMBER_APS_OPTION_ENCRYPTION);
    assertThat(octets(read.getMessageContents())).isEqualTo(ZCL);

    EzspSent sent = new EzspSent(EzspStatus.DELIVERY_FAILED, 0x1A2B, aps, 77);
    EzspMessageSentHandler told =
        new EzspMessageSentHandler(
            ints(
                EzspFrame.callback(0, EzspCommand.MESSAGE_SENT_HANDLER, sent.parameters(VERSION))
                    .octets()));
    assertThat(told.getStatus()).isEqualTo(EmberStatus.EMBER_DELIVERY_FAILED);
    assertThat(told.getMessageTag()).isEqualTo(77);
    assertThat(told.getIndexOrDestination()).isEqualTo(0x1A2B);
  }

  private static EzspFrame ours(int[] theirs) {
    return EzspFrame.decode(octets(theirs));
  }

  private static OctetReader parameters(int[] theirs, EzspCommand command) {
    EzspFrame frame = ours(theirs);
    assertThat(frame.id()).isEqualTo(command.id());
    assertThat(frame.control()).isZero();
    return new OctetReader(frame.parameters());
  }

  private static void allRead(OctetReader in) {
    assertThat(in.remaining()).isZero();
  }

  @Test
  void weReadTheMessagesThatTheySend() {
    OctetReader in = parameters(theirs().serialize(), EzspCommand.SEND_UNICAST);
    assertThat(EzspSend.unicast(in, VERSION)).isEqualTo(EzspSend.of(MESSAGE));
    allRead(in);

    EzspSendBroadcastRequest request = new EzspSendBroadcastRequest();
    request.setDestination(Outgoing.BROADCAST_RX_ON);
    request.setApsFrame(theirHeader());
    request.setRadius(Outgoing.RADIUS);
    request.setMessageTag(0x4D);
    request.setMessageContents(ints(ZCL));
    Octets written = octets(request.serialize());
    Outgoing all =
        new Outgoing(Outgoing.BROADCAST_RX_ON, 1, 1, 0x0109, 0x0019, 0x4D, true, true, ZCL);
    in = parameters(ints(written), EzspCommand.SEND_BROADCAST);
    assertThat(EzspSend.broadcast(in, VERSION)).isEqualTo(EzspSend.of(all));
    allRead(in);
    assertThat(
            EzspFrame.of(
                    written.at(0), EzspCommand.SEND_BROADCAST, EzspSend.of(all).parameters(VERSION))
                .octets())
        .as("and we write the same")
        .isEqualTo(written);
  }

  @Test
  void bothWriteAndReadTheSameEndpointAndNetwork() {
    EzspAddEndpointRequest endpoint = new EzspAddEndpointRequest();
    endpoint.setEndpoint(1);
    endpoint.setProfileId(0x0109);
    endpoint.setDeviceId(0x0500);
    endpoint.setAppFlags(0);
    endpoint.setInputClusterList(new int[] {0x0019, 0x0704});
    endpoint.setOutputClusterList(new int[] {0x0702});
    SimpleDescriptor descriptor =
        new SimpleDescriptor(1, 0x0109, 0x0500, 0, List.of(0x0019, 0x0704), List.of(0x0702));
    Octets written = octets(endpoint.serialize());
    OctetReader in = parameters(ints(written), EzspCommand.ADD_ENDPOINT);
    assertThat(Endpoint.decode(in)).isEqualTo(descriptor);
    allRead(in);
    assertThat(ours(ints(written)).parameters())
        .isEqualTo(Endpoint.parameters(descriptor).toOctets());

    EmberNetworkParameters parameters = new EmberNetworkParameters();
    parameters.setExtendedPanId(new ExtendedPanId("0102030405060708"));
    parameters.setPanId(0x5A5A);
    parameters.setRadioTxPower(5);
    parameters.setRadioChannel(15);
    parameters.setJoinMethod(EmberJoinMethod.EMBER_USE_MAC_ASSOCIATION);
    parameters.setNwkManagerId(0);
    parameters.setNwkUpdateId(0);
    parameters.setChannels(1 << 15);
    EzspFormNetworkRequest form = new EzspFormNetworkRequest();
    form.setParameters(parameters);
    EzspNetwork network = new EzspNetwork(Eui64.parse("0102030405060708"), 0x5A5A, 5, 15, 1 << 15);
    written = octets(form.serialize());
    in = parameters(ints(written), EzspCommand.FORM_NETWORK);
    assertThat(EzspNetwork.read(in)).isEqualTo(network);
    allRead(in);
    OctetWriter same = new OctetWriter(20);
    network.write(same);
    assertThat(ours(ints(written)).parameters()).isEqualTo(same.toOctets());
  }

  private static AshFrame read(int[] theirs) {
    List<AshFrame> found = new ArrayList<>();
    AshDecoder decoder =
        new AshDecoder(
            new AshDecoder.Receiver() {
              @Override
              public void frame(AshFrame frame) {
                found.add(frame);
              }

              @Override
              public void damaged() {
                throw new AssertionError("damaged");
              }
            });
    decoder.accept(octets(theirs));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void weReadTheAshFramesThatTheyWriteAndWriteTheSame() {
    EzspSendUnicastRequest request = theirs();
    AshFrameData data = new AshFrameData(request);
    data.setFrmNum(3);
    data.setAckNum(5);
    data.setReTx();
    AshFrame frame = read(data.getOutputBuffer());
    assertThat(frame).isInstanceOf(AshFrame.Data.class);
    AshFrame.Data ours = (AshFrame.Data) frame;
    assertThat(ours.number()).isEqualTo(3);
    assertThat(ours.acknowledged()).isEqualTo(5);
    assertThat(ours.again()).isTrue();
    EzspFrame command = EzspFrame.decode(ours.data());
    assertThat(command.sequence()).isEqualTo(request.getSequenceNumber());
    assertThat(EzspSend.unicast(new OctetReader(command.parameters()), VERSION))
        .isEqualTo(EzspSend.of(MESSAGE));

    for (int number = 0; number < AshFrame.NUMBERS; number++) {
      AshFrame ack = new AshFrame.Ack(number, false);
      assertThat(read(new AshFrameAck(number).getOutputBuffer())).isEqualTo(ack);
      assertThat(octets(new AshFrameAck(number).getOutputBuffer())).isEqualTo(ack.octets());
    }
    // A NAK that they write is empty: they read those of others only.
    assertThat(read(new AshFrameRst().getOutputBuffer())).isEqualTo(new AshFrame.Rst());
  }

  private static com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrame theyRead(
      AshFrame frame) {
    Octets line = frame.octets();
    com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrame read =
        com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrame.createFromInput(
            ints(line.slice(0, line.length() - 1)));
    assertThat(read).as("%s", frame).isNotNull();
    return read;
  }

  @Test
  void theyReadTheAshFramesThatWeWrite() {
    // Octets that must be escaped stand in it.
    Octets answer = Octets.fromHex("078001340011137e7d181a");
    AshFrameData data = (AshFrameData) theyRead(new AshFrame.Data(6, 2, true, answer));
    assertThat(octets(data.getDataBuffer())).isEqualTo(answer);
    assertThat(data.getFrmNum()).isEqualTo(6);
    assertThat(data.getAckNum()).isEqualTo(2);
    assertThat(data.getReTx()).isTrue();
    for (int number = 0; number < AshFrame.NUMBERS; number++) {
      assertThat(theyRead(new AshFrame.Ack(number, false)))
          .isInstanceOf(AshFrameAck.class)
          .extracting(each -> each.getAckNum())
          .isEqualTo(number);
      assertThat(theyRead(new AshFrame.Nak(number, false)))
          .isInstanceOf(AshFrameNak.class)
          .extracting(each -> each.getAckNum())
          .isEqualTo(number);
    }
    AshFrameRstAck restarted =
        (AshFrameRstAck) theyRead(new AshFrame.RstAck(2, ResetCode.SOFTWARE));
    assertThat(restarted.getVersion()).isEqualTo(2);
    assertThat(restarted.getResetCode()).isEqualTo(ResetCode.SOFTWARE);
    AshFrameError failure = (AshFrameError) theyRead(new AshFrame.Failure(2, ResetCode.ASSERT));
    assertThat(failure.getErrorCode()).isEqualTo(ResetCode.ASSERT);
  }

  private static int[] answer(EzspCommand command, OctetWriter parameters) {
    return ints(EzspFrame.of(7, command, new OctetWriter(0)).answer(parameters).octets());
  }

  private static OctetWriter status(EzspStatus status) {
    OctetWriter out = new OctetWriter(40);
    VERSION.status(out, status);
    return out;
  }

  @Test
  void theyReadTheAnswersThatOurStickWrites() {
    EzspFrame first = ours(new EzspVersionRequest().serialize());
    assertThat(first.id()).isEqualTo(EzspCommand.VERSION.id());
    EzspVersionResponse version =
        new EzspVersionResponse(
            ints(first.answer(new OctetWriter(4).uint8(13).uint8(2).uint16le(0x7450)).octets()));
    assertThat(version.getProtocolVersion()).isEqualTo(13);
    assertThat(version.getStackType()).isEqualTo(2);
    assertThat(version.getStackVersion()).isEqualTo(0x7450);

    EzspGetEui64Response address =
        new EzspGetEui64Response(
            answer(
                EzspCommand.GET_EUI64,
                new OctetWriter(8).int64le(Eui64.parse("00124B0001020304").value())));
    assertThat(address.getEui64()).isEqualTo(new IeeeAddress("00124B0001020304"));

    EzspSendUnicastResponse said =
        new EzspSendUnicastResponse(
            answer(EzspCommand.SEND_UNICAST, status(EzspStatus.MESSAGE_TOO_LONG).uint8(9)));
    assertThat(said.getStatus()).isEqualTo(EmberStatus.EMBER_MESSAGE_TOO_LONG);
    assertThat(said.getSequence()).isEqualTo(9);

    EzspNetworkInitResponse resumed =
        new EzspNetworkInitResponse(
            answer(EzspCommand.NETWORK_INIT, status(EzspStatus.NOT_JOINED)));
    assertThat(resumed.getStatus()).isEqualTo(EmberStatus.EMBER_NOT_JOINED);

    OctetWriter out = status(EzspStatus.OK).uint8(1);
    new EzspNetwork(Eui64.parse("0102030405060708"), 0x5A5A, 5, 15, 1 << 15).write(out);
    EzspGetNetworkParametersResponse network =
        new EzspGetNetworkParametersResponse(answer(EzspCommand.GET_NETWORK_PARAMETERS, out));
    assertThat(network.getStatus()).isEqualTo(EmberStatus.EMBER_SUCCESS);
    assertThat(network.getNodeType()).isEqualTo(EmberNodeType.EMBER_COORDINATOR);
    assertThat(network.getParameters().getPanId()).isEqualTo(0x5A5A);
    assertThat(network.getParameters().getRadioChannel()).isEqualTo(15);
    assertThat(network.getParameters().getExtendedPanId())
        .isEqualTo(new ExtendedPanId("0102030405060708"));
  }

  @Test
  void theyReadTheCallbacksOfOurStick() {
    EzspStackStatusHandler up =
        new EzspStackStatusHandler(
            ints(
                EzspFrame.callback(
                        0, EzspCommand.STACK_STATUS_HANDLER, status(EzspStatus.NETWORK_UP))
                    .octets()));
    assertThat(up.getStatus()).isEqualTo(EmberStatus.EMBER_NETWORK_UP);
    OctetWriter out = new OctetWriter(14).uint16le(0x1A2B);
    out.int64le(Eui64.parse("00124B00AA000001").value()).uint8(1).uint8(0).uint16le(0);
    EzspTrustCenterJoinHandler joined =
        new EzspTrustCenterJoinHandler(
            ints(EzspFrame.callback(0, EzspCommand.TRUST_CENTER_JOIN_HANDLER, out).octets()));
    assertThat(joined.getNewNodeId()).isEqualTo(0x1A2B);
    assertThat(joined.getNewNodeEui64()).isEqualTo(new IeeeAddress("00124B00AA000001"));
  }

  @Test
  void bothReadTheSameIncomingMessageAlike() {
    // Written by hand from their own reader's order, with every field another value.
    Octets octets =
        Octets.fromHex("009001450000" + "0901190003014001bbaa2ac8d62b1aff04050942000064");
    EzspIncomingMessageHandler theirs = new EzspIncomingMessageHandler(ints(octets));
    EzspFrame frame = EzspFrame.decode(octets);
    assertThat(frame.isCallback()).isTrue();
    EzspIncoming ours = EzspIncoming.decode(new OctetReader(frame.parameters()), VERSION);
    assertThat(ours.type()).isEqualTo(theirs.getType().getKey());
    assertThat(ours.source()).isEqualTo(theirs.getSender());
    assertThat(ours.linkQuality()).isEqualTo(theirs.getLastHopLqi());
    assertThat(ours.message()).isEqualTo(octets(theirs.getMessageContents())).isEqualTo(ZCL);
    ApsFrame aps = ours.aps();
    EmberApsFrame header = theirs.getApsFrame();
    assertThat(aps.profileId()).isEqualTo(header.getProfileId());
    assertThat(aps.clusterId()).isEqualTo(header.getClusterId());
    assertThat(aps.sourceEndpoint()).isEqualTo(header.getSourceEndpoint());
    assertThat(aps.destinationEndpoint()).isEqualTo(header.getDestinationEndpoint());
    assertThat(aps.groupId()).isEqualTo(header.getGroupId());
    assertThat(aps.sequence()).isEqualTo(header.getSequence());
    assertThat(aps.encrypted())
        .isEqualTo(header.getOptions().contains(EmberApsOption.EMBER_APS_OPTION_ENCRYPTION))
        .isFalse();
  }
}
