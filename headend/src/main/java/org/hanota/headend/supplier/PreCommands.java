// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message;
import org.hanota.headend.dsp.HomeTransform;
import org.hanota.headend.dsp.Transform;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.HanRequest.CommissionDevice;
import org.hanota.headend.request.HanRequest.JoinServiceCritical;
import org.hanota.headend.request.HanRequest.UnjoinServiceCritical;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest;

/** Pre-commands as their user compares them with what he asked for, before he signs. */
final class PreCommands {
  private PreCommands() {}

  /** The pre-command in a response. */
  static Optional<Octets> given(Response response) {
    return response.body() instanceof ResponseBody.ResponseMessage message
        ? message
            .content()
            .filter(ResponseContent.PreCommand.class::isInstance)
            .map(content -> ((ResponseContent.PreCommand) content).gbcsPayload())
        : Optional.empty();
  }

  /** Whether a pre-command is what {@code request} asked for. */
  static boolean isOf(Request request, Octets preCommand) {
    ServiceRequest body = request.body();
    if (body instanceof ActivateFirmware order) {
      return Transform.preCommand(request.id(), order).octets().equals(preCommand);
    } else if (body instanceof CommissionDevice order) {
      return HomeTransform.isOf(request.id(), order, preCommand);
    } else if (body instanceof UnjoinServiceCritical unjoin) {
      return HomeTransform.unjoin(request.id(), unjoin.otherDeviceId()).octets().equals(preCommand);
    }
    return body instanceof JoinServiceCritical join && isJoin(request, join, preCommand);
  }

  private static boolean isJoin(Request request, JoinServiceCritical join, Octets preCommand) {
    try {
      return HomeTransform.isJoin(request.id(), join.otherDeviceId(), Message.parse(preCommand));
    } catch (FormatException fault) {
      return false;
    }
  }
}
