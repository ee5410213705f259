// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.track.TrackState;

/** A world and what is done in it again and again. */
abstract class HeadEndCase {
  HeadEndWorld world = new HeadEndWorld();

  Octets hash() {
    return world.hash(DeviceType.ESME, NEW);
  }

  void distribute() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash(), true);
  }

  void activate(ExecutionDateTime when) {
    world.activate(SUPPLIER, ESME, hash(), when);
  }

  ExecutionDateTime inAnHour() {
    return ExecutionDateTime.at(Instant.ofEpochMilli(world.utcMillis + 3_600_000));
  }

  List<TrackState> states() {
    return world.states(ESME);
  }

  static Stream<DccAlert> alerts(List<Response> said) {
    return said.stream()
        .map(Response::body)
        .filter(DccAlertMessage.class::isInstance)
        .map(body -> ((DccAlertMessage) body).alert());
  }

  List<String> codes(Eui64 user) {
    return world.heardBy(user).stream().map(response -> response.code().text()).toList();
  }

  static org.hanota.headend.estate.Device atHome(
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

  void read() {
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
}
