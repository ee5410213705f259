// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.Optional;
import org.hanota.api.Octets;

/** What a response says. [DUIS schema] */
public sealed interface ResponseBody {
  /**
   * To a request.
   *
   * @param service what was asked for
   * @param content the answer; empty where the response code says all
   */
  record ResponseMessage(ServiceReference service, Optional<ResponseContent> content)
      implements ResponseBody {}

  /**
   * An alert of a device.
   *
   * @param alertCode as GBCS numbers it
   * @param throttled what was held back before it
   * @param gbcsPayload the device's own message
   */
  record DeviceAlertMessage(Octets alertCode, Throttled throttled, Octets gbcsPayload)
      implements ResponseBody {}

  /**
   * An alert of the DCC.
   *
   * @param code N and a number, or AD1
   * @param throttled what was held back before it
   * @param alert what happened
   */
  record DccAlertMessage(String code, Throttled throttled, DccAlert alert) implements ResponseBody {
    public DccAlertMessage {
      if (!code.matches("AD1|N[1-9][0-9]{0,2}")) {
        throw new IllegalField("DCCAlertCode", '"' + code + '"', "AD1, or N and a number");
      }
    }
  }

  /**
   * Another kind of response, carried.
   *
   * @param name the body's name
   * @param content the body as it came, in UTF-8
   */
  record OtherBody(String name, Octets content) implements ResponseBody {}

  /**
   * What protection against storms of alerts held back.
   *
   * @param sequenceId uint32: which alert that was held back
   * @param count uint32: how many were held back
   */
  record Throttled(Optional<Long> sequenceId, Optional<Long> count) {
    /** Nothing was held back. */
    public static final Throttled NOTHING = new Throttled(Optional.empty(), Optional.empty());

    private static final long UINT32_MAX = 0xFFFF_FFFFL;

    public Throttled {
      sequenceId.ifPresent(
          value -> IllegalField.range("ThrottledAlertSequenceId", value, 0, UINT32_MAX));
      count.ifPresent(value -> IllegalField.range("ThrottledAlertCount", value, 0, UINT32_MAX));
    }
  }
}
