// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.hanota.api.control.HubControl;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.transport.grpc.GrpcHub;

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

  void happened(UpdateEvent event) {
    events.labelValues(event.getClass().getSimpleName().toLowerCase(Locale.ROOT)).inc();
  }

  void refused() {
    refusals.inc();
  }

  /** Reads these from the hub whenever somebody asks. */
  void gauges(HubControl control, GrpcHub hub) {
    gauge("hanota_transfers", "Transfers under way.", () -> control.status().transferring());
    gauge("hanota_queued_devices", "Devices that wait.", () -> control.status().queued());
    gauge("hanota_linked_devices", "Devices with a link.", () -> hub.devices().size());
    gauge("hanota_connections", "Connections.", hub::connectionCount);
    gauge("hanota_queued_frames", "Frames that wait to be written.", hub::queuedFrames);
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
