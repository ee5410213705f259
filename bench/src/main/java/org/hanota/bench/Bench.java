// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.bench.block.BlockPath;
import org.hanota.bench.block.Codec;
import org.hanota.bench.block.ManyTransfers;
import org.hanota.bench.campaign.CampaignCost;
import org.hanota.bench.grpc.FramesOverLoopback;
import org.hanota.bench.ota.AesMmoBench;
import org.hanota.bench.ota.ParseBench;
import org.hanota.bench.ota.SignatureBench;
import org.hanota.bench.sim.Exploring;
import org.hanota.bench.sim.FleetSpeed;
import org.hanota.bench.sim.RadioSpeed;
import org.hanota.bench.sim.RadioTimes;
import org.hanota.bench.start.CommandStart;

/** Runs targets by name: {@code java -cp ... org.hanota.bench.Bench P2 P5}; all without names. */
public final class Bench {
  private static final Map<String, Target> TARGETS = targets();

  private Bench() {}

  private static Map<String, Target> targets() {
    Map<String, Target> targets = new TreeMap<>();
    targets.put("P1", ParseBench::run);
    targets.put("P12", CommandStart::run);
    targets.put("P2", Codec::run);
    targets.put("P3", AesMmoBench::run);
    targets.put("P4", SignatureBench::run);
    targets.put("P5", BlockPath::run);
    targets.put("P6", RadioSpeed::run);
    targets.put("P7", ManyTransfers::run);
    targets.put("P8", FramesOverLoopback::run);
    targets.put("P10", RadioTimes::alone);
    targets.put("P11", RadioTimes::together);
    targets.put("P13", FleetSpeed::blocks);
    targets.put("P14", Exploring::run);
    targets.put("P15", CampaignCost::run);
    targets.put("P9", FleetSpeed::transfers);
    return targets;
  }

  /** The names of all targets. */
  public static List<String> names() {
    return List.copyOf(TARGETS.keySet());
  }

  /** Runs the targets of these names. */
  public static void run(List<String> names, PrintStream out) {
    for (String name : names) {
      Target target = TARGETS.get(name);
      if (target == null) {
        throw new IllegalArgumentException("target is " + name + ", allowed " + TARGETS.keySet());
      }
      target.run(out);
    }
  }

  /** Runs the targets named. */
  public static void main(String[] arguments) {
    List<String> names = arguments.length == 0 ? names() : new ArrayList<>(List.of(arguments));
    run(names, System.out);
  }
}
