// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.Locale;
import java.util.Optional;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest;

/** A message between user and DCC in one line for a time line. */
final class DuisLine {
  private DuisLine() {}

  static String of(DuisMessage message) {
    return message instanceof Request request ? request(request) : response((Response) message);
  }

  private static String request(Request request) {
    ServiceRequest body = request.body();
    String what =
        body instanceof ServiceRequest.OtherRequest other
            ? other.name()
            : body.getClass().getSimpleName();
    String when =
        body instanceof ActivateFirmware order ? ", " + when(order.executionDateTime()) : "";
    return request.service()
        + " "
        + what
        + when
        + " (counter "
        + Long.toUnsignedString(request.id().counter())
        + ")";
  }

  private static String when(ExecutionDateTime time) {
    return time.cancels() ? "cancelling" : time.at().map(at -> "at " + at).orElse("now");
  }

  private static String response(Response response) {
    String about = response.requestId().map(id -> " to " + counter(id.counter())).orElse("");
    if (response.body() instanceof ResponseBody.DccAlertMessage alert) {
      return "alert " + alert.code() + " " + alert(alert.alert());
    } else if (response.body() instanceof ResponseBody.DeviceAlertMessage alert) {
      return "alert " + alert.alertCode().toHex().toUpperCase(Locale.ROOT) + " of a device";
    } else if (response.body() instanceof ResponseBody.ResponseMessage message) {
      return response.code().text()
          + about
          + (response.code().equals(ResponseCode.ACKNOWLEDGED) ? ", acknowledged" : "")
          + content(message.content());
    }
    return response.code().text() + about;
  }

  private static String counter(long counter) {
    return "counter " + Long.toUnsignedString(counter);
  }

  private static String content(Optional<ResponseContent> content) {
    if (content.isEmpty()) {
      return "";
    } else if (content.get() instanceof ResponseContent.FutureDatedDeviceAlertMessage dated) {
      return ", " + dated.result().word() + " of the device";
    } else if (content.get() instanceof ResponseContent.GbcsPayload) {
      return ", the device's answer";
    } else if (content.get() instanceof ResponseContent.PreCommand) {
      return ", a pre-command to sign";
    }
    return ", " + content.get();
  }

  private static String alert(DccAlert alert) {
    if (alert instanceof DccAlert.CspFirmwareDeliveryStatus status) {
      return "the hub " + (status.success() ? "has" : "does not get") + " the image";
    } else if (alert instanceof DccAlert.CommsHubAlert hub) {
      return "the hub says "
          + hub.firmwareTransfer()
              .map(each -> each.code().word() + " for " + each.otherDeviceId())
              .orElse("something");
    } else if (alert instanceof DccAlert.PpmidAlert ppmid) {
      return "the PPMID says " + ppmid.upgrade().map(Object::toString).orElse("something");
    }
    return alert.toString();
  }
}
