// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.List;
import org.hanota.api.machine.Event;
import org.jspecify.annotations.Nullable;

/**
 * What a node does about a stimulus.
 *
 * @param items the frames that it sends, aged as of the end of the call
 * @param sequences how many sequence numbers of its own it used
 * @param frames how many frames it sent
 * @param forgets whether it hears no more of frames that it sent before
 * @param events what it reported
 * @param violation what broke
 */
record Reaction(
    List<Integer> items,
    int sequences,
    int frames,
    boolean forgets,
    List<Event> events,
    @Nullable Violation violation) {
  Reaction {
    items = List.copyOf(items);
    events = List.copyOf(events);
  }
}
