// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.bank;

import java.util.Arrays;
import java.util.BitSet;
import org.hanota.api.FileVersion;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/**
 * A bank in memory, for simulations and tests, with the geometry that it is given. Outlives the
 * machine that uses it.
 */
public final class InMemoryImageBank implements ImageBank {
  private final BankGeometry geometry;
  private final long capacityOctets;
  private final byte[][] slots = new byte[2][0];

  /** Write units that were written since they were erased; kept where that matters. */
  private final BitSet[] written = {new BitSet(), new BitSet()};

  private Octets journal;

  /** What {@link #journal} says, once it was read; it is read far more often than saved. */
  private @Nullable Journal read;

  /** A rewritable bank as the factory leaves it. */
  public InMemoryImageBank(long capacityOctets, FileVersion running) {
    this(BankGeometry.REWRITABLE, capacityOctets, running);
  }

  /** A bank as the factory leaves it, whose slots hold at least {@code capacityOctets}. */
  public InMemoryImageBank(BankGeometry geometry, long capacityOctets, FileVersion running) {
    this.geometry = geometry;
    this.capacityOctets = geometry.eraseStart(capacityOctets + geometry.eraseOctets() - 1);
    this.journal = Journal.factory(running).encode();
  }

  @Override
  public BankGeometry geometry() {
    return geometry;
  }

  @Override
  public long capacityOctets() {
    return capacityOctets;
  }

  @Override
  public Journal journal() {
    Journal known = read;
    if (known == null) {
      known = Journal.decode(journal);
      read = known;
    }
    return known;
  }

  @Override
  public void save(Journal next) {
    journal = next.encode();
    read = null;
  }

  @Override
  public void erase(Slot slot, long fromOctet) {
    isMultiple("erase begins at", fromOctet, geometry.eraseOctets());
    byte[] octets = slots[index(slot)];
    slots[index(slot)] = Arrays.copyOf(octets, (int) Math.min(octets.length, fromOctet));
    written[index(slot)].clear((int) (fromOctet / geometry.writeOctets()), Integer.MAX_VALUE);
  }

  @Override
  public void write(Slot slot, long position, Octets data) {
    long end = position + data.length();
    if (end > capacityOctets) {
      throw new IllegalArgumentException(
          "data ends at " + end + ", allowed up to " + capacityOctets);
    }
    if (!geometry.isRewritable()) {
      isMultiple("data begins at", position, geometry.writeOctets());
      isMultiple("data ends at", end, geometry.writeOctets());
      writeOnce(written[index(slot)], position, end);
    }
    byte[] octets = slots[index(slot)];
    if (octets.length < end) {
      // Grows by doubling, so that a small image in a large bank stays small.
      octets = grown(octets, (int) Math.min(capacityOctets, Math.max(end, 2L * octets.length)));
      slots[index(slot)] = octets;
    }
    data.copyTo(octets, (int) position);
  }

  private static void isMultiple(String what, long octet, int unit) {
    if (octet % unit != 0) {
      throw new IllegalArgumentException(what + " " + octet + ", allowed multiples of " + unit);
    }
  }

  private void writeOnce(BitSet units, long position, long end) {
    int first = (int) (position / geometry.writeOctets());
    int last = (int) (end / geometry.writeOctets());
    int again = units.nextSetBit(first);
    if (again >= 0 && again < last) {
      throw new IllegalArgumentException(
          "octet "
              + (long) again * geometry.writeOctets()
              + " is written a second time, allowed once after an erase");
    }
    units.set(first, last);
  }

  private byte[] grown(byte[] octets, int size) {
    byte[] more = Arrays.copyOf(octets, size);
    Arrays.fill(more, octets.length, size, (byte) geometry.erasedValue());
    return more;
  }

  @Override
  public OctetSource read(Slot slot, long size) {
    byte[] octets = slots[index(slot)];
    return Octets.wrap(octets.length >= size ? octets : grown(octets, (int) size), 0, (int) size);
  }

  private static int index(Slot slot) {
    return slot == Slot.A ? 0 : 1;
  }
}
