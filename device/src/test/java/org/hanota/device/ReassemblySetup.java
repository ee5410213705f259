// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import org.hanota.device.bank.BankGeometry;

/** How a device is made that downloads, and how its image comes. */
enum ReassemblySetup {
  BLOCKS(0, false, false),
  PAGES(100, false, false),
  BLOCKS_TO_FLASH(0, true, false),
  PAGES_TO_FLASH(100, true, false),
  PARTS(0, false, true),
  PARTS_TO_FLASH(100, true, true);

  private static final BankGeometry FLASH = new BankGeometry(8, 64, 0xFF);

  private final int pageOctets;
  private final boolean toFlash;
  private final boolean inParts;

  ReassemblySetup(int pageOctets, boolean toFlash, boolean inParts) {
    this.pageOctets = pageOctets;
    this.toFlash = toFlash;
    this.inParts = inParts;
  }

  BankGeometry geometry() {
    return toFlash ? FLASH : BankGeometry.REWRITABLE;
  }

  boolean isInParts() {
    return inParts;
  }

  /** Whether the slot holds what came as soon as it came, at the same place. */
  boolean writesAtOnce() {
    return !inParts && !toFlash;
  }

  DeviceParameters parameters(DeviceParameters from) {
    return from.with(DeviceParameter.PAGE_SIZE, pageOctets)
        .with(DeviceParameter.MAXIMUM_DATA_SIZE, ReassemblyServer.DATA_OCTETS)
        .with(DeviceParameter.JOURNAL_OCTETS, 3 * ReassemblyServer.DATA_OCTETS);
  }
}
