// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import static org.hanota.headend.HeadEndParameter.FUTURE_DATED_MAXIMUM;
import static org.hanota.headend.check.Check.unless;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;

/**
 * Whether a device may be told to activate an image, in the order of the checks. They are made when
 * 11.3 comes and again when its signed pre-command does: the firmware may have been withdrawn
 * between.
 */
public final class ActivationChecks {
  /** All of them. */
  public static final List<Check<Activating, Refusal>> ALL =
      List.of(
          new Check<>(Refusal.EXECUTION_TIME, ActivationChecks::time),
          new Check<>(Refusal.NOT_LISTED, ActivationChecks::listed),
          new Check<>(Refusal.NOTHING_DISTRIBUTED, ActivationChecks::distributed),
          new Check<>(Refusal.OTHER_REQUEST_IN_PROGRESS, ActivationChecks::otherRequest),
          new Check<>(Refusal.WRONG_PREDECESSOR, ActivationChecks::pathway),
          new Check<>(Refusal.INCOMPATIBLE, ActivationChecks::compatibility));

  /**
   * With what a cancellation is checked: whatever holds an activation back lets it be taken back.
   */
  public static final List<Check<Activating, Refusal>> OF_CANCELLATION =
      List.of(new Check<>(Refusal.NOTHING_DISTRIBUTED, ActivationChecks::distributed));

  private ActivationChecks() {}

  /**
   * A device that shall activate an image.
   *
   * @param asking the request
   * @param device the device
   * @param order what is asked for
   */
  public record Activating(Asking asking, Device device, ActivateFirmware order) {
    /** The latest distribution of that image by this user that the device has verified. */
    public Optional<Track> distribution() {
      return last(sent().filter(Track::isVerified).filter(this::isThere));
    }

    private boolean isThere(Track track) {
      return track.state() == TrackState.ACTIVE || !asking.tracks().isReplaced(track);
    }

    private Stream<Track> sent() {
      return asking.tracks().of(device.id()).stream()
          .filter(track -> track.kind() == Track.Kind.DISTRIBUTE)
          .filter(track -> track.owner().equals(asking.request().id().originator()))
          .filter(track -> track.image().hash().equals(order.firmwareHash()));
    }

    private static Optional<Track> last(Stream<Track> tracks) {
      return tracks.reduce((earlier, later) -> later);
    }

    /** The version that it is about, which whatever was sent with that hash names. */
    Optional<FileVersion> version() {
      return last(sent()).map(track -> track.image().version());
    }

    /** Its entry in the Central Products List. */
    Optional<Listing> listing() {
      return version().flatMap(version -> asking.estate().listing(device.model(), version));
    }
  }

  private static Optional<String> time(Activating about) {
    Optional<Instant> at = about.order().executionDateTime().at();
    long now = about.asking().utcMillis();
    long latest = now + about.asking().parameters().get(FUTURE_DATED_MAXIMUM);
    return at.filter(time -> time.toEpochMilli() < now || time.toEpochMilli() > latest)
        .map(
            time ->
                "found "
                    + time
                    + ", allowed from "
                    + Instant.ofEpochMilli(now)
                    + " to "
                    + Instant.ofEpochMilli(latest));
  }

  private static Optional<String> distributed(Activating about) {
    Octets hash = about.order().firmwareHash();
    return unless(
        about.distribution().isPresent(),
        "found "
            + hash.toHex()
            + ", allowed the hash of an image that this user sent and the device verified");
  }

  private static Optional<String> listed(Activating about) {
    Optional<Listing> listing = about.listing();
    return unless(
        about.version().isEmpty() || listing.filter(DeviceChecks::isActive).isPresent(),
        "found "
            + listing.map(each -> each.status().word()).orElse("no entry")
            + ", allowed Active in the Central Products List");
  }

  private static Optional<String> otherRequest(Activating about) {
    return about.asking().tracks().openOf(about.device().id()).stream()
        .filter(track -> track.kind() == Track.Kind.ACTIVATE)
        .filter(track -> !track.owner().equals(about.asking().request().id().originator()))
        .findFirst()
        .map(DeviceChecks::busy);
  }

  /** What runs already may be activated again: the answer tells what runs. */
  private static Optional<String> pathway(Activating about) {
    Optional<FileVersion> running = about.device().firmware();
    return about
        .listing()
        .filter(listing -> !running.equals(Optional.of(listing.version())))
        .flatMap(listing -> DeviceChecks.pathway(about.asking(), about.device(), listing));
  }

  private static Optional<String> compatibility(Activating about) {
    return about
        .listing()
        .flatMap(
            listing ->
                DeviceChecks.compatibility(about.asking(), about.device(), listing.version()));
  }
}
