// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.machine.Input;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;

/** The application gives an update up. */
class AbortTest {
  private static final UpgradeEndRequest ABORTED =
      new UpgradeEndRequest(ZclStatus.ABORT, Desk.IMAGE);

  @Test
  void anAbortDuringTheVerificationIsToldAndNothingComesOfTheImage() {
    Desk desk = Desk.of(DeviceType.PPMID).verifying();
    desk.input(new DeviceInput.Abort());
    assertThat(desk.last()).isEqualTo(ABORTED);
    assertThat(desk.bank.journal().download()).isEmpty();
    desk.work();
    desk.endNoted();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.effects.events(UpdateEvent.Verified.class)).isEmpty();
    assertThat(desk.effects.events(UpdateEvent.Failed.class)).hasSize(1);
  }

  @Test
  void anAbortDuringTheVerificationOutlivesARestart() {
    Desk desk = Desk.of(DeviceType.PPMID).verifying();
    desk.input(new DeviceInput.Abort());
    desk.start();
    desk.work();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.effects.events(UpdateEvent.Verified.class)).isEmpty();
  }

  @Test
  void anAbortOfATransferOutlivesARestart() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.serve(480);
    desk.input(new DeviceInput.Abort());
    assertThat(desk.last()).isEqualTo(ABORTED);
    desk.start();
    assertThat(desk.bank.journal().download()).isEmpty();
  }

  @Test
  void aLateVerificationIsNotTakenForThatOfTheNextImage() {
    Desk desk = Desk.of(DeviceType.PPMID).verifying();
    Input late = desk.waitingJobs.remove(0).work().get();
    desk.input(new DeviceInput.Abort());
    desk.endNoted();
    desk.input(new DeviceInput.QueryNow());
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    desk.work();
    desk.serve(Desk.FILE.length());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    desk.input(late);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    desk.work();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    assertThat(desk.effects.events(UpdateEvent.Verified.class)).hasSize(1);
  }
}
