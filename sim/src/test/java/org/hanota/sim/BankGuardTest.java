// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.junit.jupiter.api.Test;

/** Each thing that a device must not do to its bank is found. */
class BankGuardTest {
  private static final FileVersion RUNNING = new FileVersion(1);
  private static final ImageId IMAGE = ImageId.of(0x121D, 0x0100, 2);
  private static final Octets TEN = Octets.wrap(new byte[10]);

  private final ImageBank bank =
      new BankGuard(
          new InMemoryImageBank(1_000, RUNNING),
          (holds, invariant, what) -> assertThat(holds).as(invariant + ": " + what).isTrue(),
          (before, after) -> {});

  private static Optional<Journal.Download> at(long position) {
    return Optional.of(Journal.Download.of(IMAGE, 100).at(position));
  }

  private static void isCaught(ThrowingCallable deed, String invariant) {
    assertThatThrownBy(deed)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(invariant + ": ");
  }

  @Test
  void whatRunsIsNotTouched() {
    isCaught(() -> bank.erase(Slot.A, 0), "I3");
    isCaught(() -> bank.write(Slot.A, 0, TEN), "I3");
  }

  @Test
  void theOldImageIsKeptUntilTheNewOneIsConfirmed() {
    Journal swapped =
        new Journal(
            Slot.B,
            new FileVersion(2),
            RUNNING,
            Journal.Boot.SWAPPED,
            Optional.empty(),
            Optional.empty(),
            List.of());
    bank.save(swapped);
    isCaught(() -> bank.erase(Slot.A, 0), "I4");
    isCaught(() -> bank.write(Slot.B, 0, TEN), "I3");
    bank.save(
        new Journal(
            Slot.B,
            new FileVersion(2),
            RUNNING,
            Journal.Boot.CONFIRMED,
            Optional.empty(),
            Optional.empty(),
            List.of()));
    bank.erase(Slot.A, 0);
  }

  @Test
  void theJournalClaimsNothingThatWasNotWritten() {
    bank.erase(Slot.B, 0);
    bank.write(Slot.B, 0, TEN);
    bank.write(Slot.B, 20, TEN);
    bank.save(bank.journal().withDownload(at(10)));
    isCaught(() -> bank.save(bank.journal().withDownload(at(11))), "I3");
    bank.write(Slot.B, 10, TEN);
    bank.save(bank.journal().withDownload(at(30)));
    bank.erase(Slot.B, 0);
    isCaught(() -> bank.save(bank.journal().withDownload(at(1))), "I3");
  }
}
