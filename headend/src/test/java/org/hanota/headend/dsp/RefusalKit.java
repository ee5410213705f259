// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.check.Refusal;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ServiceRequest;

/**
 * Puts requests that are to be refused, and sees that each is, by its name, and that nothing left.
 */
class RefusalKit {
  static final ServiceRequest READ = new ReadFirmwareVersion(ExecutionDateTime.NOW);
  static final Eui64 STRANGER = Eui64.parse("00DB1234567890FF");
  final Map<Refusal, String> met = new EnumMap<>(Refusal.class);
  HeadEndWorld world;
  private long counter = 5_000;

  RefusalKit(HeadEndWorld world) {
    this.world = world;
  }

  Octets hash() {
    return world.hash(DeviceType.ESME, NEW);
  }

  MessageId id(Eui64 user, Eui64 target) {
    counter++;
    return new MessageId(user, target, counter);
  }

  Request request(Eui64 target, CommandVariant variant, ServiceRequest body) {
    return Request.of(id(SUPPLIER, target), variant, body);
  }

  /** What is said at once, and later. */
  List<String> codes(Request request, Service service) {
    return put(request.id().originator(), request, service).stream()
        .map(response -> response.code().text())
        .toList();
  }

  List<Response> put(Eui64 from, Request request, Service service) {
    world.heardBy(from);
    List<Response> said = new java.util.ArrayList<>();
    said.add(world.call(from, new Content.ServiceCall(service, request)));
    said.addAll(world.heardBy(from));
    return said;
  }

  void refused(Refusal refusal, Request request, Service service, String... codes) {
    int sent = world.toHub.size();
    int lines = world.audit.size();
    assertThat(codes(request, service)).as(refusal.name()).containsExactly(codes);
    assertThat(world.toHub).as(refusal.name()).hasSize(sent);
    assertThat(world.audit.subList(lines, world.audit.size()))
        .as(refusal.name())
        .anySatisfy(entry -> assertThat(entry.what()).contains("refused, " + refusal + ": "));
    met.put(refusal, request.toString());
  }

  void refused(Refusal refusal, Request request, String... codes) {
    refused(refusal, request, request.commandVariant().service(), codes);
  }

  Request activation(Eui64 device, ExecutionDateTime when, Octets hash) {
    return request(device, CommandVariant.PRE_COMMAND, new ActivateFirmware(when, hash));
  }

  Request image(FileVersion file, String version, DeviceType type, Eui64... devices) {
    FirmwareRequest update = world.update(type, file, devices);
    Octets octets =
        update instanceof FirmwareRequest.UpdateFirmware meter
            ? meter.firmwareImage()
            : ((FirmwareRequest.UpdatePpmidFirmware) update).firmwareImage();
    return image(octets, version, devices);
  }

  Request image(Octets octets, String version, Eui64... devices) {
    return request(
        DSP,
        CommandVariant.NON_DEVICE,
        new FirmwareRequest.UpdateFirmware(
            octets, new FirmwareVersion(version), new DeviceIdList(List.of(devices))));
  }

  void distribute() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash(), true);
    world.toHub.clear();
  }
}
