// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.cli.view.Page;
import org.hanota.cli.view.PageTable;
import org.hanota.gbcs.Message;
import org.hanota.sim.DeviceReport;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.link.Outcome;
import org.jspecify.annotations.Nullable;

/** The clauses that a run of a home shows, each with the first message or event that shows it. */
final class Evidence {
  private static final int OCTETS_SHOWN = 48;

  private final @Nullable Path file;
  private final Existing existing;
  private final String call;
  private final ZclCodec codec = new ZclCodec();
  private final Map<Clause, Seen> seen = new EnumMap<>(Clause.class);

  private static final class Seen {
    final String time;
    final String by;
    final String what;
    long count;

    Seen(String time, String by, String what) {
      this.time = time;
      this.by = by;
      this.what = what;
    }
  }

  private Evidence(@Nullable Path file, Existing existing, String call) {
    this.file = file;
    this.existing = existing;
    this.call = call;
  }

  /**
   * Evidence into {@code file}, or none.
   *
   * @param call the command that makes it again
   */
  static Evidence to(@Nullable Path file, Existing existing, String call) {
    if (file != null) {
      OutputFile.refuseExisting(List.of(file), existing);
    }
    return new Evidence(file, existing, call);
  }

  /** Takes what is heard, then tells {@code next}. */
  Home.Listener before(Home.Listener next) {
    if (file == null) {
      return next;
    }
    return new PassedOn(next) {
      @Override
      public void event(long virtualNanos, String device, UpdateEvent event) {
        saw(Clause.of(event), virtualNanos, device, event.toString());
        super.event(virtualNanos, device, event);
      }

      @Override
      public void gbcs(long virtualNanos, Message message) {
        saw(Clause.of(message), virtualNanos, "head end", GbcsLine.of(message));
        super.gbcs(virtualNanos, message);
      }

      @Override
      public void frame(
          long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
        if (outcome == Outcome.DELIVERED && !ZclFrame.lacksHeader(frame.zcl())) {
          Optional<Clause> clause = Clause.of(codec.decode(frame.clusterId(), frame.zcl()));
          saw(clause, virtualNanos, device + (toDevice ? " receives" : " sends"), octets(frame));
        }
        super.frame(virtualNanos, device, toDevice, frame, outcome);
      }
    };
  }

  private static String octets(Frame frame) {
    int shown = Math.min(OCTETS_SHOWN, frame.zcl().length());
    return frame.zcl().slice(0, shown).toHex() + (shown < frame.zcl().length() ? ".." : "");
  }

  private void saw(Optional<Clause> clause, long virtualNanos, String by, String what) {
    clause.ifPresent(
        known ->
            seen.computeIfAbsent(
                    known, unused -> new Seen(HomeText.time(virtualNanos).strip(), by, what))
                .count++);
  }

  /** Writes it. */
  void write(HomeReport report, boolean endedWell) throws IOException {
    if (file != null) {
      OutputFile.write(file, html(report, endedWell).getBytes(StandardCharsets.UTF_8), existing);
    }
  }

  private String html(HomeReport report, boolean endedWell) {
    StringBuilder html = new StringBuilder();
    html.append(
        "<p>Each requirement stands in docs/requirements.md of hanota, with its clause and");
    html.append(" its tests.</p>\n");
    html.append("<p>Made by <code>").append(Page.text(call)).append("</code>; ");
    html.append(String.format(Locale.ROOT, "%,d invariant checks held. ", report.checks()));
    html.append(
        endedWell
            ? "It ended as it should."
            : "<span class=\"bad\">It did not end as it should.</span>");
    html.append("</p>\n<h2>Devices</h2>\n");
    PageTable devices = new PageTable("Device", "End", "Version", "SHA-256 of its slot");
    for (DeviceReport device : report.devices()) {
      String end = device.outcome().name().toLowerCase(Locale.ROOT);
      devices
          .row(device.name())
          .text(end + (device.detail().isEmpty() ? "" : ": " + device.detail()))
          .text(device.versionBefore() + " to " + device.versionAfter())
          .code(device.sha256().toHex() + (device.equal() ? ", equal to the image" : ""));
    }
    html.append(devices.html()).append("<h2>Requirements</h2>\n");
    PageTable clauses =
        new PageTable(
            "Requirement", "What is shown", "First at", "By", "Message or event", "#Times");
    for (Clause clause : Clause.values()) {
      Seen first = seen.get(clause);
      clauses.row(clause.requirement()).text(clause.shown());
      if (first == null) {
        clauses.text("not seen in this run").text("").text("").number(0);
      } else {
        clauses.text(first.time).text(first.by).code(first.what).number(first.count);
      }
    }
    return Page.of("Evidence of a simulated home", html.append(clauses.html()).toString());
  }
}
