// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.BitSet;
import org.hanota.api.Octets;
import org.hanota.api.machine.StateWriter;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.sim.check.BankRules;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a device and its bank and checks each operation: the image that runs is never
 * touched, nor the old one while it may be needed for a roll back, and the journal claims no octet
 * that was not written.
 */
public final class BankGuard extends ForwardingImageBank {
  /** Sees each operation before it is done. */
  public interface Observer {
    /** It changes the slot as {@code does} says. */
    void changes(Journal journal, Slot slot, String does);

    /** It saves a journal that claims so many octets; so many are written without a gap. */
    void saves(Journal journal, long claimed, long written);

    /** The slots change places. */
    void swaps(Journal before, Journal after);
  }

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

  private final Observer observer;

  private @Nullable Journal current;

  /** Octets of the slot that does not run. */
  private final BitSet written = new BitSet();

  /** Guards {@code bank}. */
  public BankGuard(ImageBank bank, Observer observer) {
    super(bank);
    this.observer = observer;
    bank.journal().download().ifPresent(found -> written.set(0, (int) found.position()));
  }

  /** Guards {@code bank} by the rules of {@link BankRules}. */
  public BankGuard(ImageBank bank, Checks checks, Swaps swaps) {
    this(
        bank,
        new Observer() {
          @Override
          public void changes(Journal journal, Slot slot, String does) {
            checks.check(BankRules.isIdle(journal, slot), "I3", does + " the slot that runs");
            checks.check(
                !BankRules.isUndecided(journal),
                "I4",
                does + " the old image before the new one is confirmed");
          }

          @Override
          public void saves(Journal journal, long claimed, long kept) {
            checks.check(kept >= claimed, "I3", "claims " + claimed + ", has written " + kept);
          }

          @Override
          public void swaps(Journal before, Journal after) {
            swaps.swap(before, after);
          }
        });
  }

  /** Read once: it changes by {@link #save} only, and a save that fails may have changed it. */
  @Override
  public Journal journal() {
    Journal known = current;
    if (known == null) {
      known = super.journal();
      current = known;
    }
    return known;
  }

  @Override
  public void save(Journal journal) {
    Journal before = journal();
    if (journal.active() != before.active()) {
      observer.swaps(before, journal);
      // What ran lies in the other slot now, whole.
      written.set(0, (int) capacityOctets());
    }
    journal
        .download()
        .ifPresent(download -> observer.saves(journal, claimed(download), written.nextClearBit(0)));
    current = null;
    super.save(journal);
    current = journal;
  }

  /** A download that is not whole goes on from the start of an erase unit. */
  private long claimed(Journal.Download download) {
    return download.isComplete() ? download.position() : geometry().eraseStart(download.position());
  }

  @Override
  public void erase(Slot slot, long fromOctet) {
    observer.changes(journal(), slot, "erases");
    written.clear((int) fromOctet, Integer.MAX_VALUE);
    super.erase(slot, fromOctet);
  }

  @Override
  public void write(Slot slot, long position, Octets data) {
    observer.changes(journal(), slot, "writes to");
    super.write(slot, position, data);
    written.set((int) position, (int) position + data.length());
  }

  /** Writes what it remembers. */
  public void describe(StateWriter out) {
    out.put("written", written);
  }
}
