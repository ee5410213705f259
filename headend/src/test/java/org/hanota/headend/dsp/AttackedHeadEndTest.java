// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.CSP;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.GSME;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.NEXT;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.VersionRange;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.estate.CompatibilityRule;
import org.hanota.headend.estate.CompatibilityRule.Side;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;

/** Attacks and mishaps of docs/specification.md as the head end meets them. */
class AttackedHeadEndTest {
  private HeadEndWorld world = new HeadEndWorld();

  private Octets hash() {
    return world.hash(DeviceType.ESME, NEW);
  }

  private void distribute() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash(), true);
  }

  private void activate(ExecutionDateTime when) {
    world.activate(SUPPLIER, ESME, hash(), when);
  }

  private ExecutionDateTime inAnHour() {
    return ExecutionDateTime.at(Instant.ofEpochMilli(world.utcMillis + 3_600_000));
  }

  private List<TrackState> states() {
    return world.states(ESME);
  }

  private static Stream<DccAlert> alerts(List<Response> said) {
    return said.stream()
        .map(Response::body)
        .filter(DccAlertMessage.class::isInstance)
        .map(body -> ((DccAlertMessage) body).alert());
  }

  private List<String> codes(Eui64 user) {
    return world.heardBy(user).stream().map(response -> response.code().text()).toList();
  }

  /** Attack 14: a device that went elsewhere between is not activated. */
  @Test
  void aDeviceOnAnUnexpectedVersionIsNotActivated() {
    distribute();
    world.dsp(new DspInput.DeviceKnown(world.inventory(ESME).running(NEXT)));
    int sent = world.toHub.size();
    activate(ExecutionDateTime.NOW);
    assertThat(world.toHub).hasSize(sent);
    assertThat(codes(SUPPLIER)).endsWith("E100");
  }

  /** Attack 19: withdrawn after the pre-command was given out, before it came back signed. */
  @Test
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

  /** Attack 18: a suspended user's queue stops; what has left is counted. */
  @Test
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

  /** Attack 20: a quarantined command has its own state and never counts as success. */
  @Test
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

  /** Attack 3, 21: every letter and message twice, each takes effect once. */
  @Test
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

  /** Attack 24: a hub that says that all is well is not believed about what a device runs. */
  @Test
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

  /** Attack 24: nor is a hub heard about another one's home, nor a message that is not signed. */
  @Test
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

  private static org.hanota.headend.estate.Device atHome(
      org.hanota.headend.estate.Device device, Eui64 hub) {
    return new org.hanota.headend.estate.Device(
        device.id(),
        device.type(),
        device.standing(),
        device.model(),
        device.firmware(),
        hub,
        device.responsible(),
        device.capability());
  }

  /** MP105: an answer that got lost leaves a stale inventory; 11.2 heals it, suspended or not. */
  @Test
  void a112HealsAStaleInventoryAndTheStatusFromBeforeTheSuspension() {
    distribute();
    activate(ExecutionDateTime.NOW);
    world.dsp(new DspInput.Listed(world.listing(DeviceType.ESME, OLD, ListingStatus.WITHDRAWN)));
    assertThat(world.inventory(ESME).standing().status()).isEqualTo(DeviceStatus.SUSPENDED);
    world.heardBy(SUPPLIER);
    read();
    assertThat(states()).containsExactly(TrackState.ACTIVE, TrackState.ACTIVE);
    assertThat(world.inventory(ESME).firmware()).contains(NEW);
    assertThat(world.inventory(ESME).standing().status()).isEqualTo(DeviceStatus.COMMISSIONED);
    assertThat(alerts(world.heardBy(SUPPLIER)))
        .singleElement()
        .isInstanceOf(DccAlert.FirmwareVersionMismatch.class);
  }

  private void read() {
    world.ask(
        SUPPLIER, ESME, CommandVariant.COMMAND, new ReadFirmwareVersion(ExecutionDateTime.NOW));
    Message command = world.lastCommand();
    assertThat(command.header().messageCode()).isEqualTo(MessageCode.ECS52);
    GroupingHeader header = command.header().response();
    world.hubSays(
        Message.of(header, new ReadEsmeFirmwareVersion.Version(header.longInvokeId(), NEW))
            .addMac(
                world.pki.device(ESME).keyAgreementKey(), world.supplier.keyAgreement().publicKey())
            .octets());
  }

  /** MP105: a repeated 11.3, which the device refuses since it runs the image already. */
  @Test
  void aRepeated113HealsAStaleInventoryAlthoughTheDeviceSaysThatItHoldsNoImage() {
    distribute();
    activate(ExecutionDateTime.NOW);
    world.pass(world.parameters.get(HeadEndParameter.HUB_TIMEOUT));
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.EXPIRED);
    activate(ExecutionDateTime.NOW);
    world.outcome(ActivateImageResponseCode.NO_IMAGE_HELD, NEW);
    assertThat(states()).containsExactly(TrackState.ACTIVE, TrackState.EXPIRED, TrackState.ACTIVE);
    assertThat(world.inventory(ESME).firmware()).contains(NEW);
  }

  /** A version that is neither the old nor the new one is a failure of its own. */
  @Test
  void aDeviceThatRunsAThirdVersionHasNotActivated() {
    distribute();
    activate(ExecutionDateTime.NOW);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEXT);
    assertThat(states()).containsExactly(TrackState.FAILED, TrackState.FAILED);
    assertThat(world.lastTrack(ESME).word().orElseThrow()).contains("runs " + NEXT);
    assertThat(world.inventory(ESME).firmware()).contains(NEXT);
  }

  @Test
  void anActivationThatFindsAnotherHashLeavesTheDistributionAsItIs() {
    distribute();
    activate(ExecutionDateTime.NOW);
    world.outcome(ActivateImageResponseCode.HASH_MISMATCH, OLD);
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.FAILED);
  }

  /** Attack 17, C13: 6.23 between distribution and activation. */
  @Test
  void afterAChangeTheFormerSupplierIsRefusedAndTheNewOneSendsTheImageAgain() {
    distribute();
    world.dsp(new DspInput.SupplierChanged(HUB, UserRole.IS, Optional.of(OTHER_SUPPLIER)));
    assertThat(states()).containsExactly(TrackState.FAILED);
    activate(ExecutionDateTime.NOW);
    assertThat(codes(SUPPLIER)).endsWith("E4");
    int sent = world.toHub.size();
    world.activate(OTHER_SUPPLIER, ESME, hash(), ExecutionDateTime.NOW);
    assertThat(codes(OTHER_SUPPLIER)).endsWith("E100");
    assertThat(world.toHub).hasSize(sent);
    // What the device still says to the former one is not handed on.
    world.receipt(ESME, SUPPLIER, hash(), true);
    assertThat(world.heardBy(SUPPLIER)).isEmpty();
    assertThat(world.inventory(ESME).isOf(OTHER_SUPPLIER)).isTrue();
  }

  /** Attack 17: in the middle of the transfer to the hub. */
  @Test
  void aTransferOfTheFormerSupplierThatHasNotLeftIsTakenBack() {
    world.hubTakes = false;
    world.sendImage(OTHER_SUPPLIER, DeviceType.GSME, NEW, GSME);
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.dsp(new DspInput.SupplierChanged(HUB, UserRole.IS, Optional.empty()));
    world.hubTakes = true;
    world.pass(3_600_000);
    assertThat(states()).containsExactly(TrackState.FAILED);
    assertThat(world.toHub)
        .allSatisfy(sent -> assertThat(sent.load().devices()).containsExactly(GSME));
    assertThat(world.states(GSME)).containsExactly(TrackState.AT_HUB);
  }

  /** C13, C15, attack 16: one at a time, and the log says who did what. */
  @Test
  void twoSuppliersOfOneDisplayActOneAfterTheOther() {
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    world.sendImage(OTHER_SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(codes(OTHER_SUPPLIER)).contains("W110401");
    assertThat(world.states(PPMID)).hasSize(1);
    assertThat(world.audit)
        .anySatisfy(
            entry -> {
              assertThat(entry.who()).isEqualTo(OTHER_SUPPLIER);
              assertThat(entry.what()).contains("OTHER_REQUEST_IN_PROGRESS");
            })
        .anySatisfy(
            entry -> {
              assertThat(entry.who()).isEqualTo(SUPPLIER);
              assertThat(entry.what()).contains("sends").contains(PPMID.toString());
            });
    // The lock has an expiry.
    world.pass(world.parameters.get(HeadEndParameter.HUB_TIMEOUT));
    assertThat(world.states(PPMID)).containsExactly(TrackState.EXPIRED);
    world.sendImage(OTHER_SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(world.lastTrack(PPMID).owner()).isEqualTo(OTHER_SUPPLIER);
  }

  /** C14, C17: a bad image is followed by a good one the same way, by either supplier. */
  @Test
  void aBadImageIsRepairedByTheNextOne() {
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    world.ppmidSays(OLD, SuccessOrFailure.FAILURE);
    world.dsp(
        new DspInput.Listed(world.listing(DeviceType.PPMID, NEXT, ListingStatus.ACTIVE, OLD)));
    world.sendImage(OTHER_SUPPLIER, DeviceType.PPMID, NEXT, PPMID);
    world.ppmidSays(NEXT, SuccessOrFailure.SUCCESS);
    assertThat(world.states(PPMID)).containsExactly(TrackState.FAILED, TrackState.ACTIVE);
    assertThat(world.inventory(PPMID).firmware()).contains(NEXT);
  }

  /** C12, C14, attack 16: the display stops working, and it is the one that was not updated. */
  @Test
  void theLogSaysWhoMustRectifyWhenANeighbourLosesItsFunction() {
    distribute();
    activate(ExecutionDateTime.NOW);
    world.dsp(
        new DspInput.RuleKnown(
            new CompatibilityRule(
                "display",
                new Side(DeviceType.ESME, new VersionRange(NEW, NEXT)),
                new Side(DeviceType.PPMID, new VersionRange(OLD, OLD)),
                CompatibilityRule.Rectifies.OTHER)));
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(world.audit)
        .extracting(AuditEntry::what)
        .contains(
            "does not work with "
                + PPMID
                + " by rule display; to be rectified at "
                + PPMID
                + " by ["
                + SUPPLIER
                + ", "
                + OTHER_SUPPLIER
                + "]");
  }

  /** C16: a home without PPMID has its meters updated. */
  @Test
  void aHomeWithoutPpmidWorks() {
    world.ask(
        SUPPLIER,
        DSP,
        CommandVariant.NON_DEVICE,
        new org.hanota.headend.request.InventoryRequest.DecommissionDevice(PPMID));
    distribute();
    assertThat(states()).containsExactly(TrackState.VERIFIED);
  }

  @Test
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

  @Test
  void readsThatNobodyAnswersAndDatedOnesComeToTheirEnd() {
    world.ask(SUPPLIER, ESME, CommandVariant.COMMAND, new ReadFirmwareVersion(inAnHour()));
    assertThat(world.toHub).isEmpty();
    world.restart(DSP);
    world.pass(3_600_000);
    assertThat(world.toHub).hasSize(1);
    world.pass(world.parameters.get(HeadEndParameter.WAN_TIMEOUT));
    assertThat(codes(SUPPLIER)).contains("I99", "E21");
  }
}
