// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.SendOptions.Priority;

/**
 * One radio channel and its stations, all in reach of each other: two frames at a time damage each
 * other. It owns no clock: the caller asks when something is due, and says that it is.
 *
 * @param <F> what the frames are to their sender
 */
public final class Channel<F> {
  /** To every station; never acknowledged. */
  public static final int ALL = -1;

  private final RadioSettings settings;
  private final Propagation<F> propagation;
  private final ChannelListener<F> listener;
  private final List<Station<F>> stations = new ArrayList<>();
  private long lastEnd = Long.MIN_VALUE / 2;

  /** A channel without stations. */
  public Channel(RadioSettings settings, Propagation<F> propagation, ChannelListener<F> listener) {
    this.settings = settings;
    this.propagation = propagation;
    this.listener = listener;
  }

  /**
   * Adds a station.
   *
   * @param backOffs its own random stream
   * @return its number
   */
  public int attach(SeededRandom backOffs) {
    stations.add(new Station<>(this, stations.size(), settings, backOffs));
    return stations.size() - 1;
  }

  /**
   * Gives a station a frame to send.
   *
   * @param to the receiver, or {@link #ALL}
   * @param frameOctets its length on the air, as {@link FrameOctets} has it
   * @param acknowledged whether the receiver's radio acknowledges it; never to all
   * @return whether the station's queue had room; if not, its fate is {@link Fate#QUEUE_FULL} and
   *     the listener hears no more of it
   */
  public boolean send(
      long now,
      int from,
      int to,
      int frameOctets,
      boolean acknowledged,
      Priority priority,
      F frame) {
    if (frameOctets < 1 || frameOctets > Band.FRAME_MAXIMUM_OCTETS) {
      throw new IllegalArgumentException(
          "frameOctets is "
              + (frameOctets + ", allowed 1 to " + Band.FRAME_MAXIMUM_OCTETS)
              + ": fragment what is longer");
    }
    boolean isAcknowledged = acknowledged && to != ALL;
    return stations.get(from).send(now, to, frameOctets, isAcknowledged, priority, frame);
  }

  /**
   * A station lost its power: it forgets what it was to send, and nobody hears what becomes of it.
   */
  public void off(long now, int station) {
    stations.get(station).off(now);
  }

  /** Airtime of a station in the last hour; 0 where the band does not ration it. */
  public long airtimeNanos(long now, int station) {
    return stations.get(station).usedNanos(now);
  }

  /** What a station may send now. */
  public DutyState duty(long now, int station) {
    return stations.get(station).duty(now);
  }

  /** Frames that a station has not done with. */
  public int waiting(int station) {
    return stations.get(station).waiting();
  }

  /** When {@link #advance} is to be called next; {@link Long#MAX_VALUE} if nothing is under way. */
  public long nextNanos() {
    long next = OnAir.NEVER;
    for (int i = 0; i < stations.size(); i++) {
      Station<F> station = stations.get(i);
      next = Math.min(next, Math.min(station.timer(), station.acknowledgementEnd()));
    }
    return next;
  }

  /** Does what is due by now, in the order of its times. */
  public void advance(long now) {
    boolean isMore = true;
    while (isMore) {
      isMore = step(now);
    }
  }

  private boolean step(long now) {
    int first = -1;
    long time = OnAir.NEVER;
    int rank = 0;
    boolean isAcknowledgement = false;
    for (int i = 0; i < stations.size(); i++) {
      Station<F> station = stations.get(i);
      long end = station.acknowledgementEnd();
      if (end < time || (end == time && rank > 0 && end != OnAir.NEVER)) {
        first = i;
        time = end;
        rank = 0;
        isAcknowledgement = true;
      }
      long timer = station.timer();
      if (timer < time || (timer == time && station.rank() < rank)) {
        first = i;
        time = timer;
        rank = station.rank();
        isAcknowledgement = false;
      }
    }
    if (time > now || first < 0) {
      return false;
    }
    if (isAcknowledgement) {
      acknowledged(time, first);
    } else {
      stations.get(first).step(time);
    }
    return true;
  }

  /** Whether nothing was heard in the {@code window} before {@code now}. */
  boolean isFree(long now, long window) {
    if (lastEnd > now - window) {
      return false;
    }
    for (int i = 0; i < stations.size(); i++) {
      Station<F> station = stations.get(i);
      if (station.data().isHeard(now, window)
          || station.acknowledgement().onAir().isHeard(now, window)) {
        return false;
      }
    }
    return true;
  }

  /** From when nothing is heard, as far as it is known; a frame's acknowledgement belongs to it. */
  long freeFrom(long now) {
    long from = lastEnd;
    long acknowledgement =
        settings.band().turnaroundNanos()
            + settings.band().airtimeNanos(Band.ACKNOWLEDGEMENT_OCTETS);
    for (int i = 0; i < stations.size(); i++) {
      Station<F> station = stations.get(i);
      if (station.data().isUnderWay(now)) {
        from = Math.max(from, station.data().end() + acknowledgement);
      }
      if (station.acknowledgement().isUnderWay()) {
        from = Math.max(from, station.acknowledgement().onAir().end());
      }
    }
    return from;
  }

  /** What is on the air together is damaged. */
  void put(OnAir added, long start, long end) {
    added.put(start, end);
    for (int i = 0; i < stations.size(); i++) {
      damage(added, stations.get(i).data());
      damage(added, stations.get(i).acknowledgement().onAir());
    }
  }

  private static void damage(OnAir one, OnAir other) {
    if (one != other && one.overlaps(other)) {
      one.damage();
      other.damage();
    }
  }

  void onAir(long now, int from, Outgoing<F> sent, int repetition) {
    lastEnd = Math.max(lastEnd, now);
    OnAir data = stations.get(from).data();
    F frame = sent.frame();
    int to = sent.to;
    listener.transmitted(
        data.start(), now, from, to, frame, sent.order, repetition, data.isDamaged());
    if (data.isDamaged()) {
      return;
    }
    if (to != ALL) {
      heard(now, from, to, sent, frame);
      return;
    }
    for (int i = 0; i < stations.size(); i++) {
      if (i != from && propagation.reaches(now, from, i, frame, false)) {
        listener.arrived(now, from, i, frame);
      }
    }
  }

  private void heard(long now, int from, int to, Outgoing<F> sent, F frame) {
    if (!propagation.reaches(now, from, to, frame, false)) {
      return;
    }
    boolean isNew = !sent.heard;
    sent.heard = true;
    boolean acknowledges =
        sent.acknowledged && stations.get(to).acknowledge(now, from, sent, isNew);
    if (isNew && !acknowledges) {
      listener.arrived(now, from, to, frame);
    }
  }

  private void acknowledged(long now, int by) {
    lastEnd = Math.max(lastEnd, now);
    Station<F> station = stations.get(by);
    Acknowledgement<F> sent = station.acknowledgement();
    boolean isDamaged = sent.onAir().isDamaged();
    int to = sent.to();
    F frame = sent.frame();
    long sequence = sent.sequence();
    station.acknowledgementSent(now);
    listener.acknowledged(sent.onAir().start(), now, by, to, frame, sequence, isDamaged);
    if (sent.isNew()) {
      listener.arrived(now, to, by, frame);
    }
    if (!isDamaged && propagation.reaches(now, by, to, frame, true)) {
      stations.get(to).acknowledgementHeard(now, sequence);
    }
  }

  void ended(long now, int station, F frame, Fate fate) {
    listener.ended(now, station, frame, fate);
  }
}
