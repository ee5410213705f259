// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import org.hanota.api.FileVersion;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.device.bank.BankGeometry;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;

/** A bank whose one free slot is there from the start, as flash memory is. */
final class FlatBank implements ImageBank {
  private final byte[] slot;
  private Journal journal;

  FlatBank(int capacity, FileVersion running) {
    slot = new byte[capacity];
    journal = Journal.factory(running);
  }

  /** The device is new again; its flash memory stays the same. */
  void forget() {
    journal = Journal.factory(journal.running());
  }

  @Override
  public BankGeometry geometry() {
    return BankGeometry.REWRITABLE;
  }

  @Override
  public long capacityOctets() {
    return slot.length;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public void save(Journal next) {
    journal = next;
  }

  @Override
  public void erase(Slot erased, long fromOctet) {}

  @Override
  public void write(Slot written, long position, Octets data) {
    data.copyTo(slot, (int) position);
  }

  @Override
  public OctetSource read(Slot read, long size) {
    return Octets.wrap(slot, 0, (int) size);
  }
}
