// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.SeededRandom;
import org.hanota.device.DeviceType;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.CampaignStatus;
import org.hanota.headend.campaign.DeviceQuery;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.campaign.Threshold;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.supplier.CampaignCreation;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A campaign over 10,000 homes with an image that does not work in one device of five: each home
 * whose turn comes is simulated with its real head end, hub and device. The campaign is its
 * supplier's, whose requests go through a DSP and a CSP, as {@code headend serve} runs them.
 */
@Tag("soak")
class CampaignOverHomesTest {
  private static final boolean IS_SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final int HOMES = IS_SHORT ? 1_000 : 10_000;
  private static final int FAILURES = IS_SHORT ? 8 : 50;
  private static final int CONCURRENT = IS_SHORT ? 20 : 200;
  private static final int KILLS = 20;
  private static final int BAD_OF_HUNDRED = 20;
  private static final int FIRMWARE_OCTETS = 1_000;
  private static final long SEED = 17;
  private static final long HOUR = 3_600_000;
  private static final String NAME = "spring";

  private final List<Member> members = new ArrayList<>();
  private final Map<Eui64, DeviceReport> homes = new TreeMap<>();
  private CampaignDcc dcc = dcc();

  private static ScenarioDevice device() {
    return SampleImages.device(SEED, "ppmid", DeviceType.PPMID, FIRMWARE_OCTETS);
  }

  private static DevicePlan image() {
    return SampleImages.plan(SEED, "ppmid", DeviceType.PPMID, FIRMWARE_OCTETS);
  }

  private static CampaignPlan plan() {
    GbPpmidFile file = GbPpmidFile.read(image().image());
    FileVersion version = file.header().image().fileVersion();
    return new CampaignPlan(
        NAME,
        new CampaignPlan.Target(
            version, file.manufacturerImageHash(), image().image().length(), ReasonClass.DEFECT),
        List.of(
            new CampaignPlan.GroupPlan(
                "all",
                DeviceQuery.all(),
                new GroupSize.All(),
                new Threshold.Share(99, 100, HOMES),
                new Threshold.Count(FAILURES),
                0,
                false)),
        List.of(),
        new CampaignPlan.Pace(CONCURRENT, CONCURRENT, CONCURRENT, 60_000, HOUR, SEED),
        new CampaignPlan.Times(72 * HOUR, CampaignDcc.START + 8_760 * HOUR),
        false);
  }

  private CampaignDcc dcc() {
    for (int i = 0; i < HOMES; i++) {
      members.add(
          new Member(
              Eui64.of(0x00DB_1234_0000_0000L + i),
              Eui64.of(0x00DB_1234_1000_0000L + i),
              org.hanota.headend.request.DeviceType.PPMID,
              "a display",
              Optional.of(image().running()),
              new Member.Cell("South", "cell " + i % 20)));
    }
    return new CampaignDcc(new GbParties(SEED), members, this::updated, image());
  }

  /** What becomes of a device whose hub gets the image. */
  private CampaignDcc.Told updated(Eui64 device, long utcMillis) {
    DeviceReport end = homes.computeIfAbsent(device, CampaignOverHomesTest::simulated);
    return new CampaignDcc.Told(
        utcMillis + Math.max(1, end.endedNanos() / 1_000_000),
        end.versionAfter(),
        end.outcome() == DeviceReport.Outcome.CONFIRMED);
  }

  /** One home, from the 11.4 to the device's own alert; what must never happen throws. */
  private static DeviceReport simulated(Eui64 device) {
    SeededRandom random = SeededRandom.of(SEED, device.value(), 1);
    boolean isBad = random.below(100) < BAD_OF_HUNDRED;
    Fittings fittings =
        new Fittings() {
          @Override
          public HomeHeadEnd headEnd(HomeHeadEnd.Site site) {
            return new ScriptedHeadEnd(site, (from, to, xml, utcMillis) -> {});
          }

          @Override
          public boolean selfTest(DevicePlan plan) {
            return !isBad;
          }
        };
    Scenario home =
        Scenario.builder(device.value())
            .devices(device())
            .headEnd(Scripts::usual)
            .loss(0.02)
            .build();
    return Home.run(home, (nanos, name, event) -> {}, fittings).devices().get(0);
  }

  private CampaignStatus status() {
    return dcc.supplier().campaigns().status(NAME, dcc.now()).orElseThrow();
  }

  private void run() {
    dcc.say(GbParties.SUPPLIER, new CampaignCreation(plan(), image().image(), "somebody"));
    dcc.say(GbParties.SUPPLIER, new CampaignInput.Start(NAME, "somebody"));
    dcc.run(CampaignDcc.START + 8_760 * HOUR, true);
  }

  /** What is known of a device that nobody heard of; empty if there is none. */
  private String whoIsSilent() {
    return dcc.supplier().campaigns().devices(NAME).stream()
        .filter(each -> each.state() == DeviceState.SILENT)
        .map(each -> dcc.about(each.device()))
        .findFirst()
        .orElse("");
  }

  private void stoppedAtItsThreshold() {
    CampaignEvent.Stopped stopped =
        dcc.events.stream()
            .filter(CampaignEvent.Stopped.class::isInstance)
            .map(CampaignEvent.Stopped.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(stopped.reason())
        .startsWith("group all: " + FAILURES + " of ")
        .endsWith("that ended have failed, threshold " + FAILURES + " devices");
    assertThat(status().state()).isEqualTo(CampaignState.STOPPED);
    assertThat(status().underWay()).isZero();
    assertThat(homes.size()).isLessThan(HOMES / 2);
    // A request that the DCC had not taken was taken back: its device waits once more.
    assertThat(status().of(DeviceState.WAITING) + status().of(DeviceState.DEFERRED))
        .as("devices without a turn: %s", whoIsSilent())
        .isEqualTo(HOMES - homes.size());
    assertThat(dcc.requestsAfterStop).isZero();
    // What was under way came to its own end: as many failed as homes have it, and not one more.
    long bad = homes.values().stream().filter(each -> !each.succeeded()).count();
    assertThat(status().of(DeviceState.FAILED)).isEqualTo(bad).isGreaterThanOrEqualTo(FAILURES);
    assertThat(status().of(DeviceState.UPDATED)).isEqualTo(homes.size() - bad);
    homes
        .values()
        .forEach(
            each ->
                assertThat(each.versionAfter())
                    .as("what %s of %s runs", each.name(), each.address())
                    .isEqualTo(
                        each.succeeded() ? each.image().fileVersion() : each.versionBefore()));
  }

  @Test
  void itStopsAtItsThresholdAndNoDeviceIsWithoutAnImageThatWorks() {
    run();
    stoppedAtItsThreshold();
    int before = dcc.requests;
    int served = homes.size();
    dcc.run(dcc.utc + 24 * HOUR, false);
    assertThat(dcc.requests).as("requests after the stop").isEqualTo(before);
    assertThat(homes).as("homes that got the image after the stop").hasSize(served);
  }

  @Test
  void theSameWithTheHeadEndKilledAtTwentyRandomMoments() {
    SeededRandom random = SeededRandom.of(SEED, 0, 2);
    Set<Integer> cuts = new TreeSet<>();
    while (cuts.size() < KILLS) {
      cuts.add(3 + random.below(IS_SHORT ? 200 : 2_000));
    }
    dcc.cutAt(cuts);
    run();
    assertThat(dcc.restarts).isEqualTo(KILLS);
    stoppedAtItsThreshold();
  }
}
