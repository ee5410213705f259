// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A device's storage: two slots for images and a small journal. Every call is one storage operation
 * that a power cut may tear, except {@link #save}, which is all or nothing; a call that is cut
 * throws {@link org.hanota.api.machine.PowerLost}.
 */
public interface ImageBank {
  /** Octets that a slot holds. */
  long capacityOctets();

  /** What {@link #save} stored last, or what the factory left. */
  Journal journal();

  /** Stores the journal; everything written before is durable by then. */
  void save(Journal journal);

  /** Empties a slot. */
  void erase(Slot slot);

  /** Writes octets into a slot that was erased since it was last used. */
  void write(Slot slot, long fileOffset, Octets data);

  /** The first {@code size} octets of a slot. */
  OctetSource read(Slot slot, long size);
}
