// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hanota.api.Eui64;

/** How the files of hubs are named: one hub's {@code hub}, several hubs' {@code hub-EUI64}. */
final class HubNames {
  private HubNames() {}

  /** Each hub by its name; one that is given twice is there once. */
  static Map<String, Eui64> of(List<Eui64> hubs) {
    Map<String, Eui64> named = new LinkedHashMap<>();
    List<Eui64> distinct = hubs.stream().distinct().toList();
    distinct.forEach(hub -> named.put(distinct.size() == 1 ? "hub" : "hub-" + hub, hub));
    return named;
  }

  /** For people. */
  static String text(Map<String, Eui64> named) {
    return named.entrySet().stream()
        .map(each -> each.getKey() + " (" + each.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
