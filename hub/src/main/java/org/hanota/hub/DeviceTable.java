// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.jspecify.annotations.Nullable;

/**
 * The devices that a hub knows, at most so many. Anybody can send a query from any address, so a
 * device without an offer and without an update is forgotten when it has been silent for long, and
 * sooner when a new one needs its place: the one that has been silent longest goes first. A device
 * with an update is never forgotten for a new one.
 */
final class DeviceTable {
  private final int maximum;
  private final long forgetMs;
  private final Unsaved unsaved;

  /** By access: who has been silent longest comes first. */
  private final LinkedHashMap<Eui64, DeviceEntry> devices = new LinkedHashMap<>(16, 0.75f, true);

  /** Who spoke last, since a device that downloads most likely speaks next. */
  private @Nullable DeviceEntry lastEntry;

  DeviceTable(HubParameters parameters, Unsaved unsaved) {
    this.maximum = parameters.maximumDevices();
    this.forgetMs = parameters.forgetDeviceMs();
    this.unsaved = unsaved;
  }

  /** Takes up what was stored. How long it was silent before is not stored. */
  void start(Now now, List<TransferRecord> records) {
    for (TransferRecord record : records) {
      DeviceEntry entry = DeviceEntry.of(record);
      entry.heardNanos = now.monotonicNanos();
      devices.put(entry.device.address(), entry);
    }
  }

  /** A device that speaks; null if it is new and no place can be made for it. */
  @Nullable DeviceEntry heard(Now now, Peer device) {
    DeviceEntry entry = lastEntry;
    if (entry == null || !entry.device.address().equals(device.address())) {
      entry = devices.get(device.address());
      if (entry == null) {
        if (devices.size() >= maximum && !makePlace()) {
          return null;
        }
        entry = new DeviceEntry(device);
        devices.put(device.address(), entry);
      }
      lastEntry = entry;
    }
    entry.heardNanos = now.monotonicNanos();
    return entry;
  }

  /** A device that is offered something: whoever offers is no stranger, so it has its place. */
  DeviceEntry offered(Now now, Peer device) {
    return find(device.address())
        .orElseGet(
            () -> {
              DeviceEntry entry = new DeviceEntry(device);
              entry.heardNanos = now.monotonicNanos();
              devices.put(device.address(), entry);
              return entry;
            });
  }

  /** A device that somebody speaks of. It goes behind the others, as if it were heard. */
  Optional<DeviceEntry> find(Eui64 address) {
    lastEntry = null;
    return Optional.ofNullable(devices.get(address));
  }

  /** Those that never had an update go before those of which something is known. */
  private boolean makePlace() {
    DeviceEntry leaves = null;
    for (DeviceEntry entry : devices.values()) {
      if (entry.mayBeForgotten()) {
        if (entry.phase == Phase.IDLE) {
          leaves = entry;
          break;
        }
        leaves = leaves == null ? entry : leaves;
      }
    }
    if (leaves != null) {
      forget(leaves);
    }
    return leaves != null;
  }

  private void forget(DeviceEntry entry) {
    devices.remove(entry.device.address());
    unsaved.forget(entry);
    if (lastEntry == entry) {
      lastEntry = null;
    }
  }

  /** When the next device has been silent for long; {@link Long#MAX_VALUE} if there is none. */
  long next() {
    return devices.isEmpty()
        ? Long.MAX_VALUE
        : devices.values().iterator().next().heardNanos + forgetMs * 1_000_000L;
  }

  /** Forgets who has been silent for long. Who has an update is looked at again later. */
  void timer(Now now) {
    while (now.monotonicNanos() >= next()) {
      DeviceEntry silent = devices.values().iterator().next();
      if (silent.mayBeForgotten()) {
        forget(silent);
      } else {
        silent.heardNanos = now.monotonicNanos();
        Optional<DeviceEntry> unused = find(silent.device.address());
      }
    }
  }

  int size() {
    return devices.size();
  }

  /** All of them, in the order of their addresses. */
  NavigableMap<Eui64, DeviceEntry> inOrder() {
    return new TreeMap<>((Map<Eui64, DeviceEntry>) devices);
  }

  Collection<DeviceEntry> inAnyOrder() {
    return devices.values();
  }
}
