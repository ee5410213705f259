// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.store.Stored;

/**
 * A device as the inventory knows it.
 *
 * @param id its EUI-64
 * @param type what it is; one with the functions of an IHD and of a PPMID is a PPMID
 * @param standing where it stands in its life
 * @param model whose it is
 * @param firmware the version that it runs, as far as it is known
 * @param hub the hub of its home; a hub's own id for a hub
 * @param responsible the users who answer for it, each in one role
 * @param capability whether it takes images
 */
public record Device(
    Eui64 id,
    DeviceType type,
    Standing standing,
    Model model,
    Optional<FileVersion> firmware,
    Eui64 hub,
    List<Responsible> responsible,
    Capability capability)
    implements Stored {
  /** Keeps a copy of the list. */
  public Device {
    responsible = List.copyOf(responsible);
  }

  /**
   * Where a device stands.
   *
   * @param status as DUIS names it
   * @param before what it was before it was suspended; empty if it is not
   * @param commissioned when it went into service, as far as that is known
   */
  public record Standing(
      DeviceStatus status, Optional<DeviceStatus> before, Optional<Instant> commissioned) {
    /** A status without suspension, of a device of which it is not known when it was installed. */
    public static Standing of(DeviceStatus status) {
      return new Standing(status, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Whose device it is.
   *
   * @param manufacturer as the inventory writes it
   * @param name the model's, as the inventory writes it
   * @param gbcsVersion which GBCS it speaks
   */
  public record Model(String manufacturer, String name, String gbcsVersion) {
    @Override
    public String toString() {
      return manufacturer + " " + name;
    }
  }

  /** A user who answers for a device, in one role. */
  public record Responsible(Eui64 user, UserRole role) {}

  /** Whether a device takes images. C02: some ship with the capability switched off. */
  public enum Capability {
    /** It does. */
    UPDATABLE,
    /** It could, and does not yet. */
    SWITCHED_OFF,
    /** It never will. */
    NOT_UPDATABLE
  }

  /** Whether {@code user} answers for it, in any role. */
  public boolean isOf(Eui64 user) {
    return responsible.stream().anyMatch(each -> each.user().equals(user));
  }

  /** The same with that firmware. */
  public Device running(FileVersion version) {
    return new Device(
        id, type, standing, model, Optional.of(version), hub, responsible, capability);
  }

  /** The same with another status; a suspension is over. */
  public Device with(DeviceStatus status) {
    return with(new Standing(status, Optional.empty(), standing.commissioned()));
  }

  /** The same, in service since then. */
  public Device commissioned(Instant since) {
    return with(new Standing(DeviceStatus.COMMISSIONED, Optional.empty(), Optional.of(since)));
  }

  /** The same in the home of another hub. */
  public Device at(Eui64 other) {
    return new Device(id, type, standing, model, firmware, other, responsible, capability);
  }

  private Device with(Standing other) {
    return new Device(id, type, other, model, firmware, hub, responsible, capability);
  }

  /** The same, suspended: what it was before is remembered. */
  public Device suspend() {
    if (standing.status() == DeviceStatus.SUSPENDED) {
      return this;
    }
    return with(
        new Standing(
            DeviceStatus.SUSPENDED, Optional.of(standing.status()), standing.commissioned()));
  }

  /** The same with the status that it had before it was suspended. */
  public Device restore() {
    return standing.before().map(this::with).orElse(this);
  }

  /** The same with another user in a role; nobody if {@code user} is empty. */
  public Device responsible(UserRole role, Optional<Eui64> user) {
    List<Responsible> changed = new ArrayList<>(responsible);
    changed.removeIf(each -> each.role() == role);
    user.ifPresent(id -> changed.add(new Responsible(id, role)));
    return new Device(id, type, standing, model, firmware, hub, changed, capability);
  }

  @Override
  public String key() {
    return "device " + id;
  }
}
