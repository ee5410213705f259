// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.BankGeometry;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.sim.PowerCutBank.Cut;
import org.hanota.sim.PowerCutBank.Moment;
import org.hanota.sim.check.InvariantViolated;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes at every storage operation of an update: before it, in the middle, after it. */
class PowerCutTest {
  private static final long SEED = 5;
  private static final int BLOCKS = 40;
  private static final int BLOCK_OCTETS = 48;
  private static final int LARGE_OCTETS = 750 * 1024;

  /** 8-octet writes, 4 KiB erases, as the flash memory of many controllers. */
  private static final BankGeometry FLASH = new BankGeometry(8, 4_096, 0xFF);

  private static final int FLASH_BLOCK_OCTETS = 53;
  private static final int FLASH_OCTETS = 9_001;

  /** Every four blocks, so that the position is kept several times in a small image. */
  private static final int JOURNAL_OCTETS = 4 * BLOCK_OCTETS;

  /** Hears nothing. */
  private static final Home.Listener NOBODY =
      new Home.Listener() {
        @Override
        public void event(long virtualNanos, String device, UpdateEvent event) {}

        @Override
        public void frame(
            long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {}
      };

  private static final List<Moment> MOMENTS = List.of(Moment.values());

  /**
   * What the device's bank is like, and how large a file may be.
   *
   * @param fileOctets a larger image comes in parts
   */
  private record Memory(BankGeometry geometry, int fileOctets) {
    static final Memory PLAIN =
        new Memory(BankGeometry.REWRITABLE, (int) HubParameters.DEFAULT.maximumImageOctets());
  }

  /** One update with its cuts, and the checks after it. */
  private static final class Run implements Fittings {
    private final DevicePlan plan;
    private final boolean works;
    private final Memory memory;
    private final PowerCutBank bank;
    private final ImageBank seen;
    private final Octets factory;

    Run(DevicePlan plan, boolean works, UnaryOperator<ImageBank> bug, List<Cut> cuts) {
      this(plan, works, Memory.PLAIN, bug, cuts);
    }

    Run(
        DevicePlan plan,
        boolean works,
        Memory memory,
        UnaryOperator<ImageBank> bug,
        List<Cut> cuts) {
      this.plan = plan;
      this.works = works;
      this.factory = SeededRandom.of(SEED, 1, 77).octets(plan.image().length());
      this.memory = memory;
      ImageBank inMemory =
          new InMemoryImageBank(
              memory.geometry(), plan.parameters().maximumImageOctets(), plan.running());
      this.bank = new PowerCutBank(inMemory, factory, plan.image(), cuts);
      this.seen = bug.apply(bank);
    }

    @Override
    public ImageBank bank(DevicePlan any) {
      return seen;
    }

    @Override
    public boolean selfTest(DevicePlan any) {
      return works;
    }

    /** True if every cut fired; the checks hold either way. */
    boolean passes() {
      Scenario.Builder scenario =
          Scenario.builder(SEED)
              .devices(plan.device())
              .hub(
                  HubParameters.DEFAULT
                      .with(HubParameter.SERVES_UNASKED, false)
                      .with(HubParameter.MAXIMUM_IMAGE_OCTETS, memory.fileOctets()));
      if (plan.type() != DeviceType.IHD) {
        scenario.headEnd(Scripts::usual);
      }
      HomeReport report = Home.run(scenario.build(), NOBODY, this);
      DeviceReport device = report.devices().get(0);
      Journal journal = bank.journal();
      bank.checkBootable(journal);
      if (works) {
        assertThat(device.outcome()).as(device.detail()).isEqualTo(DeviceReport.Outcome.CONFIRMED);
        assertThat(holds(journal.active(), plan.image())).isTrue();
      } else {
        assertThat(device.outcome()).isEqualTo(DeviceReport.Outcome.FAILED);
        assertThat(device.detail()).startsWith("ROLLED_BACK");
        assertThat(holds(journal.active(), factory)).isTrue();
        assertThat(journal.running()).isEqualTo(plan.running());
      }
      return bank.fired() > 0;
    }

    private boolean holds(Slot slot, Octets octets) {
      return bank.read(slot, octets.length()).octets(0, octets.length()).equals(octets);
    }
  }

  /** A device of {@code type} whose image has exactly {@link #BLOCKS} blocks. */
  private static DevicePlan plan(DeviceType type) {
    int around = SampleImages.plan(SEED, "x", type, 1_000).image().length() - 1_000;
    return sized(SampleImages.plan(SEED, "x", type, BLOCKS * BLOCK_OCTETS - around));
  }

  private static DevicePlan sized(DevicePlan plan) {
    DeviceParameters parameters =
        plan.parameters()
            .with(DeviceParameter.JOURNAL_OCTETS, JOURNAL_OCTETS)
            .with(DeviceParameter.MAXIMUM_DATA_SIZE, BLOCK_OCTETS);
    return with(plan, parameters);
  }

  private static DevicePlan with(DevicePlan plan, DeviceParameters parameters) {
    return DevicePlan.of(plan.device().with(parameters), Fittings.IN_MEMORY);
  }

  /** Cuts at operation 1, 2, .. until an update passes without reaching one; counts the cuts. */
  private static int everywhere(DevicePlan plan, boolean works, UnaryOperator<ImageBank> bug) {
    return everywhere(plan, works, Memory.PLAIN, bug);
  }

  private static int everywhere(
      DevicePlan plan, boolean works, Memory memory, UnaryOperator<ImageBank> bug) {
    int tried = 0;
    boolean reached = true;
    for (long operation = 1; reached; operation++) {
      reached = false;
      for (Moment moment : Moment.values()) {
        Run run = new Run(plan, works, memory, bug, List.of(new Cut(operation, moment)));
        boolean fired = run.passes();
        reached |= fired;
        tried += fired ? 1 : 0;
      }
    }
    return tried;
  }

  @ParameterizedTest
  @EnumSource(DeviceType.class)
  void aPowerCutAtAnyStorageOperationCostsNothingButTime(DeviceType type) {
    DevicePlan plan = plan(type);
    assertThat(plan.image().length()).isEqualTo(BLOCKS * BLOCK_OCTETS);
    int tried = everywhere(plan, true, UnaryOperator.identity());
    System.out.println("power cuts: " + type.label() + ", one cut: " + tried + " points");
    assertThat(tried).isGreaterThan(3 * BLOCKS);
  }

  @ParameterizedTest
  @EnumSource(DeviceType.class)
  void aPowerCutInARollBackStillEndsWithTheOldImage(DeviceType type) {
    int tried = everywhere(plan(type), false, UnaryOperator.identity());
    System.out.println("power cuts: " + type.label() + ", roll back: " + tried + " points");
    assertThat(tried).isGreaterThan(3 * BLOCKS);
  }

  @Test
  void aPowerCutInTheMiddleOfPagesCostsNothingButTime() {
    DevicePlan plan = plan(DeviceType.PPMID);
    int tried =
        everywhere(
            with(plan, plan.parameters().with(DeviceParameter.PAGE_SIZE, 8 * BLOCK_OCTETS)),
            true,
            UnaryOperator.identity());
    System.out.println("power cuts: ppmid with pages, one cut: " + tried + " points");
    assertThat(tried).isGreaterThan(3 * BLOCKS);
  }

  /** Write units that do not divide a block, and an image of more than two erase units. */
  @ParameterizedTest
  @CsvSource({"371, 768000", "0, 4000"})
  void aPowerCutCostsNothingButTimeOnFlashThatTakesEachUnitOnce(int pageOctets, int partOctets) {
    DevicePlan small = SampleImages.plan(SEED, "x", DeviceType.PPMID, 1_000);
    DevicePlan plan =
        SampleImages.plan(
            SEED, "x", DeviceType.PPMID, FLASH_OCTETS - (small.image().length() - 1_000));
    assertThat(plan.image().length()).isEqualTo(FLASH_OCTETS);
    DeviceParameters parameters =
        plan.parameters()
            .with(DeviceParameter.JOURNAL_OCTETS, 4 * FLASH_BLOCK_OCTETS)
            .with(DeviceParameter.MAXIMUM_DATA_SIZE, FLASH_BLOCK_OCTETS)
            .with(DeviceParameter.PAGE_SIZE, pageOctets);
    int tried =
        everywhere(
            with(plan, parameters), true, new Memory(FLASH, partOctets), UnaryOperator.identity());
    System.out.println(
        "power cuts: ppmid on flash, pages of "
            + pageOctets
            + ", files of at most "
            + partOctets
            + ": "
            + tried
            + " points");
    assertThat(tried).isGreaterThan(3 * FLASH_OCTETS / FLASH_BLOCK_OCTETS);
  }

  @Test
  void aSecondPowerCutSoonInARecoveryCostsNothingButTime() {
    int tried = twice(2);
    System.out.println("power cuts: ppmid, second cut soon: " + tried + " pairs");
    assertThat(tried).isGreaterThan(500);
  }

  @Test
  @Tag("soak")
  void aSecondPowerCutAnywhereInARecoveryCostsNothingButTime() {
    int tried = twice(Long.MAX_VALUE);
    System.out.println("power cuts: ppmid, second cut anywhere: " + tried + " pairs");
    assertThat(tried).isGreaterThan(10_000);
  }

  private static int twice(long deepest) {
    DevicePlan plan = plan(DeviceType.PPMID);
    int tried = 0;
    boolean reached = true;
    for (long first = 1; reached; first++) {
      reached = false;
      for (Moment moment : Moment.values()) {
        int pairs = after(plan, new Cut(first, moment), deepest);
        reached |= pairs > 0;
        tried += pairs;
      }
    }
    return tried;
  }

  private static int after(DevicePlan plan, Cut first, long deepest) {
    int tried = 0;
    boolean reached = true;
    for (long second = 1; reached && second <= deepest; second++) {
      reached = false;
      for (Moment moment : Moment.values()) {
        Run run =
            new Run(plan, true, UnaryOperator.identity(), List.of(first, new Cut(second, moment)));
        run.passes();
        if (run.bank.fired() == 2) {
          reached = true;
          tried++;
        }
      }
    }
    return tried;
  }

  @Test
  @Tag("soak")
  void aPowerCutInALargeImageCostsNothingButTime() {
    DevicePlan small = SampleImages.plan(SEED, "x", DeviceType.PPMID, 1_000);
    DevicePlan plan =
        SampleImages.plan(
            SEED, "x", DeviceType.PPMID, LARGE_OCTETS - (small.image().length() - 1_000));
    assertThat(plan.image().length()).isEqualTo(LARGE_OCTETS);
    Run whole = new Run(plan, true, UnaryOperator.identity(), List.of());
    whole.passes();
    long operations = whole.bank.operations();
    SeededRandom random = SeededRandom.of(SEED, 2, 3);
    int tried = 0;
    while (tried < 200) {
      Cut cut =
          new Cut(1 + random.belowLong(operations), MOMENTS.get(random.below(MOMENTS.size())));
      tried += new Run(plan, true, UnaryOperator.identity(), List.of(cut)).passes() ? 1 : 0;
    }
    System.out.println(
        "power cuts: 750 KiB, " + tried + " sampled of " + operations + " operations");
  }

  // The same tests must fail where something is wrong.

  /** Saves what {@code change} makes of each journal. */
  private static UnaryOperator<ImageBank> saving(UnaryOperator<Journal> change) {
    return bank ->
        new ForwardingImageBank(bank) {
          @Override
          public void save(Journal journal) {
            super.save(change.apply(journal));
          }
        };
  }

  private static void caught(boolean works, UnaryOperator<ImageBank> bug) {
    assertThatThrownBy(() -> everywhere(plan(DeviceType.PPMID), works, bug))
        .isInstanceOfAny(AssertionError.class, InvariantViolated.class);
  }

  private static Journal runs(Journal journal, Journal.Boot boot) {
    return new Journal(
        journal.active(),
        journal.running(),
        journal.other(),
        boot,
        Optional.empty(),
        Optional.empty(),
        journal.outbox());
  }

  @Test
  void aBootLoaderThatConfirmsWithoutATrialIsCaught() {
    caught(
        false,
        saving(
            journal ->
                journal.boot() == Journal.Boot.SWAPPED
                    ? runs(journal, Journal.Boot.CONFIRMED)
                    : journal));
  }

  @Test
  void aJournalThatSpeaksOfOctetsNotYetWrittenIsCaught() {
    caught(
        true,
        saving(
            journal ->
                journal.withDownload(
                    journal
                        .download()
                        .map(d -> d.at(Math.min(d.sizeOctets(), d.position() + 1))))));
  }

  @Test
  void anImageThatRunsBeforeItIsVerifiedIsCaught() {
    caught(
        true,
        saving(
            journal ->
                journal.download().isEmpty()
                    ? journal
                    : new Journal(
                        journal.inactive(),
                        journal.download().get().image().fileVersion(),
                        journal.running(),
                        Journal.Boot.TRIAL,
                        Optional.empty(),
                        Optional.empty(),
                        journal.outbox())));
  }

  @Test
  void aSaveThatIsNotAtomicIsCaught() {
    caught(
        true,
        bank ->
            new ForwardingImageBank(bank) {
              @Override
              public void save(Journal next) {
                Journal before = journal();
                super.save(
                    new Journal(
                        next.active(),
                        before.running(),
                        before.other(),
                        before.boot(),
                        before.download(),
                        before.activation(),
                        before.outbox()));
                super.save(next);
              }
            });
  }

  @Test
  void aSwapThatLosesTheNewImageIsCaught() {
    caught(
        true,
        bank ->
            new ForwardingImageBank(bank) {
              @Override
              public void save(Journal journal) {
                if (journal.boot() == Journal.Boot.SWAPPED) {
                  bank.erase(journal.active(), 0);
                }
                super.save(journal);
              }
            });
  }
}
