// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackStimulus;

/** What follows when users, devices or firmware change: what must not go on is given up. */
final class Registers {
  private final DspParts parts;

  Registers(DspParts parts) {
    this.parts = parts;
  }

  /** A user is new, or has other roles; his counters and whether he is suspended stay. */
  void known(User user) {
    Optional<User> before = parts.estate().user(user.id());
    parts
        .estate()
        .put(
            before
                .map(known -> user.counted(known.lastCounter()).suspended(known.isSuspended()))
                .orElse(user));
  }

  /**
   * An entry of the Central Products List. What is withdrawn is not sent on; a device that runs it
   * is suspended; what a device will activate at a time only its supplier can take back.
   */
  void listed(Listing listing, DspCall call) {
    parts.estate().put(listing);
    parts.audit(parts.config().self(), listing.key() + " is " + listing.status().word(), call);
    if (listing.status() == ListingStatus.ACTIVE) {
      return;
    }
    Set<MessageId> stopped = new LinkedHashSet<>();
    for (Device device : List.copyOf(parts.estate().devices())) {
      if (!listing.isOf(device.model())) {
        continue;
      }
      if (device.firmware().filter(listing.version()::equals).isPresent()) {
        parts.estate().put(device.suspend());
        parts.audit(device.id(), "is suspended: " + listing.version() + " may not be used", call);
      }
      for (Track track : parts.tracks().openOf(device.id())) {
        if (track.image().version().equals(listing.version()) && isStoppable(track)) {
          giveUp(track, "its firmware is " + listing.status().word(), call);
          stopped.add(track.request());
        }
      }
    }
    withdraw(stopped, Optional.empty(), "its firmware may not be used", call);
  }

  /** What the device will do at a time, and what takes that back, is the supplier's. */
  private static boolean isStoppable(Track track) {
    return switch (track.state()) {
      case ACTIVATION_PENDING -> false;
      case ACCEPTED, QUARANTINED, ON_WAN, AT_HUB, ON_HAN, RECEIVED, VERIFIED ->
          track.kind() != Track.Kind.CANCEL;
      case ACTIVE, FAILED, CANCELLED, EXPIRED, SUPERSEDED -> false;
    };
  }

  /** Nothing of a suspended user goes out any more; what is on its way is counted. */
  void suspended(Eui64 id, boolean isSuspended, DspCall call) {
    Optional<User> user = parts.estate().user(id);
    if (user.isEmpty()) {
      parts.audit(parts.config().self(), "no user " + id + " to suspend", call);
      return;
    }
    parts.estate().put(user.get().suspended(isSuspended));
    if (!isSuspended) {
      parts.audit(id, "is in good standing again", call);
      return;
    }
    Set<MessageId> stopped = new LinkedHashSet<>();
    int underWay = 0;
    for (Track track : List.copyOf(parts.tracks().all())) {
      if (!track.isOpen() || !track.owner().equals(id)) {
        continue;
      }
      stopped.add(track.request());
      if (isHere(track)) {
        giveUp(track, "its user is suspended", call);
      } else {
        underWay++;
      }
    }
    withdraw(stopped, Optional.empty(), "its user is suspended", call);
    parts.audit(id, "is suspended; " + underWay + " devices were reached already", call);
  }

  private static boolean isHere(Track track) {
    return switch (track.state()) {
      case ACCEPTED, QUARANTINED -> true;
      default -> false;
    };
  }

  /**
   * A home has another supplier in a role. What the former one began ends, unless he answers for
   * the device in another role: his image the new one cannot activate, he sends it again.
   */
  void supplierChanged(Eui64 hub, UserRole role, Optional<Eui64> gaining, DspCall call) {
    Set<MessageId> stopped = new LinkedHashSet<>();
    for (Device device : parts.estate().home(hub)) {
      if (device.responsible().stream().noneMatch(each -> each.role() == role)) {
        continue;
      }
      Device changed = device.responsible(role, gaining);
      if (changed.equals(device)) {
        continue;
      }
      parts.estate().put(changed);
      for (Track track : parts.tracks().openOf(device.id())) {
        if (!changed.isOf(track.owner())) {
          giveUp(track, "the supplier changed", call);
          stopped.add(track.request());
        }
      }
      parts.audit(
          device.id(), "has " + changed.responsible() + ", had " + device.responsible(), call);
    }
    withdraw(stopped, Optional.of(hub), "the supplier changed", call);
  }

  /** A device goes out of service for good; what was on its way to it ends. */
  void decommissioned(Eui64 id, DspCall call) {
    Optional<Device> device = parts.estate().device(id);
    if (device.isEmpty()) {
      return;
    }
    parts.estate().put(device.get().with(DeviceStatus.DECOMMISSIONED));
    for (Track track : List.copyOf(parts.tracks().openOf(id))) {
      giveUp(track, "the device is decommissioned", call);
    }
  }

  private void giveUp(Track track, String why, DspCall call) {
    parts.fire(track, TrackStimulus.GIVEN_UP, why, call);
  }

  /** The youngest first: what waits for its turn at a hub must be gone before the turn is free. */
  private void withdraw(Set<MessageId> requests, Optional<Eui64> hub, String why, DspCall call) {
    List<MessageId> youngestFirst = new ArrayList<>(requests);
    Collections.reverse(youngestFirst);
    for (MessageId request : youngestFirst) {
      parts.post(parts.config().csp(), new Content.Withdraw(request, hub, why), call);
    }
  }
}
