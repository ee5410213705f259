// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

/** What an Image Block Response with data leads to. */
public enum BlockOutcome {
  /** It was not asked for, or has come before. */
  UNWANTED,
  /** It is stored; the next request may go out at once. */
  NEXT,
  /** It is stored; more blocks of its page come by themselves. */
  MORE_OF_PAGE,
  /** It is stored; the pace demands a pause before the next request. */
  PACED,
  /** It is stored; it was the last one of the file. */
  FILE_WHOLE,
  /** The file is the first part of an image. */
  FIRST_PART,
  /** The file is not the part that its image names. */
  ANOTHER_FILE
}
