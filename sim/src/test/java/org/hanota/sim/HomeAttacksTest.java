// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.link.Span;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.Strike;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attacks of docs/attacks.md that need a whole home, by their numbers. */
class HomeAttacksTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;

  /** Keeps what a device reported and when the hub lost its power. */
  private static final class Story implements Home.Listener {
    final List<UpdateEvent> events = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    long framesLost;

    @Override
    public void event(long virtualNanos, String device, UpdateEvent event) {
      events.add(event);
      names.add(device);
    }

    @Override
    public void frame(
        long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
      framesLost += outcome == Outcome.LOST ? 1 : 0;
    }

    int first(String device, Class<? extends UpdateEvent> kind) {
      for (int i = 0; i < events.size(); i++) {
        if (names.get(i).equals(device) && kind.isInstance(events.get(i))) {
          return i;
        }
      }
      return -1;
    }
  }

  private static ScenarioDevice device(String name, DeviceType type, int octets) {
    return SampleImages.device(5, name, type, octets);
  }

  /** A jammer from the middle of a transfer on: for a while, and for good. */
  @Test
  @DisplayName("attack 7: a jammed home says why it has not its image, and goes on when it is over")
  void attack07() {
    Scenario.Builder jammed =
        Scenario.builder(5)
            .devices(device("ppmid-1", DeviceType.PPMID, 20_000))
            .headEnd(Scripts::usual);
    LinkFault hour =
        new LinkFault.Outage(LinkFault.ANY, LinkFault.ANY, new Span(2 * SECOND, 3_600 * SECOND));
    Story story = new Story();
    HomeReport over = Home.run(jammed.links(List.of(hour)).build(), story);
    assertThat(over.succeeded()).isTrue();
    assertThat(story.framesLost).isPositive();
    assertThat(story.first("ppmid-1", UpdateEvent.Paused.class)).isPositive();
    LinkFault ever =
        new LinkFault.Outage(LinkFault.ANY, LinkFault.ANY, new Span(2 * SECOND, 365 * DAY));
    Story without = new Story();
    HomeReport failed = Home.run(jammed.links(List.of(ever)).build(), without);
    DeviceReport device = failed.devices().get(0);
    assertThat(device.outcome()).isEqualTo(DeviceReport.Outcome.FAILED);
    assertThat(device.detail()).startsWith("EXPIRED");
    assertThat(device.versionAfter()).isEqualTo(device.versionBefore());
  }

  /** Half of a bundle: the last part of an image never comes, so nothing of it runs. */
  @Test
  @DisplayName("attack 11: nothing of a partial bundle runs")
  void attack11() {
    HubParameters small = HubParameters.DEFAULT.with(HubParameter.SERVES_UNASKED, false);
    Scenario scenario =
        Scenario.builder(5)
            .devices(device("ppmid-1", DeviceType.PPMID, 4_000))
            .hub(small.with(HubParameter.MAXIMUM_IMAGE_OCTETS, 1_500))
            .headEnd(Scripts::usual)
            .build();
    int parts =
        ImageFile.of(DevicePlan.of(scenario.world().devices().get(0), Fittings.IN_MEMORY), 1_500)
            .size();
    assertThat(parts).isGreaterThan(2);
    Story whole = new Story();
    assertThat(Home.run(scenario, whole).succeeded()).isTrue();
    long halfway = (long) (0.6 * endOfDownload(scenario));
    LinkFault cut =
        new LinkFault.Outage(LinkFault.ANY, LinkFault.ANY, new Span(halfway, 365 * DAY));
    Scenario partial =
        Scenario.builder(5)
            .devices(device("ppmid-1", DeviceType.PPMID, 4_000))
            .hub(small.with(HubParameter.MAXIMUM_IMAGE_OCTETS, 1_500))
            .headEnd(Scripts::usual)
            .links(List.of(cut))
            .build();
    Story story = new Story();
    HomeReport report = Home.run(partial, story);
    assertThat(story.first("ppmid-1", UpdateEvent.PartReceived.class)).isPositive();
    assertThat(story.first("ppmid-1", UpdateEvent.Verified.class)).isNegative();
    assertThat(story.first("ppmid-1", UpdateEvent.Activating.class)).isNegative();
    assertThat(report.devices().get(0).outcome()).isEqualTo(DeviceReport.Outcome.FAILED);
    assertThat(report.devices().get(0).versionAfter())
        .isEqualTo(report.devices().get(0).versionBefore());
  }

  private static long endOfDownload(Scenario scenario) {
    long[] end = {0};
    Home.run(
        scenario,
        (virtualNanos, name, event) -> {
          if (event instanceof UpdateEvent.Verifying) {
            end[0] = virtualNanos;
          }
        });
    return end[0];
  }

  /** The meter swaps while another device is in the middle of its transfer; the hub goes dark. */
  @Test
  @DisplayName("attack 25: a meter that cuts the power of the hub stops nobody's update for good")
  void attack25() {
    int inTheMiddle = 0;
    for (long seed = 1; seed <= 8; seed++) {
      Scenario scenario =
          Scenario.builder(seed)
              .devices(
                  SampleImages.device(seed, "esme-1", DeviceType.ESME, 2_000),
                  SampleImages.device(seed, "gsme-1", DeviceType.GSME, 60_000),
                  SampleImages.device(seed, "ppmid-1", DeviceType.PPMID, 60_000))
              .headEnd(Scripts::usual)
              .loss(0.02)
              .hub(
                  HubParameters.DEFAULT
                      .with(HubParameter.SERVES_UNASKED, false)
                      .with(HubParameter.CONCURRENT_TRANSFERS, 3))
              .strikes(List.of(Strike.at(Nemesis.METER_CUTS_HUB, "esme-1", 0)))
              .build();
      Story story = new Story();
      HomeReport report = Home.run(scenario, story);
      assertThat(report.succeeded()).as("seed " + seed + ": " + report.devices()).isTrue();
      assertThat(report.fired()).containsEntry(Nemesis.METER_CUTS_HUB, 1L);
      int swap = story.first("esme-1", UpdateEvent.Activating.class);
      boolean open =
          swap >= 0
              && story.first("gsme-1", UpdateEvent.Started.class) < swap
              && story.first("gsme-1", UpdateEvent.Verifying.class) > swap;
      inTheMiddle += open ? 1 : 0;
    }
    assertThat(inTheMiddle).as("runs in which the other transfer was under way").isPositive();
  }
}
