// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.DeviceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fleet, which knows counts alone and looks at them once in a step, decides as the head end's
 * campaign does that tracks each of 10,000 homes and hears of each at once: the same, in the same
 * order, and never more than a step later for each decision that came before.
 */
class FleetDecisionsTest {
  private static final String FLEET =
      FleetReaderTest.SMALL
          .replace("homes: 2000", "homes: 20000")
          .replace(
              "  - { name: far, share: 10 %, loss: 0.05, bursts: { good: 10 s, bad: 200 ms, loss: 0.8 } }\n",
              "")
          .replace("share: 90 %, loss: 0.001", "share: 100 %, loss: 0")
          .replace("starts: 100,", "starts: 200,");

  /** Three waves, the second with a gate: each device comes to its end. */
  private static final String WAVES =
      FLEET.replace(
          "soak: 1 d }\n",
          """
          soak: 1 d }
              - { name: tenth, size: 10 %, success: { share: 95 % }, error: { devices: 90 }, soak: 6 h, gate: 9 h }
          """);

  /** It stops while requests still go out. */
  private static final String BAD =
      FLEET
          .replace("starts: 200,", "starts: 20,")
          .replace("size: 100,", "size: 8000,")
          .replace(
              "minimum: 50 }, error: { devices: 20 }", "minimum: 50 }, error: { devices: 300 }")
          .replace("fails: 0.01", "fails: 0.3");

  /** Its first wave comes short, nobody releases it, and its time is over. */
  private static final String SHORT =
      FLEET
          .replace("success: { share: 90 %, minimum: 50 }", "success: { share: 99 %, minimum: 90 }")
          .replace("fails: 0.01", "fails: 0.05");

  /** One of four is never heard of: it stops when the last have been silent for too long. */
  private static final String SILENT = FLEET.replace("silent: 0.01", "silent: 0.25");

  private static final class Both {
    private final FleetScenario scenario;
    private final Map<Eui64, TrackedCampaign.Outcome> outcomes = new TreeMap<>();
    private final FleetResult counted;
    private final TrackedCampaign tracked;

    Both(String fleet, String campaign) throws InterruptedException {
      scenario = FleetReader.read(fleet);
      counted =
          FleetRun.run(
              scenario,
              new ForkJoinEngine(1),
              (wave, done, shards) -> {},
              (region, wave, number, order, end, kind) ->
                  outcomes.put(
                      new TrackedCampaign.Device(region, wave, number).address(),
                      new TrackedCampaign.Outcome(end - order, kind)));
      tracked = new TrackedCampaign(FleetReader.read(campaign), outcomes);
      tracked.run();
    }

    private static List<String> what(Stream<TrackedCampaign.Decision> decisions) {
      return decisions.map(each -> each.wave() + " " + each.state()).toList();
    }

    /**
     * Nobody resumes a campaign of a fleet, so that its time says nothing about one that stopped.
     */
    private List<TrackedCampaign.Decision> tracked() {
      List<TrackedCampaign.Decision> all = tracked.decisions();
      boolean hasStopped = what(all.stream()).contains(" STOPPED");
      return all.stream()
          .filter(each -> !(hasStopped && each.wave().isEmpty() && each.state().equals("EXPIRED")))
          .toList();
    }

    private List<TrackedCampaign.Decision> counted() {
      return counted.decisions().stream()
          .map(each -> new TrackedCampaign.Decision(each.utcMillis(), each.wave(), each.state()))
          .toList();
    }

    void areAlike() {
      List<TrackedCampaign.Decision> ours = counted();
      List<TrackedCampaign.Decision> theirs = tracked();
      assertThat(what(ours.stream())).isEqualTo(what(theirs.stream()));
      long step = scenario.campaign().stepMillis();
      for (int i = 0; i < ours.size(); i++) {
        long late = ours.get(i).millis() - theirs.get(i).millis();
        assertThat(late).as("%s", ours.get(i)).isBetween(0L, i * step);
      }
    }

    private long sum(ToLongFunction<FleetResult.Ends> of) {
      return counted.waves().stream().mapToLong(each -> of.applyAsLong(each.ends())).sum();
    }
  }

  @Test
  void wavesFollowEachOtherAndEachDeviceEndsAlike() throws InterruptedException {
    Both both = new Both(WAVES, WAVES);
    both.areAlike();
    assertThat(both.tracked.devices(DeviceState.UPDATED))
        .isEqualTo(both.sum(FleetResult.Ends::updated))
        .isPositive();
    assertThat(both.tracked.devices(DeviceState.FAILED))
        .isEqualTo(both.sum(FleetResult.Ends::failed));
    assertThat(both.tracked.devices(DeviceState.SILENT))
        .isEqualTo(both.sum(FleetResult.Ends::silent))
        .isPositive();
  }

  @Test
  void aBadImageStopsBoth() throws InterruptedException {
    Both both = new Both(BAD, BAD);
    both.areAlike();
    assertThat(both.counted.state()).isEqualTo(CampaignState.STOPPED);
    long ordered = 10_000 - both.tracked.devices(DeviceState.WAITING);
    assertThat(both.sum(FleetResult.Ends::ordered))
        .isBetween(ordered, ordered + 2 * 20)
        .isLessThan(3_000);
  }

  @Test
  void silenceStopsBoth() throws InterruptedException {
    Both both = new Both(SILENT, SILENT);
    both.areAlike();
    assertThat(both.counted.state()).isEqualTo(CampaignState.STOPPED);
    assertThat(both.tracked.devices(DeviceState.SILENT))
        .isEqualTo(both.sum(FleetResult.Ends::silent))
        .isPositive();
  }

  @Test
  void aWaveThatComesShortHoldsBothUntilTheirTimeIsOver() throws InterruptedException {
    Both both = new Both(SHORT, SHORT);
    both.areAlike();
    assertThat(both.counted.state()).isEqualTo(CampaignState.EXPIRED);
    assertThat(both.counted.waves()).hasSize(1);
  }

  /** The comparison finds another threshold, another soak and another gate. */
  @ParameterizedTest
  @MethodSource("planted")
  void aCampaignThatDecidesOtherwiseIsFound(String fleet, String campaign)
      throws InterruptedException {
    Both both = new Both(fleet, campaign);
    assertThatExceptionOfType(AssertionError.class).isThrownBy(both::areAlike);
  }

  static Stream<Arguments> planted() {
    return Stream.of(
        Arguments.of(BAD, BAD.replace("devices: 300", "devices: 270")),
        Arguments.of(WAVES, WAVES.replace("soak: 1 d", "soak: 18 h")),
        Arguments.of(WAVES, WAVES.replace("gate: 9 h", "gate: 1 h")));
  }
}
