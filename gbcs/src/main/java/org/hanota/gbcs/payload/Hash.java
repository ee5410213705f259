// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.FileVersion;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.keys.Der;

/** Two values that many payloads carry: the Manufacturer Image Hash and the firmware version. */
final class Hash {
  /** A Manufacturer Image Hash is a SHA-256. [GBCS 11.2.4] */
  static final int LENGTH = 32;

  private static final int VERSION_LENGTH = 4;

  private Hash() {}

  static Octets check(Octets manufacturerImageHash) {
    if (manufacturerImageHash.length() != LENGTH) {
      throw new IllegalArgumentException(
          "manufacturerImageHash has "
              + manufacturerImageHash.length()
              + " octets, allowed "
              + LENGTH);
    }
    return manufacturerImageHash;
  }

  static FileVersion readVersion(FieldReader in) {
    return new FileVersion(in.octetString("firmwareVersion", VERSION_LENGTH).uint32be(0));
  }

  static Octets version(FileVersion version) {
    return Der.octetString(versionOctets(version));
  }

  static Octets versionOctets(FileVersion version) {
    return new OctetWriter(VERSION_LENGTH).uint32be(version.value()).view();
  }
}
