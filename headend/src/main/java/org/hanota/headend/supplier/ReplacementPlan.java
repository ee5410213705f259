// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.headend.check.JoinMethod;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.HanRequest;
import org.hanota.headend.request.HanRequest.Whitelist;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.InventoryRequest.DevicePrenotification;
import org.hanota.headend.request.ServiceRequest;

/**
 * What a damaged device is replaced by, and how.
 *
 * @param damaged the old device
 * @param type what both are
 * @param hub the hub of the home; the old device itself where that is a hub
 * @param replacement the new device
 * @param announcement of the new device; empty where somebody has announced it
 * @param whitelist how the new device is let in; not used for a hub
 * @param partners who knew the old device, and shall know the new one
 * @param clockToleranceSeconds how far a meter's clock may be off, 0 to 86,400
 */
public record ReplacementPlan(
    Eui64 damaged,
    DeviceType type,
    Eui64 hub,
    Eui64 replacement,
    Optional<DevicePrenotification> announcement,
    Whitelist whitelist,
    List<Partner> partners,
    int clockToleranceSeconds) {
  /** A device that is joined with the damaged one. */
  public record Partner(Eui64 id, DeviceType type) {}

  /**
   * Checks that the plan can come to an end, and keeps a copy of the list.
   *
   * @throws IllegalArgumentException naming the argument
   */
  public ReplacementPlan {
    partners = List.copyOf(partners);
    if (damaged.equals(replacement)) {
      throw new IllegalArgumentException("replacement is the damaged device, allowed another one");
    }
    if (announcement.filter(told -> !told.deviceId().equals(replacement)).isPresent()) {
      throw new IllegalArgumentException("announcement is not of the replacement");
    }
    if (type == DeviceType.CHF && !hub.equals(damaged)) {
      throw new IllegalArgumentException("hub is " + hub + ", allowed the damaged hub itself");
    }
    boolean isMeter = type == DeviceType.ESME || type == DeviceType.GSME;
    boolean isJoined =
        takesCommands(type)
            ? !partners.isEmpty()
            : partners.stream().anyMatch(partner -> takesCommands(partner.type()));
    if (!isMeter && type != DeviceType.CHF && !isJoined) {
      throw new IllegalArgumentException(
          "partners is " + partners + ", allowed at least one that takes commands, for a " + type);
    }
  }

  /** The states that this replacement goes through, in their order. */
  List<ReplacementState> way() {
    List<ReplacementState> way = new ArrayList<>(List.of(ReplacementState.PLANNED));
    if (announcement.isPresent()) {
      way.add(ReplacementState.NOTIFYING);
    }
    way.add(ReplacementState.CHECKING);
    if (type == DeviceType.CHF) {
      way.addAll(List.of(ReplacementState.RESTORING, ReplacementState.DECOMMISSIONING));
    } else {
      if (!unjoins().isEmpty()) {
        way.add(ReplacementState.UNJOINING);
      }
      way.addAll(
          List.of(
              ReplacementState.REMOVING,
              ReplacementState.DECOMMISSIONING,
              ReplacementState.WHITELISTING,
              ReplacementState.AWAITING));
      if (!joins().isEmpty()) {
        way.add(ReplacementState.JOINING);
      }
      if (type == DeviceType.ESME || type == DeviceType.GSME) {
        way.add(ReplacementState.COMMISSIONING);
      }
    }
    way.add(ReplacementState.REPLACED);
    return way;
  }

  /** How many requests a state has. */
  int requestsIn(ReplacementState state) {
    return switch (state) {
      case PLANNED, REPLACED, HELD, ABANDONED -> 0;
      case UNJOINING -> unjoins().size();
      case JOINING -> joins().size();
      case NOTIFYING,
          CHECKING,
          REMOVING,
          RESTORING,
          DECOMMISSIONING,
          WHITELISTING,
          AWAITING,
          COMMISSIONING ->
          1;
    };
  }

  /**
   * A request of a state.
   *
   * @param number which one, from 0
   */
  SupplierInput.Ask ask(ReplacementState state, int number, Eui64 dsp, Instant now) {
    return switch (state) {
      case NOTIFYING -> byDcc(dsp, announcement.orElseThrow());
      case CHECKING ->
          byDcc(
              dsp,
              new InventoryRequest.ReadInventory(
                  new InventoryRequest.Selection.Device(replacement)));
      case UNJOINING -> unjoins().get(number);
      case REMOVING ->
          command(
              hub,
              new HanRequest.UpdateHanDeviceLog(ExecutionDateTime.NOW, damaged, Optional.empty()));
      case RESTORING -> command(replacement, new HanRequest.RestoreHanDeviceLog(damaged));
      case DECOMMISSIONING -> byDcc(dsp, new InventoryRequest.DecommissionDevice(damaged));
      case WHITELISTING ->
          command(
              hub,
              new HanRequest.UpdateHanDeviceLog(
                  ExecutionDateTime.NOW, replacement, Optional.of(whitelist)));
      case AWAITING -> command(hub, new HanRequest.ReadDeviceLog(ExecutionDateTime.NOW, false));
      case JOINING -> joins().get(number);
      case COMMISSIONING ->
          new SupplierInput.Ask(
              replacement,
              CommandVariant.PRE_COMMAND,
              new HanRequest.CommissionDevice(now, clockToleranceSeconds));
      case PLANNED, REPLACED, HELD, ABANDONED ->
          throw new IllegalArgumentException("state is " + state + ", allowed one that asks");
    };
  }

  private static SupplierInput.Ask byDcc(Eui64 dsp, ServiceRequest body) {
    return new SupplierInput.Ask(dsp, CommandVariant.NON_DEVICE, body);
  }

  private static SupplierInput.Ask command(Eui64 target, ServiceRequest body) {
    return new SupplierInput.Ask(target, CommandVariant.COMMAND, body);
  }

  /**
   * An IHD or CAD has no keys of GBCS: only the other side of a pair is told of it. [hanota H152]
   */
  private static boolean takesCommands(DeviceType type) {
    return type != DeviceType.IHD && type != DeviceType.CAD;
  }

  private List<SupplierInput.Ask> unjoins() {
    return partners.stream()
        .filter(partner -> takesCommands(partner.type()))
        .map(this::unjoin)
        .toList();
  }

  /** The partner first: a meter that begins must know whom it waits for. */
  private List<SupplierInput.Ask> joins() {
    List<SupplierInput.Ask> joins = new ArrayList<>();
    for (Partner partner : partners) {
      if (takesCommands(partner.type())) {
        joins.add(join(partner.id(), partner.type(), replacement, type));
      }
      if (takesCommands(type)) {
        joins.add(join(replacement, type, partner.id(), partner.type()));
      }
    }
    return joins;
  }

  private SupplierInput.Ask unjoin(Partner partner) {
    return JoinMethod.of(partner.type(), type).critical()
        ? new SupplierInput.Ask(
            partner.id(), CommandVariant.PRE_COMMAND, new HanRequest.UnjoinServiceCritical(damaged))
        : command(partner.id(), new HanRequest.UnjoinServiceNonCritical(damaged));
  }

  private static SupplierInput.Ask join(
      Eui64 device, DeviceType type, Eui64 other, DeviceType otherType) {
    return JoinMethod.of(type, otherType).critical()
        ? new SupplierInput.Ask(
            device, CommandVariant.PRE_COMMAND, new HanRequest.JoinServiceCritical(other))
        : command(device, new HanRequest.JoinServiceNonCritical(other));
  }
}
