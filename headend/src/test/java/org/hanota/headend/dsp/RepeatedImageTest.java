// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.CSP;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.NEXT;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image that its user sends again takes nothing from what the device has said. [hanota H180] */
class RepeatedImageTest extends HeadEndCase {
  private void again() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
  }

  private void assertActivates() {
    activate(ExecutionDateTime.NOW);
    assertThat(world.lastTrack(ESME).state()).isEqualTo(TrackState.AT_HUB);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(world.inventory(ESME).firmware()).contains(NEW);
    assertThat(states()).doesNotContain(TrackState.VERIFIED, TrackState.AT_HUB);
  }

  private void assertRefused() {
    int tracks = states().size();
    world.heardBy(SUPPLIER);
    activate(ExecutionDateTime.NOW);
    assertThat(states()).hasSize(tracks);
    assertThat(world.audit)
        .last()
        .satisfies(entry -> assertThat(entry.what()).contains("NOTHING_DISTRIBUTED"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheDeviceVerifiedMayBeActivatedAfterTheSameImageWasSentAgain(boolean restarts) {
    distribute();
    again();
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.AT_HUB);
    if (restarts) {
      world.restart(DSP);
      world.restart(CSP);
      world.restart(SUPPLIER);
    }
    assertActivates();
    assertThat(states()).containsExactly(TrackState.ACTIVE, TrackState.ACTIVE, TrackState.ACTIVE);
  }

  @Test
  void aRepetitionThatNeverArrivesTakesNothing() {
    distribute();
    world.hubTakes = false;
    again();
    world.pass(world.parameters.get(HeadEndParameter.WAN_TIMEOUT));
    assertThat(states().get(0)).isEqualTo(TrackState.VERIFIED);
    assertThat(world.lastTrack(ESME).state().isFinal()).isTrue();
    world.restart(DSP);
    world.hubTakes = true;
    assertActivates();
  }

  @Test
  void aTransferThatFailsLeavesTheDevicesOwnWord() {
    distribute();
    again();
    world.transferEnded(ESME, NEW, TransferResponseCode.FILE_TRANSFER_FAILURE);
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.FAILED);
    again();
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.FAILED, TrackState.AT_HUB);
    assertActivates();
  }

  @Test
  void theDevicesNextWordIsAboutTheLaterRequestAlone() {
    distribute();
    again();
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.RECEIVED);
    world.receipt(ESME, SUPPLIER, hash(), true);
    assertThat(states()).containsExactly(TrackState.SUPERSEDED, TrackState.VERIFIED);
    world.restart(DSP);
    assertActivates();
  }

  @Test
  void aDeviceThatFindsTheRepetitionBadHasNothingToActivate() {
    distribute();
    again();
    world.receipt(ESME, SUPPLIER, hash(), false);
    assertThat(states()).containsExactly(TrackState.SUPERSEDED, TrackState.FAILED);
    assertRefused();
    world.restart(DSP);
    assertRefused();
  }

  @Test
  void badNewsThatComesAfterTheRepetitionEndedIsBelieved() {
    distribute();
    again();
    world.transferEnded(ESME, NEW, TransferResponseCode.FILE_TRANSFER_FAILURE);
    world.receipt(ESME, SUPPLIER, hash(), true);
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.FAILED);
    world.receipt(ESME, SUPPLIER, hash(), false);
    assertThat(states()).containsExactly(TrackState.SUPERSEDED, TrackState.FAILED);
    assertRefused();
  }

  @Test
  void anotherImageTakesThePlaceOfWhatWasVerified() {
    distribute();
    again();
    world.transferEnded(ESME, NEW, TransferResponseCode.FILE_TRANSFER_FAILURE);
    world.dsp(new DspInput.Listed(world.listing(DeviceType.ESME, NEXT, ListingStatus.ACTIVE, OLD)));
    world.sendImage(SUPPLIER, DeviceType.ESME, NEXT, ESME);
    assertThat(states())
        .containsExactly(TrackState.SUPERSEDED, TrackState.FAILED, TrackState.AT_HUB);
    assertRefused();
  }

  @Test
  void theSameImageOfAnotherUserTakesThePlaceOfWhatWasVerified() {
    world.dsp(
        new DspInput.DeviceKnown(
            HeadEndWorld.device(ESME, DeviceType.ESME, UserRole.IS, UserRole.GS)));
    distribute();
    world.sendOwnImage(OTHER_SUPPLIER, ESME);
    assertThat(states()).containsExactly(TrackState.SUPERSEDED, TrackState.AT_HUB);
    assertThat(world.lastTrack(ESME).owner()).isEqualTo(OTHER_SUPPLIER);
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whileTheFirstIsUnderWayOrWaitsForItsTimeNoOtherIsTaken(boolean restarts) {
    again();
    again();
    assertThat(states()).containsExactly(TrackState.AT_HUB);
    assertThat(codes(SUPPLIER)).contains("W110101");
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash(), true);
    activate(inAnHour());
    world.answer(new ActivateFirmware.CommandAccepted());
    if (restarts) {
      world.restart(DSP);
    }
    again();
    assertThat(codes(SUPPLIER)).contains("W110101");
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.ACTIVATION_PENDING);
  }

  /** Of a repetition, too, each part goes to the hub once, for the later request. */
  @Test
  void aPartThatIsWantedOfARepetitionIsSentOnce() {
    distribute();
    again();
    int sent = world.toHub.size();
    world.input(
        DSP,
        new Letter.Message(
            CSP,
            DSP,
            2_000_000,
            new Content.PartWanted(HUB, ESME, HeadEndWorld.image(DeviceType.ESME, NEW))));
    world.run();
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.ON_HAN);
    assertThat(world.toHub).hasSize(sent + 1);
  }
}
