// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.nemesis;

import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.sim.link.LinkModel;
import org.hanota.sim.link.Signal;
import org.hanota.sim.link.Verdict;
import org.hanota.sim.scenario.Nemesis;

/**
 * Frames of one device that nemeses strike, in both directions, and queries in which the device
 * names a version that it does not run.
 */
public final class StruckFrames implements LinkModel {
  private static final long LATE_NANOS = 2_000_000_000L;

  /** Two frames of a link are rarely so far apart during a transfer. */
  private static final long OVERTAKEN_NANOS = 50_000_000L;

  private final Strikes strikes;
  private final int node;
  private final ZclCodec codec = new ZclCodec();

  /** Frames of that node, which is no hub. */
  public StruckFrames(Strikes strikes, int node) {
    this.strikes = strikes;
    this.node = node;
  }

  @Override
  public Signal carry(long nanos, int from, int to, Kind kind) {
    if (kind != Kind.FRAME || (from != node && to != node)) {
      return Signal.WHOLE;
    } else if (strikes.strikes(Nemesis.LOST, node)) {
      return Signal.LOST;
    }
    return strikes.strikes(Nemesis.CORRUPTED, node) ? Signal.CORRUPTED : Signal.WHOLE;
  }

  @Override
  public Verdict judge(long nanos, int from, int to, Frame frame) {
    if (from != node && to != node) {
      return Verdict.DELIVER;
    }
    boolean repeats = strikes.strikes(Nemesis.REPEATED, node);
    long late = strikes.strikes(Nemesis.REORDERED, node) ? OVERTAKEN_NANOS : 0;
    late += strikes.strikes(Nemesis.DELAYED, node) ? LATE_NANOS : 0;
    Optional<Octets> changed = from == node ? lie(frame) : Optional.empty();
    if (changed.isEmpty()
        && frame.clusterId() == Clusters.OTA_UPGRADE
        && strikes.strikes(Nemesis.CORRUPTED_UNSEEN, node)) {
      SeededRandom random = strikes.details(Nemesis.CORRUPTED_UNSEEN, node);
      changed = Optional.of(Flaws.damaged(frame.zcl(), random));
    }
    return repeats || late > 0 || changed.isPresent()
        ? new Verdict(false, late, repeats, changed)
        : Verdict.DELIVER;
  }

  private Optional<Octets> lie(Frame frame) {
    if (frame.clusterId() != Clusters.OTA_UPGRADE
        || ZclFrame.lacksHeader(frame.zcl())
        || !(codec.decode(frame.clusterId(), frame.zcl()) instanceof QueryNextImageRequest query)
        || !strikes.strikes(Nemesis.DEVICE_LIES, node)) {
      return Optional.empty();
    }
    SeededRandom random = strikes.details(Nemesis.DEVICE_LIES, node);
    // Older, as it was, or as if the update were done.
    FileVersion[] lies = {
      new FileVersion(0), new FileVersion(0x0101_0000L), new FileVersion(0xFFFF_FFFEL)
    };
    QueryNextImageRequest wrong =
        new QueryNextImageRequest(
            query.current().withVersion(lies[random.below(lies.length)]), query.hardwareVersion());
    return Optional.of(
        ZclCodec.encode(
            wrong,
            ZclFrame.transactionSequence(frame.zcl()),
            ZclFrame.disablesDefaultResponse(frame.zcl())));
  }
}
