// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.device.Journal.Boot;
import org.hanota.otaformat.VerifiedImage;

/**
 * Decides which image runs: a new one is tried once, and whatever does not confirm itself before
 * the next start makes room for the image before it.
 */
public final class BootLoader {
  private BootLoader() {}

  /** What a boot loader does at each start. Returns the journal that now holds. */
  public static Journal boot(ImageBank bank) {
    Journal journal = bank.journal();
    Journal next =
        switch (journal.boot()) {
          case SWAPPED -> journal.withBoot(Boot.TRIAL);
          case TRIAL -> journal.swapped(journal.other(), Boot.ROLLED_BACK);
          case CONFIRMED, ROLLED_BACK -> journal;
        };
    if (next.boot() != journal.boot()) {
      bank.save(next);
    }
    return next;
  }

  /**
   * Makes the image in the other slot the one that the next start tries.
   *
   * @param image the proof that it was verified
   */
  public static Journal swap(ImageBank bank, VerifiedImage image) {
    Journal journal = bank.journal();
    Journal next = journal.swapped(image.image().fileVersion(), Boot.SWAPPED);
    bank.save(next);
    return next;
  }

  /**
   * The running image works: it stays, and what was to activate it is done.
   *
   * @param report what has to be sent about it
   */
  public static Journal confirm(ImageBank bank, List<Octets> report) {
    Journal next =
        bank.journal().withBoot(Boot.CONFIRMED).withActivation(Optional.empty()).withoutDownload();
    for (Octets message : report) {
      next = next.withMessage(message);
    }
    bank.save(next);
    return next;
  }
}
