// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.FileVersion;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.ForwardingMachine;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.hub.HubInput;
import org.hanota.otaformat.Verifier;
import org.hanota.sim.Planted;
import org.junit.jupiter.api.Test;

/** For each invariant from I1 to I9 a fault that breaks it is found, on the shortest way. */
class MutantsTest {
  private static final int STATES_MAX = 20_000;

  private static void isFound(
      String invariant, String what, int faults, int moments, Models model, Models.Faults planted) {
    isFound(
        invariant,
        what,
        moments,
        Explorer.explore(model.model(planted), new Bounds(faults, STATES_MAX)));
  }

  private static void isFound(String invariant, String what, int moments, Exploration found) {
    assertThat(found.violation()).as(invariant).isPresent();
    assertThat(found.violation().get().invariant()).isEqualTo(invariant);
    assertThat(found.violation().get().what()).contains(what);
    assertThat(found.way()).hasSize(moments);
    assertThat(found.isComplete()).isFalse();
  }

  private static Models.Faults hub(Planted.Fault fault) {
    return Models.Faults.NONE.hub(machine -> new Planted(machine, fault));
  }

  private static Models.Faults bank(UnaryOperator<ImageBank> fault) {
    return Models.Faults.NONE.bank(fault);
  }

  @Test
  void i1aVerifierThatLooksAtNothingIsFound() {
    Models.Faults planted =
        hub(Planted.Fault.WRONG_OCTETS).verifier(Verifier.headerAndSizeOnly("planted"));
    isFound("I1", "verified what is not", 0, 14, Models.BLOCK, planted);
  }

  @Test
  void i2aDeviceThatRunsHalfAnImageIsFound() {
    Models.Faults planted =
        bank(
            bank ->
                new ForwardingImageBank(bank) {
                  @Override
                  public void save(Journal next) {
                    super.save(next);
                    if (next.download().isPresent() && next.boot() == Journal.Boot.CONFIRMED) {
                      super.save(
                          next.swapped(
                              next.download().get().image().fileVersion(),
                              Journal.Boot.SWAPPED,
                              Optional.empty()));
                    }
                  }
                });
    isFound("I2", "swaps to what was not served", 0, 7, Models.BLOCK, planted);
  }

  @Test
  void i3aDeviceThatErasesTheImageThatRunsIsFound() {
    Models.Faults planted =
        bank(
            bank ->
                new ForwardingImageBank(bank) {
                  @Override
                  public void erase(Slot slot, long fromOctet) {
                    super.erase(journal().active(), fromOctet);
                  }
                });
    isFound("I3", "erases the slot that runs", 0, 7, Models.BLOCK, planted);
  }

  @Test
  void i4aDeviceThatErasesTheOldImageDuringItsTrialIsFound() {
    Models.Faults planted =
        bank(
            bank ->
                new ForwardingImageBank(bank) {
                  @Override
                  public void save(Journal next) {
                    super.save(next);
                    if (next.boot().isTrial()) {
                      super.erase(next.inactive(), 0);
                    }
                  }
                });
    isFound("I4", "erases the old image", 0, 18, Models.BLOCK, planted);
  }

  @Test
  void i5aPermissionThatNobodyGaveIsFound() {
    Models.Faults planted =
        Models.Faults.NONE
            .running(new FileVersion(9))
            .config(builder -> builder.downgrade(Optional.of(permission())))
            .hub(
                machine ->
                    new ForwardingMachine(machine) {
                      @Override
                      public void onInput(Now now, Input input, Effects effects) {
                        super.onInput(
                            now,
                            input instanceof HubInput.Start start
                                ? new HubInput.Start(permitted(start.offer()))
                                : input,
                            effects);
                      }
                    });
    isFound("I5", "goes from 00000009 to 00000002", 0, 17, Models.BLOCK, planted);
  }

  private static DowngradePermission permission() {
    return DowngradePermission.because("planted");
  }

  private static Offer permitted(Offer offer) {
    return new Offer(
        offer.device(), offer.image(), offer.when(), offer.priority(), Optional.of(permission()));
  }

  @Test
  void i6aHubThatTellsATimeTooEarlyIsFound() {
    isFound(
        "I6",
        "before the one that was ordered",
        0,
        15,
        Models.ACTIVATION,
        hub(Planted.Fault.TOO_EARLY));
  }

  @Test
  void i6aDeviceThatDoesNotHearOfACancelIsFound() {
    Models.Faults planted =
        Models.Faults.NONE.device(
            machine ->
                new ForwardingMachine(machine) {
                  @Override
                  public void onReceive(Now now, Received received, Effects effects) {
                    if (!(received.message() instanceof UpgradeEndResponse end && end.waits())) {
                      super.onReceive(now, received, effects);
                    }
                  }
                });
    isFound("I6", "swaps at a time that it was not told", 0, 20, Models.ACTIVATION, planted);
  }

  @Test
  void i7aDeviceWhoseTimerIsLostStandsStillAfterALoss() {
    Models.Faults planted =
        Models.Faults.NONE.device(
            machine ->
                new ForwardingMachine(machine) {
                  @Override
                  public void onSent(Now now, long sendId, SendResult result, Effects effects) {}

                  @Override
                  public void onReceive(Now now, Received received, Effects effects) {
                    super.onReceive(now, received, new WithoutTimer(effects));
                  }

                  @Override
                  public void onInput(Now now, Input input, Effects effects) {
                    super.onInput(now, input, new WithoutTimer(effects));
                  }

                  @Override
                  public void onTimer(Now now, Effects effects) {
                    super.onTimer(now, new WithoutTimer(effects));
                  }
                });
    isFound("I7", "nothing more happens", 1, 18, Models.BLOCK, planted);
  }

  @Test
  void i7aDeviceThatOnlyWakesAndWakesGoesOnForEver() {
    Models.Faults planted =
        Models.Faults.NONE.device(
            machine ->
                new ForwardingMachine(machine) {
                  @Override
                  public void onTimer(Now now, Effects effects) {
                    effects.wakeAt(now.plusMillis(24 * 3_600_000));
                  }
                });
    isFound("I7", "for ever", 1, 4, Models.BLOCK, planted);
  }

  @Test
  void i8aHubThatSendsMoreThanItIsAskedForIsFound() {
    isFound("I8", "more than it was asked for", 0, 8, Models.BLOCK, hub(Planted.Fault.TOO_MUCH));
  }

  @Test
  void i8aHubThatSendsOctetsPastTheFileIsFound() {
    isFound("I8", "past the file", 0, 12, Models.BLOCK, hub(Planted.Fault.PAST_THE_END));
  }

  @Test
  void i9aHubThatOffersAnotherImageIsFound() {
    isFound("I9", "offers", 0, 4, Models.BLOCK, hub(Planted.Fault.WRONG_IMAGE));
  }

  /** Two ways to what it takes for one state are tried, and do not lead to the same. */
  @Test
  void aStateKeyThatForgetsHowFarADownloadIsIsFound() {
    StateKey key =
        new StateKey() {
          @Override
          public StateWriter put(String name, Object value) {
            return name.equals("download") || name.equals("boot") ? this : super.put(name, value);
          }
        };
    isFound("state key", "of the device differ at START", 20, explore(1, key));
  }

  @Test
  void aStateKeyThatForgetsWhichFrameIsAwaitedIsFound() {
    StateKey key =
        new StateKey() {
          @Override
          public StateWriter putSent(String name, long sendId) {
            return this;
          }
        };
    isFound("state key", "of the device differ at NOT_DELIVERED", 23, explore(2, key));
  }

  private static Exploration explore(int faults, StateKey key) {
    return Explorer.explore(Models.BLOCK.model(), new Bounds(faults, STATES_MAX), key);
  }
}
