// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.NEXT;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.request.ResponseBody.DeviceAlertMessage;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attacks on a head end, and mishaps with the same effect. */
class AttackedHeadEndTest extends HeadEndCase {
  @Test
  @DisplayName("attack 14: a device that went elsewhere between is not activated")
  void aDeviceOnAnUnexpectedVersionIsNotActivated() {
    distribute();
    world.dsp(new DspInput.DeviceKnown(world.inventory(ESME).running(NEXT)));
    int sent = world.toHub.size();
    activate(ExecutionDateTime.NOW);
    assertThat(world.toHub).hasSize(sent);
    assertThat(codes(SUPPLIER)).endsWith("E100");
  }

  @Test
  @DisplayName("attack 19: firmware withdrawn between its pre-command and the signature never runs")
  void firmwareThatIsWithdrawnBetweenDistributionAndActivationNeverRuns() {
    distribute();
    world.loses = letter -> letter.to().equals(SUPPLIER);
    activate(ExecutionDateTime.NOW);
    int sent = world.toHub.size();
    world.dsp(
        new DspInput.Listed(world.listing(DeviceType.ESME, NEW, ListingStatus.WITHDRAWN, OLD)));
    assertThat(states()).containsExactly(TrackState.FAILED, TrackState.FAILED);
    world.loses = letter -> false;
    world.pass(60_000);
    assertThat(world.toHub).hasSize(sent);
    assertThat(codes(SUPPLIER)).contains("E100");
  }

  @Test
  @DisplayName("attack 18: a suspended user's queue stops; what has left is counted")
  void nothingOfASuspendedUserGoesOutAnyMore() {
    world.hubTakes = false;
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(world.toHub).hasSize(1);
    world.dsp(new DspInput.UserSuspended(SUPPLIER, true));
    assertThat(world.audit)
        .extracting(AuditEntry::what)
        .contains("is suspended; 2 devices were reached already");
    world.hubTakes = true;
    world.pass(3_600_000);
    assertThat(world.toHub)
        .allSatisfy(sent -> assertThat(sent.load().devices()).containsExactly(ESME));
    assertThat(world.states(PPMID)).containsExactly(TrackState.FAILED);
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    assertThat(codes(SUPPLIER)).endsWith("E3");
  }

  @Test
  @DisplayName("attack 20: a quarantined command has its own state and never counts as success")
  void tooManyActivationsAreQuarantinedUntilSomebodyJudges() {
    world =
        new HeadEndWorld(
            ParameterValues.defaults(HeadEndParameter.class)
                .with(HeadEndParameter.USER_ANOMALY_THRESHOLD, 1));
    for (DeviceType type : List.of(DeviceType.ESME, DeviceType.HCALCS)) {
      Eui64 device = type == DeviceType.ESME ? ESME : HeadEndWorld.HCALCS;
      world.sendImage(SUPPLIER, type, NEW, device);
      world.receipt(device, SUPPLIER, world.hash(type, NEW), true);
      world.activate(SUPPLIER, device, world.hash(type, NEW), ExecutionDateTime.NOW);
    }
    Track held = world.lastTrack(HeadEndWorld.HCALCS);
    assertThat(held.state()).isEqualTo(TrackState.QUARANTINED);
    assertThat(world.lastCommand().header().recipient()).isEqualTo(ESME);
    assertThat(alerts(world.heardBy(SUPPLIER)))
        .anySatisfy(
            alert ->
                assertThat(alert)
                    .isInstanceOfSatisfying(
                        DccAlert.QuarantinedRequest.class,
                        found -> {
                          assertThat(found.requestId()).isEqualTo(held.request());
                          assertThat(found.breach()).isEqualTo(DccAlert.Breach.USER_THRESHOLD);
                        }));
    world.restart(DSP);
    world.dsp(new DspInput.Judged(held.request(), true));
    assertThat(world.lastTrack(HeadEndWorld.HCALCS).state()).isEqualTo(TrackState.AT_HUB);
    assertThat(world.lastCommand().header().recipient()).isEqualTo(HeadEndWorld.HCALCS);
    int sent = world.toHub.size();
    world.dsp(new DspInput.Judged(held.request(), true));
    assertThat(world.toHub).hasSize(sent);
  }

  @Test
  @DisplayName("attack 20: a quarantined command that nobody releases expires")
  void aQuarantinedCommandThatNobodyReleasesExpires() {
    world =
        new HeadEndWorld(
            ParameterValues.defaults(HeadEndParameter.class)
                .with(HeadEndParameter.DCC_ANOMALY_THRESHOLD, 1));
    distribute();
    activate(inAnHour());
    activate(inAnHour());
    assertThat(states())
        .containsExactly(TrackState.VERIFIED, TrackState.AT_HUB, TrackState.QUARANTINED);
    world.pass(world.parameters.get(HeadEndParameter.QUARANTINE_TIMEOUT));
    assertThat(world.lastTrack(ESME).state()).isEqualTo(TrackState.EXPIRED);
    assertThat(codes(SUPPLIER)).contains("E30");
  }

  @Test
  @DisplayName("attack 3: every letter and message twice, each takes effect once")
  void whateverComesTwiceTakesEffectOnce() {
    world.twice = true;
    distribute();
    activate(ExecutionDateTime.NOW);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    Octets again =
        world
            .deviceMessage(
                GroupingHeader.alert(MessageCode.CCS08, 1, HUB, DSP),
                FirmwareTransferAlert.of(
                    world.time(), ESME, NEW, TransferResponseCode.FILE_TRANSFER_FAILURE))
            .octets();
    world.hubSays(again);
    assertThat(states()).containsExactly(TrackState.ACTIVE, TrackState.ACTIVE);
    assertThat(world.toHub).hasSize(2);
    List<Response> said = world.heardBy(SUPPLIER);
    assertThat(said.stream().filter(response -> response.responseId().isPresent()))
        .doesNotHaveDuplicates();
    assertThat(said.stream().filter(r -> r.body() instanceof DccAlertMessage)).hasSize(2);
  }

  @Test
  @DisplayName(
      "attack 24: a hub that says that all is well is not believed about what a device runs")
  void theDevicesOwnWordIsBelievedBeforeTheHubs() {
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    world.transferEnded(PPMID, NEW, TransferResponseCode.SUCCESS);
    assertThat(world.inventory(PPMID).firmware()).contains(OLD);
    assertThat(world.states(PPMID)).containsExactly(TrackState.RECEIVED);
    world.ppmidSays(OLD, SuccessOrFailure.FAILURE);
    assertThat(world.states(PPMID)).containsExactly(TrackState.FAILED);
    world.transferEnded(PPMID, NEW, TransferResponseCode.SUCCESS);
    assertThat(world.states(PPMID)).containsExactly(TrackState.FAILED);
    // And the other way: the hub speaks of failure, the device runs it.
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    world.ppmidSays(NEW, SuccessOrFailure.SUCCESS);
    world.transferEnded(PPMID, NEW, TransferResponseCode.FILE_TRANSFER_FAILURE);
    assertThat(world.states(PPMID)).containsExactly(TrackState.FAILED, TrackState.ACTIVE);
    assertThat(world.inventory(PPMID).firmware()).contains(NEW);
  }

  @Test
  @DisplayName(
      "attack 24: nor is a hub heard about another one's home, nor a message that is not signed")
  void aHubSpeaksOfItsOwnHomeAndADeviceForItselfOnly() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    Eui64 elsewhere = new Eui64(HUB.value() + 0x1000);
    Message forged =
        Message.of(
                GroupingHeader.alert(MessageCode.CCS08, 7, HUB, DSP),
                FirmwareTransferAlert.of(
                    world.time(), ESME, NEW, TransferResponseCode.FILE_TRANSFER_FAILURE))
            .sign(world.pki.device(ESME).digitalSignatureKey());
    world.hubSays(forged.octets());
    assertThat(states()).containsExactly(TrackState.AT_HUB);
    world.dsp(new DspInput.DeviceKnown(atHome(world.inventory(ESME), elsewhere)));
    world.receipt(ESME, SUPPLIER, hash(), false);
    world.transferEnded(ESME, NEW, TransferResponseCode.FILE_TRANSFER_FAILURE);
    assertThat(states()).containsExactly(TrackState.AT_HUB);
    world.hubSays(Octets.fromHex("df00"));
    assertThat(states()).containsExactly(TrackState.AT_HUB);
  }

  @Test
  @DisplayName("attack 6: a hub that says nothing ends in a named expiry, and both are told")
  void aHubThatSaysNothingEndsInANamedExpiryAndBothAreTold() {
    world.hubTakes = false;
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    long sentOnce = world.toHub.size();
    world.pass(world.parameters.get(HeadEndParameter.WAN_RETRY));
    assertThat(world.toHub.size()).isGreaterThan((int) sentOnce);
    world.pass(world.parameters.get(HeadEndParameter.WAN_TIMEOUT));
    assertThat(states()).first().isIn(TrackState.FAILED, TrackState.EXPIRED);
    assertThat(alerts(world.heardBy(SUPPLIER)))
        .hasAtLeastOneElementOfType(DccAlert.FirmwareDistributionFailure.class);
  }

  @Test
  @DisplayName("attack 2: an older valid image, whoever sends it, goes to nobody")
  void anOlderImageIsSentToNobody() {
    world.dsp(new DspInput.DeviceKnown(world.inventory(PPMID).running(NEXT)));
    for (Eui64 user : List.of(SUPPLIER, OTHER_SUPPLIER)) {
      world.sendImage(user, DeviceType.PPMID, NEW, PPMID);
    }
    assertThat(world.tracks(PPMID)).isEmpty();
    assertThat(world.toHub).isEmpty();
  }

  @Test
  @DisplayName("attack 21: alerts that come twice and in the wrong order take effect once")
  void alertsInTheWrongOrderAndTwiceTakeEffectOnce() {
    world.twice = true;
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.receipt(ESME, SUPPLIER, hash(), true);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    assertThat(states()).containsExactly(TrackState.VERIFIED);
    assertThat(world.heardBy(SUPPLIER))
        .filteredOn(said -> said.body() instanceof DeviceAlertMessage)
        .hasSize(1);
    assertThat(world.toHub).hasSize(1);
  }
}
