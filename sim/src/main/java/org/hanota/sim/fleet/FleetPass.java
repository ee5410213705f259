// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import org.hanota.api.SeededRandom;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;

/** Computes one wave: the WAN to its homes, then each home. A shard is a closed range of homes. */
final class FleetPass implements FleetEngine.Pass {
  private static final int TRANSFER_HOMES = 20_000;
  private static final int BLOCK_HOMES = 20;
  private static final long MILLISECOND = 1_000_000;
  private static final long MICROSECOND = 1_000;

  /** Hears of each device that got a request. */
  interface Listener {
    /**
     * A device had a request.
     *
     * @param orderMillis when, from the start of the campaign
     * @param endMillis when it came to its end
     */
    void device(
        int region, int wave, long number, long orderMillis, long endMillis, FleetCounts.Kind end);
  }

  private final FleetScenario scenario;
  private final FleetLayout layout;
  private final TransferModels models;
  private final int wave;
  private final WaveTimes times;
  private final Listener listener;

  FleetPass(
      FleetScenario scenario,
      FleetLayout layout,
      TransferModels models,
      int wave,
      WaveTimes times,
      Listener listener) {
    this.scenario = scenario;
    this.layout = layout;
    this.models = models;
    this.wave = wave;
    this.times = times;
    this.listener = listener;
  }

  private long homesOfShard() {
    return scenario.level() == FleetScenario.Level.TRANSFER ? TRANSFER_HOMES : BLOCK_HOMES;
  }

  @Override
  public int shards() {
    return (int) ((scenario.homes() + homesOfShard() - 1) / homesOfShard());
  }

  @Override
  public long[] recipe() {
    return times.recipe(wave);
  }

  @Override
  public long[] shard(int number) {
    return new Shard().run(number);
  }

  private final class Shard {
    private final FleetCounts counts = new FleetCounts(scenario);
    private final HomeTraits traits = new HomeTraits(scenario);
    private final TransferModel.Drawn drawn = new TransferModel.Drawn();
    private final List<TransferModel> links = models.all();
    private boolean hasSucceeded;

    long[] run(int number) {
      long first = number * homesOfShard();
      long end = Math.min(scenario.homes(), first + homesOfShard());
      int region = -1;
      WanCell wan = null;
      for (long home = first; home < end; home++) {
        if (wan == null || home >= layout.endHome(region)) {
          region = layout.region(home);
          wan = new WanCell(scenario, layout, region);
        }
        long place = layout.place(region, home);
        if (place < layout.cut(region, wave) || place >= layout.cut(region, wave + 1)) {
          continue;
        }
        if (!wan.has(home)) {
          wan.compute(wan.cell(home), wave, times);
        }
        long order = times.order(wave, region, place - layout.cut(region, wave));
        if (order != WaveTimes.NEVER) {
          device(home, region, place, order, wan);
        }
      }
      return counts.values();
    }

    private int step(long millis) {
      return (int) Math.min(Integer.MAX_VALUE, millis / scenario.campaign().stepMillis());
    }

    private void device(long home, int region, long place, long order, WanCell wan) {
      traits.draw(home);
      counts.count(region, FleetCounts.Kind.ORDERED, step(order));
      long arrival = wan.arrival(home);
      counts.wanOctets(region, step(arrival), wan.octets(home));
      counts.time(region, FleetCounts.Time.WAN, arrival - order);
      long silence = order + scenario.campaign().answerMillis();
      long end = silence;
      FleetCounts.Kind kind = FleetCounts.Kind.SILENT;
      long seen = 0;
      if (!traits.isSilent) {
        transfer(home);
        FleetDevice device = scenario.devices().get(traits.device);
        long done = arrival + (drawn.nanos + device.verificationNanos()) / MILLISECOND;
        if (done < silence) {
          end = done;
          boolean isUpdated = hasSucceeded && !traits.fails;
          kind = isUpdated ? FleetCounts.Kind.UPDATED : FleetCounts.Kind.FAILED;
        }
        sums(region);
        seen = drawn.airtimeHub;
      }
      counts.count(region, kind, step(end));
      counts.time(region, FleetCounts.Time.WHOLE, end - order);
      counts.check(home, Scatter.mix(order) ^ Scatter.mix(Scatter.mix(end) + seen));
      listener.device(region, wave, place - layout.cut(region, wave), order, end, kind);
    }

    private void transfer(long home) {
      if (scenario.level() == FleetScenario.Level.BLOCK) {
        BlockHome.Result result =
            BlockHome.run(
                BlockHome.scenario(
                    scenario.seed(),
                    home,
                    scenario.devices().get(traits.device).type(),
                    scenario.image(),
                    scenario.quality().get(traits.quality),
                    scenario.radio()));
        drawn.set(result.transfer());
        hasSucceeded = result.hasSucceeded();
      } else {
        SeededRandom random = Streams.of(scenario.seed(), home).of(Purpose.FLEET_TRANSFER);
        links.get(traits.quality).draw(scenario.image(), scenario.radio().band(), random, drawn);
        hasSucceeded = true;
      }
    }

    private void sums(int region) {
      int device = traits.device;
      counts.time(region, FleetCounts.Time.TRANSFER, drawn.nanos / MILLISECOND);
      counts.deviceTime(device, drawn.nanos / MILLISECOND);
      counts.sum(device, FleetCounts.Sum.TRANSFERS, 1);
      counts.sum(device, FleetCounts.Sum.EXCHANGES, scenario.image().blocks());
      counts.sum(device, FleetCounts.Sum.REPETITIONS, drawn.repetitions);
      counts.sum(device, FleetCounts.Sum.MICROS, drawn.nanos / MICROSECOND);
      counts.sum(device, FleetCounts.Sum.HUB_AIRTIME_MICROS, drawn.airtimeHub / MICROSECOND);
      counts.sum(device, FleetCounts.Sum.DEVICE_AIRTIME_MICROS, drawn.airtimeDevice / MICROSECOND);
    }
  }
}
