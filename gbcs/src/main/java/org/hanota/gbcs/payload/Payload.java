// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.Octets;

/** What a message says. Each use case has its own interface with a record per form. */
public sealed interface Payload
    permits ActivateFirmware,
        FirmwareDistributionReceiptAlert,
        FirmwareTransferAlert,
        PpmidFirmwareActivationAlert,
        ReadFirmwareVersion,
        ReadEsmeFirmwareVersion,
        ReadGsmeFirmwareVersion,
        AddDevice,
        RemoveDevice,
        RestoreDeviceLog,
        ReadDeviceLog,
        DeviceLogAlert,
        JoinDevice,
        UnjoinDevice,
        ReadDeviceJoinDetails,
        SynchroniseClock,
        SetSubGhzConfiguration {

  /** The payload's octets, without envelope. */
  Octets octets();

  /**
   * Whether a counter that the payload repeats agrees with the grouping header's.
   *
   * @param originatorCounter unsigned 64 bits, of the grouping header
   */
  default boolean agreesWith(long originatorCounter) {
    return true;
  }
}
