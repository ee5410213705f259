// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.machine.Event;

/** What happens to a hub that concerns no single update. */
public sealed interface HubEvent extends Event {
  /** So many devices failed with the image of that name and SHA-256 that it is offered no more. */
  record Quarantined(String image, Octets sha256, int failures) implements HubEvent {}

  /** A message from the head end could not be forwarded. */
  record NotForwarded(String reason) implements HubEvent {}

  /** An image from the head end was not taken. */
  record ImageDiscarded(String image, String reason) implements HubEvent {}

  /** A new device was not taken up: every place in the table of devices has an update. */
  record DevicesFull(Eui64 device, int devices) implements HubEvent {}

  /** Its storage cannot be used; it looks again after {@code pauseMs}. */
  record Rests(Throwable cause, long pauseMs) implements HubEvent {
    @Override
    public Optional<Throwable> thrown() {
      return Optional.of(cause);
    }
  }

  /** It has started, and its storage can be used. */
  record Works() implements HubEvent {}

  /**
   * Its clock shows a time that brings nothing forward until it is confirmed.
   *
   * @param trustedUtcMillis what is trusted instead; empty if nothing is
   */
  record ClockDoubted(long shownUtcMillis, OptionalLong trustedUtcMillis) implements HubEvent {}

  /** A doubt of its clock is over. */
  record ClockTrusted(long utcMillis) implements HubEvent {}

  /** A lower version is installed on purpose. */
  record DowngradePermitted(Eui64 device, ImageId image, String reason) implements HubEvent {}
}
