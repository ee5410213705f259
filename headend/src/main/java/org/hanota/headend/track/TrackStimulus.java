// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.track;

/** What happens to a request for one device. */
public enum TrackStimulus {
  /** It was handed over to go to the hub. */
  SENT,
  /** Anomaly detection found too many of its kind. */
  HELD_BACK,
  /** Somebody let it go on. */
  RELEASED,
  /** The hub has taken it. */
  DELIVERED,
  /** The hub refused it, or said nothing in time. */
  NOT_DELIVERED,
  /** The hub asks for a further part: the device has those before it. */
  PART_WANTED,
  /** CCS08: the device has the image. */
  TRANSFERRED,
  /** CCS08: the hub discarded the image, or its transfer failed. */
  NOT_TRANSFERRED,
  /** The device's receipt alert: the signature holds. */
  FOUND_GOOD,
  /** The device's receipt alert: the signature does not hold. */
  FOUND_BAD,
  /** The device will activate at the time that it was told. */
  COMMAND_ACCEPTED,
  /** The device says that it runs the image. */
  ACTIVATED,
  /** The device says that it did not activate. */
  NOT_ACTIVATED,
  /** The device forgets what it should activate. */
  TAKEN_BACK,
  /** Its time is over. */
  TIME_OUT,
  /** A later request takes its place. */
  REPLACED,
  /** The head end gives it up. */
  GIVEN_UP
}
