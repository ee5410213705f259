// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.bank;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.device.bank.Journal.Boot;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.VerifiedImage;

/**
 * Decides which image runs. A new one is tried; one that fails its own test, or is interrupted in
 * three trials, makes room for the image before it. One interruption is no verdict: a power cut
 * must cost no more than the time to start again.
 */
public final class BootLoader {
  private BootLoader() {}

  /**
   * What a boot loader does at each start. An image that has not confirmed itself is hashed before
   * it starts: what is no longer what was verified makes room for the image before it. The trial is
   * counted first, so that a slot which cannot be read at all uses its trials up.
   *
   * <p>[hanota H36]
   *
   * @return the journal that now holds
   */
  public static Journal boot(ImageBank bank) {
    Journal tried = nextTrial(bank);
    return tried.boot().isTrial() && damage(bank, tried, tried.active()).isPresent()
        ? saved(bank, tried.rolledBack())
        : tried;
  }

  /**
   * What is wrong with the image in {@code slot}, which was put in place last, in a line; empty if
   * it still is what was verified. A journal of an earlier format does not tell.
   */
  public static Optional<String> damage(ImageBank bank, Journal journal, Slot slot) {
    return journal
        .installed()
        .flatMap(
            verified -> {
              Octets found = Sha256.of(bank.read(slot, verified.sizeOctets()));
              return found.equals(verified.sha256())
                  ? Optional.empty()
                  : Optional.of(
                      "SHA-256 in the slot is "
                          + found.toHex()
                          + ", that of the verified image "
                          + verified.sha256().toHex());
            });
  }

  private static Journal nextTrial(ImageBank bank) {
    Journal journal = bank.journal();
    Journal next =
        switch (journal.boot()) {
          case SWAPPED -> journal.withBoot(Boot.TRIAL);
          case TRIAL -> journal.withBoot(Boot.SECOND_TRIAL);
          case SECOND_TRIAL -> journal.withBoot(Boot.LAST_TRIAL);
          case LAST_TRIAL -> journal.rolledBack();
          case CONFIRMED, CONFIRMED_UNREPORTED, ROLLED_BACK, ROLLED_BACK_UNREPORTED -> journal;
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
    return saved(bank, journal.swapped(image));
  }

  /**
   * The running image works: it stays, and what was to activate it is done.
   *
   * @param report what has to be sent about it
   */
  public static Journal confirm(ImageBank bank, List<Octets> report) {
    Journal next =
        bank.journal()
            .withBoot(Boot.CONFIRMED_UNREPORTED)
            .withActivation(Optional.empty())
            .withoutDownload();
    for (Octets message : report) {
      next = next.withMessage(message);
    }
    return saved(bank, next);
  }

  /** The running image does not work: the next start takes the one before it. */
  public static Journal reject(ImageBank bank) {
    return saved(bank, bank.journal().withBoot(Boot.LAST_TRIAL));
  }

  /** How the update ended was told, in a call that ended before this one. */
  public static Journal endReported(ImageBank bank) {
    return saved(bank, bank.journal().withBoot(Boot.CONFIRMED));
  }

  private static Journal saved(ImageBank bank, Journal next) {
    bank.save(next);
    return next;
  }
}
