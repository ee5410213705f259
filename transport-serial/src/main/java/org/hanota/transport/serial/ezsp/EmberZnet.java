// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * The release of the stack, as VERSION_INFO tells it.
 *
 * @param major release
 * @param minor release
 * @param patch release
 * @param special release
 * @param build uint16
 */
public record EmberZnet(int major, int minor, int patch, int special, int build) {
  private static final int GENERAL_AVAILABILITY = 0xAA;

  /** The value. */
  public Octets octets() {
    OctetWriter out = new OctetWriter(7).uint16le(build).uint8(major).uint8(minor).uint8(patch);
    return out.uint8(special).uint8(GENERAL_AVAILABILITY).toOctets();
  }

  /**
   * Reads the value.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static EmberZnet decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    int build = in.uint16le("build");
    int major = in.uint8("major");
    int minor = in.uint8("minor");
    int patch = in.uint8("patch");
    return new EmberZnet(major, minor, patch, in.uint8("special"), build);
  }

  /** A release with a fault that others reported: what it means and what helps; or empty. */
  public String warning() {
    return major == 8 && minor == 1
        ? "EmberZNet "
            + this
            + " loses octets with software flow control: use a firmware with hardware flow control,"
            + " or release 8.0.3 or 8.2 and later"
        : "";
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch + (special == 0 ? "" : "." + special);
  }
}
