// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.headend.request.Coded;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ResponseContent.DspInventory;
import org.hanota.headend.request.ResponseContent.FutureDatedDeviceAlertMessage;
import org.hanota.headend.request.ResponseContent.FutureDatedResult;
import org.hanota.headend.request.ResponseContent.GbcsPayload;
import org.hanota.headend.request.ResponseContent.InventoryDevice;
import org.hanota.headend.request.ResponseContent.LocalCommand;
import org.hanota.headend.request.ResponseContent.PreCommand;
import org.hanota.headend.request.ResponseContent.Supply;
import org.hanota.headend.request.ResponseContent.Surroundings;
import org.hanota.headend.request.ResponseContent.UpdateFirmwareWarning;

/** The contents of responses. */
final class ResponseForms {
  /** Those that stand in an element of their own with children. */
  private static final List<Form<? extends ResponseContent>> ALL =
      List.of(
          new Form<>(
              "PreCommand",
              PreCommand.class,
              in -> new PreCommand(in.text("GBCSVersion"), in.base64("GBCSPayload")),
              (content, out) ->
                  out.text("GBCSVersion", content.gbcsVersion())
                      .base64("GBCSPayload", content.gbcsPayload())),
          new Form<>(
              "LocalCommand",
              LocalCommand.class,
              in -> new LocalCommand(in.base64("GBCSPayload")),
              (content, out) -> out.base64("GBCSPayload", content.gbcsPayload())),
          new Form<>(
              "FutureDatedDeviceAlertMessage",
              FutureDatedDeviceAlertMessage.class,
              in ->
                  new FutureDatedDeviceAlertMessage(
                      in.coded("FutureDatedAlertCode", FutureDatedResult.class),
                      in.base64("GBCSPayload"),
                      in.integer("InstructionNumber"),
                      in.integer("TotalCommandInstructions")),
              (content, out) ->
                  out.coded("FutureDatedAlertCode", content.result())
                      .base64("GBCSPayload", content.gbcsPayload())
                      .number("InstructionNumber", content.instructionNumber())
                      .number("TotalCommandInstructions", content.totalCommandInstructions())),
          new Form<>(
              "DSPInventory",
              DspInventory.class,
              ResponseForms::readInventory,
              ResponseForms::write));

  private static final String GBCS_PAYLOAD = "GBCSPayload";
  private static final String WARNING = "DSPUpdateFirmwareWarning";
  private static final String PPMID_WARNING = "DSPUpdatePPMIDFirmwareWarning";

  private ResponseForms() {}

  /** The content that comes next among {@code in}. */
  static ResponseContent read(Fields in) {
    if (in.has(GBCS_PAYLOAD)) {
      return new GbcsPayload(in.base64(GBCS_PAYLOAD));
    }
    if (in.has(WARNING) || in.has(PPMID_WARNING)) {
      return readWarning(in, in.has(PPMID_WARNING));
    }
    Element element = in.any(Element.DUIS, "content");
    return Form.of(ALL, element)
        .<ResponseContent>map(form -> form.read(element))
        .orElseGet(
            () -> new ResponseContent.OtherContent(element.name(), XmlWriter.document(element)));
  }

  static void write(ResponseContent content, XmlWriter out) {
    if (content instanceof GbcsPayload payload) {
      out.base64(GBCS_PAYLOAD, payload.octets());
    } else if (content instanceof UpdateFirmwareWarning warning) {
      write(warning, out);
    } else if (content instanceof ResponseContent.OtherContent other) {
      out.carried(XmlReader.read(other.content()));
    } else {
      Form.of(ALL, content).write(content, out);
    }
  }

  private static UpdateFirmwareWarning readWarning(Fields in, boolean ppmid) {
    Fields group = in.group(ppmid ? PPMID_WARNING : WARNING);
    UpdateFirmwareWarning warning =
        new UpdateFirmwareWarning(
            ppmid,
            readList(group, "InvalidDeviceIDList"),
            readList(group, "NotCommissionedDeviceIDList"),
            readList(group, "NotApplicableFirmwareDeviceIDList"),
            readList(group, "OtherRequestInProgressList"),
            readList(group, "InvalidGBCSVersionList"));
    group.end();
    return warning;
  }

  private static void write(UpdateFirmwareWarning warning, XmlWriter out) {
    out.start(warning.ppmid() ? PPMID_WARNING : WARNING);
    writeList(out, "InvalidDeviceIDList", warning.invalid());
    writeList(out, "NotCommissionedDeviceIDList", warning.notCommissioned());
    writeList(out, "NotApplicableFirmwareDeviceIDList", warning.notApplicableFirmware());
    writeList(out, "OtherRequestInProgressList", warning.otherRequestInProgress());
    writeList(out, "InvalidGBCSVersionList", warning.invalidGbcsVersion());
    out.end();
  }

  private static List<Eui64> readList(Fields in, String name) {
    return in.has(name) ? in.euis(name) : List.of();
  }

  private static void writeList(XmlWriter out, String name, List<Eui64> devices) {
    if (!devices.isEmpty()) {
      out.euis(name, devices);
    }
  }

  private static DspInventory readInventory(Fields in) {
    List<InventoryDevice> devices = new ArrayList<>();
    while (in.has("Device")) {
      Fields device = in.group("Device");
      devices.add(Form.built(device.parent(), () -> readDevice(device)));
      device.end();
    }
    return new DspInventory(devices);
  }

  private static InventoryDevice readDevice(Fields in) {
    Function<String, String> text = Function.identity();
    var deviceId = in.eui("DeviceID");
    var type = in.coded("DeviceType", DeviceType.class);
    var status = optional(in, "DeviceStatus", DeviceStatus.class);
    var manufacturer = in.text("DeviceManufacturer");
    var model = in.text("DeviceModel");
    var specification = in.optional("SMETSCHTSVersion", text);
    var version = in.optional("DeviceFirmwareVersion", FirmwareVersion::new);
    var versionStatus = optional(in, "DeviceFirmwareVersionStatus", ListingStatus.class);
    var cplStatus = optional(in, "CPLStatus", ListingStatus.class);
    var dateCommissioned = in.optional("DateCommissioned", text);
    var supply =
        new Supply(
            dateCommissioned,
            in.optional("ImportMPxN", text),
            in.optional("SecondaryImportMPAN", text),
            in.optional("ExportMPAN", text),
            in.optional("ESMEVariant", text));
    var surroundings =
        new Surroundings(
            in.optional("UPRN", Fields::numberOf),
            in.has("PropertyFilter")
                ? Optional.of(InventoryForms.readAddress(in))
                : Optional.empty(),
            in.optional("CSPRegion", text),
            in.optional("DeviceGBCSVersion", text),
            in.optional("HANVariant", text),
            in.optional("S1SP", text),
            in.optional("Connectivity", text));
    return new InventoryDevice(
        deviceId,
        type,
        status,
        manufacturer,
        model,
        specification,
        version,
        versionStatus,
        cplStatus,
        supply,
        surroundings);
  }

  private static <E extends Enum<E> & Coded> Optional<E> optional(
      Fields in, String name, Class<E> type) {
    return in.has(name) ? Optional.of(in.coded(name, type)) : Optional.empty();
  }

  private static void write(DspInventory inventory, XmlWriter out) {
    for (InventoryDevice device : inventory.devices()) {
      out.start("Device")
          .eui("DeviceID", device.deviceId())
          .coded("DeviceType", device.deviceType())
          .text("DeviceStatus", device.deviceStatus().map(Coded::word))
          .text("DeviceManufacturer", device.deviceManufacturer())
          .text("DeviceModel", device.deviceModel())
          .text("SMETSCHTSVersion", device.smetsChtsVersion())
          .text("DeviceFirmwareVersion", device.deviceFirmwareVersion().map(FirmwareVersion::text))
          .text(
              "DeviceFirmwareVersionStatus", device.deviceFirmwareVersionStatus().map(Coded::word))
          .text("CPLStatus", device.cplStatus().map(Coded::word))
          .text("DateCommissioned", device.supply().dateCommissioned())
          .text("ImportMPxN", device.supply().importMpxn())
          .text("SecondaryImportMPAN", device.supply().secondaryImportMpan())
          .text("ExportMPAN", device.supply().exportMpan())
          .text("ESMEVariant", device.supply().esmeVariant())
          .number("UPRN", device.surroundings().uprn());
      device.surroundings().address().ifPresent(each -> InventoryForms.write(each, out));
      out.text("CSPRegion", device.surroundings().cspRegion())
          .text("DeviceGBCSVersion", device.surroundings().deviceGbcsVersion())
          .text("HANVariant", device.surroundings().hanVariant())
          .text("S1SP", device.surroundings().s1sp())
          .text("Connectivity", device.surroundings().connectivity())
          .end();
    }
  }
}
