// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import static org.hanota.headend.estate.UserRole.GS;
import static org.hanota.headend.estate.UserRole.IS;
import static org.hanota.headend.request.CommandVariant.COMMAND;
import static org.hanota.headend.request.CommandVariant.PRE_COMMAND;
import static org.hanota.headend.request.CommandVariant.SIGNED_COMMAND;
import static org.hanota.headend.request.DeviceType.CHF;
import static org.hanota.headend.request.DeviceType.ESME;
import static org.hanota.headend.request.DeviceType.GSME;
import static org.hanota.headend.request.DeviceType.HCALCS;
import static org.hanota.headend.request.DeviceType.PPMID;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ServiceReference;

/**
 * Who may use a service, and how. [DUIS schema]
 *
 * @param roles who may
 * @param variants which variants it has
 * @param types which devices it is for; empty where the DCC answers by itself
 * @param isForAnyStatus whether the device's status does not matter: 11.2 tells what is right
 */
public record ServiceRule(
    Set<UserRole> roles,
    Set<CommandVariant> variants,
    Set<DeviceType> types,
    boolean isForAnyStatus) {
  private static final Set<UserRole> SUPPLIERS = EnumSet.of(IS, GS);
  private static final Set<UserRole> ALL = EnumSet.allOf(UserRole.class);

  private static final Map<String, ServiceRule> RULES =
      Map.of(
          "6.23", device(SUPPLIERS, EnumSet.of(COMMAND), EnumSet.of(ESME, GSME)),
          "8.2", byDcc(ALL),
          "8.3", byDcc(SUPPLIERS),
          "8.4", byDcc(SUPPLIERS),
          "11.1", byDcc(SUPPLIERS),
          "11.2",
              new ServiceRule(
                  ALL, EnumSet.of(COMMAND), EnumSet.of(ESME, GSME, HCALCS, PPMID, CHF), true),
          "11.3",
              device(
                  SUPPLIERS,
                  EnumSet.of(PRE_COMMAND, SIGNED_COMMAND),
                  EnumSet.of(ESME, GSME, HCALCS)),
          "11.4", byDcc(SUPPLIERS),
          "12.2", byDcc(SUPPLIERS));

  private static ServiceRule byDcc(Set<UserRole> roles) {
    return new ServiceRule(
        roles,
        EnumSet.of(CommandVariant.NON_DEVICE),
        EnumSet.noneOf(DeviceType.class),
        /* isForAnyStatus= */ true);
  }

  private static ServiceRule device(
      Set<UserRole> roles, Set<CommandVariant> variants, Set<DeviceType> types) {
    return new ServiceRule(roles, variants, types, /* isForAnyStatus= */ false);
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
