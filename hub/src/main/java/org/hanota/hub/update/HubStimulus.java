// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

/** What can happen to an update at its hub. */
public enum HubStimulus {
  /** The hub starts and takes the update up from its store. */
  RESTARTED,
  /** Somebody offers an image that the device does not have yet. */
  OFFERED,
  /** It is the first in the queue and there is a transfer slot. */
  SLOT_FREE,
  /** An Image Notify was not answered for long. */
  NOTIFY_DUE,
  /** A transfer that made no progress may have to give its slot away. */
  PROGRESS_DUE,
  /**
   * The device has the image and has to be told when to run it: another time is set, the clock was
   * set, or it did not hear.
   */
  ANNOUNCE,
  /** The time at which the device was told to run its image has come. */
  TIME_CAME,
  /** Its phase, or all of it, takes too long. */
  EXPIRED,
  /** The device asks for an image and there is one. */
  QUERY,
  /** The device asks, although it has the image already. */
  QUERY_EARLY,
  /** The device asks with its old version long after it was told to run the new one. */
  QUERY_OLD,
  /** The device asks with the version that the update is about: the new image runs. */
  QUERY_UPDATED,
  /** The device asks and there is no image for it. */
  QUERY_IN_VAIN,
  /** The device asks, and this hub can never serve it the image that is offered. */
  QUERY_MISMATCHED,
  /** A block or a page goes out to the device. */
  SERVED,
  /** The device wants a block and there is no transfer slot. */
  NO_SLOT,
  /** The last octet of the image went out. */
  LAST_BLOCK,
  /** The device has the whole image and it is right. */
  END_SUCCESS,
  /** The device ends without the image. */
  END_FAILED,
  /** The device has this file and needs another one. */
  END_MORE,
  /** The operator holds the transfer. */
  PAUSE,
  /** The operator lets it go on. */
  RESUME,
  /** The operator gives the update up, or its image is offered no more. */
  STOPPED,
  /** Its image made room for another one. */
  DISPLACED
}
