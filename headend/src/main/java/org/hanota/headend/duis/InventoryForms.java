// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.headend.request.Coded;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.IllegalField;
import org.hanota.headend.request.InventoryRequest.Change;
import org.hanota.headend.request.InventoryRequest.DevicePrenotification;
import org.hanota.headend.request.InventoryRequest.Selection;
import org.hanota.headend.request.InventoryRequest.SupplyKind;

/** What the inventory is asked for, and what is corrected in it. */
final class InventoryForms {
  private InventoryForms() {}

  static Selection readSelection(Fields in) {
    return switch (in.nextName().orElse("")) {
      case "UPRN" -> new Selection.Uprn(in.number("UPRN"));
      case "DeviceID" -> new Selection.Device(in.eui("DeviceID"));
      case "MPxN" -> new Selection.Mpxn(in.text("MPxN"));
      case "PropertyFilter" -> readAddress(in);
      default -> throw other(in, "UPRN, DeviceID, MPxN, PropertyFilter");
    };
  }

  static void write(Selection selection, XmlWriter out) {
    if (selection instanceof Selection.Uprn uprn) {
      out.number("UPRN", uprn.number());
    } else if (selection instanceof Selection.Device device) {
      out.eui("DeviceID", device.deviceId());
    } else if (selection instanceof Selection.Mpxn mpxn) {
      out.text("MPxN", mpxn.number());
    } else if (selection instanceof Selection.Address address) {
      write(address, out);
    }
  }

  static Selection.Address readAddress(Fields in) {
    Fields group = in.group("PropertyFilter");
    Selection.Address address =
        new Selection.Address(group.text("PostCode"), group.text("AddressIdentifier"));
    group.end();
    return address;
  }

  static void write(Selection.Address address, XmlWriter out) {
    out.start("PropertyFilter")
        .text("PostCode", address.postCode())
        .text("AddressIdentifier", address.addressIdentifier())
        .end();
  }

  static Change readChange(Fields in) {
    return switch (in.nextName().orElse("")) {
      case "UpdateDeviceStatusExceptCH" ->
          new Change.StatusExceptHub(in.coded("UpdateDeviceStatusExceptCH", DeviceStatus.class));
      case "UpdateDeviceStatusCH" ->
          new Change.StatusOfHub(in.coded("UpdateDeviceStatusCH", DeviceStatus.class));
      case "UpdateDeviceDetails" -> readDetails(in.group("UpdateDeviceDetails"));
      case "DeleteDevice" -> {
        in.flag("DeleteDevice");
        yield new Change.DeleteDevice();
      }
      case "UpdateMPxN" -> readSupply(in.group("UpdateMPxN"));
      default ->
          throw other(
              in,
              "UpdateDeviceStatusExceptCH, UpdateDeviceStatusCH, UpdateDeviceDetails, DeleteDevice,"
                  + " UpdateMPxN");
    };
  }

  private static Change readDetails(Fields in) {
    Change details =
        new Change.Details(
            in.optional("DeviceManufacturer", text -> text),
            in.optional("DeviceModel", text -> text),
            in.optional("SMETSCHTSVersion", text -> text),
            in.optional("FirmwareVersion", FirmwareVersion::new),
            in.optional("ESMEVariant", text -> text));
    in.end();
    return details;
  }

  private static Change readSupply(Fields in) {
    SupplyKind kind = Coded.of(SupplyKind.class, in.nextName().orElse(""));
    Change supply = new Change.Supply(kind, in.text(kind.word()));
    in.end();
    return supply;
  }

  static void write(Change change, XmlWriter out) {
    if (change instanceof Change.StatusExceptHub status) {
      out.coded("UpdateDeviceStatusExceptCH", status.status());
    } else if (change instanceof Change.StatusOfHub status) {
      out.coded("UpdateDeviceStatusCH", status.status());
    } else if (change instanceof Change.Details details) {
      out.start("UpdateDeviceDetails")
          .text("DeviceManufacturer", details.deviceManufacturer())
          .text("DeviceModel", details.deviceModel())
          .text("SMETSCHTSVersion", details.smetsChtsVersion())
          .text("FirmwareVersion", details.firmwareVersion().map(FirmwareVersion::text))
          .text("ESMEVariant", details.esmeVariant())
          .end();
    } else if (change instanceof Change.DeleteDevice) {
      out.flag("DeleteDevice", true);
    } else if (change instanceof Change.Supply supply) {
      out.start("UpdateMPxN").text(supply.kind().word(), supply.number()).end();
    }
  }

  static DevicePrenotification readPrenotification(Fields in) {
    return new DevicePrenotification(
        in.eui("DeviceID"),
        in.text("DeviceManufacturer"),
        in.text("DeviceModel"),
        in.coded("DeviceType", DeviceType.class),
        in.optional("SMETSCHTSVersion", text -> text),
        in.optional("FirmwareVersion", FirmwareVersion::new),
        in.optional("ESMEVariant", text -> text),
        in.optional("AssociatedGPFDeviceID", Fields::euiOf));
  }

  static void write(DevicePrenotification body, XmlWriter out) {
    Optional<Eui64> gasProxy = body.associatedGpfDeviceId();
    out.eui("DeviceID", body.deviceId())
        .text("DeviceManufacturer", body.deviceManufacturer())
        .text("DeviceModel", body.deviceModel())
        .coded("DeviceType", body.deviceType())
        .text("SMETSCHTSVersion", body.smetsChtsVersion())
        .text("FirmwareVersion", body.firmwareVersion().map(FirmwareVersion::text))
        .text("ESMEVariant", body.esmeVariant());
    gasProxy.ifPresent(each -> out.eui("AssociatedGPFDeviceID", each));
  }

  private static IllegalField other(Fields in, String allowed) {
    return new IllegalField("content", in.nextName().orElse("nothing"), allowed);
  }
}
