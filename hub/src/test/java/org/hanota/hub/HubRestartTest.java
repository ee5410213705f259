// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub must not forget while it is away. */
class HubRestartTest {
  static final ImageId NEXT = Counter.IMAGE.withVersion(new FileVersion(0x0102_0000L));

  /** A device that has taken an image which nobody offered to it. */
  private static Counter taken() {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    return hub;
  }

  @Test
  void anUpdateWithoutAnOfferIsConfirmedAfterARestart() {
    Counter hub = taken().restart();
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
    assertThat(hub.effects.events(UpdateEvent.Confirmed.class))
        .extracting(UpdateEvent.Confirmed::image)
        .containsExactly(Counter.IMAGE);
    hub.pass(20L * 86_400_000);
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }

  /** Also when it is set back by more than a rounding, as without a battery. */
  @ParameterizedTest
  @ValueSource(longs = {-3_600_000, -86_400_000, 1_800_000})
  void aClockThatIsWrongAfterARestartDoesNotDisturbAnUpdateWithoutAnOffer(long wrong) {
    Counter hub = taken();
    hub.pass(hub.parameters.gatherMs());
    hub.utcShiftMillis = wrong;
    hub.start();
    hub.pass(600_000);
    hub.query(1);
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }

  @Test
  void aNewerImageThatCameMeanwhileIsNotBlamedForTheOneBefore() {
    Counter hub = taken();
    StoredImage next = hub.put(Counter.file(OtaHeader.of(NEXT)));
    hub.restart();
    hub.pass(hub.parameters.activationGraceMs());
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
    assertThat(hub.transfers.failures()).doesNotContainKey(next.sha256());
  }

  @Test
  void aRollBackAfterARestartIsThatOfTheImageThatTheDeviceTook() {
    Counter hub = taken();
    StoredImage next = hub.put(Counter.file(OtaHeader.of(NEXT)));
    hub.restart();
    hub.query(1);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    hub.pass(hub.parameters.activationGraceMs());
    hub.query(1);
    assertThat(hub.effects.events(UpdateEvent.Failed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.failure()).isEqualTo(Failure.ROLLED_BACK);
              assertThat(failed.image()).isEqualTo(Counter.IMAGE);
            });
    hub.restart();
    assertThat(hub.transfers.failures()).doesNotContainKey(next.sha256()).hasSize(1);
  }

  @Test
  void anImageThatWasTakenBackIsHeldAfterARestartUntilItsDeviceHearsSo() {
    Counter hub = new Counter(p -> p).start();
    hub.input(
        new HubInput.Start(
            new Offer(
                Counter.device(1),
                Counter.IMAGE,
                new UpgradeTime.At(Counter.UTC_MILLIS + 86_400_000L),
                100,
                Optional.empty())));
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    for (int i = 0; i < 2; i++) {
      hub.start();
      assertThat(hub.effects.messages(UpgradeEndResponse.class))
          .singleElement()
          .satisfies(word -> assertThat(word.waits()).isTrue());
      assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
    }
    hub.machine.onSent(
        hub.now(), hub.effects.sent.get(0).sendId(), SendResult.DELIVERED, hub.effects);
    hub.start();
    assertThat(hub.effects.sent).isEmpty();
  }
}
