// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.RadioCounts;

/** What a home's radio channel did, in words and as JSON. */
final class RadioWords {
  private RadioWords() {}

  /** What a radio may send from now on. */
  static String duty(DutyState state) {
    return switch (state) {
      case NORMAL -> "may send everything again";
      case LIMITED -> "LIMITED by its duty cycle: sends no blocks";
      case CRITICAL -> "CRITICAL by its duty cycle: sends metering alone";
      case REGULATED -> "REGULATED by its duty cycle: sends nothing";
    };
  }

  /** Why a radio gave a frame up. */
  static String fate(Fate fate) {
    return switch (fate) {
      case DELIVERED -> "delivered";
      case NO_ACKNOWLEDGEMENT -> "never acknowledged";
      case CHANNEL_BUSY -> "the channel was never free";
      case DUTY_CYCLE -> "discarded for the duty cycle";
      case QUEUE_FULL -> "the queue was full";
    };
  }

  /** Who has a number among the counts. */
  static String name(HomeReport report, int node) {
    return node == 0 ? Home.Listener.HUB : report.devices().get(node - 1).name();
  }

  /** A line for each node, and one for metering. */
  static List<String> lines(HomeReport report) {
    List<String> lines = new ArrayList<>();
    RadioCounts counts = report.radio().orElseThrow();
    for (int i = 0; i < counts.nodes().size(); i++) {
      RadioCounts.Node node = counts.nodes().get(i);
      StringBuilder line = new StringBuilder();
      line.append(
          String.format(
              Locale.ROOT,
              "radio of %s: %.1f s on the air (%.2f %%), %,d frames, %,d repeated, %,d met another",
              name(report, i),
              node.airtimeNanos() / 1e9,
              100.0 * node.airtimeNanos() / Math.max(1, report.virtualNanos()),
              node.frames(),
              node.repetitions(),
              node.damaged()));
      for (Fate fate : Fate.values()) {
        if (fate != Fate.DELIVERED && node.ended(fate) > 0) {
          line.append(String.format(Locale.ROOT, "; %,d %s", node.ended(fate), fate(fate)));
        }
      }
      lines.add(line.toString());
    }
    if (counts.metered() + counts.meteredLost() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d metering frames came, %,d did not; they waited %.1f ms in the median, %.1f ms at"
                  + " 99 %%, %.1f ms at most",
              counts.metered(),
              counts.meteredLost(),
              counts.meterWaitNanos(500) / 1e6,
              counts.meterWaitNanos(990) / 1e6,
              counts.meterWaitNanos(1_000) / 1e6));
    }
    return lines;
  }

  /** The same as JSON. */
  static void json(ObjectNode root, HomeReport report) {
    RadioCounts counts = report.radio().orElseThrow();
    root.putObject("metering")
        .put("came", counts.metered())
        .put("lost", counts.meteredLost())
        .put("medianWaitNanos", counts.meterWaitNanos(500))
        .put("percentile99WaitNanos", counts.meterWaitNanos(990))
        .put("longestWaitNanos", counts.meterWaitNanos(1_000));
    ArrayNode nodes = root.putArray("nodes");
    for (int i = 0; i < counts.nodes().size(); i++) {
      RadioCounts.Node node = counts.nodes().get(i);
      nodes
          .addObject()
          .put("node", name(report, i))
          .put("airtimeNanos", node.airtimeNanos())
          .put("frames", node.frames())
          .put("repetitions", node.repetitions())
          .put("acknowledgements", node.acknowledgements())
          .put("damaged", node.damaged())
          .put("noAcknowledgement", node.ended(Fate.NO_ACKNOWLEDGEMENT))
          .put("channelBusy", node.ended(Fate.CHANNEL_BUSY))
          .put("dutyCycle", node.ended(Fate.DUTY_CYCLE))
          .put("queueFull", node.ended(Fate.QUEUE_FULL));
    }
  }
}
