// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.BitSet;
import org.hanota.api.Octets;
import org.hanota.api.machine.StateWriter;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;

/**
 * Stands between a device and its bank and checks each operation: the image that runs is never
 * touched, nor the old one while it may be needed for a roll back, and the journal claims no octet
 * that was not written.
 */
public final class BankGuard extends ForwardingImageBank {
  /** Is told of each check. */
  @FunctionalInterface
  public interface Checks {
    /** {@code what} the device did, for people, if {@code holds} is false. */
    void check(boolean holds, String invariant, String what);
  }

  /** Is told that the slots change places, before they do. */
  @FunctionalInterface
  public interface Swaps {
    /** The journal before, and the one that is saved now. */
    void swap(Journal before, Journal after);
  }

  private final Checks checks;
  private final Swaps swaps;

  /** Octets of the slot that does not run. */
  private final BitSet written = new BitSet();

  /** Guards {@code bank}. */
  public BankGuard(ImageBank bank, Checks checks, Swaps swaps) {
    super(bank);
    this.checks = checks;
    this.swaps = swaps;
    bank.journal().download().ifPresent(found -> written.set(0, (int) found.position()));
  }

  @Override
  public void save(Journal journal) {
    Journal before = journal();
    if (journal.active() != before.active()) {
      swaps.swap(before, journal);
      // What ran lies in the other slot now, whole.
      written.set(0, (int) capacityOctets());
    }
    journal
        .download()
        .ifPresent(
            download ->
                checks.check(
                    written.nextClearBit(0) >= claimed(download),
                    "I3",
                    "keeps position "
                        + download.position()
                        + " and has written "
                        + written.nextClearBit(0)));
    super.save(journal);
  }

  /** A download that is not whole goes on from the start of an erase unit. */
  private long claimed(Journal.Download download) {
    return download.isComplete() ? download.position() : geometry().eraseStart(download.position());
  }

  @Override
  public void erase(Slot slot, long fromOctet) {
    mayChange(slot, "erases");
    written.clear((int) fromOctet, Integer.MAX_VALUE);
    super.erase(slot, fromOctet);
  }

  @Override
  public void write(Slot slot, long position, Octets data) {
    mayChange(slot, "writes to");
    super.write(slot, position, data);
    written.set((int) position, (int) position + data.length());
  }

  private void mayChange(Slot slot, String does) {
    Journal journal = journal();
    checks.check(slot != journal.active(), "I3", does + " the slot that runs");
    boolean undecided = journal.boot() == Journal.Boot.SWAPPED || journal.boot().isTrial();
    checks.check(!undecided, "I4", does + " the old image before the new one is confirmed");
  }

  /** Writes what it remembers. */
  public void describe(StateWriter out) {
    out.put("written", written);
  }
}
