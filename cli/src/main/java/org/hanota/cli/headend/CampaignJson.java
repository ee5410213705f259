// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hanota.api.machine.Now;
import org.hanota.headend.campaign.CampaignMachine;
import org.hanota.headend.campaign.CampaignStatus;
import org.hanota.headend.campaign.CoupledActivation;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.DryRun;
import org.hanota.headend.campaign.PlanRefusal;
import org.hanota.headend.campaign.WaitReason;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.headend.supplier.CampaignSupplier;
import org.hanota.headend.supplier.Dialogue;

/** Campaigns, requests and the WAN of a supplier as JSON. */
final class CampaignJson {
  private static final long DAY_MILLIS = 86_400_000;

  private CampaignJson() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String time(long utcMillis) {
    return Instant.ofEpochMilli(utcMillis).toString();
  }

  /** Everything that the page shows but devices. */
  static ObjectNode status(CampaignDesk desk, CampaignSupplier machine, Now now) {
    ObjectNode out = object();
    out.put("supplier", desk.supplier().toString());
    out.put("process", desk.name());
    ArrayNode campaigns = out.putArray("campaigns");
    for (String name : machine.campaigns().view().names()) {
      campaigns.add(campaign(machine.campaigns(), name, now));
    }
    ObjectNode requests = out.putObject("requests");
    machine
        .requests()
        .counts()
        .forEach((state, count) -> requests.put(CampaignText.word(state), count));
    ArrayNode latest = out.putArray("latestRequests");
    desk.latestRequests().forEach(each -> latest.add(request(each)));
    ArrayNode events = out.putArray("events");
    desk.latest().forEach(each -> events.add(event(each)));
    ArrayNode regions = out.putArray("capacity");
    machine.capacity().regions().forEach(each -> regions.add(region(machine, each, now)));
    return out;
  }

  static ObjectNode event(CampaignDesk.Said said) {
    return object()
        .put("number", said.number())
        .put("time", said.time().toString())
        .put("kind", said.kind())
        .put("what", said.what());
  }

  private static ObjectNode request(Dialogue dialogue) {
    ObjectNode out = object();
    out.put("request", dialogue.id().toString());
    out.put("service", dialogue.request().service().variant());
    out.put("target", dialogue.id().target().toString());
    out.put("state", CampaignText.word(dialogue.state()));
    dialogue.code().ifPresent(code -> out.put("code", code.text()));
    return out;
  }

  private static ObjectNode region(CampaignSupplier machine, RegionCapacity region, Now now) {
    long today = Math.floorDiv(now.utcMillis(), DAY_MILLIS);
    ObjectNode out = object();
    out.put("region", region.name());
    out.put("cellOctetsPerDay", region.dayOctets());
    ArrayNode days = out.putArray("promised");
    for (long day = today; day < today + 7; day++) {
      days.add(machine.capacity().promised(region.name(), day));
    }
    return out;
  }

  /** How one campaign stands. */
  static ObjectNode campaign(CampaignMachine machine, String name, Now now) {
    CampaignStatus status = machine.status(name, now).orElseThrow();
    ObjectNode out = object();
    out.put("campaign", name);
    machine
        .view()
        .plan(name)
        .ifPresent(
            plan ->
                out.put("version", plan.target().version().toString())
                    .put("ends", time(plan.times().endsUtcMillis())));
    out.put("state", CampaignText.word(status.state()));
    out.put("reason", status.reason());
    out.put("by", status.by());
    if (status.allowance() != Long.MAX_VALUE) {
      out.put("allowance", status.allowance());
    }
    long all = 0;
    long ended = 0;
    ObjectNode counts = out.putObject("counts");
    for (DeviceState each : DeviceState.values()) {
      long count = status.of(each);
      if (count > 0) {
        counts.put(CampaignText.word(each), count);
      }
      all += count;
      ended += each.isWaiting() || each.isUnderWay() ? 0 : count;
    }
    out.put("devices", all);
    out.put("ended", ended);
    out.put("underWay", status.underWay());
    ArrayNode groups = out.putArray("groups");
    status.waves().forEach(each -> groups.add(wave(each)));
    return out;
  }

  private static ObjectNode wave(CampaignStatus.Wave wave) {
    ObjectNode out = object();
    out.put("group", wave.name());
    out.put("state", CampaignText.word(wave.state()));
    ObjectNode counts = out.putObject("counts");
    wave.counts()
        .forEach(
            (state, count) -> {
              if (count > 0) {
                counts.put(CampaignText.word(state), count);
              }
            });
    wave.why().ifPresent(why -> waits(out.putObject("waits"), why));
    return out;
  }

  private static void waits(ObjectNode out, WaitReason why) {
    out.put("kind", CampaignText.word(why.kind()));
    out.put("detail", why.detail());
    if (why.untilUtcMillis() != Long.MAX_VALUE) {
      out.put("until", time(why.untilUtcMillis()));
    }
  }

  static ObjectNode device(CampaignStatus.DeviceStatus device) {
    ObjectNode out = object();
    out.put("device", device.device().toString());
    out.put("group", device.wave());
    out.put("state", CampaignText.word(device.state()));
    out.put("cause", device.cause());
    if (device.orderedUtcMillis() > 0) {
      out.put("ordered", time(device.orderedUtcMillis()));
    }
    return out;
  }

  static void refusals(ObjectNode out, List<PlanRefusal> refusals) {
    ArrayNode all = out.putArray("refusals");
    for (PlanRefusal each : refusals) {
      all.addObject()
          .put("fault", each.fault().name())
          .put("place", each.place())
          .put("found", each.found())
          .put("allowed", each.allowed());
    }
  }

  static void warnings(ObjectNode out, List<CoupledActivation> warnings) {
    ArrayNode all = out.putArray("warnings");
    for (CoupledActivation each : warnings) {
      all.add(
          "the activation of meter %s may cut the power of hub %s while %s transfer"
              .formatted(
                  each.meter(),
                  each.hub(),
                  String.join(", ", each.others().stream().map(Object::toString).toList())));
    }
  }

  static ObjectNode dryRun(String campaign, DryRun run) {
    ObjectNode out = object();
    out.put("campaign", campaign);
    out.put("accepted", run.refusals().isEmpty());
    refusals(out, run.refusals());
    warnings(out, run.warnings());
    if (run.refusals().isEmpty()) {
      out.put("state", CampaignText.word(run.state()));
      out.put("ends", time(run.endsUtcMillis()));
      ObjectNode sums = out.putObject("sums");
      for (Map.Entry<String, Map<String, Long>> wave : run.sums().entrySet()) {
        ObjectNode regions = sums.putObject(wave.getKey());
        wave.getValue().forEach(regions::put);
      }
      ArrayNode requests = out.putArray("requests");
      run.requests()
          .forEach(
              each ->
                  requests
                      .addObject()
                      .put("device", each.member().device().toString())
                      .put("group", each.wave())
                      .put("time", time(each.utcMillis())));
      ArrayNode without = out.putArray("without");
      run.without().forEach(each -> without.add(each.toString()));
    }
    return out;
  }
}
