// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.GSME;
import static org.hanota.headend.HeadEndWorld.HCALCS;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.time.Instant;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** 11.1, 11.3 and 11.4 from the request to the end, hub and devices played by the test. */
class FirmwareFlowsTest {
  private final HeadEndWorld world = new HeadEndWorld();

  private static List<Object> alerts(List<Response> responses) {
    return responses.stream()
        .map(Response::body)
        .filter(ResponseBody.DccAlertMessage.class::isInstance)
        .map(body -> (Object) ((ResponseBody.DccAlertMessage) body).alert())
        .toList();
  }

  private static List<String> codes(List<Response> responses) {
    return responses.stream().map(Response::code).map(ResponseCode::text).toList();
  }

  private Octets hash(DeviceType type) {
    return world.hash(type, NEW);
  }

  private void distribute(Eui64 device, DeviceType type) {
    Eui64 user = world.supplierOf(type).subject();
    world.sendImage(user, type, NEW, device);
    world.transferEnded(device, NEW, TransferResponseCode.SUCCESS);
    world.receipt(device, user, hash(type), true);
  }

  @Test
  void anImageForAMeterIsFollowedToTheDevicesOwnWord() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    assertThat(world.states(ESME)).containsExactly(TrackState.AT_HUB);
    assertThat(world.toHub)
        .singleElement()
        .satisfies(
            sent -> {
              Delivery.Load.Image load = (Delivery.Load.Image) sent.load();
              assertThat(sent.hub()).isEqualTo(HUB);
              assertThat(load.image().when()).isEqualTo(new UpgradeTime.Held());
              assertThat(load.image().devices()).containsExactly(ESME);
            });
    assertThat(codes(world.heardBy(SUPPLIER))).containsExactly("I99", "I0", "I0");
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    assertThat(world.states(ESME)).containsExactly(TrackState.RECEIVED);
    world.receipt(ESME, SUPPLIER, hash(DeviceType.ESME), true);
    assertThat(world.states(ESME)).containsExactly(TrackState.VERIFIED);
    assertThat(world.heardBy(SUPPLIER))
        .extracting(Response::body)
        .last()
        .satisfies(
            body ->
                assertThat(((ResponseBody.DeviceAlertMessage) body).alertCode().toHex())
                    .isEqualTo("8f72"));
  }

  @Test
  @DisplayName("C05: a load controller goes the meters' way")
  void anActivationNowGoesByPreCommandAndSignatureToTheDevicesAnswer() {
    for (Eui64 device : List.of(ESME, GSME, HCALCS)) {
      DeviceType type = world.inventory(device).type();
      Eui64 user = world.supplierOf(type).subject();
      distribute(device, type);
      world.heardBy(user);
      world.activate(user, device, hash(type), ExecutionDateTime.NOW);
      Message command = world.lastCommand();
      assertThat(command.kind()).isEqualTo(Message.Kind.COMMAND);
      assertThat(command.header().originator()).isEqualTo(user);
      assertThat(command.header().originatorCounter()).isEqualTo(world.lastAsked().id().counter());
      assertThat(codes(world.heardBy(user))).contains("I99", "I0");
      assertThat(world.states(device)).containsExactly(TrackState.VERIFIED, TrackState.AT_HUB);
      world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
      assertThat(world.states(device)).containsExactly(TrackState.ACTIVE, TrackState.ACTIVE);
      assertThat(world.inventory(device).firmware()).contains(NEW);
      assertThat(world.heardBy(user))
          .singleElement()
          .satisfies(
              response ->
                  assertThat(((ResponseBody.ResponseMessage) response.body()).content().get())
                      .isInstanceOf(ResponseContent.GbcsPayload.class));
    }
  }

  @Test
  @DisplayName("C03: versions of displays are managed as those of meters")
  void oneInventoryHasTheVersionAndTheUpdatesOfEachTypeOfDevice() {
    for (Eui64 device : List.of(ESME, GSME, HCALCS, PPMID)) {
      assertThat(world.inventory(device).firmware()).contains(HeadEndWorld.OLD);
      assertThat(world.states(device)).isEmpty();
    }
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    for (Eui64 device : List.of(ESME, GSME, HCALCS)) {
      distribute(device, world.inventory(device).type());
    }
    for (Eui64 device : List.of(ESME, GSME, HCALCS, PPMID)) {
      assertThat(world.lastTrack(device).image().version()).isEqualTo(NEW);
      assertThat(world.states(device)).as("its update is followed").hasSize(1);
    }
    world.ppmidSays(NEW, SuccessOrFailure.SUCCESS);
    assertThat(world.inventory(PPMID).firmware()).contains(NEW);
    assertThat(world.states(PPMID)).containsExactly(TrackState.ACTIVE);
    assertThat(world.inventory(ESME).firmware()).contains(HeadEndWorld.OLD);
  }

  @Test
  void aDatedActivationIsPendingUntilItsAlert() {
    distribute(ESME, DeviceType.ESME);
    Instant at = Instant.ofEpochMilli(world.utcMillis + 3_600_000);
    world.activate(SUPPLIER, ESME, hash(DeviceType.ESME), ExecutionDateTime.at(at));
    world.answer(new ActivateFirmware.CommandAccepted());
    assertThat(world.states(ESME))
        .containsExactly(TrackState.VERIFIED, TrackState.ACTIVATION_PENDING);
    world.pass(3_600_000);
    world.heardBy(SUPPLIER);
    alert(ActivateImageResponseCode.SUCCESS);
    assertThat(world.states(ESME)).containsExactly(TrackState.ACTIVE, TrackState.ACTIVE);
    assertThat(world.heardBy(SUPPLIER))
        .singleElement()
        .satisfies(
            response -> {
              ResponseContent content =
                  ((ResponseBody.ResponseMessage) response.body()).content().get();
              assertThat(((ResponseContent.FutureDatedDeviceAlertMessage) content).result())
                  .isEqualTo(ResponseContent.FutureDatedResult.SUCCESS);
              assertThat(response.requestId()).contains(world.lastAsked().id());
            });
  }

  /** 0x00CA about the last command. */
  private void alert(ActivateImageResponseCode code) {
    Message command = world.lastCommand();
    ActivateFirmware.Command order = (ActivateFirmware.Command) command.payload();
    GeneralizedTime time =
        ((ActivateFirmware.Activation.At) order.activation()).executionDateTime();
    world.hubSays(
        world
            .deviceMessage(
                GroupingHeader.alert(
                    MessageCode.FUTURE_DATED_FIRMWARE_ACTIVATION_ALERT,
                    world.nextCounter(ESME),
                    ESME,
                    SUPPLIER),
                new ActivateFirmware.Alert(
                    code == ActivateImageResponseCode.SUCCESS
                        ? AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED
                        : AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_NOT_SUCCESSFULLY_ACTIONED,
                    time,
                    order.originatorCounter(),
                    new ExecutionOutcome(code, NEW)))
            .octets());
  }

  @Test
  void aCancelledActivationIsCancelledAndSoIsWhatCancelledIt() {
    distribute(ESME, DeviceType.ESME);
    Instant at = Instant.ofEpochMilli(world.utcMillis + 3_600_000);
    world.activate(SUPPLIER, ESME, hash(DeviceType.ESME), ExecutionDateTime.at(at));
    world.answer(new ActivateFirmware.CommandAccepted());
    world.pass(60_000);
    world.activate(SUPPLIER, ESME, hash(DeviceType.ESME), ExecutionDateTime.CANCEL);
    ActivateFirmware.Command cancel = (ActivateFirmware.Command) world.lastCommand().payload();
    assertThat(cancel.activation()).isEqualTo(new ActivateFirmware.Activation.Cancel());
    world.answer(new ActivateFirmware.CommandAccepted());
    assertThat(world.states(ESME))
        .containsExactly(TrackState.VERIFIED, TrackState.CANCELLED, TrackState.CANCELLED);
    assertThat(world.inventory(ESME).firmware()).contains(HeadEndWorld.OLD);
  }

  @Test
  @DisplayName("C04, C13: the other supplier hears of it before anything is on its way")
  void aPpmidIsUpdatedByOneRequestAndTheOtherSupplierIsToldBefore() {
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(alerts(world.heardBy(OTHER_SUPPLIER)))
        .containsExactly(
            new DccAlert.FirmwareUpgradeRequested(
                DeviceType.PPMID,
                new org.hanota.headend.request.FirmwareVersion(NEW.toString()),
                List.of(PPMID)));
    assertThat(((Delivery.Load.Image) world.toHub.get(0).load()).image().when())
        .isEqualTo(new UpgradeTime.Now());
    world.transferEnded(PPMID, NEW, TransferResponseCode.SUCCESS);
    world.ppmidSays(NEW, SuccessOrFailure.SUCCESS);
    assertThat(world.states(PPMID)).containsExactly(TrackState.ACTIVE);
    assertThat(world.inventory(PPMID).firmware()).contains(NEW);
    assertThat(alerts(world.heardBy(SUPPLIER)))
        .hasAtLeastOneElementOfType(DccAlert.CspFirmwareDeliveryStatus.class)
        .hasAtLeastOneElementOfType(DccAlert.CommsHubAlert.class)
        .hasAtLeastOneElementOfType(DccAlert.PpmidAlert.class);
    assertThat(alerts(world.heardBy(OTHER_SUPPLIER)))
        .hasAtLeastOneElementOfType(DccAlert.PpmidAlert.class);
  }
}
