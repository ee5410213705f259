// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.Eui64;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.junit.jupiter.api.Test;

/** A device that waits with a verified image and knows no server, as after a restart. */
class UnknownServerTest {
  private static final long HOUR = 3_600_000;
  private static final UpgradeEndResponse NOW =
      new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO);

  /** Starts again with its whole image, and finds nobody. */
  static Desk alone(DeviceType type) {
    Desk desk = Desk.of(type).verifying();
    desk.start();
    desk.work();
    while (desk.machine.state() != DeviceState.WAITING) {
      desk.tick();
    }
    return desk;
  }

  private static void activatesNothing(Desk desk) {
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
  }

  /** What swarm seed 98663 found: its hub gave up before the device asked again. */
  @Test
  void aResponseThatItDidNotAskForMakesItLookForItsServerAndAskThat() {
    Desk desk = alone(DeviceType.PPMID);
    int looked = desk.effects.discoveries;
    desk.receive(NOW);
    assertThat(desk.effects.discoveries).isEqualTo(looked + 1);
    activatesNothing(desk);
    desk.input(new Input.ServerFound(Desk.HUB));
    assertThat(desk.last()).isInstanceOf(UpgradeEndRequest.class);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    desk.receive(NOW);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void aStrangersResponsesNeitherActivateNorShortenItsPatience() {
    Desk desk = alone(DeviceType.PPMID);
    for (int i = 0; i < 10; i++) {
      desk.receive(NOW, Delivery.UNICAST, new Peer(new Eui64(0x029A), 1));
      activatesNothing(desk);
    }
    desk.pass(HOUR / 2);
    activatesNothing(desk);
    desk.input(new Input.ServerFound(Desk.HUB));
    desk.pass(2 * HOUR);
    // A server that was found has its own three rounds of tries.
    activatesNothing(desk);
    desk.pass(HOUR);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).hasSize(1);
  }

  @Test
  void aServerThatHasSpokenIsNotSoughtAndOneThatIsKnownIsNotAskedAgain() {
    Desk desk = alone(DeviceType.PPMID);
    desk.input(new Input.ServerFound(Desk.HUB));
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.INVALID));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    int looked = desk.effects.discoveries;
    desk.receive(NOW, Delivery.UNICAST, new Peer(new Eui64(0x029A), 1));
    assertThat(desk.effects.discoveries).isEqualTo(looked);
    int asked = desk.count(UpgradeEndRequest.class);
    desk.input(new Input.ServerFound(Desk.HUB));
    assertThat(desk.count(UpgradeEndRequest.class)).isEqualTo(asked);
    activatesNothing(desk);
  }

  @Test
  void aMeterThatWasAnsweredOnlyRemembersTheServerThatItFinds() {
    Desk desk = alone(DeviceType.ESME);
    desk.input(new Input.ServerFound(Desk.HUB));
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.INVALID));
    int asked = desk.count(UpgradeEndRequest.class);
    desk.input(new Input.ServerFound(Desk.HUB));
    assertThat(desk.count(UpgradeEndRequest.class)).isEqualTo(asked);
    activatesNothing(desk);
  }
}
