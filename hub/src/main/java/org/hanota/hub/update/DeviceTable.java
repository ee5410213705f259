// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.ImageType;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.hub.HubParameters;
import org.hanota.hub.store.TransferRecord;
import org.hanota.hub.store.UpdateName;
import org.jspecify.annotations.Nullable;

/**
 * The devices that a hub knows, at most so many. Anybody can send a query from any address, so a
 * device without an offer and without an update is forgotten when it has been silent for long, and
 * sooner when a new one needs its place: the one that has been silent longest goes first. A device
 * with an update is never forgotten for a new one.
 */
public final class DeviceTable {
  private final int maximum;
  private final long forgetMs;
  private final PendingChanges pending;

  /** By access: who has been silent longest comes first. */
  private final LinkedHashMap<Eui64, Device> devices = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * When to look for silent devices. Who is heard moves nothing here, since every frame would move
   * the hub's timer: it is looked at again when the time has come.
   */
  private long lookNanos = Long.MAX_VALUE;

  private final Timers<HubTimer> timers;

  /** Who spoke last, since a device that downloads most likely speaks next. */
  private @Nullable Device last;

  /** An empty table. */
  public DeviceTable(HubParameters parameters, PendingChanges pending, Timers<HubTimer> timers) {
    this.maximum = parameters.maximumDevices();
    this.forgetMs = parameters.forgetDeviceMs();
    this.pending = pending;
    this.timers = timers;
  }

  /**
   * Takes up what was stored. How long a device was silent before is not stored.
   *
   * @param unconfirmedMs a time off that does not count yet
   */
  public void start(Now now, long unconfirmedMs, List<TransferRecord> records) {
    for (TransferRecord record : records) {
      Eui64 address = record.name().client().address();
      Device device = devices.computeIfAbsent(address, key -> new Device(key, now));
      device.add(Update.restore(device, record, now, unconfirmedMs));
    }
    lookAt(silentNanos());
  }

  private void lookAt(long nanos) {
    lookNanos = nanos;
    timers.set(HubTimer.DEVICES, nanos);
  }

  /** A device that speaks; null if it is new and no place can be made for it. */
  public @Nullable Device seen(Now now, Eui64 address) {
    Device device = last;
    if (device == null || !device.address().equals(address)) {
      device = devices.get(address);
      if (device == null) {
        if (devices.size() >= maximum && !makePlace()) {
          return null;
        }
        device = new Device(address, now);
        add(device);
      }
      last = device;
    }
    device.seen(now);
    return device;
  }

  private void add(Device device) {
    devices.put(device.address(), device);
    lookAt(Math.min(lookNanos, device.lastSeenNanos() + forgetMs * 1_000_000L));
  }

  /** Those that never had an update go before those of which something is known. */
  private boolean makePlace() {
    Device leaves = null;
    for (Device device : devices.values()) {
      if (device.mayBeForgotten()) {
        if (device.isBlank()) {
          leaves = device;
          break;
        }
        leaves = leaves == null ? device : leaves;
      }
    }
    if (leaves != null) {
      forget(leaves);
    }
    return leaves != null;
  }

  private void forget(Device device) {
    devices.remove(device.address());
    device.updates().forEach(pending::forget);
    if (last == device) {
      last = null;
    }
  }

  /** The update of a client that speaks of that image type; null if there is no place for it. */
  public @Nullable Update asked(Device device, Peer client, ImageType type) {
    Update update = device.of(client.endpoint(), type);
    if (update == null) {
      update = device.guessed(type);
      if (update == null) {
        return device.make(new UpdateName(client, type), pending);
      }
      pending.forget(update);
      update.moveTo(client);
      pending.add(update);
    }
    return update;
  }

  /**
   * The update to which an offer goes. Who offers something may not know at which endpoint the
   * device's client is: one that has asked for that image type is meant. Devices that somebody
   * names are known without limit.
   */
  public Update offered(Now now, Peer client, ImageType type) {
    Device device = find(client.address()).orElse(null);
    if (device == null) {
      device = new Device(client.address(), now);
      add(device);
    }
    Update update = device.offered(client.endpoint(), type);
    if (update == null) {
      update = device.make(new UpdateName(client, type), pending);
    }
    if (update == null) {
      throw new IllegalStateException(
          "device " + client.address() + " has " + Device.UPDATES_MAX + " updates under way");
    }
    return update;
  }

  /** When the next device has been silent for long. */
  private long silentNanos() {
    return devices.isEmpty()
        ? Long.MAX_VALUE
        : devices.values().iterator().next().lastSeenNanos() + forgetMs * 1_000_000L;
  }

  /** Forgets who has been silent for long. Who has an update is looked at again later. */
  public void timer(Now now) {
    if (now.monotonicNanos() < lookNanos) {
      return;
    }
    while (now.monotonicNanos() >= silentNanos()) {
      Device silent = devices.values().iterator().next();
      if (silent.mayBeForgotten()) {
        forget(silent);
      } else {
        silent.seen(now);
        Optional<Device> unused = find(silent.address());
      }
    }
    lookAt(silentNanos());
  }

  /** A device that somebody speaks of. It goes behind the others, as if it were heard. */
  public Optional<Device> find(Eui64 address) {
    last = null;
    return Optional.ofNullable(devices.get(address));
  }

  /** How many there are. */
  public int size() {
    return devices.size();
  }

  /** All of them, in the order of their addresses. */
  public NavigableMap<Eui64, Device> inOrder() {
    return new TreeMap<>((Map<Eui64, Device>) devices);
  }

  /** All updates, in the order of their names. */
  public List<Update> updates() {
    return inOrder().values().stream().flatMap(device -> device.updates().stream()).toList();
  }

  /** All of them, in any order. */
  public Collection<Device> inAnyOrder() {
    return devices.values();
  }

  /** Writes what decides what happens next, in the order in which the devices were heard. */
  public void describe(StateWriter out) {
    devices.values().forEach(device -> device.describe(out));
    out.putNanos("look", lookNanos);
  }
}
