// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.otaformat.PartManifest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ImageBank} says of the journal's size, at its largest. */
class JournalSizeTest {
  private static final int ERASE_OCTETS = 4096;
  private static final int FIXED = 2048;
  private static final int PER_PART = 38;
  private static final Activation AT =
      new Activation.At(GeneralizedTime.ofUtcMillis(1_767_225_600_000L));
  private static final Octets HASH = SeededRandom.of(1, 0, 0).octets(32);

  @ParameterizedTest
  @ValueSource(ints = {1, PartManifest.PARTS_MAX})
  void noJournalIsLargerThanItsDescriptionSays(int parts) {
    Octets command = new Order(Order.Defect.NONE, 1, HASH, AT).octets();
    PartManifest manifest =
        new PartManifest(
            parts * 1000L,
            HASH,
            IntStream.range(0, parts)
                .mapToObj(i -> new PartManifest.Part(ImageType.of(i), 1000, HASH))
                .toList());
    Octets tail = Octets.wrap(new byte[ERASE_OCTETS - 1]);
    ImageId image = ImageId.of(1, 2, 3);
    Journal largest =
        new Journal(
            Slot.A,
            FileVersion.of(1),
            FileVersion.of(2),
            Journal.Boot.CONFIRMED_UNREPORTED,
            Optional.of(
                new Journal.Download(
                    image, parts * 1000L, 0, false, Optional.of(manifest), tail, Long.MAX_VALUE)),
            Optional.of(
                new Journal.Activation(
                    image, OptionalLong.of(1), command, Optional.of(Eui64.of(1)))),
            // A command is the longest message; what a device sends is shorter.
            List.copyOf(Collections.nCopies(Journal.OUTBOX_MAX, command)),
            Optional.of(new Journal.Installed(1, HASH)),
            0,
            OptionalLong.of(1),
            OptionalLong.of(1));
    assertThat(largest.encode().length())
        .isLessThan(FIXED + ERASE_OCTETS + PER_PART * (parts + 1))
        .isGreaterThan(FIXED / 2 + ERASE_OCTETS + PER_PART * (parts + 1));
  }
}
