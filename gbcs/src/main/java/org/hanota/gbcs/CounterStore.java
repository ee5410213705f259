// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.OptionalLong;
import org.hanota.api.Eui64;

/**
 * Port: the highest counter accepted from each originator. What {@link #store} has returned from
 * must outlive a restart and a power cut, or a command can be played again.
 */
public interface CounterStore {
  /** The counter stored last for {@code originator}, unsigned 64 bits; empty if there is none. */
  OptionalLong last(Eui64 originator);

  /** Stores {@code counter}, unsigned 64 bits, in place of the last. */
  void store(Eui64 originator, long counter);
}
