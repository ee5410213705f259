// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hanota.sim.link.LinkFaults;
import org.hanota.sim.link.MarkovLoss;
import org.hanota.sim.link.Span;

/** Reads what goes wrong in a scenario. */
final class NemesesReader {
  private NemesesReader() {}

  /** What goes wrong, as the scenario says. */
  static Nemeses read(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    LinkFaults air = map.find("air").map(NemesesReader::air).orElse(LinkFaults.NONE);
    List<Nemeses.PowerCut> cuts =
        list(map.find("powerCuts"), "at", Amounts::percent, Nemeses.PowerCut::new);
    List<Nemeses.HubRestart> restarts =
        list(map.find("hubRestarts"), "at", Amounts::nanos, Nemeses.HubRestart::new);
    List<LinkFault> links =
        map.find("links").map(YamlValue::list).orElse(List.of()).stream()
            .map(NemesesReader::link)
            .toList();
    Map<Nemesis, Double> rates = map.find("rates").map(NemesesReader::rates).orElse(Map.of());
    List<Strike> strikes =
        map.find("strikes").map(YamlValue::list).orElse(List.of()).stream()
            .map(NemesesReader::strike)
            .toList();
    map.end();
    return value.made(() -> new Nemeses(air, links, cuts, restarts, rates, strikes));
  }

  private static <A, T> List<T> list(
      Optional<YamlValue> value,
      String key,
      Function<String, A> form,
      BiFunction<A, Long, T> maker) {
    List<T> made = new ArrayList<>();
    for (YamlValue each : value.map(YamlValue::list).orElse(List.of())) {
      YamlValue.Mapping map = each.mapping();
      A at = map.get(key).as(form);
      long off = map.get("off").as(Amounts::nanos);
      map.end();
      made.add(each.made(() -> maker.apply(at, off)));
    }
    return made;
  }

  private static LinkFaults air(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    double[] fractions = new double[NemesesWriter.AIR.size()];
    for (int i = 0; i < fractions.length; i++) {
      fractions[i] =
          map.find(NemesesWriter.AIR.get(i)).map(v -> v.as(Amounts::fraction)).orElse(0.0);
    }
    long delay = map.find("maximumDelay").map(v -> v.as(Amounts::nanos)).orElse(0L);
    map.end();
    return value.made(
        () ->
            new LinkFaults(
                fractions[0],
                fractions[1],
                fractions[2],
                fractions[3],
                fractions[4],
                fractions[5],
                delay));
  }

  private static Map<Nemesis, Double> rates(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    Map<Nemesis, Double> rates = new EnumMap<>(Nemesis.class);
    for (Nemesis nemesis : Nemesis.values()) {
      map.find(nemesis.label()).ifPresent(rate -> rates.put(nemesis, rate.as(Amounts::fraction)));
    }
    map.end();
    return rates;
  }

  private static Strike strike(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    Nemesis nemesis = map.get("nemesis").as(NemesesReader::nemesis);
    String node = map.find("node").map(YamlValue::text).orElse(LinkFault.ANY);
    YamlValue at = map.get("at");
    map.end();
    return value.made(
        () ->
            at.text().endsWith("%")
                ? Strike.atPercent(nemesis, node, at.as(Amounts::percent))
                : Strike.at(nemesis, node, at.as(Amounts::nanos)));
  }

  private static Nemesis nemesis(String label) {
    return Nemesis.ofLabel(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "allowed "
                        + String.join(
                            ", ", Arrays.stream(Nemesis.values()).map(Nemesis::label).toList())));
  }

  private static LinkFault link(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    String from = map.find("from").map(YamlValue::text).orElse(LinkFault.ANY);
    String to = map.find("to").map(YamlValue::text).orElse(LinkFault.ANY);
    Optional<YamlValue> bursts = map.find("bursts");
    Optional<YamlValue> outage = map.find("outage");
    Optional<YamlValue> hold = map.find("hold");
    map.end();
    if (List.of(bursts, outage, hold).stream().filter(Optional::isPresent).count() != 1) {
      throw value.fault("has not one of bursts, outage, hold, allowed exactly one");
    }
    if (bursts.isPresent()) {
      List<MarkovLoss.State> states =
          bursts.get().list().stream().map(NemesesReader::state).toList();
      return value.made(() -> new LinkFault.Bursts(from, to, states));
    }
    return outage.isPresent()
        ? new LinkFault.Outage(from, to, span(outage.get()))
        : new LinkFault.Hold(from, to, span(hold.orElseThrow()));
  }

  private static MarkovLoss.State state(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    double loss = map.get("loss").as(Amounts::fraction);
    long mean = map.get("mean").as(Amounts::nanos);
    List<Double> next =
        map.find("next").map(YamlValue::list).orElse(List.of()).stream()
            .map(weight -> weight.as(Amounts::fraction))
            .toList();
    map.end();
    return value.made(() -> new MarkovLoss.State(loss, mean, next));
  }

  private static Span span(YamlValue value) {
    YamlValue.Mapping map = value.mapping();
    long at = map.get("at").as(Amounts::nanos);
    long lasts = map.get("for").as(Amounts::nanos);
    map.end();
    return value.made(() -> new Span(at, lasts));
  }
}
