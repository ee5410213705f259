// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.UpdateEvent.Failed;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.sim.check.InvariantViolated;
import org.hanota.sim.link.LinkModel;
import org.hanota.sim.link.Signal;
import org.hanota.sim.link.Verdict;
import org.hanota.sim.scenario.Limits;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.Strike;
import org.junit.jupiter.api.Test;

/** A fault does not hide behind a nemesis that struck something else, or at another time. */
class JudgeTest {
  private static final long SEED = 1;
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final long DAY_NANOS = 24 * HOUR_NANOS;
  private static final int SECOND_DEVICE = 2;

  private static Scenario.Builder scenario(DeviceType second) {
    return Scenario.builder(SEED)
        .devices(
            SampleImages.device(SEED, "ppmid-1", DeviceType.PPMID, 1_000),
            SampleImages.device(SEED, "x-2", second, 1_000))
        .headEnd(Scripts::usual)
        .limits(new Limits(10 * DAY_NANOS, 60 * DAY_NANOS));
  }

  private static HomeReport run(Scenario.Builder scenario, Fittings fittings) {
    return Home.run(scenario.build(), new FaultyHomeTest.Silent(), fittings);
  }

  /** New images of all devices but the first do not work. */
  private static class FailsItsTest implements Fittings {
    @Override
    public boolean selfTest(DevicePlan plan) {
      return plan.name().equals("ppmid-1");
    }
  }

  /** The second device reaches nobody until all faults stop. */
  private static class Lonely implements Fittings {
    @Override
    public LinkModel links(LinkModel links) {
      return new LinkModel() {
        private boolean isHealed;

        @Override
        public Signal carry(long nanos, int from, int to, Kind kind) {
          Signal signal = links.carry(nanos, from, to, kind);
          return from == SECOND_DEVICE && !isHealed ? Signal.LOST : signal;
        }

        @Override
        public Verdict judge(long nanos, int from, int to, Frame frame) {
          return links.judge(nanos, from, to, frame);
        }

        @Override
        public void heal() {
          isHealed = true;
          links.heal();
        }
      };
    }
  }

  @Test
  void aDeviceThatFailsOtherwiseThanItsNemesisExplainsIsNotExcused() {
    Strike wrongFirst = Strike.at(Nemesis.WRONG_IMAGE, "x-2", 0);
    HomeReport report =
        run(scenario(DeviceType.ESME).strikes(List.of(wrongFirst)), new FailsItsTest());
    assertThat(report.fired()).containsKey(Nemesis.WRONG_IMAGE);
    assertThat(report.devices().get(1).detail()).startsWith("ROLLED_BACK");
    assertThat(report.isExplained()).isFalse();
  }

  @Test
  void aDeviceThatDoesNotEndBecauseOfNothingIsNotExcusedByAnothersNemesis() {
    Strike other = Strike.atPercent(Nemesis.RESTART, "ppmid-1", 50);
    HomeReport report = run(scenario(DeviceType.IHD).strikes(List.of(other)), new Lonely());
    assertThat(report.fired()).containsKey(Nemesis.RESTART);
    assertThat(report.devices().get(1).outcome()).isEqualTo(DeviceReport.Outcome.UNFINISHED);
    assertThat(report.isExplained()).isFalse();
  }

  @Test
  void aDeviceThatDoesNotEndIsNotExcusedByWhatStruckItLongAgo() {
    Strike early = Strike.at(Nemesis.RESTART, "x-2", HOUR_NANOS);
    HomeReport report = run(scenario(DeviceType.IHD).strikes(List.of(early)), new Lonely());
    assertThat(report.fired()).containsKey(Nemesis.RESTART);
    assertThat(report.isExplained()).isFalse();
    Strike late = Strike.at(Nemesis.RESTART, "x-2", 9 * DAY_NANOS);
    assertThat(run(scenario(DeviceType.IHD).strikes(List.of(late)), new Lonely()).isExplained())
        .isTrue();
  }

  @Test
  void aDeviceThatFailsOnceAllFaultsHaveStoppedIsCaught() {
    Fittings late =
        new Lonely() {
          @Override
          public boolean selfTest(DevicePlan plan) {
            return plan.name().equals("ppmid-1");
          }
        };
    assertThatThrownBy(() -> run(scenario(DeviceType.IHD), late))
        .isInstanceOfSatisfying(
            InvariantViolated.class,
            found -> {
              assertThat(found.invariant()).isEqualTo("I7");
              assertThat(found).hasMessageContaining("after all faults had stopped");
            });
  }

  /**
   * Nobody commands what waits for a command: the hub gives the update up after a week, and says so
   * when the meter asks again after a restart.
   */
  private static HomeReport neverCommanded(Strike... others) {
    List<Strike> strikes = new ArrayList<>(List.of(others));
    strikes.add(Strike.at(Nemesis.RESTART, "x-2", 8 * DAY_NANOS));
    Scenario.Builder scenario =
        scenario(DeviceType.ESME)
            .headEnd(
                world ->
                    Scripts.usual(world).stream()
                        .filter(step -> step.cue() == ScriptStep.Cue.START)
                        .toList())
            .strikes(strikes);
    HomeReport report = run(scenario, Fittings.IN_MEMORY);
    assertThat(report.devices().get(1).detail()).startsWith("ABORTED");
    return report;
  }

  /** What swarm seed 8061 found. */
  @Test
  void aMeterThatIsNeverCommandedIsExcusedWhereItsReceiptMayBeLost() {
    Strike loses = Strike.at(Nemesis.HUB_POWER_CUT, ScenarioDevice.HUB, HOUR_NANOS);
    HomeReport report = neverCommanded(loses);
    assertThat(report.fired()).containsKey(Nemesis.HUB_POWER_CUT);
    assertThat(report.isExplained()).isTrue();
  }

  @Test
  void aMeterThatIsNeverCommandedIsNotExcusedByNothingOrByAnOrderlyRestart() {
    assertThat(neverCommanded().isExplained()).isFalse();
    Strike restart = Strike.at(Nemesis.HUB_RESTART, ScenarioDevice.HUB, HOUR_NANOS);
    HomeReport report = neverCommanded(restart);
    assertThat(report.fired()).containsKey(Nemesis.HUB_RESTART);
    assertThat(report.isExplained()).isFalse();
  }

  /** A hub whose words that it gave an update up are lost, as with its power in that moment. */
  private static Machine withoutFailures(Machine hub) {
    return proxy(
        Machine.class,
        hub,
        argument ->
            argument instanceof Effects effects
                ? proxy(Effects.class, effects, told -> told instanceof Failed ? null : told)
                : argument);
  }

  /** Calls {@code target} with changed arguments; not at all where one becomes null. */
  private static <T> T proxy(Class<T> type, T target, UnaryOperator<Object> change) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, given) -> {
              Object[] arguments = given == null ? new Object[0] : given.clone();
              for (int i = 0; i < arguments.length; i++) {
                arguments[i] = change.apply(arguments[i]);
                if (arguments[i] == null) {
                  return null;
                }
              }
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }

  /** What swarm seeds 14238, 15448 and more found. */
  @Test
  void whatAHubGaveUpIsBegunAgainThoughItsWordsWereLost() {
    Fittings deaf =
        new Lonely() {
          @Override
          public Machine hub(Machine hub) {
            return withoutFailures(hub);
          }
        };
    HomeReport report = run(scenario(DeviceType.IHD), deaf);
    assertThat(report.devices().get(1).outcome()).isEqualTo(DeviceReport.Outcome.UNFINISHED);
  }

  /** What swarm seeds 62941, 73159 and 89928 found: forceReplace is not under the signature. */
  @Test
  void aMeterIsExcusedWhereItsSupplierSentAnotherFile() {
    HomeExcuses excuses = new HomeExcuses(1_000_000);
    assertThat(excuses.isDamaged(1, "esme.ota")).isFalse();
    DevicePlan plan =
        DevicePlan.of(SampleImages.device(SEED, "x", DeviceType.ESME, 1_000), Fittings.IN_MEMORY);
    excuses.spoil("esme.ota", plan, 0);
    assertThat(excuses.isDamaged(1, "esme.ota")).isTrue();
    assertThat(excuses.isDamaged(1, "gsme.ota")).isFalse();
  }

  /** Puts its image in place as soon as it is told a time for it. */
  private static ImageBank hurries(ImageBank bank) {
    return new ForwardingImageBank(bank) {
      @Override
      public void save(Journal next) {
        super.save(next);
        if (next.activation().isPresent()) {
          super.save(
              new Journal(
                  next.inactive(),
                  next.download().orElseThrow().image().fileVersion(),
                  next.running(),
                  Journal.Boot.SWAPPED,
                  next.download(),
                  next.activation(),
                  next.outbox()));
        }
      }
    };
  }

  @Test
  void aMeterThatHurriesIsCaughtAlsoWhereTheClockOfAnotherDeviceIsAhead() {
    Scenario.Builder ahead =
        scenario(DeviceType.ESME)
            .headEnd(
                world -> {
                  List<ScriptStep> steps = Scripts.dated(world);
                  steps.add(
                      new ScriptStep(
                          ScriptStep.Cue.START,
                          0,
                          "ppmid-1",
                          new ScriptStep.Action.StepClock(7_200_000)));
                  return steps;
                });
    Fittings hurries =
        new Fittings() {
          @Override
          public ImageBank seen(ImageBank bank) {
            return hurries(bank);
          }
        };
    assertThatThrownBy(() -> run(ahead, hurries))
        .isInstanceOfSatisfying(
            InvariantViolated.class, found -> assertThat(found.invariant()).isEqualTo("I6"));
  }
}
