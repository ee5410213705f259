// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.machine.Peer;

/**
 * Where a hub keeps what it must not forget: what it offered to whom and how that stands. Blocks
 * are not noted, since each request says where it is.
 *
 * <p>The hub calls it from its own calls only, one at a time, on the thread of its driver; a call
 * may block, and everything of the hub waits meanwhile. Any call may throw {@link
 * java.io.UncheckedIOException} or another {@link RuntimeException} if it cannot be done, or {@link
 * org.hanota.api.machine.PowerLost}: the hub then does nothing of what it wanted and starts anew
 * from what is stored. What {@link #save} was given is durable when it returns; when it throws, all
 * of it is stored or nothing. After a failure the same object is used again and tries again.
 */
public interface TransferStore {
  /** Every record, in the order of their names. */
  List<TransferRecord> records();

  /** How many more devices failed with an image than run it, by its hash. */
  Map<Octets, Integer> failures();

  /**
   * GBCS messages that wait for their recipients, those of each in the order in which they came;
   * for a device without an endpoint, hashes of those that came from it.
   */
  Map<Peer, List<Octets>> waiting();

  /** What operators said of images, in the order of these. */
  List<ImageOrder> orders();

  /** What the last save said of the time. */
  StoredClock clock();

  /** Stores what changed in one step: after a power cut all of it is there, or nothing. */
  void save(Changes changes);

  /**
   * What changed.
   *
   * @param records each in place of the earlier one of its name
   * @param failures how many more devices failed with images by now than run them; 0 to forget one
   * @param forgotten names whose records go, before those in {@code records} are put
   * @param waiting what waits for a recipient, in place of what did before
   * @param orders what stands about images now; empty for those of which nothing does any more
   * @param clock the time of the save, in place of that of the one before
   */
  record Changes(
      List<TransferRecord> records,
      Map<Octets, Integer> failures,
      Map<Peer, List<Octets>> waiting,
      Set<UpdateName> forgotten,
      Map<ImageId, Optional<ImageOrder>> orders,
      StoredClock clock) {
    /** Keeps copies. */
    public Changes {
      records = List.copyOf(records);
      failures = Collections.unmodifiableMap(new TreeMap<>(failures));
      forgotten = Collections.unmodifiableSet(new TreeSet<>(forgotten));
      waiting = Collections.unmodifiableMap(new TreeMap<>(waiting));
      orders = Collections.unmodifiableMap(new TreeMap<>(orders));
    }

    /** One record alone. */
    public static Changes of(TransferRecord record) {
      return new Changes(List.of(record), Map.of(), Map.of(), Set.of(), Map.of(), StoredClock.NONE);
    }
  }
}
