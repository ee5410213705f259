// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.List;
import org.hanota.api.FileVersion;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.machine.PowerLost;
import org.hanota.device.bank.BankGeometry;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.jspecify.annotations.Nullable;

/** Loses the power before, in the middle of, or after chosen storage operations of a bank. */
final class PowerCutBank implements ImageBank {
  /** Where in an operation the power goes. */
  enum Moment {
    /** Nothing of it is done. */
    BEFORE,
    /** A part of it is done; a save is all or nothing, and has no such moment. */
    TORN,
    /** All of it is done, and the caller does not learn of it. */
    AFTER
  }

  /**
   * A cut.
   *
   * @param operation counts from 1 at the first start, or at the cut before
   */
  record Cut(long operation, Moment moment) {}

  private final ImageBank bank;
  private final Octets factory;
  private final Octets image;
  private final List<Cut> cuts;
  private int next;
  private long operations;
  private final FileVersion running;
  private boolean restarted;

  /**
   * Wraps {@code bank}, whose slot A gets {@code factory}.
   *
   * @param image what alone may run instead
   */
  PowerCutBank(ImageBank bank, Octets factory, Octets image, List<Cut> cuts) {
    this.bank = bank;
    this.factory = factory;
    this.image = image;
    this.cuts = cuts;
    this.running = bank.journal().running();
    bank.write(Slot.A, 0, whole(factory));
  }

  /** How many of the cuts fired. */
  int fired() {
    return next;
  }

  /** Operations since the last cut. */
  long operations() {
    return operations;
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
    Journal journal = bank.journal();
    if (restarted) {
      restarted = false;
      checkBootable(journal);
    }
    return journal;
  }

  /**
   * A boot loader finds a whole image in the slot that runs, and the one that the journal names.
   */
  void checkBootable(Journal journal) {
    boolean old = journal.running().equals(running);
    if (!holds(journal.active(), old ? factory : image)) {
      throw new AssertionError("does not boot after " + cuts + ": " + journal);
    }
  }

  private boolean holds(Slot slot, Octets expected) {
    return bank.read(slot, expected.length()).octets(0, expected.length()).equals(expected);
  }

  @Override
  public void save(Journal journal) {
    operation("save", () -> bank.save(journal), null);
  }

  @Override
  public void erase(Slot slot, long fromOctet) {
    operation("erase", () -> bank.erase(slot, fromOctet), () -> eraseHalf(slot, fromOctet));
  }

  /** The second half of what the image takes is still there, or what is left of it. */
  private void eraseHalf(Slot slot, long fromOctet) {
    int units = (int) ((whole(image).length() - fromOctet) / unit());
    int half = (units + 1) / 2 * unit();
    Octets rest =
        bank.read(slot, whole(image).length())
            .octets(fromOctet + half, units * unit() - half)
            .copy();
    bank.erase(slot, fromOctet);
    bank.write(slot, fromOctet + half, rest);
  }

  private int unit() {
    return bank.geometry().writeOctets();
  }

  /** The octets with their last write unit filled up. */
  private Octets whole(Octets octets) {
    int more = (unit() - octets.length() % unit()) % unit();
    return octets.concat(Octets.wrap(new byte[more]));
  }

  /** The first half, of which the last write unit is spoiled. */
  private Octets torn(Octets data) {
    if (unit() == 1) {
      return data.slice(0, data.length() / 2);
    }
    byte[] half = data.slice(0, (data.length() / unit() + 1) / 2 * unit()).toByteArray();
    half[half.length - 1] ^= (byte) 0xFF;
    return Octets.wrap(half);
  }

  @Override
  public void write(Slot slot, long position, Octets data) {
    operation(
        "write",
        () -> bank.write(slot, position, data),
        () -> bank.write(slot, position, torn(data)));
  }

  @Override
  public OctetSource read(Slot slot, long size) {
    return bank.read(slot, size);
  }

  private void operation(String name, Runnable whole, @Nullable Runnable part) {
    operations++;
    if (next == cuts.size() || cuts.get(next).operation() != operations) {
      whole.run();
      return;
    }
    Moment moment = cuts.get(next).moment();
    if (moment == Moment.TORN && part == null) {
      whole.run();
      return;
    }
    if (moment == Moment.AFTER) {
      whole.run();
    } else if (moment == Moment.TORN && part != null) {
      part.run();
    }
    next++;
    operations = 0;
    restarted = true;
    throw new PowerLost(moment + " " + name);
  }
}
