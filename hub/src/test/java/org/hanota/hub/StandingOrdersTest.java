// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person said of a device stands until a person says something else. */
class StandingOrdersTest {
  private static final long DAY = 86_400_000L;
  private static final UpgradeTime LATER = new UpgradeTime.At(Counter.UTC_MILLIS + 60 * DAY);

  private static Counter offered(UpgradeTime when) {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    hub.input(
        new HubInput.Start(
            new Offer(Counter.device(1), Counter.IMAGE, when, 100, Optional.empty())));
    hub.query(1);
    hub.blocks(1);
    return hub;
  }

  private static void getsNothing(Counter hub) {
    for (int i = 0; i < 3; i++) {
      hub.query(1);
      assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Refusal.class);
      assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
      hub.pass(DAY);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAbortInMidTransferStandsUntilSomebodyStartsAgain(boolean restarted) {
    Counter hub = offered(new UpgradeTime.Now());
    hub.abort(1);
    if (restarted) {
      hub.start();
    }
    getsNothing(hub);
    hub.offer(1);
    hub.query(1);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAbortOfAnUpdateThatWaitsForItsDateIsNotUndoneByTheNextQuery(boolean restarted) {
    Counter hub = offered(LATER);
    hub.end(1, ZclStatus.SUCCESS);
    hub.abort(1);
    if (restarted) {
      hub.start();
    }
    getsNothing(hub);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPauseIsNotEndedByTakingTheImageOutAndPuttingItInAgain(boolean restarted) {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    hub.block(1, 0);
    hub.input(new HubInput.Pause(Counter.device(1).address()));
    hub.images.remove(hub.images.images().get(0).sha256());
    hub.input(new HubInput.ImagesChanged());
    hub.put(Counter.FILE);
    if (restarted) {
      hub.start();
    } else {
      hub.input(new HubInput.ImagesChanged());
    }
    getsNothing(hub);
    hub.offer(1);
    hub.query(1);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  private static void runsAtItsTime(Counter hub) {
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            UpgradeEndResponse.class,
            end ->
                assertThat(end.upgradeTime().seconds())
                    .isEqualTo((60 * DAY - hub.nanos / 1_000_000) / 1_000));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsOfferedWithoutAWordRunsNoEarlierThanAPersonSaid(boolean restarted) {
    Counter hub = offered(LATER);
    hub.end(1, ZclStatus.INVALID_IMAGE);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
    hub.pass(2 * DAY);
    if (restarted) {
      hub.start();
    }
    runsAtItsTime(hub);
  }

  @Test
  void anOfferThatExpiresLeavesItsTimeBehind() {
    Counter hub = offered(LATER);
    hub.pass(8 * DAY);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
    runsAtItsTime(hub);
  }

  @Test
  void theTimeIsForgottenWithTheImageThatRan() {
    Counter hub = offered(new UpgradeTime.Held());
    hub.end(1, ZclStatus.SUCCESS);
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
    ImageId next = Counter.IMAGE.withVersion(new org.hanota.api.FileVersion(0x0102_0000L));
    hub.put(Counter.file(org.hanota.otaformat.OtaHeader.of(next)));
    hub.input(new HubInput.ImagesChanged());
    hub.query(1, Counter.IMAGE, Optional.empty());
    hub.end(1, next, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
  }
}
