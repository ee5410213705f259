// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import java.time.Instant;

/** Wire time: seconds since 2000-01-01T00:00:00Z, uint32. [ZCL 2.6.2.17] */
public record ZigBeeTime(long seconds) implements Comparable<ZigBeeTime> {
  /** Milliseconds from the Unix epoch to the ZigBee epoch. */
  public static final long EPOCH_MILLIS = 946_684_800_000L;

  /** All ones: "wait" as an upgrade time, "unknown" as a current time. */
  public static final ZigBeeTime INVALID = new ZigBeeTime(Width.UINT32_MAX);

  /** Zero: as a current time it makes the other time of a command an offset. [ZCL 11.11.4] */
  public static final ZigBeeTime ZERO = new ZigBeeTime(0);

  /**
   * @param seconds uint32
   */
  public ZigBeeTime {
    Width.uint32("ZigBeeTime", seconds);
  }

  /** The wire time of a Unix time in milliseconds, rounded down. */
  public static ZigBeeTime ofUtcMillis(long utcMillis) {
    return new ZigBeeTime(Math.floorDiv(utcMillis - EPOCH_MILLIS, 1000L));
  }

  /** Unix time in milliseconds. */
  public long utcMillis() {
    return EPOCH_MILLIS + seconds * 1000L;
  }

  @Override
  public int compareTo(ZigBeeTime other) {
    return Long.compare(seconds, other.seconds);
  }

  @Override
  public String toString() {
    return seconds == Width.UINT32_MAX ? "FFFFFFFF" : Instant.ofEpochMilli(utcMillis()).toString();
  }
}
