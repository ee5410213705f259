// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.Optional;
import java.util.OptionalInt;
import org.hanota.api.Eui64;
import org.hanota.api.Width;

/**
 * The optional fields of an {@link ImageBlockRequest}; a client sends the same ones each time, so
 * they are one value that all its requests share.
 *
 * @param requestNodeAddress the client's own address
 * @param minimumBlockPeriod the value of the client's attribute of that name, in milliseconds (in
 *     cluster revision 2 seconds), uint16
 */
public record BlockRequestOptions(
    Optional<Eui64> requestNodeAddress, OptionalInt minimumBlockPeriod) {
  /** Neither field. */
  public static final BlockRequestOptions NONE =
      new BlockRequestOptions(Optional.empty(), OptionalInt.empty());

  /** Checks the width of the period. */
  public BlockRequestOptions {
    minimumBlockPeriod.ifPresent(period -> Width.uint16("minimumBlockPeriod", period));
  }
}
