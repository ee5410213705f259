// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * What became of a {@link DataRequest}: AF_DATA_CONFIRM.
 *
 * @param status what
 * @param endpoint the source endpoint of the request
 * @param transactionId of the request
 */
public record DataConfirm(ZnpStatus status, int endpoint, int transactionId) {
  /** The confirm as a frame. */
  public ZnpFrame frame() {
    return ZnpFrame.of(
        Command.AF_DATA_CONFIRM,
        new OctetWriter(3).uint8(status.value()).uint8(endpoint).uint8(transactionId));
  }

  /**
   * Reads the confirm; octets behind it are left alone.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static DataConfirm decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    return new DataConfirm(
        new ZnpStatus(in.uint8("Status")), in.uint8("Endpoint"), in.uint8("TransID"));
  }
}
