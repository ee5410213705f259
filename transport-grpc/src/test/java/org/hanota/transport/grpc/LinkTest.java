// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hanota.api.machine.SendResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkTest {
  private static final Outgoing.Sender SOMEBODY =
      new Outgoing.Sender() {
        @Override
        public void ended(long sendId, SendResult result) {}

        @Override
        public void answered(long sendId, SendResult result) {}
      };

  @Test
  void aResultComesEvenWhenTheReceiverHasThreadsOfItsOwnAndSendsNothing() {
    Inbox atHub = new Inbox();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Han han = Han.serving(atHub)) {
      Inbox one = new Inbox();
      han.join(han.connect(b -> b.callbacks(threads)), Han.device(1), one);
      for (int i = 0; i < 20; i++) {
        han.hub.transport().send(i, Han.frame(Han.HUB, Han.device(1), "00"));
        assertThat(atHub.result()).isEqualTo(new Inbox.Sent(i, SendResult.DELIVERED));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFrameIsGivenUpAfterTheSweepsOfItsDeadlineAndNotBefore() {
    Unanswered unanswered = new Unanswered(1_000);
    List<Unanswered.Written> overdue = new ArrayList<>();
    unanswered.sweep(overdue);
    long first = unanswered.add(SOMEBODY, 11);
    for (int i = 0; i < Link.SWEEPS; i++) {
      unanswered.sweep(overdue);
      long unused = unanswered.add(SOMEBODY, 12 + i);
    }
    assertThat(overdue).isEmpty();
    unanswered.sweep(overdue);
    assertThat(overdue).containsExactly(new Unanswered.Written(SOMEBODY, 11));
    assertThat(unanswered.take(first)).isNull();
    assertThat(unanswered.take(first + 1)).isSameAs(SOMEBODY);
    assertThat(unanswered.takenSendId()).isEqualTo(12);
  }

  @Test
  void whoWaitsIsFoundInAnyOrderHoweverMany() {
    Unanswered unanswered = new Unanswered(1_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(unanswered.add(i % 3 == 0 ? null : SOMEBODY, i)).isEqualTo(i + 1);
    }
    assertThat(unanswered.hasRoom()).isTrue();
    assertThat(unanswered.add(SOMEBODY, 1_000)).isEqualTo(1_001);
    assertThat(unanswered.hasRoom()).isFalse();
    for (int i = 1_000; i >= 0; i--) {
      boolean waits = i == 1_000 || i % 3 != 0;
      assertThat(unanswered.take(i + 1)).isSameAs(waits ? SOMEBODY : null);
      if (waits) {
        assertThat(unanswered.takenSendId()).isEqualTo(i);
      }
    }
    assertThat(unanswered.take(1_002)).isNull();
  }
}
