// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** Why a plan is refused. */
public enum PlanFault {
  /** It has no name. */
  NO_NAME,
  /** Another campaign has its name. */
  NAME_IN_USE,
  /** It has no group. */
  NO_GROUP,
  /** Two groups have one name. */
  GROUP_NAME_TWICE,
  /** A group has no device. */
  EMPTY_GROUP,
  /** A share of more than all or of nothing, a count below 1, or a number beyond the largest. */
  ILLEGAL_THRESHOLD,
  /** A group has too few devices for its success threshold. */
  SUCCESS_OUT_OF_REACH,
  /** A group has too few devices for its error threshold: it would never stop. */
  ERROR_OUT_OF_REACH,
  /** A part of a day that is none. */
  ILLEGAL_WINDOW,
  /** Two windows have minutes in common. */
  OVERLAPPING_WINDOWS,
  /** Nothing may go out. */
  NO_RATE,
  /** Nothing may be under way. */
  NO_CONCURRENCY,
  /** A time that is not positive, or a jitter below 0. */
  ILLEGAL_TIME,
  /** It ends before it can begin. */
  ENDS_TOO_EARLY,
  /** The Central Products List does not have the image, or it was withdrawn. */
  IMAGE_NOT_LISTED,
  /** The estate has a device twice. */
  DEVICE_TWICE,
  /** Another campaign that has not ended has one of its devices. */
  DEVICE_IN_ANOTHER_CAMPAIGN,
  /** The WAN has no room at that time; there is an earliest slot. */
  NOT_NOW,
  /** The WAN never has room for it. */
  NO_CAPACITY
}
