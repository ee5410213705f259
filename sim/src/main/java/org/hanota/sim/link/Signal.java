// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

/**
 * What becomes of whatever is once on the air: a try of a frame, an acknowledgement, an answer of
 * discovery.
 */
public enum Signal {
  /** It is received. */
  WHOLE,
  /** Nobody hears it. */
  LOST,
  /** The link check drops it. */
  CORRUPTED
}
