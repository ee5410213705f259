// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.bank;

import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A device's storage: two slots for images and a small journal.
 *
 * <p><b>Failures.</b> {@link #save}, {@link #erase}, {@link #write} and the source of {@link #read}
 * may throw {@link java.io.UncheckedIOException} where the medium fails, and in a test {@link
 * org.hanota.api.machine.PowerLost}. A save that fails has stored the whole journal or nothing of
 * it. An erase or a write that fails may have changed any of the octets that it was given, and no
 * others. The machine makes no second try: it is started anew from this bank.
 *
 * <p><b>Durability.</b> When {@link #save} returns, its journal is durable, and so is everything
 * that was written or erased before it. A write or an erase alone need not be.
 *
 * <p><b>Threads.</b> One call at a time; calls may block. The source of {@link #read} may be read
 * on the thread of a job while the machine saves its journal.
 *
 * <p><b>Size of the journal.</b> {@link Journal#encode Encoded}, it has at most 2 KiB, and what is
 * held of an erase unit, less than {@link BankGeometry#eraseOctets}. Of an image in parts, it has
 * 38 octets more for the whole and for each part, of which there are at most 255.
 */
public interface ImageBank {
  /** How its memory can be written; the same at every call. */
  BankGeometry geometry();

  /** Octets that a slot holds, a multiple of the erase unit. */
  long capacityOctets();

  /** What {@link #save} stored last, or what the factory left. */
  Journal journal();

  /** Stores the journal, as a whole or not at all. */
  void save(Journal journal);

  /**
   * Erases a slot from an octet to its end.
   *
   * @param fromOctet a multiple of the erase unit
   */
  void erase(Slot slot, long fromOctet);

  /**
   * Writes whole units, none of which was written since it was erased, unless the bank is {@link
   * BankGeometry#isRewritable rewritable}.
   *
   * @param position a multiple of the write unit, as is the length of {@code data}
   * @throws IllegalArgumentException if the bank's geometry does not allow this write
   */
  void write(Slot slot, long position, Octets data);

  /** The first {@code size} octets of a slot; what was not written reads as the erased value. */
  OctetSource read(Slot slot, long size);
}
