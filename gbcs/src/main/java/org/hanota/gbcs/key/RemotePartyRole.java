// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import java.util.Arrays;
import java.util.Optional;

/** What an organisation is, as its certificates say it: the OU of the subject, in hexadecimal. */
public enum RemotePartyRole {
  /** Root of trust. */
  ROOT(0x00),
  /** Recovery. */
  RECOVERY(0x01),
  /** Supplier. */
  SUPPLIER(0x02),
  /** Network operator. */
  NETWORK_OPERATOR(0x03),
  /** Access control broker: the DCC. */
  ACCESS_CONTROL_BROKER(0x04),
  /** Transitional change of supplier. */
  TRANSITIONAL_COS(0x05),
  /** WAN provider. */
  WAN_PROVIDER(0x06),
  /** Issuing authority. */
  ISSUING_AUTHORITY(0x07),
  /** Any other. */
  OTHER(0x7F),
  /** Signs a user's requests to the DCC. */
  USER_XML_SIGN(0x87),
  /** Signs what the DCC's systems send to users. */
  DCC_XML_SIGN(0x89);

  private final int code;

  RemotePartyRole(int code) {
    this.code = code;
  }

  /** The number in the certificate. */
  public int code() {
    return code;
  }

  /** The role with this number. */
  public static Optional<RemotePartyRole> of(int code) {
    return Arrays.stream(values()).filter(role -> role.code == code).findFirst();
  }
}
