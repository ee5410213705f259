// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import org.hanota.api.Octets;
import org.hanota.device.bank.ImageBank;
import org.hanota.otaformat.OtaHeader;

/** The slots of the devices that commands run. */
public final class SimulatedSlot {
  /** Room for one image: more than a hub takes in one file, so that images may come in parts. */
  public static final long OCTETS = 16L << 20;

  /** More than any header. */
  private static final int HEADER_OCTETS = 256;

  private SimulatedSlot() {}

  /** The image that runs, as long as its header says that it is. */
  public static Octets running(ImageBank bank) {
    long size = OtaHeader.read(bank.read(bank.journal().active(), HEADER_OCTETS)).totalImageSize();
    return bank.read(bank.journal().active(), size).octets(0, (int) size);
  }
}
