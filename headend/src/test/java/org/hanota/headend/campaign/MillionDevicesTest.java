// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.campaign.StandIns.HOUR;
import static org.hanota.headend.campaign.StandIns.MINUTE;
import static org.hanota.headend.campaign.StandIns.all;
import static org.hanota.headend.campaign.StandIns.canary;
import static org.hanota.headend.campaign.StandIns.plan;
import static org.hanota.headend.campaign.StandIns.share;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A campaign over a million devices: memory for each, and a time that grows with their number. */
@Tag("soak")
class MillionDevicesTest {
  private static final int DEVICES =
      "short".equals(System.getProperty("hanota.soak")) ? 100_000 : 1_000_000;

  /** The estate's own record of a device is not the campaign's. */
  private static final long HEAP_PER_DEVICE = 1_024;

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** Nanoseconds for each device of a campaign that goes to its end. */
  private static long nanosPerDevice(int devices) {
    StandIns homes = new StandIns().homes(devices);
    homes.answers = member -> List.of(StandIns.confirms(HOUR));
    long start = System.nanoTime();
    homes.begin(paced(devices));
    homes.run();
    long each = (System.nanoTime() - start) / devices;
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(devices);
    return each;
  }

  private static CampaignPlan paced(int devices) {
    return StandIns.with(
        plan(
            canary(Math.max(200, devices / 100), share(9, 10, 100), new Threshold.Count(100)),
            all(share(9, 10, 100), new Threshold.Count(100))),
        new CampaignPlan.Pace(20_000, 10_000, 20_000, MINUTE, 24 * HOUR, 1));
  }

  @Test
  void eachDeviceCostsLittleMemoryAndAStopIsOneStep() {
    StandIns homes = new StandIns().homes(DEVICES);
    homes.answers = member -> List.of();
    long before = heap();
    homes.begin(paced(DEVICES));
    homes.answers = member -> List.of(StandIns.confirms(HOUR));
    for (CampaignOrder.Update each : List.copyOf(homes.orders)) {
      homes.input(
          new CampaignInput.Report(
              each.member().device(), new CampaignInput.DeviceReport.Runs(StandIns.NEW)));
    }
    homes.orders.clear();
    homes.events.clear();
    homes.runUntil(StandIns.START + 12 * HOUR);
    homes.events.clear();
    homes.orders.clear();
    long perDevice = (heap() - before) / DEVICES;
    System.out.printf("%,d devices: %d octets of heap each, with the store%n", DEVICES, perDevice);
    assertThat(perDevice).isLessThan(HEAP_PER_DEVICE);
    CutRecords counted = new CutRecords(homes.store, Set.of());
    homes.store = counted;
    homes.restart();
    int saves = counted.saves();
    homes.stop();
    assertThat(counted.saves() - saves).isEqualTo(1);
  }

  @Test
  void tenTimesTheDevicesTakeAboutTenTimesAsLong() {
    nanosPerDevice(2_000);
    long few = nanosPerDevice(DEVICES / 50);
    long many = nanosPerDevice(DEVICES / 5);
    System.out.printf(
        "%,d devices: %,d ns each; %,d devices: %,d ns each%n",
        DEVICES / 50, few, DEVICES / 5, many);
    assertThat(many).isLessThan(5 * few + 20_000);
  }
}
