// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which octets of an image have come: all before the position, and the islands that a page left
 * behind it out of order.
 */
final class Coverage {
  private final long size;
  private long position;
  private final TreeMap<Long, Long> islands = new TreeMap<>();

  Coverage(long size, long position) {
    this.size = size;
    this.position = position;
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
    return (islands.isEmpty() ? size : islands.firstKey()) - position;
  }

  /** Whether none of these octets is there yet; a repeated or overlapping block is not new. */
  boolean isNew(long offset, int length) {
    if (length == 0 || offset < position || offset + length > size) {
      return false;
    }
    if (islands.isEmpty()) {
      // Block by block there are none, and nothing needs to be looked up.
      return true;
    }
    Map.Entry<Long, Long> before = islands.lowerEntry(offset + length);
    return before == null || before.getValue() <= offset;
  }

  /** Notes that new octets have come. */
  void add(long offset, int length) {
    if (offset != position) {
      islands.put(offset, offset + length);
      return;
    }
    position = offset + length;
    Map.Entry<Long, Long> next = islands.firstEntry();
    while (next != null && next.getKey() == position) {
      position = next.getValue();
      islands.pollFirstEntry();
      next = islands.firstEntry();
    }
  }

  /** Forgets the islands: what is behind the position is asked for again. */
  void forgetIslands() {
    islands.clear();
  }
}
