// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.machine.StateWriter;

/**
 * Which octets of an image have come: all before the position, and the islands that a page left
 * behind it out of order.
 */
final class Coverage {
  private final long size;
  private long position;
  private final TreeMap<Long, Long> islands = new TreeMap<>();

  /** The first octet behind the position that is there, or the end. A block looks at this alone. */
  private long gapEnd;

  Coverage(long size, long position) {
    this.size = size;
    this.position = position;
    this.gapEnd = size;
  }

  /** The first octet that is missing. */
  long position() {
    return position;
  }

  boolean isComplete() {
    return position == size;
  }

  /** Octets from the position to the end. */
  long missing() {
    return size - position;
  }

  /** Octets from the position to the next one that is there. */
  long gap() {
    return gapEnd - position;
  }

  /** Whether none of these octets is there yet; a repeated or overlapping block is not new. */
  boolean isNew(long offset, int length) {
    if (length == 0 || offset < position || offset + length > size) {
      return false;
    }
    if (offset + length <= gapEnd) {
      return true;
    }
    Map.Entry<Long, Long> before = islands.lowerEntry(offset + length);
    return before == null || before.getValue() <= offset;
  }

  /** Notes that new octets have come. */
  void add(long offset, int length) {
    if (offset != position) {
      islands.put(offset, offset + length);
      gapEnd = Math.min(gapEnd, offset);
      return;
    }
    position = offset + length;
    if (position == gapEnd) {
      joinIslands();
    }
  }

  private void joinIslands() {
    Map.Entry<Long, Long> next = islands.firstEntry();
    while (next != null && next.getKey() == position) {
      position = next.getValue();
      islands.pollFirstEntry();
      next = islands.firstEntry();
    }
    gapEnd = next == null ? size : next.getKey();
  }

  /** Forgets the islands: what is behind the position is asked for again. */
  void forgetIslands() {
    islands.clear();
    gapEnd = size;
  }

  void describe(StateWriter out) {
    out.put("position", position).put("size", size).put("islands", islands);
  }
}
