// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;

/**
 * The same independent faults on all links, drawn from a seeded source and counted. Each call draws
 * the same number of times, whatever comes of it.
 */
public final class RandomFaults implements LinkModel {
  /** Hears of frames that come changed. */
  @FunctionalInterface
  public interface Damage {
    /** A frame between these nodes does, at this time. */
    void unseen(long nanos, int from, int to);
  }

  private final SeededRandom random;
  private final Damage damage;
  private LinkFaults faults;
  private long frames;
  private long dropped;
  private long acknowledgementsDropped;
  private long repeated;
  private long reordered;
  private long corrupted;
  private long corruptedUndetected;
  private long delayed;

  /**
   * Draws from {@code random}.
   *
   * @param damage hears of each frame that comes changed and that no link check drops
   */
  public RandomFaults(SeededRandom random, LinkFaults faults, Damage damage) {
    this.random = random;
    this.faults = faults;
    this.damage = damage;
  }

  /** How often each fault fired so far. */
  public FaultCounts counts() {
    return new FaultCounts(
        frames,
        dropped,
        acknowledgementsDropped,
        repeated,
        reordered,
        corrupted,
        corruptedUndetected,
        delayed);
  }

  @Override
  public Signal carry(long nanos, int from, int to, Kind kind) {
    return switch (kind) {
      case FRAME -> carry();
      case ACKNOWLEDGEMENT -> {
        boolean drops = random.chance(faults.drop());
        acknowledgementsDropped += drops ? 1 : 0;
        yield drops ? Signal.LOST : Signal.WHOLE;
      }
      case ANSWER -> random.chance(faults.drop()) ? Signal.LOST : Signal.WHOLE;
    };
  }

  private Signal carry() {
    frames++;
    boolean drops = random.chance(faults.drop());
    boolean corrupts = random.chance(faults.corrupt());
    if (drops) {
      dropped++;
      return Signal.LOST;
    } else if (corrupts) {
      corrupted++;
      return Signal.CORRUPTED;
    }
    return Signal.WHOLE;
  }

  @Override
  public Verdict judge(long nanos, int from, int to, Frame frame) {
    boolean repeats = random.chance(faults.repeat());
    boolean reorders = random.chance(faults.reorder());
    boolean changes = random.chance(faults.corruptUndetected()) && canChange(frame);
    boolean delays = random.chance(faults.delay());
    long late = random.belowLong(faults.maximumDelayNanos() + 1);
    if (!repeats && !reorders && !changes && !delays) {
      return Verdict.DELIVER;
    }
    repeated += repeats ? 1 : 0;
    reordered += reorders ? 1 : 0;
    delayed += delays ? 1 : 0;
    Optional<Octets> changed = Optional.empty();
    if (changes) {
      corruptedUndetected++;
      changed = Optional.of(flipped(frame.zcl()));
      damage.unseen(nanos, from, to);
    }
    return new Verdict(false, reorders || delays ? late : 0, repeats, changed);
  }

  /** What goes through a tunnel is signed: changed, it is refused, and that is another loss. */
  private static boolean canChange(Frame frame) {
    return frame.clusterId() == Clusters.OTA_UPGRADE && !frame.zcl().isEmpty();
  }

  private Octets flipped(Octets octets) {
    byte[] array = octets.toByteArray();
    array[random.below(array.length)] ^= (byte) (1 << random.below(Byte.SIZE));
    return Octets.wrap(array);
  }

  @Override
  public void heal() {
    faults = LinkFaults.NONE;
  }

  @Override
  public long fired() {
    return dropped
        + acknowledgementsDropped
        + repeated
        + reordered
        + corrupted
        + corruptedUndetected
        + delayed;
  }
}
