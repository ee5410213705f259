// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import static org.hanota.headend.check.Check.unless;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.headend.estate.Device;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.HanRequest.JoinServiceCritical;
import org.hanota.headend.request.HanRequest.JoinServiceNonCritical;
import org.hanota.headend.request.HanRequest.RestoreHanDeviceLog;
import org.hanota.headend.request.HanRequest.UpdateHanDeviceLog;
import org.hanota.headend.request.ServiceRequest;

/**
 * What must hold of the other device that a request about a home names: one that is let in was
 * announced by 12.2 and is nowhere else, and only neighbours are joined. [hanota H89]
 */
final class HomeChecks {
  /** In these a device may be let in; one in service must be decommissioned before. */
  private static final Set<DeviceStatus> COMING =
      EnumSet.of(
          DeviceStatus.PENDING, DeviceStatus.WHITELISTED, DeviceStatus.INSTALLED_NOT_COMMISSIONED);

  /** All of them, in their order. */
  static final List<Check<Asking, Refusal>> ALL =
      List.of(
          new Check<>(Refusal.DEVICE_UNKNOWN, HomeChecks::other),
          new Check<>(Refusal.NOT_RESPONSIBLE, HomeChecks::responsible),
          new Check<>(Refusal.DEVICE_STATUS, HomeChecks::coming),
          new Check<>(Refusal.NOT_IN_HOME, HomeChecks::home),
          new Check<>(Refusal.JOIN_METHOD, HomeChecks::method));

  private HomeChecks() {}

  /** The other device, where the request needs it to be known. */
  private static Optional<Eui64> named(Asking asking) {
    return joined(asking)
        .or(() -> letIn(asking))
        .or(
            () ->
                asking.request().body() instanceof RestoreHanDeviceLog restore
                    ? Optional.of(restore.oldChfId())
                    : Optional.empty());
  }

  private static Optional<Eui64> joined(Asking asking) {
    ServiceRequest body = asking.request().body();
    if (body instanceof JoinServiceCritical join) {
      return Optional.of(join.otherDeviceId());
    }
    return body instanceof JoinServiceNonCritical join
        ? Optional.of(join.otherDeviceId())
        : Optional.empty();
  }

  private static Optional<Eui64> letIn(Asking asking) {
    return asking.request().body() instanceof UpdateHanDeviceLog update
            && update.whitelist().isPresent()
        ? Optional.of(update.deviceId())
        : Optional.empty();
  }

  private static Optional<String> other(Asking asking) {
    return named(asking)
        .filter(id -> asking.estate().device(id).isEmpty())
        .map(id -> "found " + id + ", allowed a device of the inventory; 12.2 announces it");
  }

  private static Optional<String> responsible(Asking asking) {
    Eui64 user = asking.request().id().originator();
    return letIn(asking)
        .flatMap(asking.estate()::device)
        .filter(device -> !device.isOf(user))
        .map(device -> "found " + user + ", allowed " + device.responsible());
  }

  private static Optional<String> coming(Asking asking) {
    return letIn(asking)
        .flatMap(asking.estate()::device)
        .filter(device -> !COMING.contains(device.standing().status()))
        .map(device -> "found " + device.standing().status().word() + ", allowed " + COMING);
  }

  /** A device that waits for another home is let into that one only. */
  private static Optional<String> home(Asking asking) {
    Optional<Eui64> expected =
        letIn(asking).isPresent()
            ? Optional.of(asking.request().id().target())
            : joined(asking).flatMap(id -> asking.device()).map(Device::hub);
    return named(asking)
        .flatMap(asking.estate()::device)
        .filter(device -> expected.filter(hub -> !isAt(device, hub, asking)).isPresent())
        .map(device -> "found one at " + device.hub() + ", allowed at " + expected.get());
  }

  private static boolean isAt(Device device, Eui64 hub, Asking asking) {
    boolean isNowhere = device.hub().equals(Eui64.UNKNOWN) && letIn(asking).isPresent();
    return isNowhere || device.hub().equals(hub);
  }

  private static Optional<String> method(Asking asking) {
    return joined(asking)
        .flatMap(asking.estate()::device)
        .flatMap(
            other ->
                asking
                    .device()
                    .map(device -> JoinMethod.of(device.type(), other.type()).joining())
                    .flatMap(
                        right ->
                            unless(
                                right.equals(asking.request().service()),
                                "found " + asking.request().service() + ", allowed " + right)));
  }
}
