// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hanota.headend.dsp.HomeTransform;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.HanRequest;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.testing.RecordedEffects;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

/** The replacement of damaged devices at its supplier. */
class ReplacementTest extends ReplacementCase {
  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "replacement-states.md",
        "The replacement of a damaged device",
        "org.hanota.headend.supplier.ReplacementTransitions",
        ReplacementTransitions.TABLE);
  }

  @Test
  void eachEdgeIsTakenAndEveryReplacementComesToItsEnd() {
    replaceAll(400);
    assertThat(taken).containsExactlyInAnyOrderElementsOf(ReplacementTransitions.TABLE.edges());
  }

  private void replaceAll(int runs) {
    Random random = new Random(16);
    for (int run = 0; run < runs; run++) {
      store = new InMemoryRecordStore();
      asked.clear();
      effects = new RecordedEffects();
      millis = 0;
      isExpected = false;
      supplier = machine();
      supplier.onStart(now(), effects);
      input(new SupplierInput.Replace(plans().get(run % plans().size())));
      replace(random, "run " + run);
    }
  }

  private void replace(Random random, String run) {
    int answered = 0;
    for (int step = 0; step < 400 && !replacement().isOver(); step++) {
      if (random.nextInt(4) == 0) {
        restart();
      }
      if (random.nextInt(40) == 0) {
        input(new SupplierInput.AbandonReplacement(OLD, "the customer moved"));
      } else if (replacement().state() == ReplacementState.HELD) {
        input(
            random.nextInt(20) == 0
                ? new SupplierInput.AbandonReplacement(OLD, "the customer moved")
                : new SupplierInput.ResumeReplacement(OLD));
      } else if (asked.size() > answered) {
        // One request at a time, and none about the old device before the new one is expected.
        assertThat(asked).as(run).hasSize(answered + 1);
        Request next = asked.get(answered);
        answered++;
        happen(next, random.nextInt(9));
        checkOrder(next, run);
      } else {
        pass(HOUR);
      }
    }
    assertThat(replacement().isOver()).as(run + " " + replacement()).isTrue();
  }

  private void checkOrder(Request request, String run) {
    boolean isAboutOld =
        request.body() instanceof InventoryRequest.DecommissionDevice
            || request.body() instanceof HanRequest.UpdateHanDeviceLog
            || request.body() instanceof HanRequest.UnjoinServiceCritical
            || request.body() instanceof HanRequest.RestoreHanDeviceLog;
    assertThat(isAboutOld && !isExpected).as(run + " " + request).isFalse();
    assertThat(request.id().target()).as(run).isNotEqualTo(IHD);
  }

  /** H152: what has no keys of GBCS answers no command; the DCC refuses one for it. */
  @Test
  void anIhdIsJoinedByItsMeterAlone() {
    ReplacementPlan ihd = plans().get(5);
    assertThat(ihd.requestsIn(ReplacementState.UNJOINING)).isOne();
    assertThat(ihd.requestsIn(ReplacementState.JOINING)).isOne();
    assertThat(ihd.ask(ReplacementState.JOINING, 0, DSP, Instant.EPOCH).target()).isEqualTo(ESME);
    ReplacementPlan meter = plans().get(6);
    assertThat(meter.way()).doesNotContain(ReplacementState.UNJOINING);
    assertThat(meter.requestsIn(ReplacementState.JOINING)).isOne();
    assertThat(meter.ask(ReplacementState.JOINING, 0, DSP, Instant.EPOCH).target())
        .isEqualTo(FRESH);
    assertThatThrownBy(
            () ->
                plan(
                    DeviceType.CAD,
                    true,
                    List.of(new ReplacementPlan.Partner(IHD, DeviceType.IHD))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes commands");
  }

  /** A DCC that asks for another signature than the user's request does not get it. */
  @Test
  void aPreCommandOfAnotherJoinIsNotSigned() {
    input(new SupplierInput.Replace(plans().get(1)));
    happen(asked.get(0), 8);
    Request unjoin = asked.get(1);
    told(
        unjoin,
        "I0",
        Optional.of(
            new ResponseContent.PreCommand(
                "4.0", HomeTransform.unjoin(unjoin.id(), FRESH).octets())));
    assertThat(asked).hasSize(2);
    assertThat(replacement().state()).isEqualTo(ReplacementState.HELD);
  }
}
