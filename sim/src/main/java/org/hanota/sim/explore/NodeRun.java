// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.ForwardingMachine;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.Surroundings;
import org.hanota.api.node.ZclEndpoint;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A node that runs: its real machine behind its real endpoint, given one stimulus after the other.
 * It cannot be copied; another run of the same stimuli is the same.
 */
final class NodeRun {
  /** 2026-01-01T00:00:00Z, when every run begins. */
  private static final long UTC_AT_ZERO_MILLIS = 1_767_225_600_000L;

  /** What a ZCL frame may have over two hops with network and APS security. */
  static final int MAXIMUM_PAYLOAD = 82;

  /** As after each restart of a simulated node, so that late answers do not fit. */
  private static final int SEQUENCE_STEP = 97;

  private static final int SEQUENCES = 256;

  /** No frame ever has this number. */
  private static final long UNKNOWN_FRAME = -1;

  private final boolean isHub;
  private final Node node;
  private final Peer server;
  private final Messages messages;
  private final List<Job> jobs = new ArrayList<>();

  /** The numbers of the frames of this start, in the order in which they went out. */
  private final List<Long> sent = new ArrayList<>();

  private long nanos;
  private int nextSequence = SEQUENCES - SEQUENCE_STEP;
  private @Nullable ZclEndpoint endpoint;
  private @Nullable Machine machine;
  private long wakeAt = Long.MAX_VALUE;
  private int discoveries;

  // Of the call under way.
  private final List<long[]> frames = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Frame> carried = new ArrayList<>();
  private int sequences;
  private boolean reboots;

  /** Whether it hears an answer to a request of its own, so that what it says to that is one. */
  private boolean hearsAnswer;

  /** A node that is off. */
  NodeRun(boolean isHub, Node node, Peer server, Messages messages) {
    this.isHub = isHub;
    this.node = node;
    this.server = server;
    this.messages = messages;
  }

  Node node() {
    return node;
  }

  boolean isOn() {
    return endpoint != null;
  }

  /** How long until its timer runs out; {@link Long#MAX_VALUE} if it does not run. */
  long wakesIn() {
    return wakeAt == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, wakeAt - nanos);
  }

  int jobs() {
    return jobs.size();
  }

  int discoveries() {
    return discoveries;
  }

  private Now now() {
    return new Now(nanos, UTC_AT_ZERO_MILLIS + nanos / 1_000_000);
  }

  /** Everything that decides what it does from here on, with times relative to now. */
  String key(StateKey key) {
    key.begin(now(), sent, nextSequence);
    key.put("on", endpoint != null);
    if (endpoint != null && machine != null) {
      key.putNanos("wake", wakeAt).put("discoveries", discoveries);
      for (Job job : jobs) {
        key.put("job", job.kind()).put("octets", job.octets());
      }
      machine.describe(key);
    }
    node.describe(key);
    return key.text();
  }

  /** Gives it the stimulus. */
  Reaction apply(long stimulus) {
    Violation violation = give(stimulus);
    boolean forgets = reboots || Stimulus.kind(stimulus) == Stimulus.Kind.POWER_CUT;
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < frames.size() && violation == null; i++) {
      items.add(item(i));
    }
    return new Reaction(items, sequences, frames.size(), forgets, events, violation);
  }

  /** The same for somebody who knows already what it does. */
  void repeat(long stimulus) {
    Violation unused = give(stimulus);
  }

  private @Nullable Violation give(long stimulus) {
    frames.clear();
    carried.clear();
    events.clear();
    sequences = 0;
    reboots = false;
    hearsAnswer = false;
    Stimulus.Kind kind = Stimulus.kind(stimulus);
    int about = (int) Stimulus.about(stimulus);
    Violation violation = null;
    node.time(now());
    try {
      switch (kind) {
        case TIME -> nanos += Stimulus.about(stimulus);
        case POWER_CUT -> off();
        case START -> start();
        default -> call(present(endpoint), kind, about);
      }
    } catch (Broken broken) {
      violation = broken.violation();
    } catch (RuntimeException failure) {
      violation = new Violation("I7", "the machine failed: " + failure);
    }
    if (reboots) {
      off();
    }
    return violation;
  }

  private void off() {
    endpoint = null;
    machine = null;
    wakeAt = Long.MAX_VALUE;
    jobs.clear();
    sent.clear();
    discoveries = 0;
  }

  private void start() {
    nextSequence = (nextSequence + SEQUENCE_STEP) % SEQUENCES;
    sequences = SEQUENCE_STEP;
    Machine made = node.start();
    machine = made;
    Watched watched = new Watched(made);
    ZclEndpoint begun =
        new ZclEndpoint(node.config(), watched, new Radio(watched), new Around(), nextSequence);
    endpoint = begun;
    begun.start(now());
  }

  private void call(ZclEndpoint to, Stimulus.Kind kind, int about) {
    Now now = now();
    switch (kind) {
      case RECEIVE -> receive(to, now, about);
      case DELIVERED, NOT_DELIVERED ->
          to.sent(
              now,
              sentBefore(about),
              kind == Stimulus.Kind.DELIVERED ? SendResult.DELIVERED : SendResult.NO_ACK);
      case TIMER -> {
        wakeAt = Long.MAX_VALUE;
        to.timer(now);
      }
      case JOB -> to.input(now, jobs.remove(about).work().get());
      case FOUND -> {
        discoveries--;
        to.input(now, new Input.ServerFound(server));
      }
      case NOT_FOUND -> {
        discoveries--;
        to.input(now, new Input.NoServer());
      }
      case ORDER -> node.order(about, now, input -> to.input(now, input));
      case START, POWER_CUT, TIME -> throw new AssertionError(kind);
    }
  }

  /**
   * The number of the frame before so many later ones. Another way to this state may have sent more
   * frames than this one: those its machine remembers as little as this machine does.
   */
  private long sentBefore(int later) {
    return later < sent.size() ? sent.get(sent.size() - 1 - later) : UNKNOWN_FRAME;
  }

  private void receive(ZclEndpoint to, Now now, int item) {
    Messages.Message message = messages.of(item);
    node.received(now, messages.content(item));
    boolean isMine = message.isSequenceOfHub() == isHub;
    hearsAnswer = isMine;
    // Another's number is not one that this node waits for.
    int sequence =
        isMine
            ? Math.floorMod(nextSequence - Items.sequenceAge(item), SEQUENCES)
            : (nextSequence + SEQUENCES / 2) % SEQUENCES;
    to.frame(now, Messages.framed(message, sequence));
  }

  /** The frame as an item: what is in {@link #frames} is its number and whether that is its own. */
  private int item(int index) {
    long sendId = frames.get(index)[0];
    boolean isOwn = frames.get(index)[1] != 0;
    int sequenceAge = isOwn ? Math.floorMod(nextSequence - (int) (sendId & 0xFF), SEQUENCES) : 0;
    int message = messages.number(isHub, isOwn, carried.get(index));
    boolean hasResult = carried.get(index).options().apsAcknowledgement() && !reboots;
    int resultAge = hasResult ? frames.size() - 1 - index : Items.NO_RESULT;
    return Items.of(message, sequenceAge, resultAge);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("the node is off");
    }
    return value;
  }

  /** The machine, of whose frames it is known which have a sequence number of their own. */
  private static final class Watched extends ForwardingMachine {
    private final CountedEffects counted = new CountedEffects();

    Watched(Machine machine) {
      super(machine);
    }

    @Override
    public void onStart(Now now, Effects effects) {
      super.onStart(now, counted.to(effects));
    }

    @Override
    public void onReceive(Now now, Received received, Effects effects) {
      super.onReceive(now, received, counted.to(effects));
    }

    @Override
    public void onSent(Now now, long sendId, SendResult result, Effects effects) {
      super.onSent(now, sendId, result, counted.to(effects));
    }

    @Override
    public void onInput(Now now, Input input, Effects effects) {
      super.onInput(now, input, counted.to(effects));
    }

    @Override
    public void onTimer(Now now, Effects effects) {
      super.onTimer(now, counted.to(effects));
    }
  }

  private final class Around implements Surroundings {
    @Override
    public void wakeAt(long monotonicNanos) {
      wakeAt = monotonicNanos;
    }

    @Override
    public void start(Job job) {
      if (job.kind() == Job.Kind.REBOOT) {
        reboots = true;
      } else {
        jobs.add(job);
      }
    }

    @Override
    public void toWan(ToWan what) {}

    @Override
    public void report(Now now, Event event) {
      events.add(event);
      node.event(now, event);
    }
  }

  private final class Radio implements Transport {
    private final Watched watched;

    Radio(Watched watched) {
      this.watched = watched;
    }

    @Override
    public void open(Receiver receiver) {
      throw new AssertionError("the run itself brings what comes");
    }

    @Override
    public void send(long sendId, Frame frame) {
      sent.add(sendId);
      boolean isOwn = watched.counted.isOwn(sendId);
      if (isOwn) {
        nextSequence = (nextSequence + 1) % SEQUENCES;
        sequences++;
      }
      frames.add(new long[] {sendId, isOwn || hearsAnswer ? 1 : 0});
      Frame kept = frame.withZcl(frame.zcl().copy());
      carried.add(kept);
      node.sends(now(), messages.decoded(kept));
    }

    @Override
    public void discover(int profileId, int clusterId) {
      discoveries++;
    }

    @Override
    public int maximumPayload(Peer destination) {
      return MAXIMUM_PAYLOAD;
    }

    @Override
    public void close() {}
  }
}
