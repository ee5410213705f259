// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.DeviceQuery;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Threshold;
import org.hanota.headend.campaign.Window;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.DeviceType;
import org.jspecify.annotations.Nullable;

/** The plan of a campaign in JSON, as {@code docs/headend.md} describes it. */
record PlanFile(
    @JsonProperty(required = true) String name,
    @Nullable ReasonClass reason,
    @JsonProperty(required = true) List<GroupFile> groups,
    @Nullable List<WindowFile> windows,
    @JsonProperty(required = true) PaceFile pace,
    @JsonProperty(required = true) long answerHours,
    @JsonProperty(required = true) String ends,
    boolean open) {
  private static final long HOUR = 3_600_000;
  private static final long SECOND = 1_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  /** A wave. */
  record GroupFile(
      @JsonProperty(required = true) String name,
      @Nullable List<DeviceType> types,
      @Nullable List<String> models,
      @Nullable List<String> regions,
      @Nullable JsonNode size,
      @JsonProperty(required = true) JsonNode success,
      @JsonProperty(required = true) JsonNode error,
      long soakHours,
      boolean gated) {
    CampaignPlan.GroupPlan plan(String place) {
      return new CampaignPlan.GroupPlan(
          name,
          new DeviceQuery(none(types), none(models), none(regions)),
          size(place + ".size"),
          threshold(place + ".success", success),
          threshold(place + ".error", error),
          soakHours * HOUR,
          gated);
    }

    private GroupSize size(String place) {
      if (size == null || size.isNull() || "all".equals(size.textValue())) {
        return new GroupSize.All();
      } else if (size.isIntegralNumber()) {
        return new GroupSize.Count(size.longValue());
      } else if (size.isObject() && size.size() == 2) {
        return new GroupSize.ShareOfRemaining(
            number(place, size, "part"), number(place, size, "of"));
      }
      throw wrong(place, size, "a number, \"all\", or {\"part\": 1, \"of\": 10} of what is left");
    }

    private static Threshold threshold(String place, JsonNode node) {
      if (node.isIntegralNumber()) {
        return new Threshold.Count(node.longValue());
      } else if (node.isObject() && node.size() == 3) {
        return new Threshold.Share(
            number(place, node, "part"), number(place, node, "of"), number(place, node, "atLeast"));
      }
      throw wrong(
          place, node, "a number of devices, or {\"part\": 95, \"of\": 100, \"atLeast\": 100}");
    }

    private static long number(String place, JsonNode node, String name) {
      if (!node.path(name).isIntegralNumber()) {
        throw wrong(place + "." + name, node.path(name), "a whole number");
      }
      return node.path(name).longValue();
    }
  }

  /** A time of each day, UTC; {@code until} may be 24:00. */
  record WindowFile(
      @JsonProperty(required = true) String from, @JsonProperty(required = true) String until) {
    private static final int DAY = 24 * 60;

    Window plan(String place) {
      return new Window(minute(place + ".from", from), minute(place + ".until", until));
    }

    private static int minute(String place, String text) {
      if (text.equals("24:00")) {
        return DAY;
      }
      try {
        LocalTime time = LocalTime.parse(text);
        return time.getHour() * 60 + time.getMinute();
      } catch (DateTimeException fault) {
        throw new IllegalArgumentException(
            place + " is \"" + text + "\", allowed a time of the UTC day, as in 01:30", fault);
      }
    }
  }

  /** How fast. */
  record PaceFile(
      @JsonProperty(required = true) int perRegion,
      @JsonProperty(required = true) int perCell,
      @JsonProperty(required = true) int startsPerPeriod,
      @JsonProperty(required = true) long periodSeconds,
      long jitterSeconds,
      long seed) {}

  private static <T> List<T> none(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static IllegalArgumentException wrong(String place, JsonNode found, String allowed) {
    return new IllegalArgumentException(place + " is " + found + ", allowed " + allowed);
  }

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException naming the place, what was found and what is allowed
   */
  static PlanFile read(JsonNode plan) {
    try {
      return JSON.treeToValue(plan, PlanFile.class);
    } catch (JsonMappingException fault) {
      String place =
          fault.getPath().stream()
              .map(
                  each ->
                      each.getFieldName() == null
                          ? "[" + each.getIndex() + "]"
                          : "." + each.getFieldName())
              .collect(Collectors.joining());
      throw new IllegalArgumentException(
          "plan" + place + ": " + firstLine(fault.getOriginalMessage()), fault);
    } catch (JacksonException fault) {
      throw new IllegalArgumentException("plan: " + firstLine(fault.getOriginalMessage()), fault);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").replaceAll(" ?\\(?`?org\\.hanota[^ )]*`?\\)?", "");
  }

  /**
   * The plan for that image.
   *
   * @throws IllegalArgumentException naming the place, what was found and what is allowed
   */
  CampaignPlan plan(CampaignImage image) {
    List<CampaignPlan.GroupPlan> waves = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      waves.add(groups.get(i).plan("groups[" + i + "]"));
    }
    List<Window> times = new ArrayList<>();
    for (int i = 0; i < none(windows).size(); i++) {
      times.add(none(windows).get(i).plan("windows[" + i + "]"));
    }
    return new CampaignPlan(
        name,
        new CampaignPlan.Target(
            image.version(),
            image.hash(),
            image.file().length(),
            reason == null ? ReasonClass.FUNCTION : reason),
        waves,
        times,
        new CampaignPlan.Pace(
            pace.perRegion(),
            pace.perCell(),
            pace.startsPerPeriod(),
            Math.multiplyExact(pace.periodSeconds(), SECOND),
            Math.multiplyExact(pace.jitterSeconds(), SECOND),
            pace.seed()),
        new CampaignPlan.Times(Math.multiplyExact(answerHours, HOUR), end()),
        open);
  }

  private long end() {
    try {
      return Instant.parse(ends).toEpochMilli();
    } catch (DateTimeException fault) {
      throw new IllegalArgumentException(
          "ends is \"" + ends + "\", allowed a time, as in 2027-06-30T00:00:00Z", fault);
    }
  }

  /** Whether PPMID are among the types that the waves ask for. */
  boolean isForPpmid() {
    return groups.stream().anyMatch(each -> none(each.types()).contains(DeviceType.PPMID));
  }
}
