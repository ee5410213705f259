// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import org.hanota.api.Octets;
import org.hanota.keys.Der;

/** Object identifiers and tags of the certificates, as they stand in DER. */
final class Oid {
  static final int UTF8_STRING = 0x0C;
  static final int PRINTABLE_STRING = 0x13;
  static final int SET = 0x31;

  static final Octets COMMON_NAME = Octets.fromHex("550403");
  static final Octets ORGANISATIONAL_UNIT = Octets.fromHex("55040b");
  static final Octets UNIQUE_IDENTIFIER = Octets.fromHex("55042d");
  static final Octets SUBJECT_KEY_IDENTIFIER = Octets.fromHex("551d0e");
  static final Octets KEY_USAGE = Octets.fromHex("551d0f");
  static final Octets ALTERNATIVE_NAME = Octets.fromHex("551d11");
  static final Octets CERTIFICATE_POLICIES = Octets.fromHex("551d20");
  static final Octets AUTHORITY_KEY_IDENTIFIER = Octets.fromHex("551d23");
  static final Octets HARDWARE_MODULE_NAME = Octets.fromHex("2b06010505070804");
  static final Octets ECDSA_WITH_SHA256 = Octets.fromHex("2a8648ce3d040302");

  private Oid() {}

  static Octets der(Octets identifier) {
    return Der.element(Der.OBJECT_IDENTIFIER, identifier);
  }
}
