// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.Eui64;

/** What a user of a stick wants to know of it. */
public sealed interface StickEvent {
  /** The port is open; the stick has not answered yet. */
  record PortOpened() implements StickEvent {}

  /** The port is gone, or could not be opened; tried again by itself. */
  record PortLost(String reason, long retryMillis) implements StickEvent {}

  /** The stick runs, and its network. */
  record Started(String firmware, Network network) implements StickEvent {}

  /** The stick does not do what it must; tried again by itself. */
  record StartFailed(String reason, long retryMillis) implements StickEvent {}

  /**
   * The stick cannot serve as it is, and somebody must do something: tried again when its port is
   * opened anew.
   */
  record StartRefused(String reason) implements StickEvent {}

  /** The stick restarted without being told to; started anew. */
  record Restarted(int reason) implements StickEvent {}

  /** A node told its addresses. */
  record DeviceSeen(Eui64 address, int shortAddress) implements StickEvent {}

  /** A node whose OTA client speaks another profile than the host: they cannot hear each other. */
  record OtherProfile(Eui64 address, int profileId) implements StickEvent {}

  /** A node sent more than its turns allow, and so many of its messages were lost. */
  record Crowded(Eui64 address, long messages) implements StickEvent {}

  /** A node left the network. */
  record DeviceLeft(Eui64 address) implements StickEvent {}

  /** The network was opened for new nodes, or closed (0). */
  record JoiningPermitted(int seconds) implements StickEvent {}

  /** Something works, but not as it should; what helps stands in it. */
  record Warning(String words) implements StickEvent {}

  /** The stick refused a request or did not answer it. */
  record Refused(String request, String reason) implements StickEvent {}
}
