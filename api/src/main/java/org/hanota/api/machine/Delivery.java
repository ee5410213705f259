// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

/** How a frame came. */
public enum Delivery {
  /** To this node alone. */
  UNICAST,
  /** To this node alone, encrypted with the APS link key. */
  UNICAST_ENCRYPTED,
  /** To every node. */
  BROADCAST
}
