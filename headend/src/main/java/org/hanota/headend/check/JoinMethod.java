// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import java.util.Set;
import org.hanota.gbcs.payload.JoinDevice.JoinMethodAndRole;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ServiceReference;

/**
 * How a device is told of another one: which message, in which role, signed by whom. The pairs are
 * those of the reference messages; that every other pair is joined by method B is inferred.
 */
public enum JoinMethod {
  /** A meter that begins. */
  METER_A(MessageCode.CS03A1, JoinMethodAndRole.METHOD_A_INITIATOR, true),
  /** A load controller that answers its meter. */
  LOAD_CONTROLLER_A(MessageCode.CS03A2, JoinMethodAndRole.METHOD_A_RESPONDER, true),
  /** A PPMID that answers its meter. */
  PPMID_A(MessageCode.CS03A2, JoinMethodAndRole.METHOD_A_RESPONDER, false),
  /** A gas meter that is given the other one's certificate. */
  METER_C(MessageCode.CS03C, JoinMethodAndRole.METHOD_C, true),
  /** A PPMID that is given the gas meter's certificate. */
  PPMID_C(MessageCode.CS03C, JoinMethodAndRole.METHOD_C, false),
  /** Without keys of their own. */
  B(MessageCode.CS03B, JoinMethodAndRole.METHOD_B, false);

  private static final Set<DeviceType> SWITCHES = Set.of(DeviceType.HCALCS, DeviceType.PPMID);

  private final MessageCode code;
  private final JoinMethodAndRole role;
  private final boolean critical;

  JoinMethod(MessageCode code, JoinMethodAndRole role, boolean critical) {
    this.code = code;
    this.role = role;
    this.critical = critical;
  }

  /** How {@code device} is told of {@code other}. */
  public static JoinMethod of(DeviceType device, DeviceType other) {
    return switch (device) {
      case ESME -> SWITCHES.contains(other) ? METER_A : B;
      case GSME -> SWITCHES.contains(other) ? METER_C : B;
      case HCALCS -> other == DeviceType.ESME ? LOAD_CONTROLLER_A : B;
      case PPMID -> other == DeviceType.ESME ? PPMID_A : other == DeviceType.GSME ? PPMID_C : B;
      case GPF, CHF, IHD, CAD -> B;
    };
  }

  /** The message. */
  public MessageCode code() {
    return code;
  }

  /** Method and role as the message names them. */
  public JoinMethodAndRole role() {
    return role;
  }

  /** Whether the supplier signs it; if not, the broker does where it is signed at all. */
  public boolean critical() {
    return critical;
  }

  /** Whether the message carries the other device's certificate. */
  public boolean hasCertificate() {
    return role == JoinMethodAndRole.METHOD_C;
  }

  /** The service by which they are joined. */
  public ServiceReference joining() {
    return new ServiceReference(critical ? "8.7.1" : "8.7.2");
  }
}
