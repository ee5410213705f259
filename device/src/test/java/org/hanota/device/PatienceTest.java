// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a device does when nobody answers. */
class PatienceTest {
  private static final long DAY = 24L * 3_600_000;

  @ParameterizedTest
  @EnumSource(
      value = DeviceType.class,
      names = {"HCALCS", "ESME", "GSME"})
  void withoutAnyUpgradeEndResponseAMeterActivatesNothingInThirtyDays(DeviceType type) {
    Desk desk = Desk.of(type).ending();
    for (int day = 0; day < 30; day++) {
      desk.pass(DAY);
    }
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
    assertThat(desk.waitingJobs).isEmpty();
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
  }

  @ParameterizedTest
  @EnumSource(
      value = DeviceType.class,
      names = {"HCALCS", "ESME", "GSME"})
  void neitherDoRestartsMakeAMeterActivate(DeviceType type) {
    Desk desk = Desk.of(type).ending();
    for (int day = 0; day < 30; day++) {
      desk.start();
      desk.work();
      desk.pass(DAY);
      assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
    }
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
  }

  @Test
  void withoutAnyUpgradeEndResponseADisplayActivatesAfterThreeHourlyTries() {
    Desk desk = Desk.of(DeviceType.IHD).ending();
    desk.pass(2 * 3_600_000L);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
    desk.pass(2 * 3_600_000L);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).hasSize(1);
  }

  @Test
  void aDeviceWithoutAnswersRestsKeepsItsPlaceAndSendsNoAbort() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.serve(480);
    int before = desk.count(ImageBlockRequest.class);
    desk.pass(10 * 60_000);
    assertThat(desk.effects.events(UpdateEvent.Paused.class)).isNotEmpty();
    List<ImageBlockRequest> asked = desk.effects.messages(ImageBlockRequest.class);
    // The first one and ten more, all for the same block.
    assertThat(asked.subList(before - 1, asked.size()))
        .hasSize(11)
        .allMatch(request -> request.fileOffset() == 480);
    assertThat(desk.count(UpgradeEndRequest.class)).isZero();
    assertThat(desk.machine.counts().rests()).isPositive();
  }

  @Test
  void itsRestsDoubleUpToTheCapAndItGoesOnWhereItWas() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.serve(480);
    for (int round = 0; round < 9; round++) {
      while (desk.machine.state() != DeviceState.RESTING) {
        desk.tick();
      }
      while (desk.machine.state() != DeviceState.QUERYING) {
        if (desk.machine.state() == DeviceState.DISCOVERING) {
          desk.input(new Input.ServerFound(Desk.HUB));
        } else {
          desk.tick();
        }
      }
      desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    }
    List<Long> pauses =
        desk.effects.events(UpdateEvent.Paused.class).stream()
            .map(UpdateEvent.Paused::pauseMillis)
            .toList();
    assertThat(pauses)
        .containsExactly(
            60_000L,
            120_000L,
            240_000L,
            480_000L,
            960_000L,
            1_920_000L,
            3_600_000L,
            3_600_000L,
            3_600_000L);
    desk.serve(Desk.FILE.length());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    assertThat(desk.bank.read(Slot.B, Desk.FILE.length())).isEqualTo(Desk.FILE);
    // From 480 on, each block was stored once: nothing was asked for from the start again.
    assertThat(desk.effects.messages(ImageBlockRequest.class).stream())
        .filteredOn(request -> request.fileOffset() == 0)
        .hasSize(1);
  }

  @Test
  void aRequestThatWasNotHandedOverGoesOutAgainSoon() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    int sent = desk.count(ImageBlockRequest.class);
    desk.sendFails();
    desk.pass(500);
    assertThat(desk.count(ImageBlockRequest.class)).isEqualTo(sent + 1);
  }

  @Test
  void withoutAServerItSearchesEveryTenMinutesAndQueriesAgainEveryDay() {
    Desk desk = Desk.of(DeviceType.PPMID);
    desk.start();
    for (int i = 0; i < 6; i++) {
      desk.pass(10 * 60_000);
      if (desk.machine.state() == DeviceState.DISCOVERING) {
        desk.input(new Input.NoServer());
      }
    }
    assertThat(desk.effects.discoveries).isBetween(5, 7);
    Desk other = Desk.of(DeviceType.PPMID).querying();
    other.receive(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    int queries = other.count(QueryNextImageRequest.class);
    other.pass(DAY - 1);
    assertThat(other.count(QueryNextImageRequest.class)).isEqualTo(queries);
    other.pass(1);
    assertThat(other.count(QueryNextImageRequest.class)).isEqualTo(queries + 1);
  }

  @Test
  void anAbortIsToldToTheServerAndTheDownloadForgotten() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.serve(480);
    desk.input(new DeviceInput.Abort());
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.ABORT, Desk.IMAGE));
    desk.refuse(ZclStatus.SUCCESS);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.bank.journal().download()).isEmpty();
  }
}
