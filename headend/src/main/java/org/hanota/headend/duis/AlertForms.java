// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.hanota.headend.request.Coded;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DccAlert.Breach;
import org.hanota.headend.request.DccAlert.CommandFailure;
import org.hanota.headend.request.DccAlert.CommsHubAlert;
import org.hanota.headend.request.DccAlert.CommsHubFirmwareActivation;
import org.hanota.headend.request.DccAlert.CspFirmwareDeliveryStatus;
import org.hanota.headend.request.DccAlert.FirmwareDistributionFailure;
import org.hanota.headend.request.DccAlert.FirmwareTransfer;
import org.hanota.headend.request.DccAlert.FirmwareUpgradeRequested;
import org.hanota.headend.request.DccAlert.FirmwareVersionMismatch;
import org.hanota.headend.request.DccAlert.PpmidAlert;
import org.hanota.headend.request.DccAlert.PpmidUpgrade;
import org.hanota.headend.request.DccAlert.QuarantinedRequest;
import org.hanota.headend.request.DccAlert.TransferResponseCode;
import org.hanota.headend.request.DccAlert.UpdateHanDeviceLogResult;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.IllegalField;
import org.hanota.headend.request.MessageId;

/** Alerts of the DCC. */
final class AlertForms {
  private static final List<Form<? extends DccAlert>> ALL =
      List.of(
          new Form<>(
              "FirmwareDistributionFailure",
              FirmwareDistributionFailure.class,
              in ->
                  new FirmwareDistributionFailure(
                      in.value("UpdateFirmwareRequestID", MessageId::parse), in.euis("MeterIDs")),
              (alert, out) ->
                  out.id("UpdateFirmwareRequestID", alert.updateFirmwareRequestId())
                      .euis("MeterIDs", alert.meterIds())),
          new Form<>(
              "FirmwareUpgradeRequested",
              FirmwareUpgradeRequested.class,
              in ->
                  new FirmwareUpgradeRequested(
                      in.coded("DeviceType", DeviceType.class),
                      in.value("FirmwareVersion", FirmwareVersion::new),
                      in.euis("DeviceList")),
              (alert, out) ->
                  out.coded("DeviceType", alert.deviceType())
                      .text("FirmwareVersion", alert.firmwareVersion().text())
                      .euis("DeviceList", alert.devices())),
          new Form<>(
              "CSPFirmwareDeliveryStatus",
              CspFirmwareDeliveryStatus.class,
              in ->
                  new CspFirmwareDeliveryStatus(
                      in.value("UpdateFirmwareRequestID", MessageId::parse),
                      in.eui("CommsHubDeviceID"),
                      in.eui("TargetDeviceID"),
                      in.value("FirmwareVersion", FirmwareVersion::new),
                      in.time("TimeStamp"),
                      success(in, "CommsHubTransferStatus", "Success", "Failure")),
              (alert, out) ->
                  out.id("UpdateFirmwareRequestID", alert.updateFirmwareRequestId())
                      .eui("CommsHubDeviceID", alert.commsHubDeviceId())
                      .eui("TargetDeviceID", alert.targetDeviceId())
                      .text("FirmwareVersion", alert.firmwareVersion().text())
                      .time("TimeStamp", alert.timeStamp())
                      .text("CommsHubTransferStatus", alert.success() ? "Success" : "Failure")),
          new Form<>(
              "CommsHubAlert",
              CommsHubAlert.class,
              in ->
                  new CommsHubAlert(
                      in.eui("CommsHubDeviceID"),
                      in.hex("AlertCode"),
                      in.optional("TimeStamp", Fields::timeOf),
                      readTransfer(in)),
              AlertForms::write),
          new Form<>(
              "PPMIDAlert",
              PpmidAlert.class,
              in ->
                  new PpmidAlert(
                      in.eui("DeviceID"),
                      in.hex("DeviceAlertCode"),
                      in.optional("Timestamp", Fields::timeOf),
                      readUpgrade(in)),
              AlertForms::write),
          new Form<>(
              "FirmwareVersionMismatch",
              FirmwareVersionMismatch.class,
              in ->
                  new FirmwareVersionMismatch(
                      in.eui("DeviceID"),
                      in.coded("DeviceType", DeviceType.class),
                      in.value("FirmwareVersionSMI", FirmwareVersion::new),
                      in.value("FirmwareVersionDevice", FirmwareVersion::new)),
              (alert, out) ->
                  out.eui("DeviceID", alert.deviceId())
                      .coded("DeviceType", alert.deviceType())
                      .text("FirmwareVersionSMI", alert.firmwareVersionSmi().text())
                      .text("FirmwareVersionDevice", alert.firmwareVersionDevice().text())),
          new Form<>(
              "CommsHubFirmwareActivation",
              CommsHubFirmwareActivation.class,
              in ->
                  new CommsHubFirmwareActivation(
                      in.eui("DeviceID"), in.value("FirmwareVersion", FirmwareVersion::new)),
              (alert, out) ->
                  out.eui("DeviceID", alert.deviceId())
                      .text("FirmwareVersion", alert.firmwareVersion().text())),
          new Form<>(
              "QuarantinedRequest",
              QuarantinedRequest.class,
              AlertForms::readQuarantine,
              (alert, out) ->
                  out.start(alert.breach().word())
                      .id("RequestID", alert.requestId())
                      .text("QuarantineEventRef", alert.quarantineEventRef().toString())
                      .end()),
          new Form<>(
              "UpdateHANDeviceLogResult",
              UpdateHanDeviceLogResult.class,
              in ->
                  new UpdateHanDeviceLogResult(
                      in.value("UpdateHANDeviceLogServiceRequestID", MessageId::parse)),
              (alert, out) -> out.id("UpdateHANDeviceLogServiceRequestID", alert.requestId())),
          new Form<>(
              "CommandFailure",
              CommandFailure.class,
              in ->
                  new CommandFailure(
                      in.value("CommandRequestID", MessageId::parse),
                      in.optional("DSPScheduleID", Fields::numberOf),
                      in.eui("DeviceID")),
              (alert, out) ->
                  out.id("CommandRequestID", alert.commandRequestId())
                      .number("DSPScheduleID", alert.dspScheduleId())
                      .eui("DeviceID", alert.deviceId())));

  private AlertForms() {}

  static DccAlert read(Element element) {
    return Form.of(ALL, element)
        .<DccAlert>map(form -> form.read(element))
        .orElseGet(() -> new DccAlert.OtherAlert(element.name(), XmlWriter.document(element)));
  }

  static void write(DccAlert alert, XmlWriter out) {
    if (alert instanceof DccAlert.OtherAlert other) {
      out.carried(XmlReader.read(other.content()));
    } else {
      Form.of(ALL, alert).write(alert, out);
    }
  }

  private static Optional<FirmwareTransfer> readTransfer(Fields in) {
    if (!in.has("FirmwareTransferAlert")) {
      return Optional.empty();
    }
    Fields group = in.group("FirmwareTransferAlert");
    FirmwareTransfer transfer =
        new FirmwareTransfer(
            group.optional("UpdateFirmwareRequestID", MessageId::parse),
            group.eui("OtherDeviceID"),
            group.value("FirmwareVersion", FirmwareVersion::new),
            group.coded("TransferResponseCode", TransferResponseCode.class));
    group.end();
    return Optional.of(transfer);
  }

  private static void write(CommsHubAlert alert, XmlWriter out) {
    out.eui("CommsHubDeviceID", alert.commsHubDeviceId())
        .hex("AlertCode", alert.alertCode())
        .time("TimeStamp", alert.timeStamp());
    alert
        .firmwareTransfer()
        .ifPresent(
            transfer ->
                out.start("FirmwareTransferAlert")
                    .id("UpdateFirmwareRequestID", transfer.updateFirmwareRequestId())
                    .eui("OtherDeviceID", transfer.otherDeviceId())
                    .text("FirmwareVersion", transfer.firmwareVersion().text())
                    .coded("TransferResponseCode", transfer.code())
                    .end());
  }

  private static Optional<PpmidUpgrade> readUpgrade(Fields in) {
    if (!in.has("PPMIDFirmwareUpgradeAlert")) {
      return Optional.empty();
    }
    Fields group = in.group("PPMIDFirmwareUpgradeAlert");
    PpmidUpgrade upgrade =
        new PpmidUpgrade(
            group.value("FirmwareVersion", FirmwareVersion::new),
            success(group, "ActivateImageResultCode", "ActivationSuccess", "ActivationFailure"));
    group.end();
    return Optional.of(upgrade);
  }

  private static void write(PpmidAlert alert, XmlWriter out) {
    out.eui("DeviceID", alert.deviceId())
        .hex("DeviceAlertCode", alert.deviceAlertCode())
        .time("Timestamp", alert.timeStamp());
    alert
        .upgrade()
        .ifPresent(
            upgrade ->
                out.start("PPMIDFirmwareUpgradeAlert")
                    .text("FirmwareVersion", upgrade.firmwareVersion().text())
                    .text(
                        "ActivateImageResultCode",
                        upgrade.success() ? "ActivationSuccess" : "ActivationFailure")
                    .end());
  }

  private static QuarantinedRequest readQuarantine(Fields in) {
    Breach breach = Coded.of(Breach.class, in.nextName().orElse(""));
    Fields group = in.group(breach.word());
    QuarantinedRequest alert =
        new QuarantinedRequest(
            breach,
            group.value("RequestID", MessageId::parse),
            group.value(
                "QuarantineEventRef",
                text -> {
                  if (!text.strip().matches("-?[0-9]{1,20}")) {
                    throw new IllegalField(
                        "QuarantineEventRef", Fields.quoted(text), "a number of 1 to 20 digits");
                  }
                  return new BigInteger(text.strip());
                }));
    group.end();
    return alert;
  }

  private static boolean success(Fields in, String name, String yes, String no) {
    return in.value(
        name,
        text -> {
          if (!text.equals(yes) && !text.equals(no)) {
            throw new IllegalField(name, Fields.quoted(text), yes + ", " + no);
          }
          return text.equals(yes);
        });
  }
}
