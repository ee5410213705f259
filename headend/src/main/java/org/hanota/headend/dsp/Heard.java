// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.headend.store.Stored;

/**
 * The latest messages of a device, so that each takes effect once. [hanota H84]
 *
 * @param device whose
 * @param latest flag and counter of each, the newest last
 */
record Heard(Eui64 device, List<String> latest) implements Stored {
  /** Repetitions come soon after; a device has few messages. */
  private static final int KEPT = 64;

  Heard {
    latest = List.copyOf(latest);
  }

  boolean has(String message) {
    return latest.contains(message);
  }

  Heard with(String message) {
    List<String> more = Stream.concat(latest.stream(), Stream.of(message)).toList();
    return new Heard(device, more.subList(Math.max(0, more.size() - KEPT), more.size()));
  }

  @Override
  public String key() {
    return "heard " + device;
  }
}
