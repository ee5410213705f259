// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.CSP;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;

/** What a head end loses on its way, and its power, costs nothing and doubles nothing. */
class SurvivingHeadEndTest extends HeadEndCase {
  /** Each letter is lost once; nothing of it is lost for good, nothing happens twice. */
  @Test
  void lettersThatGetLostAreSentAgain() {
    world.losesEachOnce = true;
    distributeSlowly();
    activate(ExecutionDateTime.NOW);
    world.pass(600_000);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    world.pass(600_000);
    assertThat(states()).containsExactly(TrackState.ACTIVE, TrackState.ACTIVE);
    assertThat(world.toHub.stream().map(sent -> sent.number()).distinct()).hasSize(2);
  }

  private void distributeSlowly() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.pass(600_000);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.pass(600_000);
    world.receipt(ESME, SUPPLIER, hash(), true);
    world.pass(600_000);
  }

  @Test
  void everyMachineRestartsFromWhatItKept() {
    for (Eui64 each : List.of(DSP, CSP, SUPPLIER)) {
      world = new HeadEndWorld();
      world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
      world.restart(each);
      world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
      world.restart(each);
      world.receipt(ESME, SUPPLIER, hash(), true);
      world.restart(each);
      activate(inAnHour());
      world.restart(each);
      world.answer(new ActivateFirmware.CommandAccepted());
      world.restart(each);
      assertThat(states())
          .as(each.toString())
          .containsExactly(TrackState.VERIFIED, TrackState.ACTIVATION_PENDING);
    }
  }

  @Test
  void aPowerCutAtAnyStorageCallOfAnyMachineLosesNothingAndDoublesNothing() {
    for (Eui64 each : List.of(DSP, CSP, SUPPLIER)) {
      int cuts = 0;
      for (int at = 1; ; at++) {
        world = new HeadEndWorld();
        CutStore store = new CutStore(world.store(each), at);
        world.stores.put(each, store);
        world.restart(each);
        distributeSlowly();
        activate(ExecutionDateTime.NOW);
        world.pass(600_000);
        world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
        world.pass(600_000);
        if (!store.wasCut()) {
          break;
        }
        cuts++;
        assertThat(states())
            .as(each + " cut at " + at)
            .containsExactly(TrackState.ACTIVE, TrackState.ACTIVE);
        assertThat(world.toHub.stream().map(sent -> sent.number()).distinct()).hasSize(2);
        assertThat(world.inventory(ESME).firmware()).contains(NEW);
      }
      assertThat(cuts).as(each.toString()).isGreaterThan(3);
    }
  }
}
