// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The models of a scenario's links, which all workers share. They are made when the first shard
 * asks: each worker makes the next one that nobody makes, so that none is idle meanwhile.
 */
final class TransferModels {
  private final List<Link> links;
  private final AtomicInteger next = new AtomicInteger();

  /** Those of a scenario; none at block level. */
  TransferModels(FleetScenario scenario) {
    int count = scenario.level() == FleetScenario.Level.TRANSFER ? scenario.quality().size() : 0;
    links = IntStream.range(0, count).mapToObj(each -> new Link(scenario, each)).toList();
  }

  private static final class Link {
    private final FleetScenario scenario;
    private final int number;
    private @Nullable TransferModel model;

    Link(FleetScenario scenario, int number) {
      this.scenario = scenario;
      this.number = number;
    }

    synchronized TransferModel model() {
      TransferModel made = model;
      if (made == null) {
        made =
            TransferModel.of(
                scenario.seed(),
                number,
                scenario.quality().get(number),
                scenario.radio(),
                scenario.image().maximumDataSize(),
                scenario.samples());
        model = made;
      }
      return made;
    }
  }

  /** All of them, in the order of the qualities. */
  List<TransferModel> all() {
    for (int own = next.getAndIncrement(); own < links.size(); own = next.getAndIncrement()) {
      TransferModel unused = links.get(own).model();
    }
    return links.stream().map(Link::model).toList();
  }
}
