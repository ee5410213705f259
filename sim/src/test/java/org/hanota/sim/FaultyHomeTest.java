// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.hanota.api.OctetSource;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.sim.check.InvariantViolated;
import org.hanota.sim.link.FaultCounts;
import org.hanota.sim.link.LinkFaults;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.scenario.Nemeses;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.api.Test;

/** Hub and up to four devices with every fault on; the invariants are checked at every step. */
class FaultyHomeTest {
  private static final List<DeviceType> TYPES = List.of(DeviceType.values());
  private static final int MOST_DEVICES = 4;
  private static final long SOAK = 100_000;
  private static final long SOAK_SHORT = 2_000;
  private static final long FIRST_SOAK_SEED = 1_000_000;
  private static final List<FaultCounts> FAULTS = new ArrayList<>();
  private static long checks;
  private static long restarts;
  private static long hubRestarts;
  private static int mostParts;

  /** So small that the larger images come in parts. */
  private static final int PART_OCTETS = 700;

  /** Hears nothing. */
  static class Silent implements Home.Listener {
    @Override
    public void event(long virtualNanos, String device, UpdateEvent event) {}

    @Override
    public void frame(
        long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {}
  }

  /** A home of which everything follows from the seed. */
  static Scenario.Builder scenario(long seed) {
    SeededRandom random = SeededRandom.of(seed, 0, 77);
    List<ScenarioDevice> devices = new ArrayList<>();
    for (int left = 1 + random.below(MOST_DEVICES); left > 0; left--) {
      devices.add(device(seed, devices.size(), random));
    }
    LinkFaults faults =
        new LinkFaults(
            0.01 + 0.2 * random.below(100) / 100,
            0.05,
            0.05,
            0.03,
            0,
            0.05,
            1_000_000L * (1 + random.below(4_000)));
    List<Nemeses.PowerCut> cuts = new ArrayList<>();
    for (int i = random.below(3); i > 0; i--) {
      cuts.add(new Nemeses.PowerCut(random.below(100), random.belowLong(20_000_000_000L)));
    }
    List<Nemeses.HubRestart> hubs = new ArrayList<>();
    for (int i = random.below(3); i > 0; i--) {
      hubs.add(
          new Nemeses.HubRestart(
              random.belowLong(60_000_000_000L), random.belowLong(20_000_000_000L)));
    }
    HubParameters hub =
        HubParameters.DEFAULT
            .with(HubParameter.SERVES_UNASKED, false)
            .with(HubParameter.CONCURRENT_TRANSFERS, 1 + random.below(4))
            .with(HubParameter.MINIMUM_BLOCK_PERIOD, random.chance(0.3) ? 50 : 0);
    return Scenario.builder(seed)
        .devices(devices)
        .faults(faults)
        .hub(hub)
        .powerCuts(cuts)
        .hubRestarts(hubs);
  }

  private static ScenarioDevice device(long seed, int number, SeededRandom random) {
    DeviceType type = TYPES.get((int) ((seed + number) % TYPES.size()));
    return SampleImages.device(
            seed % 8, type.label() + "-" + number, type, 500 + 500 * (int) (seed % 4))
        .with(
            DeviceParameters.DEFAULT
                .with(DeviceParameter.JOURNAL_OCTETS, 200 + random.below(2_000))
                .with(DeviceParameter.PAGE_SIZE, random.chance(0.4) ? 500 : 0)
                .with(DeviceParameter.MAXIMUM_DATA_SIZE, 16 + random.below(60)));
  }

  private static void holds(long seed, Scenario scenario) {
    HomeReport report;
    try {
      report = Home.run(scenario, new Silent());
    } catch (AssertionError | RuntimeException fault) {
      throw new AssertionError("seed " + seed + ": " + fault, fault);
    }
    assertThat(report.succeeded()).as("seed " + seed + ": " + report).isTrue();
    count(scenario, report);
  }

  private static synchronized void count(Scenario scenario, HomeReport report) {
    FAULTS.add(report.faults());
    checks += report.checks();
    hubRestarts += scenario.nemeses().hubRestarts().size();
    report.devices().forEach(device -> restarts += device.restarts());
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void withEveryFaultOnAllInvariantsHoldAndEveryDeviceEndsWithItsImage(
      @ForAll @LongRange(min = 1, max = 80) long seed) {
    holds(seed, scenario(seed).build());
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void aCommandActivatesItsDeviceOnceWhateverFailsBetweenSupplierAndDevice(
      @ForAll @LongRange(min = 1, max = 30) long seed) {
    holds(seed, scenario(seed).headEnd(Scripts::usual).build());
  }

  /** A time is set, taken back, and set again: the image runs at the second time and once. */
  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void aDatedCommandActivatesAtItsTimeAndACancelledOneNever(
      @ForAll @LongRange(min = 1, max = 20) long seed) {
    holds(seed, scenario(seed).headEnd(Scripts::dated).build());
  }

  /** Through the supplier as well as from the hub's own store. */
  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void anImageInPartsComesWholeWhateverFails(@ForAll @LongRange(min = 1, max = 60) long seed) {
    Scenario.Builder builder = scenario(seed);
    HubParameters hub = builder.build().world().hub();
    builder.hub(hub.with(HubParameter.MAXIMUM_IMAGE_OCTETS, PART_OCTETS));
    if (seed % 2 == 0) {
      builder.headEnd(Scripts::usual);
    }
    Scenario small = builder.build();
    for (ScenarioDevice device : small.world().devices()) {
      DevicePlan plan = DevicePlan.of(device, Fittings.IN_MEMORY);
      mostParts = Math.max(mostParts, ImageFile.of(plan, PART_OCTETS).size());
    }
    holds(seed, small);
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void theSameSeedGivesTheSameHomeToTheOctetWithEveryFaultOn(
      @ForAll @LongRange(min = 1, max = 10) long seed) {
    Scenario scenario = scenario(seed).headEnd(Scripts::usual).build();
    HomeTest.Log first = new HomeTest.Log();
    HomeTest.Log second = new HomeTest.Log();
    Home.run(scenario, first);
    Home.run(scenario, second);
    assertThat(first.lines).isEqualTo(second.lines);
  }

  @Tag("soak")
  @Property(seed = "20261123", tries = 1)
  void aHundredThousandSeedsHold() {
    long seeds = "short".equals(System.getProperty("hanota.soak")) ? SOAK_SHORT : SOAK;
    // Homes know nothing of each other, so they may run side by side.
    LongStream.range(FIRST_SOAK_SEED, FIRST_SOAK_SEED + seeds)
        .parallel()
        .forEach(
            seed -> {
              Scenario.Builder scenario = scenario(seed);
              if (seed % 3 == 0) {
                scenario.headEnd(Scripts::usual);
              }
              holds(seed, scenario.build());
            });
  }

  @AfterContainer
  static void everyFaultFired() {
    if (FAULTS.isEmpty()) {
      return;
    }
    FaultCounts sum = new FaultCounts(0, 0, 0, 0, 0, 0, 0, 0);
    for (FaultCounts counts : FAULTS) {
      sum = plus(sum, counts);
    }
    assertThat(mostParts).isIn(0, 4);
    System.out.println(
        FAULTS.size()
            + " seeds, "
            + checks
            + " checks, "
            + restarts
            + " device starts more, "
            + hubRestarts
            + " hub restarts planned, "
            + sum);
    assertThat(sum.dropped()).isPositive();
    assertThat(sum.acknowledgementsDropped()).isPositive();
    assertThat(sum.repeated()).isPositive();
    assertThat(sum.reordered()).isPositive();
    assertThat(sum.corrupted()).isPositive();
    assertThat(sum.delayed()).isPositive();
    assertThat(restarts).isPositive();
    assertThat(hubRestarts).isPositive();
  }

  private static FaultCounts plus(FaultCounts a, FaultCounts b) {
    return new FaultCounts(
        a.frames() + b.frames(),
        a.dropped() + b.dropped(),
        a.acknowledgementsDropped() + b.acknowledgementsDropped(),
        a.repeated() + b.repeated(),
        a.reordered() + b.reordered(),
        a.corrupted() + b.corrupted(),
        a.corruptedUndetected() + b.corruptedUndetected(),
        a.delayed() + b.delayed());
  }

  private static Scenario corrupting(long seed) {
    return Scenario.builder(seed)
        .devices(SampleImages.device(seed, "ppmid-1", DeviceType.PPMID, 2_000))
        .faults(new LinkFaults(0.02, 0, 0, 0, 0.01, 0, 0))
        .build();
  }

  /** A home whose devices check with {@code verifier}, and whose hub has a fault. */
  private static HomeReport run(
      Scenario scenario, Home.Listener listener, Optional<Verifier> verifier, Planted.Fault fault) {
    return Home.run(
        scenario,
        listener,
        new Fittings() {
          @Override
          public Verifier verifier(DevicePlan plan) {
            return verifier.orElse(plan.verifier());
          }

          @Override
          public Machine hub(Machine hub) {
            return fault == Planted.Fault.NONE ? hub : new Planted(hub, fault);
          }
        });
  }

  @Test
  void corruptionThatPassesTheLinkCheckNeverRunsWhereTheImageIsSigned() {
    long fired = 0;
    int invalid = 0;
    for (long seed = 1; seed <= 100; seed++) {
      HomeReport report = Home.run(corrupting(seed), new Silent());
      fired += report.faults().corruptedUndetected();
      DeviceReport device = report.devices().get(0);
      if (device.outcome() == DeviceReport.Outcome.FAILED) {
        invalid++;
      } else {
        assertThat(device.equal()).as("seed " + seed).isTrue();
      }
    }
    System.out.println(fired + " undetected corruptions, " + invalid + " updates refused");
    assertThat(fired).isPositive();
    assertThat(invalid).isPositive();
  }

  @Test
  void corruptionThatPassesTheLinkCheckIsFoundByTheInvariantsWhereNothingProtectsTheImage() {
    Verifier blind = Verifier.headerAndSizeOnly("the test shows what it cannot see");
    assertThatThrownBy(
            () -> {
              for (long seed = 1; seed <= 50; seed++) {
                run(corrupting(seed), new Silent(), Optional.of(blind), Planted.Fault.NONE);
              }
            })
        .isInstanceOfSatisfying(
            InvariantViolated.class, found -> assertThat(found.invariant()).isEqualTo("I1"));
  }

  /** Says yes to anything whose header is right. */
  private static final class Careless extends Verifier {
    Careless() {
      super("careless");
    }

    @Override
    protected Check check(OctetSource file, OtaHeader header) {
      return new Check.Passed("it looks good", Optional.empty());
    }
  }

  private static Scenario quiet() {
    return Scenario.builder(1)
        .devices(SampleImages.device(1, "ppmid-1", DeviceType.PPMID, 2_000))
        .build();
  }

  private static void isCaught(String invariant, Planted.Fault fault, Optional<Verifier> verifier) {
    assertThatThrownBy(() -> run(quiet(), new Silent(), verifier, fault))
        .isInstanceOfSatisfying(
            InvariantViolated.class, found -> assertThat(found.invariant()).isEqualTo(invariant));
  }

  /** One changed frame is no reason to look away for the rest of a run. */
  @Test
  void aHubThatServesPastTheEndIsCaughtAlsoAfterAFrameThatCameChanged() {
    int caughtAfter = 0;
    for (long seed = 1; seed <= 20; seed++) {
      AtomicLong changed = new AtomicLong();
      Home.Listener counts =
          new Silent() {
            @Override
            public void frame(
                long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
              changed.addAndGet(outcome == Outcome.CORRUPTED_UNDETECTED ? 1 : 0);
            }
          };
      try {
        run(corrupting(seed), counts, Optional.empty(), Planted.Fault.PAST_THE_END);
      } catch (InvariantViolated found) {
        assertThat(found.invariant()).isEqualTo("I8");
        caughtAfter += changed.get() > 0 ? 1 : 0;
      }
    }
    assertThat(caughtAfter).isPositive();
  }

  @Test
  void aHubThatServesPastTheEndIsCaught() {
    isCaught("I8", Planted.Fault.PAST_THE_END, Optional.empty());
  }

  @Test
  void aHubThatServesMoreThanWasAskedForIsCaught() {
    isCaught("I8", Planted.Fault.TOO_MUCH, Optional.empty());
  }

  @Test
  void aHubThatOffersAnotherImageIsCaught() {
    isCaught("I9", Planted.Fault.WRONG_IMAGE, Optional.empty());
  }

  @Test
  void aDeviceThatDoesNotVerifyWhatAHubGotWrongIsCaught() {
    isCaught("I1", Planted.Fault.WRONG_OCTETS, Optional.of(new Careless()));
  }

  private static Scenario timed() {
    UpgradeTime inAnHour = new UpgradeTime.At(Home.UTC_START_MILLIS + 3_600_000);
    return Scenario.builder(1)
        .devices(SampleImages.device(1, "ppmid-1", DeviceType.PPMID, 2_000).with(inAnHour))
        .build();
  }

  @Test
  void anImageForATimeRunsThenAndAHubThatHurriesIsCaught() {
    HomeReport report = Home.run(timed(), new Silent());
    assertThat(report.devices().get(0).outcome()).isEqualTo(DeviceReport.Outcome.CONFIRMED);
    assertThat(report.virtualNanos()).isGreaterThan(3_600_000_000_000L);
    assertThatThrownBy(() -> run(timed(), new Silent(), Optional.empty(), Planted.Fault.TOO_EARLY))
        .isInstanceOfSatisfying(
            InvariantViolated.class, found -> assertThat(found.invariant()).isEqualTo("I6"));
  }

  @Test
  void aHubThatAnswersNothingIsCaughtAsASilentStall() {
    isCaught("I7", Planted.Fault.SILENT, Optional.empty());
  }

  /** Through the supplier, so that every way to an image is tried. */
  @Test
  void aLinkThatLosesNearlyEverythingIsToBlameAndNotTheHub() {
    for (double loss : new double[] {0.7, 0.9, 1}) {
      Scenario scenario = HomeTest.builder(1, loss).headEnd(Scripts::wrongImageFirst).build();
      HomeReport report = Home.run(scenario, new Silent());
      assertThat(report.succeeded()).as("loss " + loss).isFalse();
      assertThat(report.devices())
          .filteredOn(
              device ->
                  device.outcome() == DeviceReport.Outcome.UNFINISHED
                      || device.detail().startsWith("EXPIRED"))
          .as("loss " + loss)
          .isNotEmpty()
          .allSatisfy(
              device ->
                  assertThat(device.detail())
                      .containsAnyOf("within 60 days", "the download took more than 30 days"));
      assertThat(report.virtualNanos()).isLessThanOrEqualTo(scenario.limits().safetyNanos());
    }
  }

  @Test
  void theSameWrongOctetsAreRefusedWhereTheDeviceVerifies() {
    HomeReport report = run(quiet(), new Silent(), Optional.empty(), Planted.Fault.WRONG_OCTETS);
    assertThat(report.devices().get(0).outcome()).isEqualTo(DeviceReport.Outcome.FAILED);
    assertThat(report.devices().get(0).detail()).contains("INVALID_IMAGE");
  }
}
