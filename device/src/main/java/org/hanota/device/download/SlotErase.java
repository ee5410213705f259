// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.StateWriter;
import org.hanota.device.DeviceInput;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Slot;
import org.jspecify.annotations.Nullable;

/** The erase of a slot, one at a time: it takes long and cannot be called off. */
final class SlotErase {
  private final ImageBank bank;

  /** The transfer whose slot is erased now. */
  private @Nullable Transfer erasing;

  /** From where the transfer that was wanted last needs its slot empty. */
  private long fromOctet;

  SlotErase(ImageBank bank) {
    this.bank = bank;
  }

  /** Makes room for a transfer, if need be after the erase that goes on. */
  void want(Transfer begun, long from, Slot slot, Effects effects) {
    fromOctet = from;
    if (erasing == null) {
      start(begun, slot, effects);
    }
  }

  private void start(Transfer begun, Slot slot, Effects effects) {
    erasing = begun;
    ImageBank storage = bank;
    long from = fromOctet;
    effects.start(
        new Job(
            Job.Kind.ERASE,
            begun.download().sizeOctets() - from,
            () -> {
              storage.erase(slot, from);
              return new DeviceInput.Erased();
            }));
  }

  /** An erase has ended. False if it was for another transfer than this, whose own begins now. */
  boolean ended(Transfer wanted, Slot slot, Effects effects) {
    boolean isWanted = erasing == wanted;
    erasing = null;
    if (!isWanted) {
      start(wanted, slot, effects);
    }
    return isWanted;
  }

  /** An erase has ended that nobody waits for. */
  void forget() {
    erasing = null;
  }

  /** Writes the transfer, and whether an erase goes on for it or for another one. */
  void describe(@Nullable Transfer current, StateWriter out) {
    if (current != null) {
      current.describe(out);
    }
    if (erasing != null) {
      out.put("erases", erasing == current ? "for this" : "for another").put("from", fromOctet);
    }
  }
}
