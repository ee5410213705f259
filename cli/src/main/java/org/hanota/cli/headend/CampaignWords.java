// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.node.TimeSource;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.supplier.CampaignCreation;

/** Words of people, as they come in JSON, and what becomes of them. */
final class CampaignWords {
  private static final String NO_REASON = "no reason given";
  private static final long USUAL_ANSWER_MILLIS = 24 * 3_600_000L;

  private final CampaignDesk desk;
  private final TimeSource time;

  CampaignWords(CampaignDesk desk, TimeSource time) {
    this.desk = desk;
    this.time = time;
  }

  /**
   * Says a word.
   *
   * @param by who says it
   * @throws IllegalArgumentException if it is none, or lacks something
   */
  ObjectNode say(String word, String by, JsonNode body) {
    return switch (word) {
      case "create" -> create(by, body);
      case "dry-run" -> dryRun(body);
      default -> {
        String campaign = text(body, "campaign");
        yield said(campaign, word, desk.say(input(word, campaign, by, body)));
      }
    };
  }

  private static CampaignInput input(String word, String campaign, String by, JsonNode body) {
    String reason = body.path("reason").asText(NO_REASON);
    return switch (word) {
      case "start" -> new CampaignInput.Start(campaign, by);
      case "pause" -> new CampaignInput.Pause(campaign, by);
      case "resume" -> new CampaignInput.Resume(campaign, devices(body), by);
      case "stop" -> new CampaignInput.Stop(campaign, by, reason);
      case "cancel" -> new CampaignInput.Cancel(campaign, by, reason);
      case "release" -> new CampaignInput.Release(campaign, text(body, "group"), by);
      default ->
          throw new IllegalArgumentException(
              "word is \""
                  + word
                  + "\", allowed create, dry-run, start, pause, resume, stop, cancel, release");
    };
  }

  private static String text(JsonNode body, String name) {
    if (!body.path(name).isTextual()) {
      throw new IllegalArgumentException(name + " is " + body.path(name) + ", allowed a text");
    }
    return body.path(name).textValue();
  }

  private static long devices(JsonNode body) {
    if (!body.path("devices").isIntegralNumber()) {
      throw new IllegalArgumentException(
          "devices is "
              + body.path("devices")
              + ", allowed how many requests may go out before it rests again");
    }
    return body.path("devices").longValue();
  }

  /** A word that changed nothing says why. */
  private ObjectNode said(String campaign, String word, List<Event> events) {
    Optional<CampaignEvent.NotDone> refused =
        events.stream()
            .filter(CampaignEvent.NotDone.class::isInstance)
            .map(CampaignEvent.NotDone.class::cast)
            .filter(each -> each.campaign().equals(campaign) && each.word().equals(word))
            .findFirst();
    Now now = time.now();
    ObjectNode out = CampaignJson.object();
    out.put("campaign", campaign);
    out.put("word", word);
    out.put("done", refused.isEmpty());
    refused.ifPresent(each -> out.put("reason", each.reason()));
    desk.look(machine -> machine.campaigns().status(campaign, now))
        .ifPresent(
            status ->
                out.put("state", CampaignText.word(status.state()))
                    .put("underWay", status.underWay()));
    return out;
  }

  private record Wanted(CampaignPlan plan, CampaignImage image) {
    static Wanted of(JsonNode body) {
      PlanFile file = PlanFile.read(body.path("plan"));
      Octets octets;
      try {
        octets = Octets.wrap(Base64.getDecoder().decode(text(body, "image")));
      } catch (IllegalArgumentException fault) {
        throw new IllegalArgumentException("image is not in base64: " + fault.getMessage(), fault);
      }
      CampaignImage image = CampaignImage.read(octets, file.isForPpmid());
      return new Wanted(file.plan(image), image);
    }
  }

  private ObjectNode create(String by, JsonNode body) {
    Wanted wanted = Wanted.of(body);
    String name = wanted.plan().name();
    ObjectNode out = CampaignJson.object();
    out.put("campaign", name);
    CampaignCreation creation = new CampaignCreation(wanted.plan(), wanted.image().file(), by);
    for (Event event : desk.say(creation)) {
      if (event instanceof CampaignEvent.Refused refused && refused.campaign().equals(name)) {
        out.put("accepted", false);
        CampaignJson.refusals(out, refused.refusals());
        return out;
      } else if (event instanceof CampaignEvent.Accepted accepted
          && accepted.campaign().equals(name)) {
        out.put("accepted", true);
        CampaignJson.refusals(out, List.of());
        CampaignJson.warnings(out, accepted.warnings());
        out.put("devices", accepted.devices());
        return out;
      }
    }
    throw new CampaignDesk.StandsBy("nothing was heard of it: look at the status");
  }

  private ObjectNode dryRun(JsonNode body) {
    Wanted wanted = Wanted.of(body);
    long answers =
        body.path("answerMillis").isIntegralNumber()
            ? body.path("answerMillis").longValue()
            : USUAL_ANSWER_MILLIS;
    if (answers < 1) {
      throw new IllegalArgumentException("answerMillis is " + answers + ", allowed 1 and more");
    }
    Now now = time.now();
    return desk.look(
        machine ->
            CampaignJson.dryRun(
                wanted.plan().name(), machine.campaigns().dryRun(wanted.plan(), answers, now)));
  }
}
