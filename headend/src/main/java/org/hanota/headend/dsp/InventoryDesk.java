// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Capability;
import org.hanota.headend.estate.Device.Responsible;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.User;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.InventoryRequest.Change;
import org.hanota.headend.request.InventoryRequest.Selection;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ResponseContent.DspInventory;
import org.hanota.headend.request.ResponseContent.InventoryDevice;
import org.hanota.headend.request.ResponseContent.Supply;
import org.hanota.headend.request.ResponseContent.Surroundings;

/** The inventory as users read and correct it: 8.2, 8.3, 8.4 and 12.2. [DUIS schema] */
final class InventoryDesk {
  private static final Supply NO_SUPPLY =
      new Supply(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final DspParts parts;
  private final Answers answers;
  private final Registers registers;

  InventoryDesk(DspParts parts, Answers answers, Registers registers) {
    this.parts = parts;
    this.answers = answers;
    this.registers = registers;
  }

  /** Acts on a request that was accepted. */
  void take(Request request, InventoryRequest body, DspCall call) {
    ResponseCode code = ResponseCode.SUCCESS;
    Optional<ResponseContent> content = Optional.empty();
    if (body instanceof InventoryRequest.ReadInventory read) {
      content = read(read.selection());
      code = content.isPresent() ? ResponseCode.SUCCESS : new ResponseCode("E080201");
    } else if (body instanceof InventoryRequest.DecommissionDevice decommission) {
      registers.decommissioned(decommission.deviceId(), call);
    } else if (body instanceof InventoryRequest.UpdateInventory update) {
      code = update(update.deviceId(), update.change());
    } else if (body instanceof InventoryRequest.DevicePrenotification notified) {
      code = prenotify(request.id().originator(), notified);
    }
    parts.audit(request.id().originator(), request.id() + " " + body + ": " + code, call);
    answers.respond(request.id(), request.service(), code, content, false, call);
  }

  /** Other selections need registers that the DCC has and this head end has not. */
  private Optional<ResponseContent> read(Selection selection) {
    if (!(selection instanceof Selection.Device of)) {
      return Optional.empty();
    }
    return parts
        .estate()
        .device(of.deviceId())
        .map(this::home)
        .map(home -> new DspInventory(home.stream().map(this::row).toList()));
  }

  /** The home of a device, that one first; one that waits for its home is alone. */
  private List<Device> home(Device device) {
    List<Device> home = new ArrayList<>(List.of(device));
    if (!device.hub().equals(Eui64.UNKNOWN)) {
      parts.estate().home(device.hub()).stream()
          .filter(other -> !other.id().equals(device.id()))
          .forEach(home::add);
    }
    return home.subList(0, Math.min(home.size(), DspInventory.DEVICES_MAX));
  }

  private InventoryDevice row(Device device) {
    Optional<Listing> listing =
        device.firmware().flatMap(version -> parts.estate().listing(device.model(), version));
    return new InventoryDevice(
        device.id(),
        device.type(),
        Optional.of(device.standing().status()),
        device.model().manufacturer(),
        device.model().name(),
        Optional.empty(),
        device.firmware().map(version -> new FirmwareVersion(version.toString())),
        listing.map(Listing::status),
        listing.map(Listing::status),
        NO_SUPPLY,
        new Surroundings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(device.model().gbcsVersion()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private void change(Eui64 id, DeviceStatus status) {
    parts.estate().device(id).ifPresent(device -> parts.estate().put(device.with(status)));
  }

  private ResponseCode update(Eui64 id, Change change) {
    Device device = parts.estate().device(id).orElseThrow();
    if (change instanceof Change.StatusExceptHub status) {
      change(id, status.status());
    } else if (change instanceof Change.StatusOfHub status) {
      change(id, status.status());
    } else if (change instanceof Change.DeleteDevice) {
      if (device.standing().status() != DeviceStatus.PENDING) {
        return new ResponseCode("E080405"); // Only what has not come yet can be forgotten.
      }
      parts.estate().remove(device);
    } else if (change instanceof Change.Details details) {
      parts.estate().put(with(device, details));
    }
    return ResponseCode.SUCCESS;
  }

  private static Device with(Device device, Change.Details details) {
    Device.Model model =
        new Device.Model(
            details.deviceManufacturer().orElse(device.model().manufacturer()),
            details.deviceModel().orElse(device.model().name()),
            device.model().gbcsVersion());
    return new Device(
        device.id(),
        device.type(),
        device.standing(),
        model,
        details.firmwareVersion().flatMap(InventoryDesk::version).or(device::firmware),
        device.hub(),
        device.responsible(),
        device.capability());
  }

  /** Versions of eight hexadecimal digits are those of images; others are not compared. */
  private static Optional<FileVersion> version(FirmwareVersion version) {
    return version.text().matches("[0-9A-Fa-f]{8}")
        ? Optional.of(new FileVersion(Long.parseLong(version.text(), 16)))
        : Optional.empty();
  }

  /** A device that will come has no home yet. */
  private ResponseCode prenotify(Eui64 user, InventoryRequest.DevicePrenotification notified) {
    if (parts.estate().device(notified.deviceId()).isPresent()) {
      return new ResponseCode("E120201"); // It is in the inventory already.
    }
    List<Responsible> responsible =
        parts.estate().user(user).map(User::roles).stream()
            .flatMap(roles -> roles.stream())
            .map(role -> new Responsible(user, role))
            .toList();
    parts
        .estate()
        .put(
            new Device(
                notified.deviceId(),
                notified.deviceType(),
                Device.Standing.of(DeviceStatus.PENDING),
                new Device.Model(
                    notified.deviceManufacturer(), notified.deviceModel(), UNKNOWN_GBCS),
                notified.firmwareVersion().flatMap(InventoryDesk::version),
                notified.deviceType() == DeviceType.CHF ? notified.deviceId() : Eui64.UNKNOWN,
                responsible,
                Capability.UPDATABLE));
    return ResponseCode.SUCCESS;
  }

  private static final String UNKNOWN_GBCS = "";
}
