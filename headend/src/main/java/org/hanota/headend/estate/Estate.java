// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.machine.StateWriter;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;

/** All that the DCC knows of users, devices and firmware; what changes is kept. */
public final class Estate {
  /** What is kept of it. */
  public static final RecordKinds KINDS =
      RecordKinds.none()
          .and("user", User.class)
          .and("device", Device.class)
          .and("listing", Listing.class)
          .and("rule", CompatibilityRule.class)
          .and("registration", Registration.class);

  private final Changes changes;
  private final Map<Eui64, User> users = new TreeMap<>();
  private final Map<Eui64, Device> devices = new TreeMap<>();
  private final Map<Eui64, List<Eui64>> homes = new TreeMap<>();
  private final Map<String, Listing> listings = new TreeMap<>();
  private final Map<String, CompatibilityRule> rules = new TreeMap<>();
  private final Map<String, Registration> registrations = new TreeMap<>();

  /** Knows nothing yet. */
  public Estate(Changes changes) {
    this.changes = changes;
  }

  /** Takes a record that was kept, if it is one of these. */
  public boolean load(Stored record) {
    if (record instanceof User user) {
      users.put(user.id(), user);
    } else if (record instanceof Device device) {
      place(device);
    } else if (record instanceof Listing listing) {
      listings.put(listing.key(), listing);
    } else if (record instanceof CompatibilityRule rule) {
      rules.put(rule.key(), rule);
    } else if (record instanceof Registration registration) {
      registrations.put(registration.key(), registration);
    } else {
      return false;
    }
    return true;
  }

  /** Knows something new or other. */
  public void put(Stored record) {
    if (!load(record)) {
      throw new IllegalArgumentException(
          "record is " + record + ", allowed a user, device, listing, rule or registration");
    }
    changes.put(record);
  }

  private void place(Device device) {
    Device before = devices.put(device.id(), device);
    if (before != null && !before.hub().equals(device.hub())) {
      homes.merge(before.hub(), List.of(), (all, none) -> without(all, device.id()));
    }
    homes.merge(device.hub(), List.of(device.id()), Estate::with);
  }

  private static List<Eui64> with(List<Eui64> all, List<Eui64> more) {
    if (all.containsAll(more)) {
      return all;
    }
    return Stream.concat(all.stream(), more.stream()).sorted().toList();
  }

  private static List<Eui64> without(List<Eui64> all, Eui64 device) {
    return all.stream().filter(each -> !each.equals(device)).toList();
  }

  /** A device leaves the inventory. */
  public void remove(Device device) {
    devices.remove(device.id());
    homes.computeIfPresent(device.hub(), (hub, all) -> without(all, device.id()));
    changes.remove(device.key());
  }

  /** A user. */
  public Optional<User> user(Eui64 id) {
    return Optional.ofNullable(users.get(id));
  }

  /** A device. */
  public Optional<Device> device(Eui64 id) {
    return Optional.ofNullable(devices.get(id));
  }

  /** Every device, in the order of their ids. */
  public Collection<Device> devices() {
    return Collections.unmodifiableCollection(devices.values());
  }

  /** The devices of a home, its hub among them where the inventory has it. */
  public List<Device> home(Eui64 hub) {
    return homes.getOrDefault(hub, List.of()).stream().flatMap(id -> device(id).stream()).toList();
  }

  /** The Central Products List. */
  public Collection<Listing> listings() {
    return Collections.unmodifiableCollection(listings.values());
  }

  /** The entry for that version of a model. */
  public Optional<Listing> listing(Device.Model model, FileVersion version) {
    return listings.values().stream()
        .filter(listing -> listing.isOf(model) && listing.version().equals(version))
        .findFirst();
  }

  /** Who is registered for a supply. */
  public Optional<Registration> registration(String mpxn) {
    return Optional.ofNullable(registrations.get(Registration.key(mpxn)));
  }

  /** What does not work together. */
  public Collection<CompatibilityRule> rules() {
    return Collections.unmodifiableCollection(rules.values());
  }

  /** Writes everything down. */
  public void describe(StateWriter out) {
    users.values().forEach(user -> out.put(user.key(), user));
    devices.values().forEach(device -> out.put(device.key(), device));
    listings.values().forEach(listing -> out.put(listing.key(), listing));
    rules.values().forEach(rule -> out.put(rule.key(), rule));
    registrations.values().forEach(each -> out.put(each.key(), each));
  }
}
