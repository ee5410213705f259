// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.serial.Stick;
import org.hanota.transport.grpc.GrpcHub;
import org.hanota.transport.serial.stick.LineCounts;
import org.jspecify.annotations.Nullable;

/** What a hub counts, for Prometheus. */
final class HubMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter events =
      Counter.builder()
          .name("hanota_update_events_total")
          .help("Events of updates by kind.")
          .labelNames("event")
          .register(registry);
  private final Counter refusals =
      Counter.builder()
          .name("hanota_refusals_total")
          .help("Connections, joins and frames that were refused.")
          .register(registry);

  private final Counter faults =
      Counter.builder()
          .name("hanota_faults_total")
          .help("Times that the hub failed, could not use its storage, or had a fault.")
          .register(registry);
  private volatile @Nullable String outage;

  void fault() {
    faults.inc();
  }

  /** The hub does not serve for that reason, or does if there is none. */
  void outage(@Nullable String why) {
    outage = why;
  }

  Optional<String> outage() {
    return Optional.ofNullable(outage);
  }

  void happened(UpdateEvent event) {
    events.labelValues(event.getClass().getSimpleName().toLowerCase(Locale.ROOT)).inc();
  }

  void refused() {
    refusals.inc();
  }

  /** Of a hub with a head end. */
  void headEnd(HeadEndState state) {
    gauge(
        "hanota_head_end_connected",
        "1 while the head end is connected.",
        () -> state.isConnected() ? 1 : 0);
  }

  /** Reads these from the hub whenever somebody asks. */
  void hub(HubControl control) {
    gauge("hanota_serving", "1 while the hub serves.", () -> outage == null ? 1 : 0);
    gauge(
        "hanota_clock_doubted",
        "1 while the hub's clock is doubted.",
        () -> control.status().doubtedUtcMillis().isPresent() ? 1 : 0);
    gauge("hanota_transfers", "Transfers under way.", () -> control.status().transferring());
    gauge("hanota_queued_devices", "Devices that wait.", () -> control.status().queued());
    var unused =
        GaugeWithCallback.builder()
            .name("hanota_devices")
            .help("Devices by phase.")
            .labelNames("phase")
            .callback(
                callback ->
                    phases(control)
                        .forEach(
                            (phase, count) ->
                                callback.call(count, phase.name().toLowerCase(Locale.ROOT))))
            .register(registry);
  }

  /** Every phase, so that a series does not end when its last device goes on. */
  private static Map<Phase, Integer> phases(HubControl control) {
    Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      counts.put(phase, 0);
    }
    control.status().devices().forEach(device -> counts.merge(device.phase(), 1, Integer::sum));
    return counts;
  }

  /** Of a hub that devices or operators reach over the network. */
  void network(GrpcHub hub) {
    gauge("hanota_linked_devices", "Devices with a link.", () -> hub.devices().size());
    gauge("hanota_connections", "Connections.", hub::connectionCount);
    gauge("hanota_queued_frames", "Frames that wait to be written.", hub::queuedFrames);
  }

  /**
   * Of a hub with a stick.
   *
   * @param scheduler the stick's, where alone its counts may be read
   */
  void stick(Stick stick, ExecutorService scheduler) {
    gauge("hanota_stick_running", "1 while the stick runs.", () -> stick.running() ? 1 : 0);
    var unused =
        CounterWithCallback.builder()
            .name("hanota_serial_line_total")
            .help("What the serial line carried: frames, and what was no good frame.")
            .labelNames("what")
            .callback(
                callback -> {
                  LineCounts counts = counts(stick, scheduler);
                  callback.call((double) counts.frames(), "frames");
                  callback.call((double) counts.octetsSkipped(), "octets_skipped");
                  callback.call((double) counts.checksFailed(), "checks_failed");
                  callback.call((double) counts.malformed(), "malformed");
                  callback.call((double) counts.strayAnswers(), "stray_answers");
                })
            .register(registry);
  }

  private static LineCounts counts(Stick stick, ExecutorService scheduler) {
    try {
      return scheduler.submit(stick::counts).get();
    } catch (ExecutionException fault) {
      throw new AssertionError("counts are only read", fault);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return new LineCounts(0, 0, 0, 0, 0);
    }
  }

  private interface Value {
    int now();
  }

  private void gauge(String name, String help, Value value) {
    var unused =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(value.now()))
            .register(registry);
  }

  void write(OutputStream out) throws IOException {
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
  }

  static String contentType() {
    return PrometheusTextFormatWriter.CONTENT_TYPE;
  }
}
