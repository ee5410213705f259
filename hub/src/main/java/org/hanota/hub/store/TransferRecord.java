// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.List;
import java.util.Optional;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.StateWriter;
import org.hanota.hub.catalogue.Series;

/**
 * What a hub remembers of an update over a restart.
 *
 * @param name whose update it is, and of which image type
 * @param running the image that it queried with
 * @param hardwareVersion as it said
 * @param phase where its update stands
 * @param offer what is offered to it
 * @param notBefore when the last offer said that its image shall run: without an offer, nothing
 *     runs earlier
 * @param turn its place in the queue: the lower goes first among equal priorities
 * @param sinceUtcMillis when the offer was made, or {@link org.hanota.api.machine.Now#UTC_UNKNOWN}
 * @param phaseUtcMillis from when the time of its phase counts, in the future for an image that
 *     shall run later; or {@link org.hanota.api.machine.Now#UTC_UNKNOWN}
 * @param failure why the last update failed
 * @param series the image that comes in several files, once the device has one of them
 * @param file SHA-256 of the file of which the device may have octets: no other one continues it
 * @param received the image that it has whole
 * @param withdrawn whether it may not have heard yet that an image was withdrawn
 * @param ends how it ended with files, the latest last
 */
public record TransferRecord(
    UpdateName name,
    Optional<ImageId> running,
    Optional<HardwareVersion> hardwareVersion,
    Phase phase,
    Optional<Offer> offer,
    UpgradeTime notBefore,
    long turn,
    long sinceUtcMillis,
    long phaseUtcMillis,
    Optional<HubStatus.LastFailure> failure,
    Optional<Series> series,
    Optional<Octets> file,
    Optional<ReceivedImage> received,
    boolean withdrawn,
    List<FileEnd> ends) {
  /** Keeps a copy of the list. */
  public TransferRecord {
    ends = List.copyOf(ends);
  }

  /** Writes all of it, its times as such. */
  public void describe(StateWriter out) {
    out.put("record", name)
        .put("runs", running)
        .put("hardware", hardwareVersion)
        .put("phase", phase)
        .put("turn", turn)
        .putUtc("since", sinceUtcMillis)
        .putUtc("phase since", phaseUtcMillis)
        .put("failure", failure)
        .put("series", series)
        .put("file", file.map(Octets::toHex))
        .put("received", received)
        .put("withdrawn", withdrawn);
    notBefore.describe("not before", out);
    offer.ifPresent(made -> made.describe(out));
    ends.forEach(end -> end.describe(out));
  }
}
