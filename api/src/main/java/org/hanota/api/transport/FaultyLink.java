// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport;

import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.zcl.Clusters;

/**
 * Draws from a seeded source what becomes of signals and frames on a link with {@link LinkFaults},
 * and counts it. A signal is whatever is once on the air: a try of a frame, an acknowledgement, an
 * answer of discovery. Each call draws the same number of times, whatever comes of it.
 */
public final class FaultyLink {
  /** What becomes of a signal. */
  public enum Signal {
    /** It is received. */
    WHOLE,
    /** Nobody hears it. */
    LOST,
    /** The link check drops it. */
    CORRUPTED
  }

  private final SeededRandom random;
  private LinkFaults faults;
  private long frames;
  private long dropped;
  private long acknowledgementsDropped;
  private long repeated;
  private long reordered;
  private long corrupted;
  private long corruptedUndetected;
  private long delayed;

  /** Draws from {@code random}. */
  public FaultyLink(SeededRandom random, LinkFaults faults) {
    this.random = random;
    this.faults = faults;
  }

  /** From now on frames suffer these faults. */
  public void faults(LinkFaults others) {
    faults = others;
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

  /** What becomes of one try of a frame. */
  public Signal carry() {
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

  /** Whether the acknowledgement of a frame that came is received. */
  public boolean acknowledges() {
    boolean drops = random.chance(faults.drop());
    acknowledgementsDropped += drops ? 1 : 0;
    return !drops;
  }

  /** Whether the answer of a discovery is received. */
  public boolean answers() {
    return !random.chance(faults.drop());
  }

  /** What else the link does to a frame that it carries. */
  public Verdict judge(Frame frame) {
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
    corruptedUndetected += changes ? 1 : 0;
    return new Verdict(
        false,
        reorders || delays ? late : 0,
        repeats,
        changes ? Optional.of(flipped(frame.zcl())) : Optional.empty());
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
}
