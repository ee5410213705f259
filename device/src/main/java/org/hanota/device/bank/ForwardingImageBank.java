// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.bank;

import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** Does what another bank does; for subclasses that watch or change one thing about it. */
public abstract class ForwardingImageBank implements ImageBank {
  private final ImageBank bank;

  /** Wraps {@code bank}. */
  protected ForwardingImageBank(ImageBank bank) {
    this.bank = bank;
  }

  @Override
  public BankGeometry geometry() {
    return bank.geometry();
  }

  @Override
  public long capacityOctets() {
    return bank.capacityOctets();
  }

  @Override
  public Journal journal() {
    return bank.journal();
  }

  @Override
  public void save(Journal journal) {
    bank.save(journal);
  }

  @Override
  public void erase(Slot slot, long fromOctet) {
    bank.erase(slot, fromOctet);
  }

  @Override
  public void write(Slot slot, long position, Octets data) {
    bank.write(slot, position, data);
  }

  @Override
  public OctetSource read(Slot slot, long size) {
    return bank.read(slot, size);
  }
}
