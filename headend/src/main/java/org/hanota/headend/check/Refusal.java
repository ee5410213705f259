// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import java.util.List;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ServiceReference;

/**
 * Why a request is refused. The codes of the first group are known; DUIS has the others, too, but
 * their meaning is not known: that they stand for these reasons is ours. [DUIS schema]
 */
public enum Refusal {
  /** Nobody of that id, or one without a role. */
  USER_UNKNOWN("E1"),
  /** No role of the user may use the service. */
  ROLE_NOT_ELIGIBLE("E2"),
  /** The user is suspended. */
  USER_SUSPENDED("E3"),
  /** The user does not answer for the device. */
  NOT_RESPONSIBLE("E4"),
  /** A device in that status gets no such command. */
  DEVICE_STATUS("E5"),
  /** A device of that type gets no such command. */
  DEVICE_TYPE("E11"),
  /** The service has no such variant. */
  COMMAND_VARIANT("E12"),
  /** It was put at another address than its own. */
  WRONG_SERVICE("E13"),
  /** The command is not for local delivery. */
  NOT_FOR_LOCAL_DELIVERY("E17"),
  /** The inventory does not have the device. */
  DEVICE_UNKNOWN("E19"),

  /** The head end does not serve this service. */
  NOT_SERVED("E100"),
  /** Another request has the same id. */
  DUPLICATE_REQUEST("E100"),
  /** The user has requests open whose images have too many octets. */
  TOO_MUCH_OPEN("E100"),
  /** The counter is too far ahead: nothing honest could follow. */
  COUNTER_TOO_FAR("E100"),
  /** The signed pre-command belongs to no request, or is not the pre-command that was given out. */
  NO_SUCH_PRE_COMMAND("E100"),
  /** The GBCS message is not the user's. */
  SIGNATURE("E100"),
  /** The device has no image with that hash from this user. */
  NOTHING_DISTRIBUTED("E100"),
  /** The Central Products List does not let the firmware be used. */
  NOT_LISTED("E100"),
  /** The firmware may not follow the one that the device runs. */
  WRONG_PREDECESSOR("E100"),
  /** The home would not work. */
  INCOMPATIBLE("E100"),
  /** Another user's request for the device is under way. */
  OTHER_REQUEST_IN_PROGRESS("E100"),
  /** The time is over already, or too far ahead. */
  EXECUTION_TIME("E100"),
  /** Two devices are not in one home. */
  NOT_IN_HOME("E100"),
  /** These two devices are joined by the other of 8.7.1 and 8.7.2. */
  JOIN_METHOD("E100"),
  /** It was held back and nobody let it go on. */
  QUARANTINED("E100"),

  /** The image is no file of its kind. */
  IMAGE_UNREADABLE("01"),
  /** Header and request name different versions. */
  IMAGE_VERSION("02"),
  /** The Central Products List has no such image, or does not let it be used. */
  IMAGE_NOT_LISTED("03"),
  /** The image is larger than hubs take. */
  IMAGE_TOO_LARGE("05"),
  /** The supplier did not sign the image. */
  IMAGE_SIGNATURE("06");

  private final String code;

  Refusal(String code) {
    this.code = code;
  }

  /** The code for a request of {@code service}: those of images begin with its number. */
  public ResponseCode code(ServiceReference service) {
    return new ResponseCode(code.startsWith("E") ? code : prefix("E", service) + code);
  }

  /** The code of the answer that some devices of the list get nothing. */
  public static ResponseCode warning(ServiceReference service) {
    return new ResponseCode(prefix("W", service) + "01");
  }

  private static String prefix(String letter, ServiceReference service) {
    StringBuilder prefix = new StringBuilder(letter);
    String reference = service.reference();
    int dot = reference.indexOf('.');
    for (String part : List.of(reference.substring(0, dot), reference.substring(dot + 1))) {
      prefix.append(part.length() == 1 ? "0" : "").append(part);
    }
    return prefix.toString();
  }
}
