// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;

/**
 * What became of a message: messageSentHandler, without the message.
 *
 * @param status what
 * @param destination where it went
 * @param aps its header
 * @param tag of the command
 */
public record EzspSent(EzspStatus status, int destination, ApsFrame aps, int tag) {
  private static final int DIRECT = 0;

  /** The callback's parameters. */
  public OctetWriter parameters(EzspVersion version) {
    OctetWriter out = new OctetWriter(32);
    if (version.statusFirst()) {
      version.status(out, status);
    }
    out.uint8(DIRECT).uint16le(destination);
    aps.write(out);
    version.tag(out, tag);
    if (!version.statusFirst()) {
      version.status(out, status);
    }
    return out.uint8(0);
  }

  /**
   * Reads the callback; the message behind it, if there is one, is left alone.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static EzspSent decode(OctetReader in, EzspVersion version) {
    EzspStatus status = version.statusFirst() ? version.status(in) : EzspStatus.OK;
    in.uint8("type");
    int destination = in.uint16le("indexOrDestination");
    ApsFrame aps = ApsFrame.read(in);
    int tag = version.tag(in);
    return new EzspSent(version.statusFirst() ? status : version.status(in), destination, aps, tag);
  }
}
