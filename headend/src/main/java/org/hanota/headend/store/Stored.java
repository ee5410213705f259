// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.store;

/** One record that a machine keeps. Implemented by records only. */
public interface Stored {
  /** What names it among all that the machine keeps; the same key replaces. */
  String key();
}
