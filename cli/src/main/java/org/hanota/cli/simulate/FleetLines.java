// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.hanota.headend.campaign.CountedCampaign;
import org.hanota.sim.fleet.FleetCounts.Cause;
import org.hanota.sim.fleet.FleetCounts.PartSum;
import org.hanota.sim.fleet.FleetRegion;
import org.hanota.sim.fleet.FleetResult;

/**
 * Everything that was counted of a fleet as JSON Lines; each says by its {@code type} what it is,
 * and the first one which run it is of. The form is {@code docs/schema/fleet-lines.json}.
 */
final class FleetLines {
  private final FleetResult result;
  private final StringBuilder text = new StringBuilder();

  private FleetLines(FleetResult result) {
    this.result = result;
  }

  static byte[] of(FleetIdentity identity, FleetResult result) {
    FleetLines lines = new FleetLines(result);
    lines.run(identity);
    lines.campaign();
    lines.steps();
    lines.distributions();
    lines.devices();
    lines.parts();
    return lines.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode line(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private void end(ObjectNode line) {
    text.append(line).append('\n');
  }

  private void run(FleetIdentity identity) {
    ObjectNode run = line("run");
    FleetJson.put(run, identity, result);
    run.put("level", result.scenario().level().label());
    run.put("campaign", result.state().toString());
    end(run.put("stepMillis", result.scenario().campaign().stepMillis()));
  }

  private void campaign() {
    for (FleetResult.WaveResult each : result.waves()) {
      ObjectNode wave = line("wave").put("wave", each.name());
      wave.put("startMillis", each.startMillis()).put("devices", each.devices());
      FleetJson.put(wave, each.ends());
      end(wave);
    }
    for (CountedCampaign.Decision each : result.decisions()) {
      ObjectNode decision = line("decision").put("millis", each.utcMillis());
      end(decision.put("wave", each.wave()).put("state", each.state()).put("why", each.why()));
    }
  }

  private void steps() {
    for (FleetResult.Step each : result.steps()) {
      ObjectNode step = line("step").put("region", each.region());
      step.put("fromMillis", each.fromMillis());
      FleetJson.put(step, each.ends());
      end(step.put("wanOctets", each.wanOctets()));
    }
    for (FleetResult.DeviceStep each : result.deviceSteps()) {
      ObjectNode step = line("deviceStep").put("device", each.device());
      end(step.put("fromMillis", each.fromMillis()).put("updated", each.updated()));
    }
  }

  private void distributions() {
    List<FleetRegion> regions = result.scenario().regions();
    for (int i = 0; i < regions.size(); i++) {
      distribution("duration", "region", regions.get(i).name(), result.durations(i));
      distribution("wanTime", "region", regions.get(i).name(), result.wanTimes(i));
    }
    for (int i = 0; i < result.scenario().devices().size(); i++) {
      String name = result.scenario().devices().get(i).name();
      distribution("transferTime", "device", name, result.transferTimes(i));
    }
  }

  private void distribution(String type, String of, String name, List<FleetResult.Bin> bins) {
    for (FleetResult.Bin each : bins) {
      ObjectNode line = line(type).put(of, name).put("upToMillis", each.upToMillis());
      end(line.put("devices", each.count()));
    }
  }

  private void devices() {
    List<FleetResult.DeviceResult> devices = result.devices();
    for (int i = 0; i < devices.size(); i++) {
      ObjectNode device = line("device");
      FleetJson.put(device, devices.get(i));
      end(device);
      for (Cause cause : Cause.values()) {
        ObjectNode line = line("cause").put("device", devices.get(i).name());
        end(line.put("cause", label(cause)).put("devices", result.caused(i, cause)));
      }
    }
  }

  static String label(Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void parts() {
    for (int part = 0; part < FleetResult.parts(); part++) {
      ObjectNode line = line("part").put("part", part);
      for (PartSum sum : PartSum.values()) {
        line.put(sum.label(), result.ofPart(part, sum));
      }
      end(line);
    }
  }
}
