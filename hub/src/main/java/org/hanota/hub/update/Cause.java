// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import org.hanota.api.control.HubStatus.LastFailure;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;

/** What a stimulus brings with it. */
public sealed interface Cause {
  /** Nothing. */
  record None() implements Cause {}

  /** Nothing. */
  Cause NONE = new None();

  /** A new offer. */
  record Offered(Offer offer) implements Cause {}

  /**
   * The update fails.
   *
   * @param failure why, for people
   * @param code the same, for the head end
   * @param isEnd whether the device itself ended with the file, which is remembered
   * @param isFault whether it speaks against the image: the device had it whole
   */
  record Failing(LastFailure failure, TransferResponseCode code, boolean isEnd, boolean isFault)
      implements Cause {
    /** A failure that says nothing about the file. */
    public static Failing of(Failure failure, String detail) {
      return new Failing(
          new LastFailure(failure, detail),
          TransferResponseCode.FILE_TRANSFER_FAILURE,
          false,
          false);
    }
  }
}
