// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import static java.util.Map.entry;
import static org.hanota.headend.estate.UserRole.GS;
import static org.hanota.headend.estate.UserRole.IS;
import static org.hanota.headend.request.CommandVariant.COMMAND;
import static org.hanota.headend.request.CommandVariant.PRE_COMMAND;
import static org.hanota.headend.request.CommandVariant.SIGNED_COMMAND;
import static org.hanota.headend.request.DeviceType.CHF;
import static org.hanota.headend.request.DeviceType.ESME;
import static org.hanota.headend.request.DeviceType.GPF;
import static org.hanota.headend.request.DeviceType.GSME;
import static org.hanota.headend.request.DeviceType.HCALCS;
import static org.hanota.headend.request.DeviceType.PPMID;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ServiceReference;

/**
 * Who may use a service, and how. [DUIS schema]
 *
 * @param roles who may
 * @param variants which variants it has
 * @param types which devices it is for; empty where the DCC answers by itself
 * @param statuses in which a device takes it: any for 11.2 and 8.9, which tell what is right
 */
public record ServiceRule(
    Set<UserRole> roles,
    Set<CommandVariant> variants,
    Set<DeviceType> types,
    Set<DeviceStatus> statuses) {
  /** In these a device is in service; a suspended one gets what helps it. */
  static final Set<DeviceStatus> IN_SERVICE =
      Collections.unmodifiableSet(
          EnumSet.of(
              DeviceStatus.COMMISSIONED,
              DeviceStatus.SUSPENDED,
              DeviceStatus.RECOVERY,
              DeviceStatus.RECOVERED));

  /** In these it is at home, or about to be. */
  private static final Set<DeviceStatus> AT_HOME =
      EnumSet.of(
          DeviceStatus.COMMISSIONED,
          DeviceStatus.SUSPENDED,
          DeviceStatus.RECOVERY,
          DeviceStatus.RECOVERED,
          DeviceStatus.WHITELISTED,
          DeviceStatus.INSTALLED_NOT_COMMISSIONED);

  private static final Set<DeviceStatus> ANY = EnumSet.allOf(DeviceStatus.class);
  private static final Set<CommandVariant> PLAIN = EnumSet.of(COMMAND);
  private static final Set<CommandVariant> CRITICAL = EnumSet.of(PRE_COMMAND, SIGNED_COMMAND);

  private static final Set<UserRole> SUPPLIERS = EnumSet.of(IS, GS);
  private static final Set<UserRole> ALL = EnumSet.allOf(UserRole.class);

  /** Which roles may use 6.28 and 8.x, and for which devices, is inferred. */
  private static final Map<String, ServiceRule> RULES =
      Map.ofEntries(
          entry("6.23", device(PLAIN, EnumSet.of(ESME, GSME), IN_SERVICE)),
          entry("6.28", device(PLAIN, EnumSet.of(CHF), IN_SERVICE)),
          entry("8.1.1", device(CRITICAL, EnumSet.of(ESME, GSME), AT_HOME)),
          entry("8.2", byDcc(ALL)),
          entry("8.3", byDcc(SUPPLIERS)),
          entry("8.4", byDcc(SUPPLIERS)),
          entry("8.7.1", device(CRITICAL, EnumSet.of(ESME, GSME, HCALCS), AT_HOME)),
          entry("8.7.2", device(PLAIN, EnumSet.of(ESME, GSME, GPF, PPMID, HCALCS), AT_HOME)),
          entry("8.8.1", device(CRITICAL, EnumSet.of(ESME, GSME, HCALCS), AT_HOME)),
          entry("8.8.2", device(PLAIN, EnumSet.of(ESME, GSME, GPF, PPMID, HCALCS), AT_HOME)),
          entry("8.9", device(PLAIN, EnumSet.of(ESME, GSME, GPF, PPMID, HCALCS, CHF), ANY)),
          entry("8.11", device(PLAIN, EnumSet.of(CHF), IN_SERVICE)),
          entry("8.12.1", device(PLAIN, EnumSet.of(CHF), ANY)),
          entry("8.13", byDcc(SUPPLIERS)),
          entry("11.1", byDcc(SUPPLIERS)),
          entry(
              "11.2", new ServiceRule(ALL, PLAIN, EnumSet.of(ESME, GSME, HCALCS, PPMID, CHF), ANY)),
          entry("11.3", device(CRITICAL, EnumSet.of(ESME, GSME, HCALCS), IN_SERVICE)),
          entry("11.4", byDcc(SUPPLIERS)),
          entry("12.2", byDcc(SUPPLIERS)));

  private static ServiceRule byDcc(Set<UserRole> roles) {
    return new ServiceRule(
        roles, EnumSet.of(CommandVariant.NON_DEVICE), EnumSet.noneOf(DeviceType.class), ANY);
  }

  private static ServiceRule device(
      Set<CommandVariant> variants, Set<DeviceType> types, Set<DeviceStatus> statuses) {
    return new ServiceRule(SUPPLIERS, variants, types, statuses);
  }

  /** The rule for a service; empty if the head end does not serve it. */
  public static Optional<ServiceRule> of(ServiceReference service) {
    return Optional.ofNullable(RULES.get(service.variant()));
  }

  /** Whether it goes to a device. */
  public boolean isForDevice() {
    return !types.isEmpty();
  }
}
