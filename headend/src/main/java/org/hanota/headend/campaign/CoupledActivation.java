// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.headend.request.DeviceType;

/**
 * The activation of a meter may cut its hub's power, and with it the transfers of the home; the hub
 * then may raise a power outage alert that the network operator takes for a real one. [hanota H93]
 *
 * @param hub the home
 * @param meter the meter that is to be activated
 * @param others devices of the home that may be in the middle of a transfer
 */
public record CoupledActivation(Eui64 hub, Eui64 meter, List<Eui64> others) {
  /** Keeps a copy of the list. */
  public CoupledActivation {
    others = List.copyOf(others);
  }

  /**
   * The warnings for a campaign.
   *
   * @param chosen devices of the campaign
   * @param elsewhere devices of other campaigns that have not ended
   */
  static List<CoupledActivation> among(Collection<Member> chosen, Collection<Member> elsewhere) {
    Map<Eui64, List<Member>> homes = new TreeMap<>();
    for (Member each : chosen) {
      homes.computeIfAbsent(each.hub(), none -> new ArrayList<>()).add(each);
    }
    for (Member each : elsewhere) {
      homes.computeIfPresent(
          each.hub(),
          (hub, home) -> {
            home.add(each);
            return home;
          });
    }
    List<CoupledActivation> found = new ArrayList<>();
    homes.forEach(
        (hub, home) -> {
          for (Member meter : home) {
            if (meter.type() == DeviceType.ESME && home.size() > 1) {
              List<Eui64> others =
                  home.stream()
                      .map(Member::device)
                      .filter(each -> !each.equals(meter.device()))
                      .sorted()
                      .toList();
              found.add(new CoupledActivation(hub, meter.device(), others));
            }
          }
        });
    return found;
  }
}
