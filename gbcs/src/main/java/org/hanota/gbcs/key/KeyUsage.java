// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

/** What a key is for. A party has one pair for each. */
public enum KeyUsage {
  /** Signatures; files end in {@code -ds}. */
  DIGITAL_SIGNATURE,
  /** The agreement that MAC keys come from; files end in {@code -ka}. */
  KEY_AGREEMENT
}
