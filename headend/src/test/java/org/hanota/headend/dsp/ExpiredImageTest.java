// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.NEXT;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device said of an image outlasts the request that sent it, and so does its silence. */
class ExpiredImageTest extends HeadEndCase {
  private void send() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
  }

  private void pass(HeadEndParameter time) {
    world.pass(world.parameters.get(time));
    assertThat(states()).last().isEqualTo(TrackState.EXPIRED);
  }

  private void assertRefused() {
    int tracks = states().size();
    activate(ExecutionDateTime.NOW);
    assertThat(states()).hasSize(tracks);
    assertThat(world.audit)
        .last()
        .satisfies(entry -> assertThat(entry.what()).contains("NOTHING_DISTRIBUTED"));
  }

  private void assertActivates() {
    activate(ExecutionDateTime.NOW);
    assertThat(states()).last().isEqualTo(TrackState.AT_HUB);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(world.inventory(ESME).firmware()).contains(NEW);
  }

  @Test
  void whatNoDeviceHasTakenIsNotActivated() {
    send();
    pass(HeadEndParameter.HUB_TIMEOUT);
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatNoDeviceHasVerifiedIsNotActivated(boolean restarts) {
    send();
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    pass(HeadEndParameter.RECEIVED_TIMEOUT);
    if (restarts) {
      world.restart(DSP);
    }
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatItsDeviceVerifiedIsActivatedAfterItsTime(boolean restarts) {
    distribute();
    pass(HeadEndParameter.VERIFIED_TIMEOUT);
    if (restarts) {
      world.restart(DSP);
    }
    assertActivates();
    assertThat(states()).containsExactly(TrackState.EXPIRED, TrackState.ACTIVE);
  }

  @Test
  void aDevicesWordThatComesAfterTheEndCountsAndChangesNoEnd() {
    send();
    pass(HeadEndParameter.HUB_TIMEOUT);
    world.receipt(ESME, SUPPLIER, hash(), true);
    assertThat(states()).containsExactly(TrackState.EXPIRED);
    assertThat(world.audit)
        .last()
        .satisfies(entry -> assertThat(entry.what()).contains("beside it: FOUND_GOOD"));
    world.restart(DSP);
    assertActivates();
  }

  @Test
  void aDeviceThatFindsItBadAfterTheEndHasNothingToActivate() {
    distribute();
    pass(HeadEndParameter.VERIFIED_TIMEOUT);
    world.receipt(ESME, SUPPLIER, hash(), false);
    assertThat(states()).containsExactly(TrackState.EXPIRED);
    world.restart(DSP);
    assertRefused();
  }

  @Test
  void theDevicesLastWordCountsBeforeTheEndToo() {
    distribute();
    world.receipt(ESME, SUPPLIER, hash(), false);
    assertThat(states()).containsExactly(TrackState.VERIFIED);
    assertRefused();
    world.receipt(ESME, SUPPLIER, hash(), true);
    assertActivates();
  }

  @Test
  void anotherImageTakesThePlaceOfOneThatExpired() {
    distribute();
    pass(HeadEndParameter.VERIFIED_TIMEOUT);
    world.dsp(new DspInput.Listed(world.listing(DeviceType.ESME, NEXT, ListingStatus.ACTIVE, OLD)));
    world.sendImage(SUPPLIER, DeviceType.ESME, NEXT, ESME);
    assertThat(states()).containsExactly(TrackState.EXPIRED, TrackState.AT_HUB);
    assertRefused();
  }

  @Test
  void theSameImageSentAgainLeavesTheDevicesWordOfOneThatExpired() {
    distribute();
    pass(HeadEndParameter.VERIFIED_TIMEOUT);
    send();
    assertThat(states()).containsExactly(TrackState.EXPIRED, TrackState.AT_HUB);
    assertActivates();
  }

  @Test
  void whatTheDeviceSaysOfTheRepetitionHoldsForTheOneThatExpired() {
    distribute();
    pass(HeadEndParameter.VERIFIED_TIMEOUT);
    send();
    world.receipt(ESME, SUPPLIER, hash(), false);
    assertThat(states()).containsExactly(TrackState.EXPIRED, TrackState.FAILED);
    assertRefused();
  }
}
