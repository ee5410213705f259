// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.junit.jupiter.api.Test;

/** A device on a battery begins nothing that it may not finish. */
class PowerTest {
  private static final long RETRY_MS = DeviceParameters.DEFAULT.powerRetryMs();
  private static final int ENOUGH = DeviceParameters.DEFAULT.minimumPowerPercent();

  private static void isPutOff(Desk desk) {
    assertThat(desk.effects.events(DeviceEvent.PowerLow.class))
        .last()
        .isEqualTo(new DeviceEvent.PowerLow(Desk.SELF, ENOUGH - 1, ENOUGH));
  }

  @Test
  void aDownloadDoesNotBeginOnALowBatteryAndIsAskedForAgain() {
    Desk desk = Desk.of(DeviceType.GSME);
    desk.powerPercent = ENOUGH - 1;
    desk.erasing();
    isPutOff(desk);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    desk.powerPercent = ENOUGH;
    int queries = desk.count(QueryNextImageRequest.class);
    desk.pass(DeviceParameters.DEFAULT.queryIntervalMs());
    assertThat(desk.count(QueryNextImageRequest.class)).isGreaterThan(queries);
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    desk.work();
    assertThat(desk.count(ImageBlockRequest.class)).isPositive();
  }

  @Test
  void aDownloadUnderWayGoesOn() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.powerPercent = 0;
    desk.serve(Desk.FILE.length());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
  }

  @Test
  void nothingIsPutInPlaceOnALowBatteryUntilItIsCharged() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.powerPercent = ENOUGH - 1;
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    isPutOff(desk);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(3 * RETRY_MS);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
    assertThat(desk.effects.events(DeviceEvent.PowerLow.class)).hasSize(4);
    desk.powerPercent = ENOUGH;
    desk.pass(RETRY_MS);
    desk.work();
    assertThat(desk.effects.events(UpdateEvent.Confirmed.class)).hasSize(1);
  }

  @Test
  void anActivationThatWasPutOffCanBeCalledOff() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.powerPercent = 0;
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(60)));
    desk.pass(60_000);
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.INVALID, ZigBeeTime.INVALID));
    desk.powerPercent = 100;
    desk.pass(2 * RETRY_MS);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
  }
}
