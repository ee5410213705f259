// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.VersionRange;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.estate.CompatibilityRule;
import org.hanota.headend.estate.CompatibilityRule.Side;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Capability;
import org.hanota.headend.estate.Registration;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CredentialsRequest.Certificates;
import org.hanota.headend.request.CredentialsRequest.UpdateSecurityCredentialsCos;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two suppliers of one home, and a home whose supplier changes. */
class TwoSuppliersTest extends HeadEndCase {
  /** The device says that it runs what nobody sent, under a ban from a time on. */
  private DeviceStatus updatedLocally(Device installed, long bannedFrom) {
    world =
        new HeadEndWorld(
            ParameterValues.defaults(HeadEndParameter.class)
                .with(HeadEndParameter.LOCAL_UPDATES, 3)
                .with(HeadEndParameter.LOCAL_UPDATES_BANNED_FROM, bannedFrom));
    world.dsp(new DspInput.DeviceKnown(installed));
    world.ask(
        SUPPLIER, ESME, CommandVariant.COMMAND, new ReadFirmwareVersion(ExecutionDateTime.NOW));
    int id = world.lastCommand().header().longInvokeId();
    world.answer(new ReadEsmeFirmwareVersion.Version(id, NEXT));
    return world.inventory(ESME).standing().status();
  }

  @Test
  @DisplayName("C01: a ban on local updates does not hit devices that were installed before")
  void theDateOfInstallationDecidesWhetherALocalUpdateIsGrandfathered() {
    Device meter = world.inventory(ESME);
    Instant installed = Instant.parse("2018-06-01T00:00:00Z");
    long day = installed.toEpochMilli();
    assertThat(updatedLocally(meter.commissioned(installed), day + 1))
        .isEqualTo(DeviceStatus.COMMISSIONED);
    assertThat(updatedLocally(meter.commissioned(installed), day))
        .isEqualTo(DeviceStatus.SUSPENDED);
    assertThat(updatedLocally(meter, day)).isEqualTo(DeviceStatus.COMMISSIONED);
    // A suspension is over: the date is still known.
    assertThat(meter.commissioned(installed).suspend().restore().standing().commissioned())
        .contains(installed);
  }

  @Test
  @DisplayName("attack 17: C13: 6.23 between distribution and activation")
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

  @Test
  @DisplayName("attack 17: a change in the middle of the transfer to the hub")
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

  @Test
  @DisplayName("attack 16: C13, C15: one at a time, and the log says who did what")
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

  @Test
  @DisplayName("C14, C17: a bad image is followed by a good one the same way, by either supplier")
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

  @Test
  @DisplayName(
      "attack 16: C12, C14: the display stops working, and it is the one that was not updated")
  void theLogSaysWhoMustRectifyWhenANeighbourLosesItsFunction() {
    String both = "[" + SUPPLIER + ", " + OTHER_SUPPLIER + "]";
    assertThat(rectified(CompatibilityRule.Rectifies.OTHER)).isEqualTo(PPMID + " by " + both);
    String meters = ESME + " by [" + SUPPLIER + "]";
    assertThat(rectified(CompatibilityRule.Rectifies.ONE)).isEqualTo(meters);
    assertThat(rectified(CompatibilityRule.Rectifies.UPDATER)).isEqualTo(meters);
  }

  /** Where a display is to be rectified that does not work with a meter that was updated. */
  private String rectified(CompatibilityRule.Rectifies who) {
    world = new HeadEndWorld();
    distribute();
    activate(ExecutionDateTime.NOW);
    world.dsp(
        new DspInput.RuleKnown(
            new CompatibilityRule(
                "display",
                new Side(DeviceType.ESME, new VersionRange(NEW, NEXT)),
                new Side(DeviceType.PPMID, new VersionRange(OLD, OLD)),
                who)));
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    String said = "does not work with " + PPMID + " by rule display; to be rectified at ";
    return world.audit.stream()
        .map(AuditEntry::what)
        .filter(what -> what.startsWith(said))
        .map(what -> what.substring(said.length()))
        .reduce((one, two) -> one + " and " + two)
        .orElse("nobody");
  }

  @Test
  @DisplayName("C16: a home without PPMID has its meters updated")
  void aHomeWithoutPpmidWorks() {
    world.ask(
        SUPPLIER,
        DSP,
        CommandVariant.NON_DEVICE,
        new org.hanota.headend.request.InventoryRequest.DecommissionDevice(PPMID));
    assertThat(world.inventory(PPMID).standing().status()).isEqualTo(DeviceStatus.DECOMMISSIONED);
    distribute();
    assertThat(states()).containsExactly(TrackState.VERIFIED);
  }

  /** The device says that it runs what nobody sent. */
  private DeviceStatus updatedLocally(long rule, Capability capability) {
    world =
        new HeadEndWorld(
            ParameterValues.defaults(HeadEndParameter.class)
                .with(HeadEndParameter.LOCAL_UPDATES, rule));
    Device meter = world.inventory(ESME);
    world.dsp(
        new DspInput.DeviceKnown(
            new Device(
                meter.id(),
                meter.type(),
                meter.standing(),
                meter.model(),
                meter.firmware(),
                meter.hub(),
                meter.responsible(),
                capability)));
    world.ask(
        SUPPLIER, ESME, CommandVariant.COMMAND, new ReadFirmwareVersion(ExecutionDateTime.NOW));
    Message command = world.lastCommand();
    world.answer(new ReadEsmeFirmwareVersion.Version(command.header().longInvokeId(), NEXT));
    assertThat(world.inventory(ESME).firmware()).contains(NEXT);
    return world.inventory(ESME).standing().status();
  }

  @Test
  @DisplayName("C01: a local update is allowed, refused, or allowed where no image comes by air")
  void aLocalUpdateIsAllowedRefusedOrGrandfathered() {
    assertThat(updatedLocally(0, Capability.UPDATABLE)).isEqualTo(DeviceStatus.COMMISSIONED);
    assertThat(updatedLocally(1, Capability.UPDATABLE)).isEqualTo(DeviceStatus.SUSPENDED);
    assertThat(updatedLocally(1, Capability.NOT_UPDATABLE)).isEqualTo(DeviceStatus.SUSPENDED);
    assertThat(updatedLocally(2, Capability.UPDATABLE)).isEqualTo(DeviceStatus.SUSPENDED);
    assertThat(updatedLocally(2, Capability.NOT_UPDATABLE)).isEqualTo(DeviceStatus.COMMISSIONED);
  }

  @Test
  @DisplayName("attack 17: only who is registered for a supply gains its meter by 6.23")
  void onlyTheRegisteredSupplierGainsAMeter() {
    UpdateSecurityCredentialsCos gain =
        new UpdateSecurityCredentialsCos(
            ExecutionDateTime.NOW,
            1,
            Optional.empty(),
            new Certificates(
                Octets.fromHex("30"), Optional.empty(), Optional.empty(), List.of(Octets.EMPTY)),
            false,
            "1234567890123");
    world.ask(OTHER_SUPPLIER, ESME, CommandVariant.COMMAND, gain);
    assertThat(codes(OTHER_SUPPLIER)).containsExactly("E4");
    world.dsp(new DspInput.Registered(new Registration("1234567890123", SUPPLIER)));
    world.ask(OTHER_SUPPLIER, ESME, CommandVariant.COMMAND, gain);
    assertThat(codes(OTHER_SUPPLIER)).containsExactly("E4");
    world.dsp(new DspInput.UserKnown(User.of(OTHER_SUPPLIER, UserRole.IS, UserRole.GS)));
    world.dsp(new DspInput.Registered(new Registration("1234567890123", OTHER_SUPPLIER)));
    world.ask(OTHER_SUPPLIER, ESME, CommandVariant.COMMAND, gain);
    assertThat(codes(OTHER_SUPPLIER)).containsExactly("I99", "I0");
    assertThat(world.inventory(ESME).isOf(OTHER_SUPPLIER)).isTrue();
    assertThat(world.inventory(ESME).isOf(SUPPLIER)).isFalse();
  }
}
