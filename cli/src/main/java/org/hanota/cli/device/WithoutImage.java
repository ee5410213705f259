// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.HashSet;
import java.util.Set;
import org.hanota.api.Eui64;

/** The devices that a hub has no image for: each is told of once, and only the first few. */
final class WithoutImage {
  private final int few;
  private final Set<Eui64> told = new HashSet<>();

  /**
   * @param few of so many at once a person still reads
   */
  WithoutImage(int few) {
    this.few = few;
  }

  /** Whether that is to be told. */
  synchronized boolean isNew(Eui64 device) {
    return told.size() < few && told.add(device);
  }

  /** Something has come of a device's queries. */
  synchronized void ended(Eui64 device) {
    told.remove(device);
  }
}
