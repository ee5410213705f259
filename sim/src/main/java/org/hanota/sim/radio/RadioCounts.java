// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is counted on a home's channel, for each node by its number. */
public final class RadioCounts {
  /** What one node's radio did. */
  public static final class Node {
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final Map<DutyState, Long> dutyNanos = new EnumMap<>(DutyState.class);
    private DutyState duty = DutyState.NORMAL;
    private long dutySince;
    private long airtimeNanos;
    private long frames;
    private long repetitions;
    private long acknowledgements;
    private long damaged;

    private Node() {}

    /** How long it was on the air in all. */
    public long airtimeNanos() {
      return airtimeNanos;
    }

    /** Frames that it sent, each once, however often it repeated them. */
    public long frames() {
      return frames;
    }

    /** Times that a frame was on the air after the first time. */
    public long repetitions() {
      return repetitions;
    }

    /** Acknowledgements that it sent. */
    public long acknowledgements() {
      return acknowledgements;
    }

    /** Frames that met another one on the air. */
    public long damaged() {
      return damaged;
    }

    /** How many frames, or parts of frames, ended so. */
    public long ended(Fate fate) {
      return fates.getOrDefault(fate, 0L);
    }

    /** How long it was in a state other than the normal one, as far as it has left it. */
    public long dutyNanos(DutyState state) {
      return dutyNanos.getOrDefault(state, 0L);
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private long[] meterWaits = new long[64];
  private int metered;
  private long meteredLost;

  RadioCounts() {}

  void add() {
    nodes.add(new Node());
  }

  void onAir(int node, long nanos, int repetition, boolean isDamaged) {
    Node counts = nodes.get(node);
    counts.airtimeNanos += nanos;
    counts.frames += repetition == 0 ? 1 : 0;
    counts.repetitions += repetition == 0 ? 0 : 1;
    counts.damaged += isDamaged ? 1 : 0;
  }

  void acknowledgement(int node, long nanos) {
    nodes.get(node).airtimeNanos += nanos;
    nodes.get(node).acknowledgements++;
  }

  void ended(int node, Fate fate) {
    nodes.get(node).fates.merge(fate, 1L, Long::sum);
  }

  /** Whether the state is another than before. */
  boolean duty(int node, long nanos, DutyState state) {
    Node counts = nodes.get(node);
    if (counts.duty == state) {
      return false;
    }
    counts.dutyNanos.merge(counts.duty, nanos - counts.dutySince, Long::sum);
    counts.duty = state;
    counts.dutySince = nanos;
    return true;
  }

  void metered(Message message) {
    if (message.fate != Fate.DELIVERED) {
      meteredLost++;
      return;
    }
    if (metered == meterWaits.length) {
      meterWaits = Arrays.copyOf(meterWaits, 2 * metered);
    }
    meterWaits[metered++] = message.firstNanos - message.givenNanos;
  }

  /** The nodes, the hub first. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Metering frames that came. */
  public int metered() {
    return metered;
  }

  /** Metering frames that did not come. */
  public long meteredLost() {
    return meteredLost;
  }

  /**
   * How long metering frames waited for the air; 0 if there were none.
   *
   * @param perMille 500 for the median, 1000 for the longest
   */
  public long meterWaitNanos(int perMille) {
    if (metered == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(meterWaits, metered);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(metered - 1L, (long) metered * perMille / 1000)];
  }
}
