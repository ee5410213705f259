// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.request.CredentialsRequest.Certificates;
import org.hanota.headend.request.CredentialsRequest.Floors;
import org.hanota.headend.request.CredentialsRequest.RequestHandoverOfDccControlledDevice;
import org.hanota.headend.request.CredentialsRequest.UpdateSecurityCredentialsCos;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.FirmwareRequest.UpdateFirmware;
import org.hanota.headend.request.FirmwareRequest.UpdatePpmidFirmware;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.HanRequest.CommissionDevice;
import org.hanota.headend.request.HanRequest.JoinServiceCritical;
import org.hanota.headend.request.HanRequest.JoinServiceNonCritical;
import org.hanota.headend.request.HanRequest.ReadDeviceLog;
import org.hanota.headend.request.HanRequest.RestoreHanDeviceLog;
import org.hanota.headend.request.HanRequest.ReturnLocalCommandResponse;
import org.hanota.headend.request.HanRequest.UnjoinServiceCritical;
import org.hanota.headend.request.HanRequest.UnjoinServiceNonCritical;
import org.hanota.headend.request.HanRequest.UpdateHanDeviceLog;
import org.hanota.headend.request.HanRequest.Whitelist;
import org.hanota.headend.request.IllegalField;
import org.hanota.headend.request.InventoryRequest.DecommissionDevice;
import org.hanota.headend.request.InventoryRequest.DevicePrenotification;
import org.hanota.headend.request.InventoryRequest.ReadInventory;
import org.hanota.headend.request.InventoryRequest.UpdateInventory;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.RemotePartyRole;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.headend.request.SetChfSubGhzConfiguration;

/** The bodies of requests. */
final class RequestForms {
  static final List<Form<? extends ServiceRequest>> ALL =
      List.of(
          new Form<>(
              "UpdateFirmware",
              UpdateFirmware.class,
              in -> image(in, UpdateFirmware::new),
              (body, out) ->
                  image(out, body.firmwareImage(), body.firmwareVersion(), body.devices())),
          new Form<>(
              "UpdatePPMIDFirmware",
              UpdatePpmidFirmware.class,
              in -> image(in, UpdatePpmidFirmware::new),
              (body, out) ->
                  image(out, body.firmwareImage(), body.firmwareVersion(), body.devices())),
          new Form<>(
              "ReadFirmwareVersion",
              ReadFirmwareVersion.class,
              in -> new ReadFirmwareVersion(in.executionDateTime()),
              (body, out) -> out.executionDateTime(body.executionDateTime())),
          new Form<>(
              "ActivateFirmware",
              ActivateFirmware.class,
              in -> new ActivateFirmware(in.executionDateTime(), in.hex("FirmwareHash")),
              (body, out) ->
                  out.executionDateTime(body.executionDateTime())
                      .hex("FirmwareHash", body.firmwareHash())),
          new Form<>(
              "ReadInventory",
              ReadInventory.class,
              in -> new ReadInventory(InventoryForms.readSelection(in)),
              (body, out) -> InventoryForms.write(body.selection(), out)),
          ofDevice(
              "DecommissionDevice",
              DecommissionDevice.class,
              "DeviceID",
              DecommissionDevice::new,
              DecommissionDevice::deviceId),
          new Form<>(
              "UpdateInventory",
              UpdateInventory.class,
              in -> new UpdateInventory(in.eui("DeviceID"), InventoryForms.readChange(in)),
              (body, out) ->
                  InventoryForms.write(body.change(), out.eui("DeviceID", body.deviceId()))),
          new Form<>(
              "DevicePrenotification",
              DevicePrenotification.class,
              InventoryForms::readPrenotification,
              InventoryForms::write),
          new Form<>(
              "CommissionDeviceSynchroniseClock",
              CommissionDevice.class,
              in -> new CommissionDevice(in.time("CurrentDateTime"), in.integer("TolerancePeriod")),
              (body, out) ->
                  out.time("CurrentDateTime", body.currentDateTime())
                      .number("TolerancePeriod", body.tolerancePeriodSeconds())),
          ofDevice(
              "JoinServiceCritical",
              JoinServiceCritical.class,
              "OtherDeviceID",
              JoinServiceCritical::new,
              JoinServiceCritical::otherDeviceId),
          ofDevice(
              "JoinServiceNonCritical",
              JoinServiceNonCritical.class,
              "OtherDeviceID",
              JoinServiceNonCritical::new,
              JoinServiceNonCritical::otherDeviceId),
          ofDevice(
              "UnjoinServiceCritical",
              UnjoinServiceCritical.class,
              "OtherDeviceID",
              UnjoinServiceCritical::new,
              UnjoinServiceCritical::otherDeviceId),
          ofDevice(
              "UnjoinServiceNonCritical",
              UnjoinServiceNonCritical.class,
              "OtherDeviceID",
              UnjoinServiceNonCritical::new,
              UnjoinServiceNonCritical::otherDeviceId),
          new Form<>(
              "ReadDeviceLog",
              ReadDeviceLog.class,
              in -> new ReadDeviceLog(in.executionDateTime(), in.flag("ReadSecurityDetails")),
              (body, out) ->
                  out.executionDateTime(body.executionDateTime())
                      .flag("ReadSecurityDetails", body.readSecurityDetails())),
          new Form<>(
              "UpdateHANDeviceLog",
              UpdateHanDeviceLog.class,
              RequestForms::readLog,
              RequestForms::writeLog),
          ofDevice(
              "RestoreHANDeviceLog",
              RestoreHanDeviceLog.class,
              "OldCHFID",
              RestoreHanDeviceLog::new,
              RestoreHanDeviceLog::oldChfId),
          new Form<>(
              "ReturnLocalCommandResponse",
              ReturnLocalCommandResponse.class,
              in ->
                  new ReturnLocalCommandResponse(
                      in.optional("OriginalRequestID", MessageId::parse),
                      in.base64("DeviceGBCSResponse")),
              (body, out) ->
                  out.id("OriginalRequestID", body.originalRequestId())
                      .base64("DeviceGBCSResponse", body.deviceGbcsResponse())),
          new Form<>(
              "SetCHFSubGHzConfiguration",
              SetChfSubGhzConfiguration.class,
              SubGhzForm::read,
              SubGhzForm::write),
          new Form<>(
              "RequestHandoverOfDCCControlledDevice",
              RequestHandoverOfDccControlledDevice.class,
              RequestForms::readHandover,
              RequestForms::writeHandover),
          new Form<>(
              "UpdateSecurityCredentialsCoS",
              UpdateSecurityCredentialsCos.class,
              RequestForms::readChange,
              RequestForms::writeChange),
          new Form<>(
              "SignedPreCommand",
              SignedPreCommand.class,
              in -> new SignedPreCommand(in.executionDateTime(), in.base64("GBCSPayload")),
              (body, out) ->
                  out.executionDateTime(body.executionDateTime())
                      .base64("GBCSPayload", body.gbcsPayload())));

  private RequestForms() {}

  /** A body that names a device and says nothing else. */
  private static <B extends ServiceRequest> Form<B> ofDevice(
      String name, Class<B> body, String element, Function<Eui64, B> made, Function<B, Eui64> of) {
    return new Form<>(
        name,
        body,
        in -> made.apply(in.eui(element)),
        (written, out) -> out.eui(element, of.apply(written)));
  }

  /** A body of an image, its version and the devices that it is for. */
  private interface OfImage<B> {
    B made(Octets image, FirmwareVersion version, DeviceIdList devices);
  }

  private static <B> B image(Fields in, OfImage<B> body) {
    return body.made(
        in.base64("FirmwareImage"),
        in.value("FirmwareVersion", FirmwareVersion::new),
        new DeviceIdList(in.euis("DeviceIDList")));
  }

  private static void image(
      XmlWriter out, Octets image, FirmwareVersion version, DeviceIdList devices) {
    out.base64("FirmwareImage", image)
        .text("FirmwareVersion", version.text())
        .euis("DeviceIDList", devices.devices());
  }

  private static UpdateHanDeviceLog readLog(Fields in) {
    var time = in.executionDateTime();
    var device = in.eui("DeviceID");
    boolean add =
        in.value(
            "RequestType",
            text ->
                switch (text) {
                  case "Add" -> true;
                  case "Remove" -> false;
                  default ->
                      throw new IllegalField("RequestType", Fields.quoted(text), "Add, Remove");
                });
    if (!add) {
      return new UpdateHanDeviceLog(time, device, Optional.empty());
    }
    Fields group = in.group("AddDeviceToCHFWhitelist");
    Whitelist whitelist =
        new Whitelist(
            group.integer("JoinTimePeriod"),
            group.hex("InstallCode"),
            group.optional("ImportMPxN", text -> text),
            group.optional("SecondaryImportMPAN", text -> text),
            group.optional("ExportMPAN", text -> text));
    group.end();
    return new UpdateHanDeviceLog(time, device, Optional.of(whitelist));
  }

  private static void writeLog(UpdateHanDeviceLog body, XmlWriter out) {
    out.executionDateTime(body.executionDateTime())
        .eui("DeviceID", body.deviceId())
        .text("RequestType", body.whitelist().isPresent() ? "Add" : "Remove");
    body.whitelist()
        .ifPresent(
            whitelist ->
                out.start("AddDeviceToCHFWhitelist")
                    .number("JoinTimePeriod", whitelist.joinTimePeriodSeconds())
                    .hex("InstallCode", whitelist.installCode())
                    .text("ImportMPxN", whitelist.importMpxn())
                    .text("SecondaryImportMPAN", whitelist.secondaryImportMpan())
                    .text("ExportMPAN", whitelist.exportMpan())
                    .end());
  }

  private static RequestHandoverOfDccControlledDevice readHandover(Fields in) {
    return new RequestHandoverOfDccControlledDevice(
        in.executionDateTime(),
        in.coded("RemotePartyRole", RemotePartyRole.class),
        new Floors(
            in.optional("RemotePartyFloorSeqNumber", Fields::numberOf),
            in.optional("RemotePartyPrepaymentTopUpFloorSeqNumber", Fields::numberOf)),
        readCertificates(in, "ReplacementCertificates"),
        in.bool("ApplyTimeBasedCPVChecks"));
  }

  private static void writeHandover(RequestHandoverOfDccControlledDevice body, XmlWriter out) {
    out.executionDateTime(body.executionDateTime())
        .coded("RemotePartyRole", body.remotePartyRole())
        .number("RemotePartyFloorSeqNumber", body.floors().remoteParty())
        .number("RemotePartyPrepaymentTopUpFloorSeqNumber", body.floors().prepaymentTopUp());
    write(body.certificates(), "ReplacementCertificates", out);
    out.bool("ApplyTimeBasedCPVChecks", body.applyTimeBasedCpvChecks());
  }

  private static UpdateSecurityCredentialsCos readChange(Fields in) {
    return new UpdateSecurityCredentialsCos(
        in.executionDateTime(),
        in.number("SupplierFloorSeqNumber"),
        in.optional("SupplierPrepaymentTopUpFloorSeqNumber", Fields::numberOf),
        readCertificates(in, "SupplierReplacementCertificates"),
        in.bool("ApplyTimeBasedCPVChecks"),
        in.text("ImportMPxN"));
  }

  private static void writeChange(UpdateSecurityCredentialsCos body, XmlWriter out) {
    out.executionDateTime(body.executionDateTime())
        .number("SupplierFloorSeqNumber", body.supplierFloorSeqNumber())
        .number("SupplierPrepaymentTopUpFloorSeqNumber", body.prepaymentTopUpFloorSeqNumber());
    write(body.certificates(), "SupplierReplacementCertificates", out);
    out.bool("ApplyTimeBasedCPVChecks", body.applyTimeBasedCpvChecks())
        .text("ImportMPxN", body.importMpxn());
  }

  private static Certificates readCertificates(Fields in, String group) {
    Fields replacements = in.group(group);
    Octets digitalSigning = replacements.base64("DigitalSigningCertificate");
    Optional<Octets> keyAgreement =
        replacements.optional("KeyAgreementCertificate", Fields::base64Of);
    Optional<Octets> topUp =
        replacements.optional("KeyAgreementTopUpCertificate", Fields::base64Of);
    replacements.end();
    Fields path = in.group("CertificationPathCertificates");
    List<Octets> certificates = new ArrayList<>();
    while (path.has("Certificate")) {
      certificates.add(path.base64("Certificate"));
    }
    path.end();
    return new Certificates(digitalSigning, keyAgreement, topUp, certificates);
  }

  private static void write(Certificates certificates, String group, XmlWriter out) {
    out.start(group).base64("DigitalSigningCertificate", certificates.digitalSigning());
    certificates.keyAgreement().ifPresent(each -> out.base64("KeyAgreementCertificate", each));
    certificates
        .keyAgreementTopUp()
        .ifPresent(each -> out.base64("KeyAgreementTopUpCertificate", each));
    out.end().start("CertificationPathCertificates");
    certificates.path().forEach(each -> out.base64("Certificate", each));
    out.end();
  }
}
