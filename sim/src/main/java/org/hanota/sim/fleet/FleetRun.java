// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hanota.api.Octets;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.CountedCampaign;
import org.hanota.headend.campaign.DeviceQuery;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.GroupState;

/**
 * A campaign over a fleet, wave by wave: the homes of a wave are computed as if nothing stopped it,
 * then the head end's own thresholds look at what has ended step by step. A stop cuts off the
 * requests after it; what was before it is not changed by them. Nobody resumes a campaign that was
 * stopped, so it stays so when its time is over. [hanota H122] [hanota H141]
 */
public final class FleetRun {
  /** Hears how far it is. Its calls come one at a time. */
  public interface Progress {
    /**
     * A shard is done.
     *
     * @param wave whose homes are computed
     * @param done shards of the wave that are there
     * @param shards of the wave in all
     */
    void shard(String wave, int done, int shards);
  }

  private final FleetScenario scenario;
  private final FleetEngine engine;
  private final Progress progress;
  private final FleetPass.Listener listener;
  private final FleetLayout layout;
  private final TransferModels models;
  private final WaveTimes times;
  private final CountedCampaign campaign;
  private final List<FleetCounts> waves = new ArrayList<>();
  private final long[] gates;

  private FleetRun(
      FleetScenario scenario, FleetEngine engine, Progress progress, FleetPass.Listener listener) {
    this.scenario = scenario;
    this.engine = engine;
    this.progress = progress;
    this.listener = listener;
    this.layout = new FleetLayout(scenario);
    this.models = new TransferModels(scenario);
    this.times = new WaveTimes(layout, scenario.campaign());
    this.campaign =
        new CountedCampaign(scenario.campaign().waves().stream().map(FleetRun::plan).toList());
    this.gates = new long[scenario.campaign().waves().size()];
  }

  private static GroupPlan plan(FleetCampaign.Wave wave) {
    return new GroupPlan(
        wave.name(),
        DeviceQuery.all(),
        wave.size(),
        wave.success(),
        wave.error(),
        wave.soakMillis(),
        wave.isGated());
  }

  /**
   * Simulates the fleet.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public static FleetResult run(FleetScenario scenario, FleetEngine engine, Progress progress)
      throws InterruptedException {
    return run(scenario, engine, progress, (region, wave, number, order, end, kind) -> {});
  }

  static FleetResult run(
      FleetScenario scenario, FleetEngine engine, Progress progress, FleetPass.Listener listener)
      throws InterruptedException {
    return new FleetRun(scenario, engine, progress, listener).run();
  }

  private FleetResult run() throws InterruptedException {
    for (int wave = 0; wave < gates.length; wave++) {
      gates[wave] = WaveTimes.NEVER;
      campaign.enrol(wave, layout.devices(wave));
    }
    campaign.start(0);
    begin(0);
    long step = scenario.campaign().stepMillis();
    for (int i = 0; i < scenario.campaign().steps(); i++) {
      long now = (i + 1) * step;
      for (int wave = 0; wave < waves.size(); wave++) {
        count(wave, i);
      }
      campaign.judge(now);
      gates(now);
      if (now >= scenario.campaign().endsMillis() && campaign.state() == CampaignState.RUNNING) {
        campaign.expire(now);
      }
      stop(now);
      begin(now);
    }
    List<FleetResult.WaveResult> results = new ArrayList<>();
    FleetCounts all = new FleetCounts(scenario);
    MessageDigest digest = FleetScenario.sha256();
    for (int wave = 0; wave < waves.size(); wave++) {
      long[] values = waves.get(wave).values();
      all.add(values);
      ByteBuffer octets = ByteBuffer.allocate(values.length * Long.BYTES);
      octets.asLongBuffer().put(values);
      digest.update(octets.array());
      results.add(FleetResult.WaveResult.of(scenario, layout, times, wave, waves.get(wave)));
    }
    String hex = Octets.wrap(digest.digest()).toHex();
    return new FleetResult(scenario, hex, campaign.state(), campaign.decisions(), results, all);
  }

  private void count(int wave, int step) {
    FleetCounts of = waves.get(wave);
    campaign.count(
        wave, DeviceState.WAITING, DeviceState.ORDERED, of.counted(FleetCounts.Kind.ORDERED, step));
    end(wave, DeviceState.UPDATED, of.counted(FleetCounts.Kind.UPDATED, step));
    end(wave, DeviceState.FAILED, of.counted(FleetCounts.Kind.FAILED, step));
    end(wave, DeviceState.SILENT, of.counted(FleetCounts.Kind.SILENT, step));
  }

  private void end(int wave, DeviceState state, long devices) {
    campaign.count(wave, DeviceState.ORDERED, state, devices);
  }

  /** Somebody lets the next wave follow, so long after the gate was reached. */
  private void gates(long now) {
    for (int wave = 0; wave < waves.size(); wave++) {
      if (campaign.state(wave) != GroupState.AT_GATE) {
        continue;
      }
      if (gates[wave] == WaveTimes.NEVER) {
        gates[wave] = now + scenario.campaign().waves().get(wave).gate();
      }
      if (now >= gates[wave]) {
        campaign.release(wave, "the scenario", now);
      }
    }
  }

  /** A wave that may not go on loses the requests that would go out from now on. */
  private void stop(long now) throws InterruptedException {
    for (int wave = 0; wave < waves.size(); wave++) {
      boolean isGoing = campaign.state() == CampaignState.RUNNING && campaign.state(wave).isGoing();
      if (!isGoing && times.goesBeyond(wave, now)) {
        times.stop(wave, now);
        waves.set(wave, compute(wave));
      }
    }
  }

  private void begin(long now) throws InterruptedException {
    int wave = waves.size();
    while (wave < gates.length
        && campaign.state() == CampaignState.RUNNING
        && campaign.state(wave) != GroupState.WAITING) {
      times.begin(wave, now);
      waves.add(compute(wave));
      wave++;
    }
  }

  private FleetCounts compute(int wave) throws InterruptedException {
    FleetPass pass = new FleetPass(scenario, layout, models, wave, times, listener);
    FleetCounts counts = new FleetCounts(scenario);
    Reduction reduction = new Reduction(counts, pass.shards());
    String name = scenario.campaign().waves().get(wave).name();
    int[] done = {0};
    engine.run(
        pass,
        IntStream.range(0, pass.shards()).toArray(),
        (shard, result) -> {
          reduction.arrived(shard, result);
          done[0]++;
          progress.shard(name, done[0], pass.shards());
        });
    if (!reduction.isComplete()) {
      throw new IllegalStateException("the engine left shards out");
    }
    return counts;
  }
}
