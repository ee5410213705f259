// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.machine.StateWriter;
import org.hanota.device.bank.BankGeometry;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Slot;

/**
 * Puts the octets of a download into a slot as the bank's geometry demands: gathers them to whole
 * write units and writes each unit once. A unit that lacks octets is kept here until they come.
 */
final class SlotWriter {
  private final ImageBank bank;
  private final BankGeometry geometry;
  private final boolean isRewritable;
  private final BitSet written = new BitSet();
  private final TreeMap<Long, Unit> begun = new TreeMap<>();

  /** Whether nothing is written in the slot but what {@link #written} says, and what was kept. */
  private boolean isKnown;

  /** A write unit some of whose octets have come. */
  private static final class Unit {
    final byte[] octets;
    final BitSet there;

    Unit(byte[] octets, BitSet there) {
      this.octets = octets;
      this.there = there;
    }

    Unit copy() {
      return new Unit(octets.clone(), (BitSet) there.clone());
    }
  }

  SlotWriter(ImageBank bank) {
    this.bank = bank;
    this.geometry = bank.geometry();
    this.isRewritable = geometry.isRewritable();
  }

  /**
   * Whether the slot must be erased from the position on before the download goes on: before this
   * start, octets behind it may have been written.
   */
  boolean needsErase() {
    return !isKnown && !isRewritable;
  }

  /** The slot is erased from where the next octets go to its end. */
  void erased() {
    written.clear();
    begun.clear();
    isKnown = true;
  }

  /** Takes octets of the download; those of a unit that is written already are not needed. */
  void write(Slot slot, long position, Octets data) {
    if (isRewritable) {
      bank.write(slot, position, data);
      return;
    }
    int unit = geometry.writeOctets();
    long end = position + data.length();
    for (long at = position; at < end; ) {
      long start = at - at % unit;
      long next = Math.min(end, start + unit);
      if (next - at < unit) {
        gather(
            slot, start, (int) (at - start), data.slice((int) (at - position), (int) (next - at)));
      } else {
        next = wholeUnits(at, end);
        writeUnits(slot, at, data.slice((int) (at - position), (int) (next - at)));
      }
      at = next;
    }
  }

  /** The end of the whole units from {@code at} on that are alike: written, or not. */
  private long wholeUnits(long at, long end) {
    int unit = geometry.writeOctets();
    int first = (int) (at / unit);
    int change = written.get(first) ? written.nextClearBit(first) : written.nextSetBit(first);
    long whole = end - end % unit;
    return change < 0 ? whole : Math.min(whole, (long) change * unit);
  }

  private void writeUnits(Slot slot, long at, Octets data) {
    int first = (int) (at / geometry.writeOctets());
    if (written.get(first)) {
      return;
    }
    begun.subMap(at, at + data.length()).clear();
    bank.write(slot, at, data);
    written.set(first, first + data.length() / geometry.writeOctets());
  }

  private void gather(Slot slot, long start, int from, Octets data) {
    if (written.get((int) (start / geometry.writeOctets()))) {
      return;
    }
    Unit unit = begun.computeIfAbsent(start, any -> empty());
    data.copyTo(unit.octets, from);
    unit.there.set(from, from + data.length());
    if (unit.there.cardinality() == geometry.writeOctets()) {
      writeUnits(slot, start, Octets.wrap(unit.octets));
    }
  }

  private Unit empty() {
    byte[] octets = new byte[geometry.writeOctets()];
    Arrays.fill(octets, (byte) geometry.erasedValue());
    return new Unit(octets, new BitSet());
  }

  /** The octets just before {@code position} that are kept here and not in the slot. */
  Octets tail(long position) {
    int length = (int) (position % geometry.writeOctets());
    Unit unit = begun.get(position - length);
    return unit == null ? Octets.EMPTY : Octets.wrap(unit.octets).slice(0, length).copy();
  }

  /** What will be kept here, and not in the slot, of a tail that ends at {@code position}. */
  Octets unfinished(long position, Octets tail) {
    return tail.isEmpty()
        ? tail
        : tail.from(tail.length() - (int) (position % geometry.writeOctets()));
  }

  /** The image is whole: its last unit is filled up with the erased value. */
  void finish(Slot slot) {
    for (Map.Entry<Long, Unit> last : List.copyOf(begun.entrySet())) {
      writeUnits(slot, last.getKey(), Octets.wrap(last.getValue().octets));
    }
  }

  /** The first octets of the slot as they will be, with those that are kept here until now. */
  OctetSource read(Slot slot, long size) {
    OctetSource stored = bank.read(slot, size);
    if (begun.isEmpty()) {
      return stored;
    }
    TreeMap<Long, Unit> kept = new TreeMap<>();
    begun.forEach((start, unit) -> kept.put(start, unit.copy()));
    return new OctetSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public Octets octets(long offset, int length) {
        byte[] octets = stored.octets(offset, length).toByteArray();
        kept.forEach(
            (start, unit) ->
                unit.there.stream()
                    .filter(i -> start + i >= offset && start + i < offset + length)
                    .forEach(i -> octets[(int) (start + i - offset)] = unit.octets[i]));
        return Octets.wrap(octets);
      }
    };
  }

  /** Writes what is known of the slot. */
  void describe(StateWriter out) {
    if (!isRewritable) {
      out.put("slot is known", isKnown).put("units written", written);
      begun.forEach(
          (start, unit) ->
              out.put("unit at " + start, Octets.wrap(unit.octets).toHex() + unit.there));
    }
  }
}
