// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspIncomingMessageHandler;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspMessageSentHandler;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspSendUnicastRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberApsFrame;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberApsOption;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberOutgoingMessageType;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberStatus;
import com.zsmartsystems.zigbee.dongle.ember.internal.ash.AshFrameData;
import java.util.stream.IntStream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.transport.serial.ash.AshFrame;
import org.hanota.transport.serial.stick.Outgoing;
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

  private static EzspSendUnicastRequest theirs() {
    EmberApsFrame aps = new EmberApsFrame();
    aps.setProfileId(0x0109);
    aps.setClusterId(0x0019);
    aps.setSourceEndpoint(1);
    aps.setDestinationEndpoint(1);
    aps.addOptions(EmberApsOption.EMBER_APS_OPTION_RETRY);
    aps.addOptions(EmberApsOption.EMBER_APS_OPTION_ENCRYPTION);
    aps.addOptions(EmberApsOption.EMBER_APS_OPTION_ENABLE_ROUTE_DISCOVERY);
    aps.addOptions(EmberApsOption.EMBER_APS_OPTION_ENABLE_ADDRESS_DISCOVERY);
    EzspSendUnicastRequest request = new EzspSendUnicastRequest();
    request.setType(EmberOutgoingMessageType.EMBER_OUTGOING_DIRECT);
    request.setIndexOrDestination(0x1234);
    request.setApsFrame(aps);
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
}
