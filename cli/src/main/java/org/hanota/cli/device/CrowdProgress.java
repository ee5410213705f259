// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.machine.UpdateEvent;

/** How far many devices are together: a line with a bar for each twentieth. */
final class CrowdProgress {
  private static final int STEPS = 20;
  private static final int WHOLE = 10_000;

  private final IntSupplier count;
  private final Map<Eui64, Long> parts = new TreeMap<>();
  private final Set<Eui64> confirmed = new HashSet<>();
  private final Set<Eui64> failed = new HashSet<>();
  private long sum;
  private int told = -1;

  /**
   * @param count how many devices there are
   */
  CrowdProgress(IntSupplier count) {
    this.count = count;
  }

  /** A line, if there is something new to be told. */
  Optional<String> happened(UpdateEvent event) {
    if (event instanceof UpdateEvent.Transferring transferring) {
      long size = Math.max(1, transferring.imageSizeOctets());
      part(event.device(), WHOLE * transferring.fileOffset() / size);
    } else if (event instanceof UpdateEvent.Confirmed) {
      part(event.device(), WHOLE);
      confirmed.add(event.device());
      failed.remove(event.device());
    } else if (event instanceof UpdateEvent.Failed) {
      failed.add(event.device());
    }
    int step = (int) (STEPS * sum / ((long) WHOLE * count.getAsInt()));
    boolean all = confirmed.size() == count.getAsInt();
    if (step == told && !(all && event instanceof UpdateEvent.Confirmed)) {
      return Optional.empty();
    }
    told = step;
    return Optional.of(
        "["
            + "#".repeat(step)
            + ".".repeat(STEPS - step)
            + "] "
            + 100 * step / STEPS
            + " %, "
            + confirmed.size()
            + " of "
            + count.getAsInt()
            + " devices updated"
            + (failed.isEmpty() ? "" : ", " + failed.size() + " failed"));
  }

  private void part(Eui64 device, long part) {
    Long before = parts.put(device, part);
    sum += part - (before == null ? 0 : before);
  }
}
