// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.node.NodeEvent;
import org.hanota.hub.HubEvent;
import org.hanota.hub.Outage;
import org.hanota.transport.grpc.GrpcHub;
import org.jspecify.annotations.Nullable;

/**
 * Whether a hub serves, and if not, why. Tells it to the log, the metrics, the page and those who
 * ask for its health, and ends the process where no end of the trouble is in sight, so that whoever
 * supervises it starts it anew.
 */
final class ServeHealth {
  private final ServeLog log;
  private final HubMetrics metrics;
  private final ParameterValues<ServeParameter> parameters;
  private final Runnable end;

  // Guarded by this object.
  private @Nullable GrpcHub network;
  private @Nullable String outage;
  private boolean gaveUp;
  private long sinceNanos;
  private @Nullable Throwable handled;

  /**
   * @param parameters how long it waits
   * @param end ends the process
   */
  ServeHealth(
      ServeLog log, HubMetrics metrics, ParameterValues<ServeParameter> parameters, Runnable end) {
    this.log = log;
    this.parameters = parameters;
    this.metrics = metrics;
    this.end = end;
  }

  /** Its health is told there from now on. */
  synchronized void network(GrpcHub hub) {
    network = hub;
    hub.serving(outage == null);
  }

  /** Something happened to the hub. */
  void listener(Now now, Event event) {
    if (event instanceof NodeEvent.Failed failed) {
      failed(now, failed);
    } else if (event instanceof HubEvent.Rests rests) {
      away(now, rests.cause(), "looks again in " + rests.pauseMs() + " ms");
    } else if (event instanceof HubEvent.Works) {
      works();
    }
  }

  private synchronized void failed(Now now, NodeEvent.Failed failed) {
    handled = failed.cause();
    away(now, failed.cause(), "starts again in " + failed.restartAfterNanos() / 1_000_000 + " ms");
    if (failed.inARow() >= parameters.get(ServeParameter.FAILURES_IN_A_ROW)) {
      giveUp("failed " + failed.inARow() + " times in a row");
    }
  }

  private synchronized void away(Now now, Throwable cause, String then) {
    String why = Outage.reason(cause);
    if (outage == null) {
      sinceNanos = now.monotonicNanos();
      if (network != null) {
        network.serving(false);
      }
    }
    if (!why.equals(outage)) {
      log.outOfService(why, then);
      if (!(cause instanceof UncheckedIOException)) {
        log.fault(cause);
      }
    }
    outage = why;
    metrics.outage(why);
    metrics.fault();
    long patienceMs = parameters.get(ServeParameter.OUTAGE_PATIENCE);
    if (now.monotonicNanos() - sinceNanos >= patienceMs * 1_000_000) {
      giveUp("has not served for " + Duration.ofMillis(patienceMs).toSeconds() + " seconds");
    }
  }

  private synchronized void works() {
    metrics.outage(null);
    if (outage != null) {
      outage = null;
      log.inService();
      if (network != null) {
        network.serving(true);
      }
    }
  }

  /**
   * The same task, of which whatever it throws is a fault of the hub. Nobody asks for the result of
   * a scheduled task, so that it would be lost; and one that is done again and again would end.
   */
  Runnable watched(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error fault) {
        fault(fault);
      }
    };
  }

  /** A scheduled task ended with what nobody else hears of. */
  synchronized void fault(Throwable fault) {
    if (fault == handled) {
      // The hub itself starts again.
      return;
    }
    metrics.fault();
    log.fault(fault);
    giveUp("has a fault outside of the hub, " + fault);
  }

  private void giveUp(String why) {
    if (!gaveUp) {
      gaveUp = true;
      log.warn("the hub ends: it " + why);
      end.run();
    }
  }
}
