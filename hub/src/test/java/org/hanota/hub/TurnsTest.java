// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.hub.OffersTest.isOffered;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;

/** When a device has its turn, and what ends or interrupts it. */
class TurnsTest {
  @Test
  void devicesGetTheirTurnInOrderAndByPriority() {
    Counter hub = new Counter(p -> p.with(HubParameter.CONCURRENT_TRANSFERS, 1)).start();
    hub.offer(1);
    hub.offer(2);
    hub.offer(3);
    hub.input(
        new HubInput.Start(
            new Offer(
                Counter.device(4), Counter.IMAGE, new UpgradeTime.Now(), 1, Optional.empty())));
    assertThat(List.of(hub.phase(1), hub.phase(2), hub.phase(3), hub.phase(4)))
        .containsExactly(Phase.NOTIFIED, Phase.QUEUED, Phase.QUEUED, Phase.QUEUED);
    for (int device : new int[] {1, 4, 2, 3}) {
      for (int other = 1; other <= 4; other++) {
        if (other != device && hub.phase(other) == Phase.QUEUED) {
          hub.block(other, 0);
          assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
          assertThat(hub.phase(other)).isEqualTo(Phase.QUEUED);
        }
      }
      hub.query(device);
      hub.block(device, 0);
      assertThat(hub.answer())
          .as("device " + device)
          .isInstanceOf(ImageBlockResponse.Success.class);
      assertThat(hub.machine.status().transferring()).isEqualTo(1);
      hub.end(device, ZclStatus.SUCCESS);
    }
  }

  @Test
  void aDeviceThatNeedsAnotherPartFirstKeepsItsTurn() {
    Counter hub = new Counter(p -> p.with(HubParameter.CONCURRENT_TRANSFERS, 1)).start();
    hub.offer(1);
    hub.offer(2);
    hub.end(2, ZclStatus.REQUIRE_MORE_IMAGE);
    assertThat(hub.machine.status().queued()).isEqualTo(1);
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    assertThat(hub.phase(2)).isEqualTo(Phase.NOTIFIED);
  }

  @Test
  void aLostNotifyIsRepeatedWithBackOffAndThenTheDeviceIsAwaited() {
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.pass(24L * 3_600_000);
    assertThat(hub.effects.messages(ImageNotify.class)).hasSize(5);
    assertThat(hub.phase(1)).isEqualTo(Phase.NOTIFIED);
    // A sleepy device that comes a day later gets its image.
    hub.query(1);
    isOffered(hub);
  }

  @Test
  void anOfferThatNobodyTakesExpiresByName() {
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.pass(7L * 24 * 3_600_000);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
    assertThat(hub.effects.events(UpdateEvent.Failed.class).get(0).failure())
        .isEqualTo(UpdateEvent.Failure.EXPIRED);
  }

  @Test
  void aSilentTransferGivesItsPlaceAwayAndGoesOnLater() {
    Counter hub = new Counter(p -> p.with(HubParameter.CONCURRENT_TRANSFERS, 1)).start();
    hub.offer(1);
    hub.offer(2);
    hub.query(1);
    hub.block(1, 0);
    assertThat(hub.phase(2)).isEqualTo(Phase.QUEUED);
    hub.pass(hub.parameters.stallMs() * 2);
    assertThat(hub.phase(2)).isEqualTo(Phase.NOTIFIED);
    assertThat(hub.phase(1)).isNotEqualTo(Phase.FAILED);
    hub.query(2);
    hub.block(2, 0);
    hub.end(2, ZclStatus.SUCCESS);
    hub.block(1, 48);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  @Test
  void theTimeLeftIsThatOfTheLastPercentsAndNotTheMeanSinceTheStart() {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    long blocks = 0;
    for (long at = 0; at < 960; at += 48) {
      hub.block(1, at);
      blocks++;
      // A slow first half: a minute for each block.
      hub.pass(blocks < 10 ? 60_000 : 100);
    }
    long left = hub.status(1).remainingMillis().orElseThrow();
    long blocksLeft = (Counter.FILE.length() - 960L) / 48;
    assertThat(left).isBetween(blocksLeft * 100L - 100L, blocksLeft * 100L + 100L);
  }

  @Test
  void anAbortOfTheOperatorIsToldAtTheNextRequest() {
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.query(1);
    hub.block(1, 0);
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    hub.block(1, 48);
    assertThat(hub.answer()).isEqualTo(ImageBlockResponse.Refusal.ABORT);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  @Test
  void aPauseAnswersWaitForDataUntilItIsResumed() {
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.query(1);
    hub.block(1, 0);
    hub.input(new HubInput.Pause(Counter.device(1).address()));
    hub.block(1, 48);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
    hub.input(new HubInput.Resume(Counter.device(1).address()));
    hub.block(1, 48);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  @Test
  void aRestartInMidTransferServesTheNextBlockWithoutANewQuery() {
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.query(1);
    hub.block(1, 0);
    hub.start();
    assertThat(hub.effects.messages(ImageNotify.class)).hasSize(1);
    hub.block(1, 48);
    assertThat(hub.answer())
        .isEqualTo(new ImageBlockResponse.Success(Counter.IMAGE, 48, Counter.FILE.slice(48, 48)));
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.answer()).isInstanceOf(UpgradeEndResponse.class);
    hub.start();
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }

  @Test
  void everyPhaseIsToldAsItHappens() {
    Counter hub = new Counter(p -> p).start();
    hub.effects.clear();
    List<Class<?>> told = new ArrayList<>();
    hub.offer(1);
    take(hub, told);
    hub.query(1);
    take(hub, told);
    for (long at = 0; at < Counter.FILE.length(); at += 48) {
      hub.block(1, at);
      take(hub, told);
    }
    hub.end(1, ZclStatus.SUCCESS);
    take(hub, told);
    hub.query(1, Counter.IMAGE, Optional.empty());
    take(hub, told);
    assertThat(told.stream().distinct().toList())
        .isEqualTo(
            List.of(
                UpdateEvent.Queued.class,
                UpdateEvent.Notified.class,
                UpdateEvent.Querying.class,
                UpdateEvent.Started.class,
                UpdateEvent.Transferring.class,
                UpdateEvent.Verifying.class,
                UpdateEvent.Verified.class,
                UpdateEvent.Activating.class,
                UpdateEvent.Confirmed.class));
  }

  private static void take(Counter hub, List<Class<?>> told) {
    hub.effects.events.forEach(event -> told.add(event.getClass()));
    hub.effects.events.clear();
  }
}
