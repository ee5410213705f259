// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import java.util.Optional;
import org.hanota.api.SeededRandom;
import org.hanota.sim.fleet.FleetCounts.Cause;
import org.hanota.sim.fleet.FleetCounts.PartSum;
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
  private final SupplierChanges changes;
  private final List<FleetImage> files;
  private final long blocks;
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
    this.changes = new SupplierChanges(scenario);
    this.files = scenario.image().files();
    this.blocks = files.stream().mapToLong(FleetImage::blocks).sum();
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
    private final TransferModel.Drawn all = new TransferModel.Drawn();
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
      int part = (int) (wan.cell(home) % FleetCounts.PARTS);
      counts.count(region, FleetCounts.Kind.ORDERED, step(order));
      counts.partSum(part, PartSum.ORDERED, 1);
      long change = changes.millis(home);
      long silence = order + scenario.campaign().answerMillis();
      long end = silence;
      long seen = 0;
      Optional<Cause> cause;
      if (change <= order) {
        cause = Optional.of(Cause.SUPPLIER);
        end = order;
      } else {
        long arrival = wan.arrival(home, files.size() - 1);
        counts.wanOctets(region, step(arrival), wan.octets(home));
        counts.partSum(part, PartSum.WAN_OCTETS, wan.octets(home));
        counts.time(region, FleetCounts.Time.WAN, arrival - order);
        cause = Optional.of(Cause.NO_ANSWER);
        if (!traits.isSilent) {
          long done = transfers(home, wan);
          cause = cause(done, silence, change);
          end = Math.min(done, silence);
          sums(region, part);
          seen = all.airtimeHub;
        }
      }
      FleetCounts.Kind kind = kind(cause);
      if (cause.isPresent()) {
        counts.cause(traits.device, cause.get());
      } else {
        counts.updated(traits.device, step(end));
        counts.time(region, FleetCounts.Time.WHOLE, end - order);
        counts.partSum(part, PartSum.UPDATED_MILLIS, end - order);
      }
      counts.count(region, kind, step(end));
      counts.partSum(part, PartSum.valueOf(kind.name()), 1);
      counts.check(home, Scatter.mix(order) ^ Scatter.mix(Scatter.mix(end) + seen));
      listener.device(region, wave, place - layout.cut(region, wave), order, end, kind);
    }

    private Optional<Cause> cause(long done, long silence, long change) {
      if (done >= silence) {
        return Optional.of(Cause.TOO_LATE);
      } else if (!hasSucceeded) {
        return Optional.of(Cause.TRANSFER);
      } else if (change <= done) {
        return Optional.of(Cause.SUPPLIER);
      }
      return traits.fails ? Optional.of(Cause.REFUSED) : Optional.empty();
    }

    private FleetCounts.Kind kind(Optional<Cause> cause) {
      if (cause.isEmpty()) {
        return FleetCounts.Kind.UPDATED;
      }
      return switch (cause.get()) {
        case NO_ANSWER, TOO_LATE -> FleetCounts.Kind.SILENT;
        case REFUSED, TRANSFER, SUPPLIER -> FleetCounts.Kind.FAILED;
      };
    }

    /** Each file when it is in the hub and the one before it in the device; until all is done. */
    private long transfers(long home, WanCell wan) {
      all.set(new TransferModel.Drawn());
      hasSucceeded = true;
      SeededRandom random = Streams.of(scenario.seed(), home).of(Purpose.FLEET_TRANSFER);
      long millis = 0;
      long nanos = 0;
      for (int file = 0; file < files.size(); file++) {
        transfer(home, files.get(file), random);
        all.add(drawn);
        if (wan.arrival(home, file) > millis) {
          millis = wan.arrival(home, file);
          nanos = 0;
        }
        nanos += drawn.nanos;
        millis += nanos / MILLISECOND;
        nanos %= MILLISECOND;
      }
      return millis
          + (nanos + scenario.devices().get(traits.device).verificationNanos()) / MILLISECOND;
    }

    private void transfer(long home, FleetImage file, SeededRandom random) {
      if (scenario.level() == FleetScenario.Level.BLOCK) {
        FleetDevice device = scenario.devices().get(traits.device);
        BlockHome.Result result =
            BlockHome.run(
                BlockHome.scenario(
                    scenario.seed(),
                    home,
                    device.type(),
                    device.sleep(),
                    file,
                    scenario.quality().get(traits.quality),
                    scenario.radio()));
        drawn.set(result.transfer());
        hasSucceeded &= result.hasSucceeded();
      } else {
        links.get(traits.quality).draw(file, scenario.radio().band(), random, drawn);
      }
    }

    private void sums(int region, int part) {
      int device = traits.device;
      counts.time(region, FleetCounts.Time.TRANSFER, all.nanos / MILLISECOND);
      counts.deviceTime(device, all.nanos / MILLISECOND);
      counts.sum(device, FleetCounts.Sum.TRANSFERS, 1);
      counts.sum(device, FleetCounts.Sum.EXCHANGES, blocks);
      counts.sum(device, FleetCounts.Sum.REPETITIONS, all.repetitions);
      counts.sum(device, FleetCounts.Sum.MICROS, all.nanos / MICROSECOND);
      counts.sum(device, FleetCounts.Sum.HUB_AIRTIME_MICROS, all.airtimeHub / MICROSECOND);
      counts.sum(device, FleetCounts.Sum.DEVICE_AIRTIME_MICROS, all.airtimeDevice / MICROSECOND);
      counts.partSum(part, PartSum.TRANSFERS, 1);
      counts.partSum(part, PartSum.TRANSFER_MICROS, all.nanos / MICROSECOND);
      counts.partSum(part, PartSum.REPETITIONS, all.repetitions);
      counts.partSum(part, PartSum.HUB_AIRTIME_MICROS, all.airtimeHub / MICROSECOND);
    }
  }
}
