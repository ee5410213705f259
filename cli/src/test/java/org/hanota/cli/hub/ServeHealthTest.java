// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Now;
import org.hanota.api.node.NodeEvent;
import org.hanota.hub.HubEvent;
import org.junit.jupiter.api.Test;

/** A hub that cannot serve ends, so that whoever supervises it starts it anew. */
class ServeHealthTest {
  private static final long PATIENCE_MS = ServeParameter.OUTAGE_PATIENCE.parameter().value();

  private final UncheckedIOException full =
      new UncheckedIOException(new IOException("No space left"));

  private final StringWriter printed = new StringWriter();
  private final AtomicInteger ends = new AtomicInteger();
  private final HubMetrics metrics = new HubMetrics();
  private final ServeHealth health =
      new ServeHealth(
          log(), metrics, ParameterValues.defaults(ServeParameter.class), ends::incrementAndGet);

  private ServeLog log() {
    PrintWriter out = new PrintWriter(printed, true);
    return new ServeLog(
        out,
        out,
        false,
        InstantSource.fixed(Instant.EPOCH),
        () -> 0,
        ParameterValues.defaults(ServeParameter.class));
  }

  private static Now at(long millis) {
    return new Now(TimeUnit.MILLISECONDS.toNanos(millis), Now.UTC_UNKNOWN);
  }

  @Test
  void aHubThatDoesNotServeForTooLongEndsOnceAndNotBefore() {
    health.listener(at(1_000), new HubEvent.Rests(full, 1_000));
    health.listener(at(1_000 + PATIENCE_MS - 1), new HubEvent.Rests(full, 1_000));
    assertThat(ends).hasValue(0);
    assertThat(metrics.outage()).hasValueSatisfying(why -> assertThat(why).contains("No space"));
    health.listener(at(1_000 + PATIENCE_MS), new HubEvent.Rests(full, 1_000));
    health.listener(at(1_001 + PATIENCE_MS), new HubEvent.Rests(full, 1_000));
    assertThat(ends).hasValue(1);
    assertThat(printed.toString()).contains("the hub ends: it has not served for 600 seconds");
  }

  @Test
  void aHubThatServedInBetweenHasItsWholePatienceAgain() {
    health.listener(at(0), new HubEvent.Rests(full, 1_000));
    health.listener(at(PATIENCE_MS - 1), new HubEvent.Works());
    assertThat(metrics.outage()).isEmpty();
    health.listener(at(PATIENCE_MS), new HubEvent.Rests(full, 1_000));
    health.listener(at(2 * PATIENCE_MS - 1), new HubEvent.Rests(full, 1_000));
    assertThat(ends).hasValue(0);
  }

  @Test
  void aHubThatFailsTooOftenInARowEnds() {
    for (int i = 1; i < 20; i++) {
      health.listener(at(i), new NodeEvent.Failed(full, i, 1_000_000));
      health.listener(at(i), new HubEvent.Works());
    }
    assertThat(ends).hasValue(0);
    health.listener(at(20), new NodeEvent.Failed(full, 20, 1_000_000));
    assertThat(ends).hasValue(1);
  }

  @Test
  void aFaultOfAScheduledTaskEndsItButForOneThatTheHubHandlesItself() {
    health.listener(at(0), new NodeEvent.Failed(full, 1, 1_000_000));
    health.fault(full);
    assertThat(ends).hasValue(0);
    health.fault(new IllegalStateException("a timer broke"));
    assertThat(ends).hasValue(1);
    assertThat(printed.toString()).contains("has a fault outside of the hub", "a timer broke");
  }

  @Test
  void aFaultThatSaysNothingOfItselfIsNamedByItsKind() {
    health.listener(at(0), new NodeEvent.Failed(new NullPointerException(), 1, 1_000_000));
    assertThat(metrics.outage()).contains("NullPointerException");
    assertThat(printed.toString()).doesNotContain("null");
  }
}
