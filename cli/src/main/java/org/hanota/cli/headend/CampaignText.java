// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.Locale;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.request.ResponseBody.DeviceAlertMessage;

/** What people read of campaigns and of what the DCC tells their supplier. */
final class CampaignText {
  private CampaignText() {}

  static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** An alert in one line: its code, and what it is about. */
  static String alert(Response response) {
    if (response.body() instanceof DeviceAlertMessage device) {
      return "%s of device %s"
          .formatted(
              device.alertCode().toHex(),
              response.responseId().map(id -> id.originator().toString()).orElse("unknown"));
    }
    DccAlertMessage dcc = (DccAlertMessage) response.body();
    return dcc.code() + " " + about(dcc.alert());
  }

  private static String about(DccAlert alert) {
    if (alert instanceof DccAlert.FirmwareDistributionFailure failure) {
      return "%d devices did not get their image".formatted(failure.meterIds().size());
    } else if (alert instanceof DccAlert.CspFirmwareDeliveryStatus status) {
      return "hub %s %s the image for %s"
          .formatted(
              status.commsHubDeviceId(),
              status.success() ? "has" : "did not get",
              status.targetDeviceId());
    } else if (alert instanceof DccAlert.CommsHubAlert hub) {
      return "hub %s%s"
          .formatted(
              hub.commsHubDeviceId(),
              hub.firmwareTransfer()
                  .map(each -> ": " + each.code().word() + " to " + each.otherDeviceId())
                  .orElse(""));
    } else if (alert instanceof DccAlert.PpmidAlert ppmid) {
      return "PPMID %s%s"
          .formatted(
              ppmid.deviceId(),
              ppmid.upgrade().map(each -> " runs " + each.firmwareVersion()).orElse(""));
    } else if (alert instanceof DccAlert.FirmwareVersionMismatch mismatch) {
      return "%s runs %s, the inventory has %s"
          .formatted(
              mismatch.deviceId(), mismatch.firmwareVersionDevice(), mismatch.firmwareVersionSmi());
    } else if (alert instanceof DccAlert.QuarantinedRequest held) {
      return "%s is held back, reference %s".formatted(held.requestId(), held.quarantineEventRef());
    } else if (alert instanceof DccAlert.CommandFailure failure) {
      return "a command did not come through to " + failure.deviceId();
    } else if (alert instanceof DccAlert.FirmwareUpgradeRequested requested) {
      return "another supplier sends %s to %d devices of type %s"
          .formatted(
              requested.firmwareVersion(),
              requested.devices().size(),
              requested.deviceType().word());
    }
    return alert.getClass().getSimpleName();
  }
}
