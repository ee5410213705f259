// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import static org.hanota.headend.HeadEndParameter.LARGEST_COUNTER_STEP;
import static org.hanota.headend.check.Check.unless;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hanota.api.Eui64;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Registration;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CredentialsRequest.UpdateSecurityCredentialsCos;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.ServiceRequest;

/** Who may ask for what, in the order in which it is checked. */
public final class AccessChecks {
  private static final Set<CommandVariant> LOCAL =
      EnumSet.of(
          CommandVariant.LOCAL_COMMAND,
          CommandVariant.COMMAND_AND_LOCAL_COMMAND,
          CommandVariant.SIGNED_LOCAL_COMMAND,
          CommandVariant.SIGNED_COMMAND_AND_LOCAL_COMMAND);

  /** All of them. */
  public static final List<Check<Asking, Refusal>> ALL =
      List.of(
          new Check<>(Refusal.USER_UNKNOWN, AccessChecks::user),
          new Check<>(Refusal.USER_SUSPENDED, AccessChecks::suspended),
          new Check<>(Refusal.NOT_SERVED, AccessChecks::served),
          new Check<>(Refusal.WRONG_SERVICE, AccessChecks::service),
          new Check<>(Refusal.NOT_FOR_LOCAL_DELIVERY, AccessChecks::local),
          new Check<>(Refusal.COMMAND_VARIANT, AccessChecks::variant),
          new Check<>(Refusal.ROLE_NOT_ELIGIBLE, AccessChecks::role),
          new Check<>(Refusal.COUNTER_TOO_FAR, AccessChecks::counter),
          new Check<>(Refusal.DEVICE_UNKNOWN, AccessChecks::device),
          new Check<>(Refusal.NOT_RESPONSIBLE, AccessChecks::responsible),
          new Check<>(Refusal.DEVICE_TYPE, AccessChecks::type),
          new Check<>(Refusal.DEVICE_STATUS, AccessChecks::status));

  private AccessChecks() {}

  private static Optional<String> user(Asking asking) {
    Eui64 id = asking.request().id().originator();
    return unless(
        asking.user().filter(user -> !user.roles().isEmpty()).isPresent(),
        "found " + id + ", allowed a user with a role");
  }

  private static Optional<String> suspended(Asking asking) {
    return unless(
        asking.user().filter(User::isSuspended).isEmpty(),
        "found a suspended user, allowed one in good standing");
  }

  private static Optional<String> served(Asking asking) {
    return unless(
        rule(asking).isPresent(),
        "found " + named(asking) + ", which this head end does not serve");
  }

  private static String named(Asking asking) {
    ServiceRequest body = asking.request().body();
    String name =
        body instanceof ServiceRequest.OtherRequest other
            ? other.name()
            : body.getClass().getSimpleName();
    return asking.request().service() + " " + name;
  }

  private static Optional<ServiceRule> rule(Asking asking) {
    return ServiceRule.of(asking.request().service());
  }

  private static Optional<String> service(Asking asking) {
    CommandVariant.Service right = asking.request().commandVariant().service();
    return unless(
        asking.service() == right && right != CommandVariant.Service.NONE,
        "found " + asking.service() + ", allowed " + right);
  }

  private static Optional<String> local(Asking asking) {
    CommandVariant found = asking.request().commandVariant();
    return rule(asking)
        .filter(rule -> LOCAL.contains(found) && !rule.variants().contains(found))
        .map(rule -> "found " + found + ", allowed a command over the WAN");
  }

  /** A signed pre-command has the variants for it, and nothing else has. */
  private static Optional<String> variant(Asking asking) {
    CommandVariant found = asking.request().commandVariant();
    boolean isSigned = asking.request().body() instanceof ServiceRequest.SignedPreCommand;
    return rule(asking)
        .filter(
            rule ->
                !rule.variants().contains(found)
                    || isSigned != (found == CommandVariant.SIGNED_COMMAND))
        .map(rule -> "found " + found + ", allowed " + rule.variants());
  }

  private static Optional<String> role(Asking asking) {
    return rule(asking)
        .filter(rule -> asking.user().stream().noneMatch(user -> has(user, rule.roles())))
        .map(rule -> "allowed " + rule.roles());
  }

  private static boolean has(User user, Set<UserRole> roles) {
    return user.roles().stream().anyMatch(roles::contains);
  }

  /** A wrong clock must not use up the counters of the devices. [hanota H80] */
  private static Optional<String> counter(Asking asking) {
    long last = asking.user().map(User::lastCounter).orElse(0L);
    long now = asking.utcMillis();
    long from = Long.compareUnsigned(last, now) > 0 ? last : now;
    long limit = from + asking.parameters().get(LARGEST_COUNTER_STEP);
    long found = asking.request().id().counter();
    return unless(
        Long.compareUnsigned(found, limit) <= 0,
        "found " + Long.toUnsignedString(found) + ", allowed up to " + limit);
  }

  private static Optional<String> device(Asking asking) {
    Optional<Eui64> id = subject(asking);
    return id.filter(wanted -> asking.estate().device(wanted).isEmpty())
        .map(wanted -> "found " + wanted + ", allowed a device of the inventory");
  }

  /** The device that a request is about, where it is about one. */
  static Optional<Eui64> subject(Asking asking) {
    if (rule(asking).filter(ServiceRule::isForDevice).isPresent()) {
      return Optional.of(asking.request().id().target());
    }
    ServiceRequest body = asking.request().body();
    if (body instanceof InventoryRequest.DecommissionDevice decommission) {
      return Optional.of(decommission.deviceId());
    }
    if (body instanceof InventoryRequest.UpdateInventory update) {
      return Optional.of(update.deviceId());
    }
    return Optional.empty();
  }

  private static Optional<Device> subjectDevice(Asking asking) {
    return subject(asking).flatMap(asking.estate()::device);
  }

  /** Who gains a device by 6.23 does not answer for it yet: the register says whether he may. */
  private static Optional<String> registered(Asking asking, UpdateSecurityCredentialsCos change) {
    Eui64 user = asking.request().id().originator();
    Optional<Registration> registration = asking.estate().registration(change.importMpxn());
    return unless(
        registration.map(Registration::supplier).filter(user::equals).isPresent(),
        "found "
            + user
            + ", allowed "
            + registration.map(each -> each.supplier().toString()).orElse("nobody")
            + ", who is registered for "
            + change.importMpxn());
  }

  private static Optional<String> responsible(Asking asking) {
    if (asking.request().body() instanceof UpdateSecurityCredentialsCos change) {
      return registered(asking, change);
    }
    Eui64 user = asking.request().id().originator();
    Set<UserRole> roles = rule(asking).map(ServiceRule::roles).orElse(Set.of());
    return subjectDevice(asking)
        .filter(
            device ->
                device.responsible().stream()
                    .noneMatch(each -> each.user().equals(user) && roles.contains(each.role())))
        .map(
            device ->
                "found "
                    + user
                    + ", allowed "
                    + device.responsible().stream()
                        .filter(each -> roles.contains(each.role()))
                        .map(each -> each.user() + " as " + each.role())
                        .collect(Collectors.joining(", ")));
  }

  private static Optional<String> type(Asking asking) {
    return rule(asking)
        .filter(ServiceRule::isForDevice)
        .flatMap(
            rule ->
                asking
                    .device()
                    .filter(device -> !rule.types().contains(device.type()))
                    .map(device -> "found " + device.type() + ", allowed " + rule.types()));
  }

  private static Optional<String> status(Asking asking) {
    return rule(asking)
        .filter(ServiceRule::isForDevice)
        .flatMap(
            rule ->
                asking
                    .device()
                    .filter(device -> !rule.statuses().contains(device.standing().status()))
                    .map(
                        device ->
                            "found "
                                + device.standing().status().word()
                                + ", allowed "
                                + rule.statuses()));
  }

  static boolean isInService(Device device) {
    return ServiceRule.IN_SERVICE.contains(device.standing().status());
  }
}
