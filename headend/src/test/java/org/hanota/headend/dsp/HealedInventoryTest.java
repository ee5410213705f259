// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.NEXT;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import org.hanota.api.Eui64;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;

/** What devices say of themselves puts the inventory and requests right. */
class HealedInventoryTest extends HeadEndCase {
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

  /** Devices that were announced wait for their homes together; each is answered for alone. */
  @Test
  void anInventoryLargerThanAnAnswerIsAnsweredAndEndsNothing() {
    for (int i = 0; i < 20; i++) {
      Eui64 id = new Eui64(0x00DB_0000_0000_0000L + i);
      world.dsp(
          new DspInput.DeviceKnown(
              HeadEndWorld.device(id, DeviceType.ESME, UserRole.IS).at(Eui64.UNKNOWN)));
    }
    Eui64 first = new Eui64(0x00DB_0000_0000_0000L);
    codes(SUPPLIER);
    world.ask(
        SUPPLIER,
        DSP,
        CommandVariant.NON_DEVICE,
        new InventoryRequest.ReadInventory(new InventoryRequest.Selection.Device(first)));
    assertThat(world.heardBy(SUPPLIER).get(1).body())
        .isInstanceOfSatisfying(
            ResponseBody.ResponseMessage.class,
            message ->
                assertThat(
                        ((ResponseContent.DspInventory) message.content().orElseThrow()).devices())
                    .extracting(ResponseContent.InventoryDevice::deviceId)
                    .containsExactly(first));
  }
}
