// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.catalogue.Series;

/** Transfers as the tests of their store keep them. */
final class SampleTransfers {
  static final ImageId IMAGE = ImageId.of(0x121D, 0x80, 0x0101_0000L);
  static final Octets HASH = SeededRandom.of(1, 1, 1).octets(32);
  static final int DEVICES = 12;

  static final Map<Peer, List<Octets>> WAITING =
      Map.of(device(1), List.of(HASH, Octets.EMPTY, HASH.slice(0, 3)));

  private SampleTransfers() {}

  static Peer device(int number) {
    return new Peer(new Eui64(0x00DB123456789100L + number), 1);
  }

  /** Each with other fields present. */
  static TransferRecord record(int number, Phase phase) {
    Peer device = device(number);
    UpgradeTime when =
        switch (number % 3) {
          case 0 -> new UpgradeTime.Now();
          case 1 -> new UpgradeTime.At(1_767_225_600_000L);
          default -> new UpgradeTime.Held();
        };
    return new TransferRecord(
        new UpdateName(device, IMAGE.imageType()),
        number % 2 == 0 ? Optional.of(IMAGE) : Optional.empty(),
        number % 4 == 0 ? Optional.of(new HardwareVersion(0x0102)) : Optional.empty(),
        phase,
        number % 5 == 4
            ? Optional.empty()
            : Optional.of(
                new Offer(
                    device,
                    IMAGE,
                    when,
                    number - 3,
                    number % 2 == 1
                        ? Optional.of(DowngradePermission.because("für den Test"))
                        : Optional.empty(),
                    number == 6
                        ? Optional.of(
                            new VersionRange(new FileVersion(7), new FileVersion(0xFFFF_FFFEL)))
                        : Optional.empty(),
                    number % 6 == 5
                        ? PhaseTimeouts.NONE
                            .with(Timed.VERIFYING, 86_400_000L)
                            .with(Timed.HOLDING, 1)
                        : PhaseTimeouts.NONE)),
        number % 5 == 4 ? new UpgradeTime.Now() : when,
        number,
        number % 3 == 0 ? Now.UTC_UNKNOWN : 1_767_225_600_000L + number,
        number % 6 == 5 ? 1_767_225_700_000L : Now.UTC_UNKNOWN,
        number % 5 == 4
            ? Optional.of(new HubStatus.LastFailure(Failure.ABORTED, "the device gave up"))
            : Optional.empty(),
        number == 7 ? Optional.of(new Series(IMAGE, 2, 3)) : Optional.empty(),
        number % 6 == 4 ? Optional.of(HASH) : Optional.empty(),
        number == 9 ? Optional.of(new ReceivedImage(IMAGE, HASH, true)) : Optional.empty(),
        number == 8,
        number == 10
            ? List.of(
                new FileEnd(
                    HASH,
                    Optional.of(new HubStatus.LastFailure(Failure.INVALID_IMAGE, "refused")),
                    2,
                    true,
                    1_767_225_700_000L),
                new FileEnd(Octets.EMPTY, Optional.empty(), 0, false, Now.UTC_UNKNOWN))
            : List.of());
  }

  static List<TransferRecord> expected() {
    List<TransferRecord> records = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      records.add(record(i, Phase.TRANSFERRING));
    }
    return records;
  }
}
