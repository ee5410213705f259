// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

/** Why there is an image. In the order in which they go over the WAN. */
public enum ReasonClass {
  /** An open hole: goes first, and is sooner given up and repeated. */
  SECURITY,
  /** Something does not work. */
  DEFECT,
  /** The specification changed. */
  SPECIFICATION,
  /** It does not work with another device. */
  INTEROPERABILITY,
  /** It can do more. */
  FUNCTION
}
