// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

/** What can happen to a device's update at its hub. */
enum HubStimulus {
  /** The operator offers an image. */
  OFFERED,
  /** Its place in the queue is the first and there is room. */
  TURN,
  /** The time of the next Image Notify, of a look at a silent transfer, or of the expiry. */
  DUE,
  /** It asks for an image and there is one. */
  QUERY,
  /** It asks with the version that was offered: the new image runs. */
  QUERY_UPDATED,
  /** It asks and there is none for it. */
  QUERY_IN_VAIN,
  /** It asks, and the image offered to it is not for its model or hardware. */
  QUERY_MISMATCHED,
  /** A block or a page goes out to it. */
  SERVED,
  /** It wants a block and there is no room for another transfer. */
  NO_ROOM,
  /** The last octet of the image went out. */
  LAST_BLOCK,
  /** It has the whole image and it is right. */
  END_SUCCESS,
  /** It has the whole image and it is wrong. */
  END_INVALID,
  /** It has this image and needs another one. */
  END_MORE,
  /** It gave up. */
  END_ABORT,
  /** The operator holds it. */
  PAUSE,
  /** The operator lets it go on. */
  RESUME,
  /** The operator gives up. */
  ABORT
}
