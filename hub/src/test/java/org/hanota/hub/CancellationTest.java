// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An update that was taken back, or that took too long, never happens. */
class CancellationTest {
  private static Counter offered(UpgradeTime when) {
    Counter hub = new Counter(p -> p).start();
    hub.input(
        new HubInput.Start(
            new Offer(Counter.device(1), Counter.IMAGE, when, 100, Optional.empty())));
    hub.query(1);
    hub.blocks(1);
    return hub;
  }

  private static void abort(Counter hub) {
    hub.input(new HubInput.Abort(Counter.device(1).address()));
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
}
