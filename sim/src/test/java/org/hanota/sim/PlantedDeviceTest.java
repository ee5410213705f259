// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.sim.check.InvariantViolated;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.World;
import org.junit.jupiter.api.Test;

/**
 * A device with a fault is caught by what the head end sent and heard, though it says nothing of
 * what it does: it puts an image in place behind its own back.
 */
class PlantedDeviceTest {
  private static final long SEED = 1;
  private static final int FIRMWARE_OCTETS = 1_000;

  private static Scenario scenario(DeviceType type) {
    return builder(type).build();
  }

  private static Scenario scenario(DeviceType type, Function<World, List<ScriptStep>> script) {
    return builder(type).headEnd(script).build();
  }

  private static Scenario.Builder builder(DeviceType type) {
    return Scenario.builder(SEED).devices(SampleImages.device(SEED, "x", type, FIRMWARE_OCTETS));
  }

  /** A bank that swaps as soon as a journal follows another one in this way. */
  private static UnaryOperator<ImageBank> swapsWhen(BiPredicate<Journal, Journal> follows) {
    return bank ->
        new ForwardingImageBank(bank) {
          @Override
          public void save(Journal next) {
            boolean swaps = follows.test(bank.journal(), next);
            super.save(next);
            if (swaps) {
              super.save(swapped(next, next.download().orElseThrow().image().fileVersion()));
            }
          }
        };
  }

  private static Journal swapped(Journal journal, FileVersion version) {
    return new Journal(
        journal.inactive(),
        version,
        journal.running(),
        Journal.Boot.SWAPPED,
        journal.download(),
        journal.activation(),
        journal.outbox());
  }

  private static boolean isWhole(Journal journal) {
    return journal.download().filter(Journal.Download::isComplete).isPresent();
  }

  private static void isCaught(
      String invariant, Scenario scenario, UnaryOperator<ImageBank> fault) {
    assertThatThrownBy(() -> Home.run(scenario, new FaultyHomeTest.Silent(), with(fault)))
        .isInstanceOfSatisfying(
            InvariantViolated.class, found -> assertThat(found.invariant()).isEqualTo(invariant));
  }

  private static Fittings with(UnaryOperator<ImageBank> fault) {
    return new Fittings() {
      @Override
      public ImageBank seen(ImageBank bank) {
        return fault.apply(bank);
      }
    };
  }

  @Test
  void aMeterThatRunsItsImageWithoutACommandIsCaught() {
    isCaught(
        "I2",
        scenario(DeviceType.ESME, Scripts::usual),
        swapsWhen(
            (before, after) -> isWhole(after) && before.outbox().size() < after.outbox().size()));
  }

  @Test
  void aMeterThatRunsItsImageBeforeTheTimeOfItsCommandIsCaught() {
    isCaught(
        "I6",
        scenario(DeviceType.ESME, Scripts::dated),
        swapsWhen((before, after) -> isWhole(after) && after.activation().isPresent()));
  }

  @Test
  void aMeterThatRunsItsImageWhenItsCommandIsCancelledIsCaught() {
    isCaught(
        "I6",
        scenario(DeviceType.ESME, Scripts::dated),
        swapsWhen(
            (before, after) ->
                isWhole(after) && before.activation().isPresent() && after.activation().isEmpty()));
  }

  @Test
  void aDeviceThatRunsAnImageThatItDidNotGetIsCaught() {
    isCaught(
        "I2",
        scenario(DeviceType.PPMID),
        swapsWhen((before, after) -> after.download().isPresent() && !isWhole(after)));
  }

  @Test
  void aDeviceThatPutsItsImageInPlaceTwiceIsCaught() {
    isCaught(
        "I2",
        scenario(DeviceType.PPMID),
        bank ->
            new ForwardingImageBank(bank) {
              @Override
              public void save(Journal next) {
                super.save(next);
                if (next.boot() == Journal.Boot.CONFIRMED_UNTOLD) {
                  super.save(swapped(next, next.other()));
                }
              }
            });
  }

  @Test
  void aDeviceThatErasesTheImageThatRunsIsCaught() {
    isCaught(
        "I3",
        scenario(DeviceType.PPMID),
        bank ->
            new ForwardingImageBank(bank) {
              @Override
              public void write(Slot slot, long position, Octets data) {
                super.write(slot, position, data);
                super.erase(journal().active(), 0);
              }
            });
  }

  @Test
  void aDeviceThatErasesTheOldImageBeforeTheNewOneIsConfirmedIsCaught() {
    isCaught(
        "I4",
        scenario(DeviceType.PPMID),
        bank ->
            new ForwardingImageBank(bank) {
              @Override
              public void save(Journal next) {
                super.save(next);
                if (next.boot() == Journal.Boot.SWAPPED) {
                  super.erase(next.inactive(), 0);
                }
              }
            });
  }

  @Test
  void aDeviceThatGoesBackToTheVersionBeforeWithoutPermissionIsCaught() {
    isCaught(
        "I5",
        scenario(DeviceType.PPMID, Scripts::usual),
        bank ->
            new ForwardingImageBank(bank) {
              @Override
              public void save(Journal next) {
                super.save(next);
                if (next.boot() == Journal.Boot.CONFIRMED_UNTOLD) {
                  super.save(swapped(next, next.other()));
                }
              }
            });
  }

  @Test
  void aMeterWhoseCounterRunsAheadIsCaught() {
    assertThatThrownBy(
            () ->
                Home.run(
                    scenario(DeviceType.ESME, Scripts::usual),
                    new FaultyHomeTest.Silent(),
                    new Fittings() {
                      @Override
                      public CounterStore counters(DevicePlan plan) {
                        InMemoryCounterStore ahead = new InMemoryCounterStore();
                        ahead.store(GbParties.SUPPLIER, Long.MAX_VALUE);
                        return ahead;
                      }
                    }))
        .isInstanceOfSatisfying(
            InvariantViolated.class, found -> assertThat(found.invariant()).isEqualTo("I13"));
  }
}
