// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.hub.catalogue.Series;
import org.hanota.hub.store.UpdateName;
import org.jspecify.annotations.Nullable;

/** A device that the hub knows: its updates, most often one. */
public final class Device {
  /**
   * A device has a few processors and endpoints; for more updates than these it has no place, since
   * anybody can ask for any image type.
   */
  static final int UPDATES_MAX = 16;

  private final Eui64 address;

  /** Replaced where it changes: most devices have one update for ever. */
  private List<Update> updates = List.of();

  private long lastSeenNanos;

  Device(Eui64 address, Now now) {
    this.address = address;
    this.lastSeenNanos = now.monotonicNanos();
  }

  /** Its address. */
  public Eui64 address() {
    return address;
  }

  /** Its updates, in the order of their names. */
  public List<Update> updates() {
    return updates;
  }

  long lastSeenNanos() {
    return lastSeenNanos;
  }

  void seen(Now now) {
    lastSeenNanos = now.monotonicNanos();
  }

  boolean mayBeForgotten() {
    for (Update update : updates) {
      if (!update.mayBeForgotten()) {
        return false;
      }
    }
    return true;
  }

  /** Whether it never had an update. */
  boolean isBlank() {
    return updates.stream().allMatch(update -> update.phase() == Phase.IDLE);
  }

  void add(Update update) {
    List<Update> more = new ArrayList<>(updates);
    more.add(update);
    more.sort(Comparator.comparing(Update::name));
    updates = List.copyOf(more);
  }

  /** The update in which exactly that image is served; null if it is in none. */
  public @Nullable Update serving(int endpoint, ImageId image) {
    // By index, since every block comes here.
    for (int i = 0; i < updates.size(); i++) {
      Update update = updates.get(i);
      Serving serving = update.transfer().serving();
      if (serving != null
          && update.client().endpoint() == endpoint
          && serving.image().equals(image)) {
        return update;
      }
    }
    return null;
  }

  /** The update of that image type, or the one whose image in several files it belongs to. */
  public @Nullable Update about(int endpoint, ImageId image) {
    Update found = serving(endpoint, image);
    for (int i = 0; found == null && i < updates.size(); i++) {
      Update update = updates.get(i);
      Series series = update.series();
      if (update.client().endpoint() == endpoint
          && series != null
          && (series.next().equals(image) || series.hasReceived(image))) {
        found = update;
      }
    }
    return found == null ? of(endpoint, image.imageType()) : found;
  }

  /** The update of that image type; null if there is none. */
  public @Nullable Update of(int endpoint, ImageType type) {
    for (Update update : updates) {
      if (update.client().endpoint() == endpoint && update.imageType().equals(type)) {
        return update;
      }
    }
    return null;
  }

  /**
   * What the client at that endpoint runs, if it has asked for other image types than this one:
   * then it is another model, as far as the hub knows.
   */
  public Optional<ImageId> otherModel(int endpoint, ImageType type) {
    Optional<ImageId> other = Optional.empty();
    for (Update update : updates) {
      ImageId running = update.running();
      if (running != null && update.client().endpoint() == endpoint) {
        if (update.imageType().equals(type)) {
          return Optional.empty();
        }
        other = Optional.of(running);
      }
    }
    return other;
  }

  /** The update to which an offer goes: to the client that has asked for that type, if one has. */
  public @Nullable Update offered(int endpoint, ImageType type) {
    Update update = of(endpoint, type);
    if (update == null) {
      for (Update other : updates) {
        if (other.running() != null && other.imageType().equals(type)) {
          return other;
        }
      }
    }
    return update;
  }

  /** An update of that type whose client was never heard at the endpoint that was guessed. */
  @Nullable Update guessed(ImageType type) {
    for (Update update : updates) {
      if (update.running() == null && update.isOpen() && update.imageType().equals(type)) {
        return update;
      }
    }
    return null;
  }

  /** Makes the place for another update, if there is one; null if not. */
  @Nullable Update make(UpdateName name, PendingChanges pending) {
    if (updates.size() >= UPDATES_MAX) {
      Update spare = updates.stream().filter(Update::mayBeForgotten).findFirst().orElse(null);
      if (spare == null) {
        return null;
      }
      updates = updates.stream().filter(update -> update != spare).toList();
      pending.forget(spare);
    }
    Update update = new Update(this, name);
    add(update);
    return update;
  }

  /** Writes what decides what happens next. */
  void describe(StateWriter out) {
    out.put("device", address).putNanos("device seen", lastSeenNanos);
    updates.forEach(update -> update.describe(out));
  }
}
