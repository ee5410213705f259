// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.JoinDevice;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.HanRequest.ReturnLocalCommandResponse;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;

/** 8.13: no hub's connection vouches for what a user brings. */
class LocalResponsesTest {
  private final HeadEndWorld world = new HeadEndWorld();

  private void bring(Octets message) {
    world.ask(
        SUPPLIER,
        DSP,
        CommandVariant.NON_DEVICE,
        new ReturnLocalCommandResponse(Optional.empty(), message));
  }

  /** H153: whoever may send 8.13 can write an answer without a signature himself. */
  @Test
  void anAnswerThatOnlyItsUserVouchesForMovesNothing() {
    world.dsp(
        new DspInput.DeviceKnown(
            world.inventory(PPMID).with(DeviceStatus.INSTALLED_NOT_COMMISSIONED)));
    Message unsigned =
        Message.of(
                GroupingHeader.command(MessageCode.CS03B, 7, SUPPLIER, PPMID).response(),
                new JoinDevice.Response(JoinDevice.JoinResponseCode.SUCCESS))
            .addMac(
                world.supplier.keyAgreementKey(),
                world.pki.device(PPMID).keyAgreement().publicKey());
    bring(unsigned.octets());
    assertThat(world.inventory(PPMID).standing().status())
        .isEqualTo(DeviceStatus.INSTALLED_NOT_COMMISSIONED);
    assertThat(world.audit).anyMatch(entry -> entry.what().contains("moves nothing: not signed"));
    // The same message over the WAN counts afterwards.
    world.hubSays(unsigned.octets());
    assertThat(world.inventory(PPMID).standing().status()).isEqualTo(DeviceStatus.COMMISSIONED);
  }

  @Test
  void whatTheDeviceSignedCountsAndAnswersItsRequest() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    Octets hash = world.hash(DeviceType.ESME, NEW);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash, true);
    world.activate(SUPPLIER, ESME, hash, ExecutionDateTime.NOW);
    Message command = world.lastCommand();
    world.heardBy(SUPPLIER);
    bring(
        world
            .deviceMessage(
                command.header().response(),
                new ExecutionOutcome(ActivateImageResponseCode.SUCCESS, NEW))
            .octets());
    assertThat(world.lastTrack(ESME).state()).isEqualTo(TrackState.ACTIVE);
    assertThat(world.heardBy(SUPPLIER))
        .anyMatch(
            response ->
                response.body() instanceof ResponseMessage message
                    && message
                        .content()
                        .filter(ResponseContent.GbcsPayload.class::isInstance)
                        .isPresent());
  }
}
