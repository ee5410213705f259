// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceEvent;
import org.hanota.gbcs.Message;
import org.hanota.sim.DevicePlan;
import org.hanota.sim.DeviceReport;
import org.hanota.sim.GbParties;
import org.hanota.sim.HomeReport;
import org.hanota.sim.ImageFile;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;

/** A simulation for people: what it does, a time line with a bar per device, and how it ended. */
final class HomeText implements HomeView {
  private static final int BAR = 20;

  /** A bar is shown each time that so many more percent have come. */
  private static final int BAR_STEP = 20;

  private final PrintWriter out;
  private final Map<String, Integer> shown = new HashMap<>();

  HomeText(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(Scenario scenario, List<DevicePlan> plans, List<String> notes) {
    out.printf(
        Locale.ROOT,
        "One home, %d device%s, %s%.1f %% loss, seed %d%n",
        plans.size(),
        plans.size() == 1 ? "" : "s",
        scenario.world().radio().map(r -> r.settings().band().label() + ", ").orElse(""),
        scenario.nemeses().air().drop() * 100,
        scenario.seed());
    for (DevicePlan plan : plans) {
      int files = ImageFile.of(plan, scenario.world().hub().maximumImageOctets()).size();
      out.printf(
          Locale.ROOT,
          "  %-9s %s, %,d octets%s, %s, checked by %s%n",
          plan.name(),
          plan.imageName(),
          plan.image().length(),
          files == 1 ? "" : " in " + files + " parts",
          plan.kind().label(),
          plan.verifier().name());
    }
    notes.forEach(note -> out.println("  note: " + note));
    out.println();
  }

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {
    String text = text(device, event);
    if (!text.isEmpty()) {
      out.printf("  %s  %-9s %s%n", time(virtualNanos), device, text);
    }
  }

  private String text(String device, UpdateEvent event) {
    if (event instanceof UpdateEvent.Started started) {
      shown.put(device, (int) (started.fileOffset() * 100 / started.imageSizeOctets()));
    } else if (event instanceof UpdateEvent.Transferring transferring) {
      return bar(device, transferring);
    }
    return words(event);
  }

  /** What happened; empty for what is seen by its progress. */
  static String words(UpdateEvent event) {
    if (event instanceof UpdateEvent.Querying) {
      return "asks for an image";
    } else if (event instanceof UpdateEvent.Started started) {
      return started.fileOffset() == 0
          ? "takes " + started.image()
          : "goes on with " + started.image() + " at octet " + started.fileOffset();
    } else if (event instanceof UpdateEvent.Paused paused) {
      return "rests " + duration(paused.pauseMillis()) + ": " + paused.reason();
    } else if (event instanceof UpdateEvent.Verifying) {
      return "has every octet and checks them";
    } else if (event instanceof UpdateEvent.Verified verified) {
      return "verified by " + verified.how();
    } else if (event instanceof UpdateEvent.Waiting waiting) {
      return "waits for " + waiting.until();
    } else if (event instanceof UpdateEvent.Activating activating) {
      return "activates " + activating.image();
    } else if (event instanceof UpdateEvent.Confirmed confirmed) {
      return "runs " + confirmed.image();
    } else if (event instanceof UpdateEvent.PartReceived part) {
      return "has part " + part.image() + ", checked; wants " + part.next();
    } else if (event instanceof UpdateEvent.Failed failed) {
      return "FAILED, " + failed.failure() + ": " + failed.detail();
    }
    return "";
  }

  private String bar(String device, UpdateEvent.Transferring event) {
    int percent = (int) (event.fileOffset() * 100 / event.imageSizeOctets());
    if (percent < shown.getOrDefault(device, 0) + BAR_STEP && percent < 100) {
      return "";
    }
    shown.put(device, percent - percent % BAR_STEP);
    int full = percent * BAR / 100;
    String left =
        percent < 100 && event.remainingMillis().isPresent()
            ? ", " + duration(event.remainingMillis().getAsLong()) + " left"
            : "";
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + percent + " %" + left;
  }

  @Override
  public void powerCut(long virtualNanos, String device) {
    out.printf("  %s  %-9s loses its power%n", time(virtualNanos), device);
  }

  @Override
  public void supplierChanged(long virtualNanos, String device) {
    out.printf(
        "  %s  %-9s has the supplier %s, and no longer %s%n",
        time(virtualNanos), device, GbParties.SUPPLIER, GbParties.OTHER_SUPPLIER);
  }

  @Override
  public void refused(long virtualNanos, String device, DeviceEvent.CommandRefused refused) {
    out.printf(
        "  %s  %-9s refuses a command, %s: %s%n",
        time(virtualNanos), device, refused.refusal(), refused.detail());
  }

  @Override
  public void gbcs(long virtualNanos, Message message) {
    out.printf("  %s  %-9s %s%n", time(virtualNanos), "head end", GbcsLine.of(message));
  }

  @Override
  public void frame(
      long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {}

  @Override
  public void duty(long virtualNanos, String node, DutyState state) {
    out.printf("  %s  %-9s %s%n", time(virtualNanos), node, RadioWords.duty(state));
  }

  @Override
  public void end(HomeReport report, boolean endedWell, long wallNanos) {
    out.println();
    for (DeviceReport device : report.devices()) {
      device(device);
    }
    if (endedWell != report.succeeded()) {
      out.println(endedWell ? "As the scenario wants it." : "NOT as the scenario wants it.");
    }
    // What is lost on the air stands in the last line, with the frames.
    String struck =
        report.fired().entrySet().stream()
            .filter(each -> each.getKey() != Nemesis.LOST)
            .map(each -> each.getValue() + " " + each.getKey().label())
            .collect(Collectors.joining(", "));
    if (!struck.isEmpty()) {
      out.println("Nemeses: " + struck);
    }
    if (report.radio().isPresent()) {
      RadioWords.lines(report).forEach(out::println);
    }
    out.printf(
        Locale.ROOT,
        "%,d frames, %,d lost; %,d invariant checks held; %s of virtual time in %.1f s%n",
        report.faults().frames(),
        report.faults().dropped(),
        report.checks(),
        duration(report.virtualNanos() / 1_000_000),
        wallNanos / 1e9);
  }

  private void device(DeviceReport device) {
    out.printf("%s: %s%n", device.name(), outcome(device));
    out.printf(
        "  SHA-256 %s %s%n",
        device.sha256().toHex(), device.equal() ? "equal to the image" : "NOT equal to the image");
    out.printf(
        Locale.ROOT,
        "  version %s before, %s after; %,d blocks, %,d retries, %d rests, %d restarts; %s%n",
        device.versionBefore(),
        device.versionAfter(),
        device.counts().blocks(),
        device.counts().retries(),
        device.counts().rests(),
        device.restarts(),
        duration((device.endedNanos() - device.startedNanos()) / 1_000_000));
  }

  private static String outcome(DeviceReport device) {
    return switch (device.outcome()) {
      case CONFIRMED -> "updated";
      case VERIFIED -> "verified, waiting for activation";
      case FAILED -> "FAILED, " + device.detail();
      case UNFINISHED -> "NOT UPDATED " + device.detail();
    };
  }

  static String time(long nanos) {
    long millis = nanos / 1_000_000;
    return String.format(
        Locale.ROOT,
        "%3d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1000 % 60,
        millis % 1000);
  }

  /** In the two largest units that matter. */
  static String duration(long millis) {
    long seconds = (millis + 500) / 1000;
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }
}
