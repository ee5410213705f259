// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Optional;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Peer;

/**
 * What a hub remembers of a device over a restart.
 *
 * @param device its address
 * @param running the image that it queried with
 * @param hardwareVersion as it said
 * @param phase where its update stands
 * @param offer what is offered to it
 * @param turn its place in the queue: the lower goes first among equal priorities
 * @param sinceUtcMillis when the offer was made, or {@link org.hanota.api.machine.Now#UTC_UNKNOWN}
 * @param phaseUtcMillis from when the time of its phase counts, in the future for an image that
 *     shall run later; or {@link org.hanota.api.machine.Now#UTC_UNKNOWN}
 * @param failure why the last update failed
 * @param series the image that it takes in several files, once it has one of them
 * @param taken the image that it has taken without an offer, and shall run
 * @param recalled whether it may not have heard yet that an image was taken back
 * @param blame the file that it failed with last
 */
public record TransferRecord(
    Peer device,
    Optional<ImageId> running,
    Optional<HardwareVersion> hardwareVersion,
    Phase phase,
    Optional<Offer> offer,
    long turn,
    long sinceUtcMillis,
    long phaseUtcMillis,
    Optional<HubStatus.LastFailure> failure,
    Optional<Series> series,
    Optional<ImageId> taken,
    boolean recalled,
    Optional<Blame> blame) {}
