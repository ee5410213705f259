// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

/** What can happen to a device. */
enum DeviceStimulus {
  /** Timer QUERY, or the application wants a query now. */
  QUERY_DUE,
  /** Timer RESPONSE. */
  RESPONSE_OVERDUE,
  /** Timer REQUEST. */
  REQUEST_DUE,
  /** Timer END. */
  END_DUE,
  /** Timer ACTIVATION. */
  ACTIVATION_DUE,
  /** Timer EXPIRY. */
  DOWNLOAD_EXPIRED,
  /** The last request was not handed over. */
  SEND_FAILED,
  /** An Image Notify that asks this device to query. */
  NOTIFIED,
  /** Query Next Image Response with an image. */
  IMAGE_OFFERED,
  /** Query Next Image Response without. */
  NO_IMAGE,
  /** A block is stored, and the pace demands a pause before the next request. */
  PACED,
  /** The last block of the file is stored. */
  FILE_WHOLE,
  /** The first blocks tell that the file is a part of an image, or not the one that was awaited. */
  HEAD_DIFFERS,
  /** Image Block Response that says wait. */
  WAIT_FOR_DATA,
  /** Image Block Response that gives up. */
  BLOCK_REFUSED,
  /** Upgrade End Response for this device's image. */
  UPGRADE_END_RESPONSE,
  /** Default Response to the last request. */
  DEFAULT_RESPONSE,
  /** A server answered the search. */
  SERVER_FOUND,
  /** None did. */
  NO_SERVER,
  /** The slot is clear. */
  ERASED,
  /** The check of the image ended. */
  VERIFICATION_DONE,
  /** The check of a part ended. */
  PART_CHECKED,
  /** The image is still the one that was verified. */
  SWAP_CHECKED,
  /** The image could not be put in place: it is no longer the one that was verified. */
  SWAP_REFUSED,
  /** The new image has tried itself. */
  SELF_TESTED,
  /** A signed command demands activation now. */
  ACTIVATE,
  /** A signed command sets the time of activation. */
  SCHEDULE,
  /** A signed command cancels the activation. */
  CANCEL,
  /** The application gives the update up. */
  ABORT
}
