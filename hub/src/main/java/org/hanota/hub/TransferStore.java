// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.Map;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;

/**
 * Where a hub keeps what it must not forget: what it offered to whom and how that stands. Blocks
 * are not noted, since each request says where it is.
 */
public interface TransferStore {
  /** Every record, in the order of the devices' addresses. */
  List<TransferRecord> records();

  /** Stores a record, in place of the device's earlier one. */
  void save(TransferRecord record);

  /** How often each image failed in a row, by its hash. */
  Map<Octets, Integer> failures();

  /** Stores how often an image failed in a row. */
  void saveFailures(Octets sha256, int count);

  /** GBCS messages that wait for their devices, those of each in the order in which they came. */
  Map<Peer, List<Octets>> waiting();

  /** Stores what waits for a device, in place of what did before. */
  void saveWaiting(Peer device, List<Octets> messages);
}
