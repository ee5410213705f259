// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.transport.Frame;
import org.hanota.transport.serial.stick.DeviceAddresses;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickHost;
import org.hanota.transport.serial.stick.StickLimits;
import org.hanota.transport.serial.stick.StickParameter;
import org.junit.jupiter.api.Test;

/** What the table of a stick says is what its host does. */
class StickLimitsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Peer DEVICE = new Peer(Eui64.parse("00124B00AA000001"), 3);

  private final Line line = new Line();

  private static HostConfig config(StickLimits limits) {
    return HostConfig.otaServer(RunningHost.SELF, 0x0104).limits(limits).build();
  }

  private StickHost running(StickLimits limits) {
    return RunningHost.make(config(limits), line);
  }

  private static Frame frame(Peer destination, SendOptions options) {
    return new Frame(
        RunningHost.SELF, destination, 0x0104, 0x0019, options, Octets.fromHex("190102"));
  }

  private static Frame broadcast() {
    return frame(Peer.BROADCAST, SendOptions.ACKNOWLEDGED.unacknowledged());
  }

  @Test
  void aSilentStickIsAskedAndOpenedAnewAfterTheTimesOfTheTable() {
    StickHost host =
        running(
            StickLimits.DEFAULT
                .with(StickParameter.QUIET, 2_000)
                .with(StickParameter.ANSWER, 1_500));
    long now = 0;
    while (line.reopened == 0) {
      now = host.wakeAt();
      assertThat(now).isLessThanOrEqualTo(10 * SECOND);
      host.onTimer(now);
    }
    assertThat(now).isEqualTo(3_500_000_000L);
  }

  @Test
  void aStartThatFailedIsTriedAgainAfterThePauseOfTheTable() {
    StickLimits limits =
        StickLimits.DEFAULT.with(StickParameter.RETRY, 700).with(StickParameter.ZNP_RESET, 1_000);
    StickHost host = new StickHost(ZnpDialect::new, config(limits), line);
    host.onOpen(0);
    line.tell(host, line.last().answer(Octets.fromHex("5906")));
    long now = host.wakeAt();
    host.onTimer(now);
    assertThat(now).as("it was to restart within").isEqualTo(SECOND);
    assertThat(line.events)
        .anyMatch(
            event -> event instanceof StickEvent.StartFailed failed && failed.retryMillis() == 700);
    assertThat(host.wakeAt() - now).isEqualTo(700_000_000L);
  }

  @Test
  void soManyMessagesWaitForTheStickAndNoMore() {
    StickHost host =
        running(
            StickLimits.DEFAULT
                .with(StickParameter.UNCONFIRMED, 1)
                .with(StickParameter.WAITING, 3)
                .with(StickParameter.WAITING_OF_ONE, 2));
    LongStream.range(0, 5).forEach(id -> host.send(0, id, broadcast()));
    assertThat(line.results).containsExactly("3 BUSY", "4 BUSY");
    assertThat(line.written).hasSize(1);
  }

  @Test
  void aMessageIsGivenUpWithoutAConfirmAfterTheTimeOfTheTable() {
    StickHost host = running(StickLimits.DEFAULT.with(StickParameter.CONFIRM_TIME, 900));
    DeviceAddresses addresses = new DeviceAddresses(0x1A2B, DEVICE.address());
    line.tell(host, AddressMessages.announcement(addresses, 0x8E));
    line.tell(host, line.last().answer(Octets.fromHex("00")));
    host.send(0, 7, frame(DEVICE, SendOptions.ACKNOWLEDGED));
    line.tell(host, line.last().answer(Octets.fromHex("00")));
    host.onTimer(899_000_000L);
    assertThat(line.results).isEmpty();
    host.onTimer(900_000_000L);
    assertThat(line.results).hasSize(1).first().asString().startsWith("7 ");
  }
}
