// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.search.planted;

import org.hanota.device.download.BlockOutcome;

/** A search for a server that knows what became of a block. */
public final class KnowsTheDownload {
  private KnowsTheDownload() {}

  /** What no search may know. */
  public static String known(BlockOutcome outcome) {
    return outcome.toString();
  }
}
