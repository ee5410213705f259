// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Arrays;
import org.hanota.api.FileVersion;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** A bank in memory, for simulations and tests. Outlives the machine that uses it. */
public final class InMemoryImageBank implements ImageBank {
  private final long capacityOctets;
  private final byte[][] slots = new byte[2][0];
  private Octets journal;

  /** A bank as the factory leaves it. */
  public InMemoryImageBank(long capacityOctets, FileVersion running) {
    this.capacityOctets = capacityOctets;
    this.journal = Journal.factory(running).encode();
  }

  @Override
  public long capacityOctets() {
    return capacityOctets;
  }

  @Override
  public Journal journal() {
    return Journal.decode(journal);
  }

  @Override
  public void save(Journal next) {
    journal = next.encode();
  }

  @Override
  public void erase(Slot slot) {
    slots[index(slot)] = new byte[0];
  }

  @Override
  public void write(Slot slot, long fileOffset, Octets data) {
    long end = fileOffset + data.length();
    if (end > capacityOctets) {
      throw new IllegalArgumentException(
          "data ends at " + end + ", allowed up to " + capacityOctets);
    }
    byte[] octets = slots[index(slot)];
    if (octets.length < end) {
      // Grows by doubling, so that a small image in a large bank stays small.
      int room = (int) Math.min(capacityOctets, Math.max(end, 2L * octets.length));
      octets = Arrays.copyOf(octets, room);
      slots[index(slot)] = octets;
    }
    data.copyTo(octets, (int) fileOffset);
  }

  @Override
  public OctetSource read(Slot slot, long size) {
    byte[] octets = slots[index(slot)];
    return octets.length >= size
        ? Octets.wrap(octets, 0, (int) size)
        : Octets.wrap(Arrays.copyOf(octets, (int) size));
  }

  private static int index(Slot slot) {
    return slot == Slot.A ? 0 : 1;
  }
}
