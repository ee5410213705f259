// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.SeededRandom;
import org.hanota.api.machine.SendOptions.Priority;
import org.jspecify.annotations.Nullable;

/** One node's radio: what it sends, when it tries, and how often. */
final class Station<F> {
  /** What the station does; each has the time of its end. */
  private enum Phase {
    /** There is nothing to send. */
    IDLE,
    /** It may not send yet. */
    WAITING,
    /** It waits to send a frame again. */
    PAUSING,
    /** It looks whether the channel is free. */
    LOOKING,
    /** Its frame goes to the air or is there. */
    SENDING,
    /** It listens for the acknowledgement. */
    LISTENING
  }

  private final Channel<F> channel;
  private final int number;
  private final RadioSettings settings;
  private final ChannelAccess access;
  private final SendQueue<F> queue;
  private final @Nullable DutyCycle dutyCycle;
  private final int frameRetries;
  private final int networkRetries;
  private final OnAir data = new OnAir();
  private final Acknowledgement<F> acknowledgement = new Acknowledgement<>();
  private Phase phase = Phase.IDLE;
  private long timer = OnAir.NEVER;
  private long silentUntil;

  /** Who is to speak before the next block goes, and how long that waits for it. */
  private int yieldTo = Channel.ALL;

  private long yieldUntil;
  private @Nullable Outgoing<F> current;
  private int tries;

  Station(Channel<F> channel, int number, RadioSettings settings, SeededRandom backOffs) {
    this.channel = channel;
    this.number = number;
    this.settings = settings;
    this.access = settings.access(backOffs);
    this.queue = new SendQueue<>(settings.values().getInt(RadioParameter.QUEUE));
    this.dutyCycle = settings.isRationed() ? settings.dutyCycle() : null;
    this.frameRetries = settings.values().getInt(RadioParameter.FRAME_RETRIES);
    this.networkRetries = settings.values().getInt(RadioParameter.NETWORK_RETRIES);
  }

  OnAir data() {
    return data;
  }

  Acknowledgement<F> acknowledgement() {
    return acknowledgement;
  }

  /** When {@link #step} is to be called, but for the end of an acknowledgement. */
  long timer() {
    return timer;
  }

  /** At equal times the air falls silent first, then time runs out, and then others look. */
  int rank() {
    return switch (phase) {
      case SENDING -> 0;
      case LISTENING -> 1;
      default -> 2;
    };
  }

  long usedNanos(long now) {
    return dutyCycle == null ? 0 : dutyCycle.usedNanos(now);
  }

  DutyState duty(long now) {
    return dutyCycle == null ? DutyState.NORMAL : dutyCycle.state(now);
  }

  int waiting() {
    return queue.size();
  }

  boolean send(long now, int to, int octets, boolean acknowledged, Priority priority, F frame) {
    boolean taken = queue.add(now, to, octets, acknowledged, priority, frame);
    if (taken && (phase == Phase.IDLE || phase == Phase.WAITING)) {
      choose(now);
    }
    return taken;
  }

  /** The power went: what was to be sent is forgotten, and what was on the air breaks off. */
  void off(long now) {
    data.breakOff(now);
    acknowledgement.onAir().breakOff(now);
    acknowledgement.end();
    queue.clear();
    current = null;
    become(Phase.IDLE, OnAir.NEVER);
  }

  void step(long now) {
    switch (phase) {
      case WAITING -> choose(now);
      case PAUSING -> attempt(now, held());
      case LOOKING -> look(now, held());
      case SENDING -> sent(now, held());
      case LISTENING -> unacknowledged(now, held());
      case IDLE -> throw new AssertionError("an idle station was woken at " + now);
    }
  }

  private Outgoing<F> held() {
    Outgoing<F> frame = current;
    if (frame == null) {
      throw new AssertionError("a station in " + phase + " has no frame");
    }
    return frame;
  }

  private void become(Phase next, long until) {
    phase = next;
    timer = until;
  }

  private void choose(long now) {
    long begin = silentUntil - access.leadNanos();
    Outgoing<F> next = begin > now ? null : queue.next(now, yieldUntil);
    if (next != null) {
      current = next;
      tries = 0;
      attempt(now, next);
    } else if (queue.size() == 0) {
      become(Phase.IDLE, OnAir.NEVER);
    } else {
      become(Phase.WAITING, Math.max(begin, queue.readyAt(yieldUntil)));
    }
  }

  private void attempt(long now, Outgoing<F> frame) {
    if (dutyCycle != null && !dutyCycle.state(now).allows(frame.priority)) {
      end(now, frame, Fate.DUTY_CYCLE);
    } else {
      long when = access.begin(now, tries);
      if (access.looks()) {
        become(Phase.LOOKING, when);
      } else {
        transmit(Math.max(when, silentUntil), frame);
      }
    }
  }

  private void look(long now, Outgoing<F> frame) {
    long turnaround = settings.band().turnaroundNanos();
    if (silentUntil > now + turnaround) {
      become(Phase.LOOKING, silentUntil - turnaround);
      return;
    }
    if (!acknowledgement.isUnderWay() && channel.isFree(now, access.windowNanos())) {
      transmit(now + turnaround, frame);
      return;
    }
    long again = access.busy(now, channel.freeFrom(now));
    if (again == ChannelAccess.FAILED) {
      leaveToNetwork(now, frame, Fate.CHANNEL_BUSY);
    } else {
      become(Phase.LOOKING, again);
    }
  }

  private void transmit(long start, Outgoing<F> frame) {
    long airtime = settings.band().airtimeNanos(frame.octets);
    channel.put(data, start, start + airtime);
    spend(start, airtime);
    become(Phase.SENDING, start + airtime);
  }

  private void spend(long at, long airtime) {
    if (dutyCycle != null) {
      dutyCycle.add(at, airtime);
    }
  }

  private void sent(long now, Outgoing<F> frame) {
    keepSilent(now + settings.spaceNanos(frame.octets));
    int repetition = frame.timesOnAir++;
    if (frame.acknowledged) {
      become(Phase.LISTENING, now + settings.band().acknowledgementWaitNanos());
      channel.onAir(now, number, frame, repetition);
    } else {
      become(Phase.SENDING, OnAir.NEVER);
      channel.onAir(now, number, frame, repetition);
      end(now, frame, Fate.DELIVERED);
    }
  }

  private void unacknowledged(long now, Outgoing<F> frame) {
    tries++;
    if (tries > frameRetries) {
      leaveToNetwork(now, frame, Fate.NO_ACKNOWLEDGEMENT);
    } else if (silentUntil - access.leadNanos() > now) {
      become(Phase.PAUSING, silentUntil - access.leadNanos());
    } else {
      attempt(now, frame);
    }
  }

  private void leaveToNetwork(long now, Outgoing<F> frame, Fate fate) {
    frame.networkTries++;
    if (frame.networkTries > networkRetries) {
      end(now, frame, fate);
    } else {
      frame.readyAt = now + settings.networkRetryNanos();
      current = null;
      choose(now);
    }
  }

  private void end(long now, Outgoing<F> frame, Fate fate) {
    F sent = frame.frame();
    if (frame.priority == Priority.BULK && frame.acknowledged && fate == Fate.DELIVERED) {
      yieldTo = frame.to;
      yieldUntil = now + settings.yieldNanos();
    }
    queue.remove(frame);
    current = null;
    become(Phase.IDLE, OnAir.NEVER);
    channel.ended(now, number, sent, fate);
    if (phase == Phase.IDLE) {
      choose(now);
    }
  }

  private void keepSilent(long until) {
    silentUntil = Math.max(silentUntil, until);
  }

  /** Begins to acknowledge a frame; returns whether the duty cycle allows it. */
  boolean acknowledge(long now, int from, Outgoing<F> heard, boolean isNew) {
    if (dutyCycle != null && dutyCycle.state(now) == DutyState.REGULATED) {
      return false;
    }
    long airtime = settings.band().airtimeNanos(Band.ACKNOWLEDGEMENT_OCTETS);
    long start = now + settings.band().turnaroundNanos();
    channel.put(acknowledgement.onAir(), start, start + airtime);
    spend(start, airtime);
    acknowledgement.begin(from, heard.frame(), heard.order, heard.octets, isNew);
    return true;
  }

  /** When an acknowledgement that goes out now ends. */
  long acknowledgementEnd() {
    return acknowledgement.isUnderWay() ? acknowledgement.onAir().end() : OnAir.NEVER;
  }

  void acknowledgementSent(long now) {
    acknowledgement.end();
    keepSilent(now + settings.spaceAfterAcknowledgingNanos(acknowledgement.octets()));
    if (acknowledgement.to() == yieldTo) {
      yieldTo = Channel.ALL;
      yieldUntil = now;
    }
    if (phase == Phase.WAITING) {
      choose(now);
    }
  }

  /** The acknowledgement of a frame with this sequence came; any other changes nothing. */
  void acknowledgementHeard(long now, long sequence) {
    Outgoing<F> frame = current;
    if (phase == Phase.LISTENING && frame != null && frame.order == sequence) {
      keepSilent(now + settings.spaceAfterAcknowledgedNanos(frame.octets));
      end(now, frame, Fate.DELIVERED);
    }
  }
}
