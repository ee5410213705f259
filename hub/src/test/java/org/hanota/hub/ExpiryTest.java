// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.control.HubStatus.LastFailure;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each phase has a time of its own, and what takes too long fails by its name. */
class ExpiryTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private static void offer(Counter hub, UpgradeTime when, PhaseTimeouts own) {
    hub.input(
        new HubInput.Start(
            new Offer(Counter.device(1), Counter.IMAGE, when, 100, Optional.empty())
                .withTimeouts(own)));
  }

  /** Brings device 1 into the phase that {@code timed} limits. */
  private static void reach(Counter hub, Timed timed, PhaseTimeouts own) {
    offer(hub, timed == Timed.WAITING ? new UpgradeTime.Held() : new UpgradeTime.Now(), own);
    if (timed == Timed.QUERYING) {
      return;
    }
    hub.query(1);
    hub.block(1, 0);
    if (timed == Timed.TRANSFERRING) {
      return;
    }
    for (long at = 48; at < Counter.FILE.length(); at += 48) {
      hub.block(1, at);
    }
    if (timed != Timed.VERIFYING) {
      hub.end(1, ZclStatus.SUCCESS);
    }
  }

  private static void expires(Counter hub, Timed timed, long afterMs) {
    hub.pass(afterMs - 1_000);
    assertThat(hub.phase(1)).as(timed + " shortly before").isNotEqualTo(Phase.FAILED);
    hub.pass(2_000);
    assertThat(hub.phase(1)).as(timed + " shortly after").isEqualTo(Phase.FAILED);
    LastFailure failure = hub.status(1).failure().orElseThrow();
    assertThat(failure.failure()).isEqualTo(Failure.EXPIRED);
    assertThat(failure.detail()).startsWith(timed.word() + " took longer than PT");
  }

  @ParameterizedTest
  @EnumSource(value = Timed.class, mode = Mode.EXCLUDE, names = "HOLDING")
  void eachPhaseExpiresByItsName(Timed timed) {
    PhaseTimeouts short5 = PhaseTimeouts.NONE.with(timed, 5 * HOUR);
    Counter hub = new Counter(p -> p.with(short5)).start();
    reach(hub, timed, PhaseTimeouts.NONE);
    expires(hub, timed, 5 * HOUR);
  }

  @ParameterizedTest
  @EnumSource(value = Timed.class, mode = Mode.EXCLUDE, names = "HOLDING")
  void anImageMayHaveTimesOfItsOwnWhichOutliveARestart(Timed timed) {
    Counter hub = new Counter(p -> p.with(PhaseTimeouts.NONE.with(timed, HOUR))).start();
    reach(hub, timed, PhaseTimeouts.NONE.with(timed, 5 * DAY));
    hub.pass(DAY);
    assertThat(hub.phase(1)).isNotEqualTo(Phase.FAILED);
    hub.start();
    switch (timed) {
      case WAITING, ACTIVATING -> expires(hub, timed, 4 * DAY);
      // A device is told again after a restart, and then has to come.
      case QUERYING -> expires(hub, Timed.QUERYING, 5 * DAY);
      default -> expires(hub, Timed.HOLDING, 6 * DAY);
    }
  }

  @Test
  void theLastPercentIsNoStallWhileTheImageMayTakeItsTime() {
    Counter hub = new Counter(p -> p).start();
    reach(
        hub,
        Timed.VERIFYING,
        PhaseTimeouts.NONE.with(Timed.VERIFYING, 20 * DAY).with(Timed.HOLDING, 30 * DAY));
    hub.effects.clear();
    hub.pass(19 * DAY);
    assertThat(hub.phase(1)).isEqualTo(Phase.VERIFYING);
    assertThat(hub.effects.events).as("nothing is called a stall").isEmpty();
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
  }

  @Test
  void onlySilenceCountsWhileBlocksGoOut() {
    Counter hub =
        new Counter(p -> p.with(PhaseTimeouts.NONE.with(Timed.TRANSFERRING, HOUR))).start();
    reach(hub, Timed.TRANSFERRING, PhaseTimeouts.NONE);
    for (int i = 1; i < 20; i++) {
      hub.pass(HOUR - 1_000);
      hub.block(1, i * 48L);
    }
    expires(hub, Timed.TRANSFERRING, HOUR);
  }

  @Test
  void aDeviceThatComesAgainAndAgainWithoutAnEndExpiresWithItsHold() {
    Counter hub = new Counter(p -> p).start();
    offer(hub, new UpgradeTime.Now(), PhaseTimeouts.NONE);
    for (int i = 0; i < 6; i++) {
      hub.query(1);
      hub.pass(DAY);
    }
    hub.query(1);
    expires(hub, Timed.HOLDING, DAY);
  }

  @Test
  void aLaterUpgradeTimeIsWaitedForOverARestart() {
    Counter hub = new Counter(p -> p).start();
    offer(hub, new UpgradeTime.At(Counter.UTC_MILLIS + 10 * DAY), PhaseTimeouts.NONE);
    hub.query(1);
    hub.block(1, 0);
    hub.end(1, ZclStatus.SUCCESS);
    hub.start();
    for (int i = 0; i < 9; i++) {
      hub.pass(DAY);
      // It asks every day, still with the old version.
      hub.query(1);
      assertThat(hub.phase(1)).as("day " + i).isEqualTo(Phase.WAITING);
    }
    expires(hub, Timed.ACTIVATING, 3 * DAY);
  }

  @Test
  void aNewOfferHasItsWholeTime() {
    Counter hub = new Counter(p -> p).start();
    offer(hub, new UpgradeTime.Now(), PhaseTimeouts.NONE);
    hub.pass(6 * DAY);
    offer(hub, new UpgradeTime.Now(), PhaseTimeouts.NONE);
    hub.query(1);
    hub.block(1, 0);
    hub.pass(DAY + HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.TRANSFERRING);
  }

  @Test
  void anUpdateWithoutAnOfferIsNotAsOldAsTheOfferBefore() {
    Counter hub = new Counter(p -> p).start();
    offer(hub, new UpgradeTime.Now(), PhaseTimeouts.NONE);
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
    hub.pass(20 * DAY);
    hub.put(Counter.file(OtaHeader.of(HubRestartTest.NEXT)));
    hub.input(new HubInput.ImagesChanged());
    hub.query(1, Counter.IMAGE, Optional.empty());
    hub.input(new HubInput.Pause(Counter.device(1).address()));
    hub.start();
    hub.pass(HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.PAUSED);
  }
}
