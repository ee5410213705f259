// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hanota.headend.campaign.CountedCampaign;
import org.hanota.sim.fleet.FleetResult;

/** What a fleet came to, for programs. */
final class FleetJson {
  private FleetJson() {}

  static ObjectNode of(FleetIdentity identity, FleetResult result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    put(root, identity, result);
    root.put("level", result.scenario().level().label());
    root.put("campaign", result.state().toString());
    ArrayNode waves = root.putArray("waves");
    for (FleetResult.WaveResult each : result.waves()) {
      ObjectNode wave = waves.addObject();
      wave.put("name", each.name());
      wave.put("startMillis", each.startMillis());
      wave.put("devices", each.devices());
      put(wave, each.ends());
    }
    ArrayNode regions = root.putArray("regions");
    for (FleetResult.RegionResult each : result.regions()) {
      ObjectNode region = regions.addObject();
      region.put("name", each.name());
      put(region, each.ends());
      region.put("wanMedianMillis", each.wanMedianMillis());
      region.put("wan99Millis", each.wan99Millis());
      region.put("medianMillis", each.medianMillis());
      region.put("most99Millis", each.most99Millis());
      region.put("wanOctets", each.wanOctets());
      region.put("busiestStepOctets", each.busiestOctets());
    }
    ArrayNode devices = root.putArray("devices");
    for (FleetResult.DeviceResult each : result.devices()) {
      ObjectNode device = devices.addObject();
      put(device, each);
    }
    ArrayNode decisions = root.putArray("decisions");
    for (CountedCampaign.Decision each : result.decisions()) {
      ObjectNode decision = decisions.addObject();
      decision.put("millis", each.utcMillis());
      decision.put("wave", each.wave());
      decision.put("state", each.state());
      decision.put("why", each.why());
    }
    return root;
  }

  /** What each result bears. */
  static void put(ObjectNode into, FleetIdentity identity, FleetResult result) {
    into.put("scenario", identity.scenario());
    into.put("homes", identity.homes());
    into.put("seed", identity.seed());
    into.put("version", identity.version());
    into.put("digest", result.digest());
  }

  static void put(ObjectNode into, FleetResult.DeviceResult of) {
    into.put("name", of.name());
    into.put("transfers", of.transfers());
    into.put("exchanges", of.exchanges());
    into.put("repetitions", of.repetitions());
    into.put("meanMillis", of.meanMillis());
    into.put("medianMillis", of.medianMillis());
    into.put("most99Millis", of.most99Millis());
    into.put("hubAirtimeMillis", of.hubAirtimeMillis());
    into.put("deviceAirtimeMillis", of.deviceAirtimeMillis());
  }

  static void put(ObjectNode into, FleetResult.Ends ends) {
    into.put("ordered", ends.ordered());
    into.put("updated", ends.updated());
    into.put("failed", ends.failed());
    into.put("silent", ends.silent());
  }
}
