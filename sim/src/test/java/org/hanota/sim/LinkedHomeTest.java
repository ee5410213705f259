// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hanota.device.DeviceType;
import org.hanota.sim.link.LinkModel;
import org.hanota.sim.link.MarkovLoss;
import org.hanota.sim.link.Span;
import org.hanota.sim.link.VerdictLog;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.Sleep;
import org.junit.jupiter.api.Test;

/** Homes on links with bursts, outages, held frames and devices that sleep. */
class LinkedHomeTest {
  private static final long SECOND = 1_000_000_000L;

  private static Scenario scenario(long seed) {
    return Scenario.builder(seed)
        .devices(
            SampleImages.device(seed, "ppmid-1", DeviceType.PPMID, 2_000),
            SampleImages.device(seed, "gsme-1", DeviceType.GSME, 2_000)
                .with(new Sleep(5 * SECOND, SECOND / 4, 7_680_000_000L)))
        .headEnd(Scripts::usual)
        .loss(0.02)
        .links(
            List.of(
                new LinkFault.Bursts(
                    LinkFault.ANY,
                    LinkFault.ANY,
                    List.of(
                        new MarkovLoss.State(0.01, 2 * SECOND, List.of(0.0, 1.0)),
                        new MarkovLoss.State(0.8, SECOND / 5, List.of(1.0, 0.0)))),
                new LinkFault.Outage(
                    ScenarioDevice.HUB, "ppmid-1", new Span(5 * SECOND, 20 * SECOND)),
                new LinkFault.Hold(
                    "gsme-1", ScenarioDevice.HUB, new Span(10 * SECOND, 30 * SECOND))))
        .build();
  }

  private static String run(Scenario scenario, Fittings fittings) {
    RunDigest digest = new RunDigest((virtualNanos, device, event) -> {});
    assertThat(Home.run(scenario, digest, fittings).succeeded()).isTrue();
    return digest.hex();
  }

  @Test
  void updatesEndWellOnLinksWithBurstsOutagesAndSleepers() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(Home.run(scenario(seed), new FaultyHomeTest.Silent()).succeeded())
          .as("seed " + seed)
          .isTrue();
    }
  }

  /** The verdicts alone make the same run, whatever they came from. */
  @Test
  void aRunIsDoneAgainFromItsRecordedVerdicts() {
    List<VerdictLog.Recorded> recorded = new ArrayList<>();
    String first =
        run(
            scenario(3),
            new Fittings() {
              @Override
              public LinkModel links(LinkModel links) {
                recorded.add(new VerdictLog.Recorded(links));
                return recorded.get(0);
              }
            });
    VerdictLog.Replayed replayed = new VerdictLog.Replayed(recorded.get(0).lines());
    String again =
        run(
            scenario(3),
            new Fittings() {
              @Override
              public LinkModel links(LinkModel links) {
                return replayed;
              }
            });
    replayed.end();
    assertThat(again).isEqualTo(first);
  }
}
