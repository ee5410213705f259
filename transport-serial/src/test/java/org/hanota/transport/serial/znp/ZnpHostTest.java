// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.transport.serial.stick.DeviceAddresses;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickHost;
import org.junit.jupiter.api.Test;

/** The host alone, fed with octets by hand. */
class ZnpHostTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Peer DEVICE = new Peer(Eui64.parse("00124B00AA000001"), 3);
  private static final int SHORT_ADDRESS = 0x1A2B;

  private final Line line = new Line();

  private static Frame frame(Peer destination, SendOptions options) {
    return new Frame(
        RunningHost.SELF, destination, 0x0104, 0x0019, options, Octets.fromHex("190102"));
  }

  private StickHost running() {
    return RunningHost.make(line);
  }

  private StickHost withDevice() {
    StickHost host = running();
    line.tell(
        host,
        AddressMessages.announcement(new DeviceAddresses(SHORT_ADDRESS, DEVICE.address()), 0x8E));
    // The question for its endpoints.
    answer(host, "00");
    return host;
  }

  private void answer(StickHost host, String data) {
    line.tell(host, line.last().answer(Octets.fromHex(data)));
  }

  private DataRequest lastRequest() {
    return DataRequest.decode(line.last().data());
  }

  @Test
  void aMessageIsReportedOnceItIsConfirmed() {
    StickHost host = withDevice();
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    DataRequest request = lastRequest();
    assertThat(request.destination()).isEqualTo(SHORT_ADDRESS);
    assertThat(request.destinationEndpoint()).isEqualTo(3);
    assertThat(request.options()).isEqualTo(DataRequest.OPTION_ACKNOWLEDGEMENT);
    answer(host, "00");
    assertThat(line.results).isEmpty();
    line.tell(host, new DataConfirm(ZnpStatus.SUCCESS, 1, request.transactionId()).frame());
    assertThat(line.results).containsExactly("7 DELIVERED");
  }

  @Test
  void encryptionIsAskedForAndNothingElseIs() {
    StickHost host = withDevice();
    host.send(0, 1, frame(DEVICE, SendOptions.ACKNOWLEDGED.withEncryption(true).unacknowledged()));
    assertThat(lastRequest().options()).isEqualTo(DataRequest.OPTION_ENCRYPTION);
  }

  @Test
  void aConfirmOfAnotherMessageIsLeftAlone() {
    StickHost host = withDevice();
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    int transaction = lastRequest().transactionId();
    answer(host, "00");
    line.tell(host, new DataConfirm(ZnpStatus.APS_NO_ACK, 1, transaction + 1).frame());
    assertThat(line.results).isEmpty();
    line.tell(host, new DataConfirm(ZnpStatus.APS_NO_ACK, 1, transaction).frame());
    line.tell(host, new DataConfirm(ZnpStatus.SUCCESS, 1, transaction).frame());
    assertThat(line.results).containsExactly("7 NO_ACK");
  }

  @Test
  void aNodeWhoseClientSpeaksAnotherProfileIsNamedOnce() {
    StickHost host = withDevice();
    line.tell(host, ZnpFrame.of(Command.ZDO_ACTIVE_EP_RSP, Octets.fromHex("2b1a002b1a020b0c")));
    assertThat(line.last().data().toHex()).isEqualTo("2b1a2b1a0b");
    answer(host, "00");
    line.tell(host, descriptor("0b0901000200", "0000"));
    assertThat(line.last().data().toHex()).isEqualTo("2b1a2b1a0c");
    answer(host, "00");
    assertThat(line.events).noneMatch(StickEvent.OtherProfile.class::isInstance);
    line.tell(host, descriptor("0c0901020501", "00011900"));
    assertThat(line.events).contains(new StickEvent.OtherProfile(DEVICE.address(), 0x0109));
    int written = line.written.size();
    line.tell(
        host,
        AddressMessages.announcement(new DeviceAddresses(SHORT_ADDRESS, DEVICE.address()), 0x8E));
    assertThat(line.written).hasSize(written);
  }

  @Test
  void aNodeWithAClientOfTheHostsProfileIsNotNamed() {
    StickHost host = withDevice();
    line.tell(host, ZnpFrame.of(Command.ZDO_ACTIVE_EP_RSP, Octets.fromHex("2b1a002b1a020b0c")));
    answer(host, "00");
    line.tell(host, descriptor("0b0901020501", "00011900"));
    answer(host, "00");
    line.tell(host, descriptor("0c0401020501", "00011900"));
    assertThat(line.events).noneMatch(StickEvent.OtherProfile.class::isInstance);
  }

  private static ZnpFrame descriptor(String head, String clusters) {
    String data = "2b1a002b1a0a" + head + clusters;
    return ZnpFrame.of(Command.ZDO_SIMPLE_DESC_RSP, Octets.fromHex(data));
  }

  @Test
  void aMessageWithoutAConfirmIsGivenUp() {
    StickHost host = withDevice();
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    answer(host, "00");
    host.onTimer(24 * SECOND);
    assertThat(line.results).isEmpty();
    assertThat(host.wakeAt()).isEqualTo(25 * SECOND);
    host.onTimer(25 * SECOND);
    assertThat(line.results).containsExactly("7 NO_ACK");
  }

  /** A sleepy node, or a confirm that was lost. */
  @Test
  void aMessageThatStaysUnconfirmedKeepsOthersBackOnlyForAMoment() {
    StickHost host = withDevice();
    line.written.clear();
    for (int i = 0; i < 5; i++) {
      host.send(0, i, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    }
    for (int i = 0; i < 4; i++) {
      answer(host, "00");
    }
    assertThat(line.written).hasSize(4);
    assertThat(host.wakeAt()).isEqualTo(SECOND);
    host.onTimer(SECOND);
    assertThat(line.written).hasSize(5);
    assertThat(line.results).isEmpty();
  }

  /** zigbee2mqtt#24807, #22873: a coordinator in a busy network resets when it is pressed. */
  @Test
  void aStickThatIsFullIsTriedAgainAfterGrowingPausesThenReported() {
    StickHost host = withDevice();
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    long pause = 50_000_000;
    long now = 0;
    for (int attempt = 1; attempt < 6; attempt++) {
      line.tellAt(host, now, line.last().answer(Octets.fromHex("11")));
      assertThat(host.wakeAt()).isEqualTo(now + pause);
      line.written.clear();
      now += pause;
      host.onTimer(now);
      assertThat(line.written).hasSize(1);
      pause *= 2;
    }
    line.tellAt(host, now, line.last().answer(Octets.fromHex("11")));
    assertThat(line.results).containsExactly("7 BUSY");
  }

  @Test
  void aBroadcastIsDoneWhenTheStickHasIt() {
    StickHost host = running();
    host.send(0, 9, frame(Peer.BROADCAST, SendOptions.ACKNOWLEDGED));
    assertThat(DataRequest.decodeExt(line.last().data()).destination())
        .isEqualTo(Outgoing.BROADCAST_RX_ON);
    answer(host, "00");
    assertThat(line.results).containsExactly("9 DELIVERED");
  }

  @Test
  void aNodeOfUnknownShortAddressIsAskedForFirst() {
    StickHost host = running();
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    assertThat(line.last().cmd1()).isEqualTo(Command.ZDO_NWK_ADDR_REQ.cmd1());
    answer(host, "00");
    line.tell(
        host,
        AddressMessages.answer(
            new DeviceAddresses(0x0042, DEVICE.address()),
            Command.ZDO_NWK_ADDR_RSP,
            ZnpStatus.SUCCESS));
    host.onTimer(0);
    assertThat(lastRequest().destination()).isEqualTo(0x0042);
  }

  @Test
  void aNodeThatNobodyKnowsHasNoRoute() {
    StickHost host = running();
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    answer(host, "00");
    host.onTimer(5 * SECOND);
    assertThat(line.results).containsExactly("7 NO_ROUTE");
  }

  @Test
  void afterNoRouteTheShortAddressIsAskedForAnew() {
    StickHost host = withDevice();
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    int transaction = lastRequest().transactionId();
    answer(host, "00");
    line.tell(host, new DataConfirm(ZnpStatus.NWK_NO_ROUTE, 1, transaction).frame());
    assertThat(line.results).containsExactly("7 NO_ROUTE");
    host.send(0, 8, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    assertThat(line.last().cmd1()).isEqualTo(Command.ZDO_NWK_ADDR_REQ.cmd1());
  }

  @Test
  void aMessageFromAnUnknownNodeWaitsForItsName() {
    StickHost host = running();
    line.tell(host, message(SHORT_ADDRESS, true).frame());
    assertThat(line.frames).isEmpty();
    assertThat(line.last().data().toHex()).isEqualTo("2b1a0000");
    answer(host, "00");
    line.tell(
        host,
        AddressMessages.answer(
            new DeviceAddresses(SHORT_ADDRESS, DEVICE.address()),
            Command.ZDO_IEEE_ADDR_RSP,
            ZnpStatus.SUCCESS));
    assertThat(line.frames)
        .singleElement()
        .satisfies(
            frame -> {
              assertThat(frame.source()).isEqualTo(DEVICE);
              assertThat(frame.destination()).isEqualTo(RunningHost.SELF);
              assertThat(frame.options().apsEncryption()).isTrue();
              assertThat(frame.zcl().toHex()).isEqualTo("010203");
            });
  }

  private static IncomingMessage message(int source, boolean encrypted) {
    return new IncomingMessage(
        0, 0x0019, source, 3, 1, false, 200, encrypted, 0, 0, Octets.fromHex("010203"));
  }

  @Test
  void aFloodFromMadeUpNodesIsBounded() {
    StickHost host = running();
    for (int i = 1; i < 5_000; i++) {
      line.tell(host, message(i, false).frame());
    }
    answer(host, "00");
    assertThat(line.written.size()).isLessThan(200);
    assertThat(line.frames).isEmpty();
  }

  @Test
  void blocksWaitBehindEverythingElse() {
    StickHost host = withDevice();
    SendOptions bulk = SendOptions.ACKNOWLEDGED.withPriority(SendOptions.Priority.BULK);
    for (int i = 0; i < 10; i++) {
      host.send(0, i, frame(DEVICE, bulk));
    }
    host.send(0, 99, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    host.send(
        0,
        100,
        frame(DEVICE, SendOptions.ACKNOWLEDGED.withPriority(SendOptions.Priority.METERING)));
    while (line.results.size() < 12) {
      int transaction = lastRequest().transactionId();
      answer(host, "00");
      line.tell(host, new DataConfirm(ZnpStatus.SUCCESS, 1, transaction).frame());
    }
    // One block was with the stick already, another on the line when there was room again.
    assertThat(line.results.subList(2, 4)).containsExactly("100 DELIVERED", "99 DELIVERED");
  }

  @Test
  void onlyAsManyMessagesAsItHoldsAreWithTheStick() {
    StickHost host = withDevice();
    line.written.clear();
    for (int i = 0; i < 10; i++) {
      host.send(0, i, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    }
    for (int i = 0; i < 10 && line.written.size() > i; i++) {
      answer(host, "00");
    }
    assertThat(line.written).hasSize(4);
  }

  @Test
  void anAnswerThatNobodyWaitsForIsLeftAlone() {
    StickHost host = withDevice();
    line.tell(host, ZnpFrame.of(Command.SYS_PING, Octets.EMPTY).answer(Octets.fromHex("5906")));
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    line.tell(host, ZnpFrame.of(Command.SYS_PING, Octets.EMPTY).answer(Octets.fromHex("5906")));
    assertThat(line.results).isEmpty();
    assertThat(host.counts().strayAnswers()).isEqualTo(2);
  }

  @Test
  void aRequestThatTheFirmwareLacksFailsAtOnce() {
    StickHost host = running();
    host.permitJoin(0, 60);
    ZnpFrame request = line.last();
    line.tell(
        host,
        ZnpFrame.of(
            Command.RPC_ERROR,
            new OctetWriter(3).uint8(2).uint8(request.cmd0()).uint8(request.cmd1())));
    assertThat(line.events)
        .contains(
            new StickEvent.Refused(
                "ZDO_MGMT_PERMIT_JOIN_REQ", "the firmware does not have this command"));
  }

  @Test
  void whatIsUnderWayIsDroppedWithThePort() {
    StickHost host = withDevice();
    for (int i = 0; i < 6; i++) {
      host.send(0, i, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    }
    host.onLost(0);
    assertThat(line.results).hasSize(6).allMatch(result -> result.endsWith("DROPPED"));
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    assertThat(line.results).last().isEqualTo("7 BUSY");
  }

  @Test
  void aStickThatFallsSilentIsOpenedAnew() {
    StickHost host = running();
    long now = 0;
    for (int i = 0; i < 20 && line.reopened == 0; i++) {
      now = Math.min(host.wakeAt(), now + 100 * SECOND);
      host.onTimer(now);
    }
    assertThat(line.reopened).isEqualTo(1);
    assertThat(now).isLessThan(70 * SECOND);
  }

  @Test
  void aStickThatOnlyHasNothingToSayIsLeftAlone() {
    StickHost host = running();
    long now = 0;
    for (int i = 0; i < 20; i++) {
      now = host.wakeAt();
      line.written.clear();
      host.onTimer(now);
      assertThat(line.last().cmd1()).isEqualTo(Command.SYS_PING.cmd1());
      line.tellAt(host, now, line.last().answer(Octets.fromHex("5906")));
    }
    assertThat(line.reopened).isZero();
    assertThat(now).isEqualTo(20 * 60 * SECOND);
  }

  @Test
  void anotherStickThanTheOneConfiguredIsRefused() {
    HostConfig config = HostConfig.otaServer(new Peer(new Eui64(1), 1), 0x0104).build();
    assertThat(RunningHost.start(config, line)).isFalse();
    assertThat(line.events)
        .anyMatch(
            event ->
                event instanceof StickEvent.StartRefused refused
                    && refused.reason().contains("this is stick 00124B0001020304"));
  }

  @Test
  void aMessageThatFitsNoFrameIsRefused() {
    StickHost host = withDevice();
    Frame large =
        new Frame(
            RunningHost.SELF,
            DEVICE,
            0x0104,
            0x0704,
            SendOptions.ACKNOWLEDGED,
            Octets.wrap(new byte[DataRequest.DATA_MAX + 1]));
    host.send(0, 7, large);
    assertThat(line.results).containsExactly("7 " + SendResult.DROPPED);
    assertThat(line.events).anyMatch(StickEvent.Refused.class::isInstance);
  }

  @Test
  void aServerIsFoundByItsAnswer() {
    StickHost host = running();
    host.discover(0, 0x0104, 0x0019);
    assertThat(line.last().data().toHex()).isEqualTo("fdfffdff0401" + "011900" + "00");
    answer(host, "00");
    line.tell(
        host,
        AddressMessages.announcement(new DeviceAddresses(SHORT_ADDRESS, DEVICE.address()), 0x8E));
    line.tell(host, ZnpFrame.of(Command.ZDO_MATCH_DESC_RSP, Octets.fromHex("2b1a002b1a0103")));
    assertThat(line.servers).isEqualTo(List.of(DEVICE));
  }

  @Test
  void aSearchThatNobodyAnswersEnds() {
    StickHost host = running();
    host.discover(0, 0x0104, 0x0019);
    answer(host, "00");
    host.onTimer(5 * SECOND);
    assertThat(line.noServers).isEqualTo(1);
  }

  private static IncomingMessage message(int source) {
    return new IncomingMessage(
        0, 0x0019, source, 3, 1, false, 200, false, 0, 0, Octets.fromHex("010203"));
  }

  /** A node that sends without end gets what the others leave. */
  @Test
  void aNodeThatTalksWithoutEndDelaysOthersByOneMessageOnly() {
    StickHost host = withDevice();
    Peer talker = new Peer(Eui64.parse("00124B00AA000002"), 3);
    line.tell(host, AddressMessages.announcement(new DeviceAddresses(0x0007, talker.address()), 0));
    answer(host, "00");
    OctetWriter chunk = new OctetWriter(32_000);
    for (int i = 0; i < 1_000; i++) {
      chunk.octets(message(0x0007).frame().octets());
    }
    chunk.octets(message(SHORT_ADDRESS).frame().octets());
    host.onOctets(0, chunk.toOctets());
    assertThat(line.frames).hasSize(1);
    int turns = 1;
    while (host.wakeAt() <= 0) {
      host.onTimer(0);
      turns++;
    }
    assertThat(line.frames.subList(0, 2)).extracting(Frame::source).contains(DEVICE);
    assertThat(line.frames).hasSize(turns).hasSizeLessThan(20);
    assertThat(line.events)
        .filteredOn(StickEvent.Crowded.class::isInstance)
        .containsExactly(new StickEvent.Crowded(talker.address(), 1));
    long later = host.wakeAt();
    host.onTimer(later);
    assertThat(line.events).last().isEqualTo(new StickEvent.Crowded(talker.address(), 991));
    assertThat(later).isLessThanOrEqualTo(60 * SECOND);
  }

  @Test
  void answersToOneNodeLeaveRoomForThoseToOthers() {
    StickHost host = withDevice();
    Peer talker = new Peer(Eui64.parse("00124B00AA000002"), 3);
    line.tell(host, AddressMessages.announcement(new DeviceAddresses(0x0007, talker.address()), 0));
    answer(host, "00");
    for (int i = 0; i < 300; i++) {
      host.send(0, i, frame(talker, SendOptions.ACKNOWLEDGED));
    }
    host.send(0, 999, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    assertThat(line.results).contains("299 BUSY").doesNotContain("999 BUSY");
  }
}
