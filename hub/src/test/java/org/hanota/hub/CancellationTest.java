// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;
import org.hanota.testing.RecordedEffects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An update that was taken back, or that took too long, never happens. */
class CancellationTest {
  private static final UpgradeTime TOMORROW = new UpgradeTime.At(Counter.UTC_MILLIS + 86_400_000L);
  private static final ImageId NEXT = Counter.IMAGE.withVersion(new FileVersion(0x0102_0000L));

  private static Counter offered(UpgradeTime when) {
    Counter hub = new Counter(p -> p);
    hub.put(Counter.file(OtaHeader.of(NEXT)));
    hub.start();
    hub.input(
        new HubInput.Start(
            new Offer(Counter.device(1), Counter.IMAGE, when, 100, Optional.empty())));
    hub.query(1);
    hub.blocks(1);
    return hub;
  }

  private static Counter counting() {
    Counter hub = offered(TOMORROW);
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    hub.effects.clear();
    return hub;
  }

  private static void abort(Counter hub) {
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  private static void isToldToDropIt(Counter hub) {
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isEqualTo(ZclStatus.ABORT));
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEndAfterAnAbortIsAnsweredAbort(boolean restarted) {
    Counter hub = offered(new UpgradeTime.Held());
    abort(hub);
    if (restarted) {
      hub.start();
    }
    hub.end(1, ZclStatus.SUCCESS);
    isToldToDropIt(hub);
    hub.receive(1, new UpgradeEndRequest(ZclStatus.REQUIRE_MORE_IMAGE, Counter.IMAGE));
    isToldToDropIt(hub);
  }

  @Test
  void anEndAfterItsTimeRanOutIsAnsweredAbort() {
    Counter hub = offered(new UpgradeTime.Held());
    hub.end(1, ZclStatus.SUCCESS);
    hub.pass(8L * 86_400_000);
    assertThat(hub.status(1).failure().orElseThrow().failure()).isEqualTo(Failure.EXPIRED);
    hub.end(1, ZclStatus.SUCCESS);
    isToldToDropIt(hub);
  }

  @Test
  void aDeviceThatQueriesAfterAnAbortMayBeginAnew() {
    Counter hub = offered(new UpgradeTime.Held());
    abort(hub);
    hub.offer(1);
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
  }

  private static int holds(Counter hub) {
    return (int)
        hub.effects.messages(UpgradeEndResponse.class).stream()
            .filter(UpgradeEndResponse::waits)
            .count();
  }

  private static void result(Counter hub, SendResult result) {
    for (RecordedEffects.Sent sent : List.copyOf(hub.effects.sent)) {
      hub.machine.onSent(hub.now(), sent.sendId(), result, hub.effects);
    }
  }

  @Test
  void anAbortDuringTheCountDownIsToldUntilItIsHeard() {
    Counter hub = counting();
    abort(hub);
    int tries = hub.parameters.notifyTries();
    for (int i = 1; i < tries; i++) {
      assertThat(holds(hub)).isEqualTo(1);
      result(hub, SendResult.NO_ACK);
      hub.effects.sent.clear();
      hub.pass(hub.parameters.notifyRetryMs() << (i - 1));
    }
    assertThat(holds(hub)).isEqualTo(1);
    result(hub, SendResult.NO_ACK);
    hub.effects.sent.clear();
    hub.pass(hub.parameters.notifyRetryMs() << tries);
    assertThat(holds(hub)).as("it is away").isZero();
    hub.query(1, NEXT, Optional.empty());
    assertThat(holds(hub)).as("it is back").isEqualTo(1);
    result(hub, SendResult.DELIVERED);
    hub.query(1, NEXT, Optional.empty());
    assertThat(holds(hub)).as("it knows").isZero();
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
    hub.end(1, ZclStatus.SUCCESS);
    isToldToDropIt(hub);
  }

  /** The device was told to run its image at once; the order to stop comes while it swaps. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theDevicesWordWinsOverAnAbortAtTheMomentOfItsActivation(boolean restarted) {
    Counter hub = offered(new UpgradeTime.Now());
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    abort(hub);
    assertThat(hub.status(1).failure().orElseThrow().detail())
        .endsWith("the device was to run its image by now, and may do so");
    result(hub, SendResult.DELIVERED);
    if (restarted) {
      hub.restart();
    }
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
    assertThat(hub.status(1).failure()).isEmpty();
    assertThat(hub.effects.events(UpdateEvent.Confirmed.class))
        .containsExactly(new UpdateEvent.Confirmed(Counter.device(1).address(), Counter.IMAGE));
  }

  @Test
  void aDeviceThatObeysAnAbortStaysStopped() {
    Counter hub = offered(new UpgradeTime.Now());
    hub.end(1, ZclStatus.SUCCESS);
    abort(hub);
    hub.query(1);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
    hub.query(1, Counter.IMAGE.withVersion(new FileVersion(0x0100_0001L)), Optional.empty());
    assertThat(hub.phase(1)).as("another image").isEqualTo(Phase.FAILED);
  }

  @Test
  void anotherImageOfferedDuringTheCountDownHoldsTheOneBefore() {
    Counter hub = counting();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), NEXT)));
    assertThat(hub.phase(1)).isEqualTo(Phase.NOTIFIED);
    assertThat(holds(hub)).isEqualTo(1);
    result(hub, SendResult.NO_ACK);
    hub.query(1);
    assertThat(holds(hub)).as("it is back").isEqualTo(1);
    result(hub, SendResult.DELIVERED);
    hub.query(1);
    assertThat(holds(hub)).isZero();
  }

  @Test
  void anotherImageThatWaitsInTheQueueHoldsTheOneBeforeUntilItIsHeard() {
    Counter hub = counting();
    for (int other = 2; other < 2 + hub.parameters.concurrentTransfers(); other++) {
      hub.offer(other);
    }
    hub.effects.clear();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), NEXT)));
    assertThat(hub.phase(1)).isEqualTo(Phase.QUEUED);
    assertThat(holds(hub)).isEqualTo(1);
    result(hub, SendResult.NO_ACK);
    hub.effects.sent.clear();
    hub.pass(hub.parameters.notifyRetryMs());
    assertThat(holds(hub)).isEqualTo(1);
    assertThat(hub.phase(1)).isEqualTo(Phase.QUEUED);
  }
}
