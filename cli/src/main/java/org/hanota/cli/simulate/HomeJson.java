// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.hanota.api.Width;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.transport.Frame;
import org.hanota.gbcs.Message;
import org.hanota.sim.DevicePlan;
import org.hanota.sim.DeviceReport;
import org.hanota.sim.HomeReport;
import org.hanota.sim.RunDigest;
import org.hanota.sim.link.FaultCounts;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.pcap.HomeCapture;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.Transmission;
import org.hanota.sim.scenario.Scenario;

/**
 * A simulation for machines: one object, the same octets for the same seed and options but for what
 * begins with {@code wall}.
 */
final class HomeJson implements HomeView {
  private final PrintWriter out;
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ArrayNode timeLine = JsonNodeFactory.instance.arrayNode();

  private final RunDigest digest = new RunDigest((virtualNanos, device, event) -> {});

  HomeJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(Scenario scenario, List<DevicePlan> plans, List<String> notes) {
    root.put("seed", scenario.seed()).put("loss", scenario.nemeses().air().drop());
    // It protects nothing: whoever has the seed has it.
    root.put("simulatedNetworkKey", HomeCapture.networkKey(scenario.seed()).toHex());
    ArrayNode array = root.putArray("notes");
    notes.forEach(array::add);
  }

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {
    digest.event(virtualNanos, device, event);
    if (event instanceof UpdateEvent.Transferring) {
      return;
    }
    ObjectNode node =
        timeLine
            .addObject()
            .put("virtualNanos", virtualNanos)
            .put("device", device)
            .put("event", event.getClass().getSimpleName().toLowerCase(Locale.ROOT))
            .put("image", event.image().toString());
    if (event instanceof UpdateEvent.Started started) {
      node.put("fileOffset", started.fileOffset());
    } else if (event instanceof UpdateEvent.Paused paused) {
      node.put("fileOffset", paused.fileOffset())
          .put("reason", paused.reason())
          .put("pauseMillis", paused.pauseMillis());
    } else if (event instanceof UpdateEvent.Verified verified) {
      node.put("how", verified.how());
    } else if (event instanceof UpdateEvent.Waiting waiting) {
      node.put("until", waiting.until());
    } else if (event instanceof UpdateEvent.PartReceived part) {
      node.put("next", part.next().toString());
    } else if (event instanceof UpdateEvent.Failed failed) {
      node.put("failure", failed.failure().name()).put("detail", failed.detail());
    }
  }

  @Override
  public void powerCut(long virtualNanos, String device) {
    digest.powerCut(virtualNanos, device);
    timeLine
        .addObject()
        .put("virtualNanos", virtualNanos)
        .put("device", device)
        .put("event", "powercut");
  }

  @Override
  public void failed(long virtualNanos, String device, NodeEvent.Failed failure) {
    digest.failed(virtualNanos, device, failure);
  }

  @Override
  public void gbcs(long virtualNanos, Message message) {
    digest.gbcs(virtualNanos, message);
    timeLine
        .addObject()
        .put("virtualNanos", virtualNanos)
        .put("event", "gbcs")
        .put("messageCode", Width.hex(message.header().messageCode().code(), 4))
        .put("originator", message.header().originator().toString())
        .put("recipient", message.header().recipient().toString())
        .put("text", GbcsLine.of(message));
  }

  @Override
  public void frame(
      long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
    digest.frame(virtualNanos, device, toDevice, frame, outcome);
  }

  @Override
  public void onAir(String from, String to, Transmission sent) {
    digest.onAir(from, to, sent);
  }

  @Override
  public void givenUp(long virtualNanos, String from, String to, Frame frame, Fate fate) {
    digest.givenUp(virtualNanos, from, to, frame, fate);
  }

  @Override
  public void duty(long virtualNanos, String node, DutyState state) {
    digest.duty(virtualNanos, node, state);
    timeLine
        .addObject()
        .put("virtualNanos", virtualNanos)
        .put("event", "duty")
        .put("node", node)
        .put("state", state.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void end(HomeReport report, boolean endedWell, long wallNanos) {
    root.put("succeeded", endedWell);
    ArrayNode devices = root.putArray("devices");
    report.devices().forEach(device -> device(devices.addObject(), device));
    faults(root.putObject("faults"), report.faults());
    ObjectNode nemeses = root.putObject("nemeses");
    report.fired().forEach((nemesis, times) -> nemeses.put(nemesis.label(), times));
    if (report.radio().isPresent()) {
      RadioWords.json(root.putObject("radio"), report);
    }
    root.put("invariantChecks", report.checks())
        .put("virtualNanos", report.virtualNanos())
        .put("digest", digest.hex())
        .put("wallMillis", wallNanos / 1_000_000);
    root.set("timeLine", timeLine);
    root.toPrettyString().lines().forEach(out::println);
  }

  private static void device(ObjectNode node, DeviceReport device) {
    node.put("device", device.name())
        .put("type", device.type().name())
        .put("address", device.address().toString())
        .put("image", device.image().toString())
        .put("imageOctets", device.imageOctets())
        .put("sha256", device.sha256().toHex())
        .put("equal", device.equal())
        .put("verifier", device.verifier())
        .put("versionBefore", device.versionBefore().toString())
        .put("versionAfter", device.versionAfter().toString())
        .put("outcome", device.outcome().name())
        .put("detail", device.detail())
        .put("blocks", device.counts().blocks())
        .put("retries", device.counts().retries())
        .put("rests", device.counts().rests())
        .put("ignored", device.counts().ignored())
        .put("queries", device.counts().queries())
        .put("restarts", device.restarts())
        .put("startedNanos", device.startedNanos())
        .put("endedNanos", device.endedNanos());
  }

  private static void faults(ObjectNode node, FaultCounts faults) {
    node.put("frames", faults.frames())
        .put("dropped", faults.dropped())
        .put("acknowledgementsDropped", faults.acknowledgementsDropped())
        .put("repeated", faults.repeated())
        .put("reordered", faults.reordered())
        .put("corrupted", faults.corrupted())
        .put("corruptedUndetected", faults.corruptedUndetected())
        .put("delayed", faults.delayed());
  }
}
