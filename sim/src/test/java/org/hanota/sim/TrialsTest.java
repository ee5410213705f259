// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.sim.scenario.Limits;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.Strike;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only a device that was interrupted in each of its three trials may go back. */
class TrialsTest {
  private static final long SEED = 1;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long DAY_NANOS = 86_400 * SECOND_NANOS;
  private static final String DEVICE = "x-1";

  /** Each save is cut before or after it is done: four of so many are done. */
  private static final int ENOUGH_CUTS = 16;

  private static final int TOO_FEW_CUTS = 2;

  /** As many as trials, used up by the first saves of a download. */
  private static final int EARLY_CUTS = 3;

  private long bootsNanos;

  private static HomeReport run(int cuts, long atNanos, Home.Listener listener, Fittings fittings) {
    Scenario scenario =
        Scenario.builder(SEED)
            .devices(SampleImages.device(SEED, DEVICE, DeviceType.IHD, 5_000))
            .strikes(Collections.nCopies(cuts, Strike.at(Nemesis.POWER_CUT, DEVICE, atNanos)))
            .limits(new Limits(10 * DAY_NANOS, 60 * DAY_NANOS))
            .build();
    return Home.run(scenario, listener, fittings);
  }

  private HomeReport cutAtBoot(int cuts, Fittings fittings) {
    HomeReport report = run(cuts, bootsNanos, new FaultyHomeTest.Silent(), fittings);
    assertThat(report.fired()).containsKey(Nemesis.POWER_CUT);
    assertThat(report.devices().get(0).detail()).startsWith("ROLLED_BACK");
    return report;
  }

  /** A device reboots for two seconds. */
  @BeforeEach
  void findsWhenTheDeviceBoots() {
    AtomicLong activates = new AtomicLong(-1);
    Home.Listener listener =
        (nanos, device, event) -> {
          if (event instanceof UpdateEvent.Activating) {
            activates.set(nanos);
          }
        };
    run(1, 9 * DAY_NANOS, listener, Fittings.IN_MEMORY);
    assertThat(activates.get()).isNotNegative();
    bootsNanos = activates.get() + SECOND_NANOS;
  }

  /** What swarm seeds 74539, 80217 and 81115 found. */
  @Test
  void aDeviceThatIsInterruptedInEachTrialIsExcused() {
    assertThat(cutAtBoot(ENOUGH_CUTS, Fittings.IN_MEMORY).isExplained()).isTrue();
  }

  /** Has one trial where it should have three. */
  private static ImageBank gives1Trial(ImageBank bank) {
    return new ForwardingImageBank(bank) {
      @Override
      public void save(Journal journal) {
        boolean isFirst = journal.boot() == Journal.Boot.TRIAL;
        super.save(isFirst ? journal.withBoot(Journal.Boot.LAST_TRIAL) : journal);
      }
    };
  }

  @Test
  void aDeviceThatGoesBackTooSoonIsNotExcused() {
    Fittings hasty =
        new Fittings() {
          @Override
          public ImageBank seen(ImageBank bank) {
            return gives1Trial(bank);
          }
        };
    assertThat(cutAtBoot(TOO_FEW_CUTS, hasty).isExplained()).isFalse();
  }

  /** Cuts that struck it before it put the new image in place interrupted no trial. */
  @Test
  void aDeviceThatFailsItsTestIsNotExcusedByWhatStruckItBefore() {
    Fittings fails =
        new Fittings() {
          @Override
          public boolean selfTest(DevicePlan plan) {
            return false;
          }
        };
    HomeReport report = run(EARLY_CUTS, bootsNanos / 10, new FaultyHomeTest.Silent(), fails);
    assertThat(report.fired()).containsEntry(Nemesis.POWER_CUT, (long) EARLY_CUTS);
    assertThat(report.devices().get(0).detail()).startsWith("ROLLED_BACK");
    assertThat(report.isExplained()).isFalse();
  }
}
