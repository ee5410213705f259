// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.sim.kernel.Air;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.kernel.SimNode;
import org.hanota.sim.link.LinkModel;
import org.hanota.sim.link.LinkModel.Kind;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.link.Signal;
import org.hanota.sim.link.Verdict;
import org.hanota.sim.radio.Message.Piece;
import org.jspecify.annotations.Nullable;

/**
 * Air that is one radio channel, shared by all nodes and by metering. The models of links say what
 * of it is heard; a frame that they delay waits before it is sent.
 */
public final class RadioAir implements Air {
  /** What a frame carries of a ZCL frame that does not fit in one. */
  private static final int FRAGMENT_OCTETS = 64;

  private final RadioSettings settings;
  private final IntFunction<SeededRandom> backOffs;
  private final LinkModel links;
  private final int maximumPayload;
  private final long discoveryNanos;
  private final BiConsumer<Frame, Outcome> tap;
  private final RadioListener listener;
  private final Channel<Piece> channel;
  private final @Nullable MeterTraffic meters;
  private final RadioCounts counts = new RadioCounts();
  private final List<Integer> generations = new ArrayList<>();
  private @Nullable Kernel running;
  private long dueNanos = Long.MAX_VALUE;

  /**
   * @param backOffs the random source of each node's radio
   * @param links what is heard of what is sent
   * @param maximumPayload octets of a ZCL frame; less where the radio takes less
   * @param discoveryNanos from looking for a server to its answer, which is not on the channel
   * @param meterPeriodNanos between two metering frames; 0 for none
   * @param tap sees every frame with what happened to it, at the moment that it does
   */
  public RadioAir(
      RadioSettings settings,
      IntFunction<SeededRandom> backOffs,
      LinkModel links,
      int maximumPayload,
      long discoveryNanos,
      long meterPeriodNanos,
      BiConsumer<Frame, Outcome> tap,
      RadioListener listener) {
    this.settings = settings;
    this.backOffs = backOffs;
    this.links = links;
    this.maximumPayload = Math.min(maximumPayload, whole(false));
    this.discoveryNanos = discoveryNanos;
    this.tap = tap;
    this.listener = listener;
    this.channel = new Channel<>(settings, this::reaches, new Heard());
    this.meters = meterPeriodNanos == 0 ? null : new MeterTraffic(meterPeriodNanos);
  }

  private static int whole(boolean apsSecurity) {
    return Band.FRAME_MAXIMUM_OCTETS - FrameOctets.of(0, apsSecurity);
  }

  /** The channel has something to do, if it still has when this is due. */
  private record Due() implements Pending.InAir {
    private static final Due ONE = new Due();
  }

  /** A frame that a link delayed goes to the radio. */
  private record Delayed(Message message) implements Pending.InAir {
    @Override
    public String toString() {
      return "Delayed[from=" + message.from + ", frame=" + message.frame + "]";
    }
  }

  /** A metering frame is to be sent. */
  private record Metering() implements Pending.InAir {}

  /** What was counted so far. */
  public RadioCounts counts() {
    return counts;
  }

  @Override
  public int maximumPayload(Peer destination) {
    return maximumPayload;
  }

  @Override
  public void pollFast(Kernel kernel, int node, boolean wanted) {
    links.pollFast(kernel.nanos(), node, wanted);
  }

  /** Each node has a station of its number. */
  private void attach(Kernel kernel) {
    if (running == null && meters != null) {
      kernel.schedule(meters.periodNanos(), new Metering());
    }
    running = kernel;
    while (generations.size() < kernel.nodes()) {
      int unused = channel.attach(backOffs.apply(generations.size()));
      counts.add();
      generations.add(0);
    }
  }

  private Kernel kernel() {
    if (running == null) {
      throw new AssertionError("nothing was sent yet");
    }
    return running;
  }

  @Override
  public void off(Kernel kernel, int node) {
    if (node < generations.size()) {
      generations.set(node, generations.get(node) + 1);
      channel.off(kernel.nanos(), node);
    }
  }

  @Override
  public void send(Kernel kernel, int from, long sendId, Frame frame) {
    attach(kernel);
    boolean isForAll = frame.destination().isBroadcast();
    int to = isForAll ? Channel.ALL : kernel.find(frame.destination());
    if (!isForAll && to < 0) {
      kernel.schedule(0, new Pending.Sent(from, sendId, SendResult.NO_ROUTE));
      return;
    }
    Verdict verdict = isForAll ? Verdict.DELIVER : links.judge(kernel.nanos(), from, to, frame);
    Message message = message(kernel, from, to, sendId, frame, verdict, false);
    if (isForAll) {
      for (int receiver = 0; receiver < kernel.nodes(); receiver++) {
        if (receiver != from) {
          message.judge(receiver, links.judge(kernel.nanos(), from, receiver, frame));
        }
      }
    }
    if (verdict.isLost()) {
      tap.accept(frame, Outcome.LOST);
      kernel.schedule(0, new Pending.Sent(from, sendId, SendResult.NO_ACK));
    } else if (verdict.delayNanos() > 0) {
      kernel.schedule(verdict.delayNanos(), new Delayed(message));
    } else {
      give(kernel, message);
    }
  }

  private Message message(
      Kernel kernel,
      int from,
      int to,
      long sendId,
      Frame frame,
      Verdict verdict,
      boolean isBackground) {
    int octets = frame.zcl().length();
    int fragments =
        octets <= whole(frame.options().apsEncryption())
            ? 1
            : (octets + FRAGMENT_OCTETS - 1) / FRAGMENT_OCTETS;
    return new Message(
        from,
        to,
        sendId,
        frame,
        fragments,
        verdict,
        isBackground,
        generations.get(from),
        kernel.nanos());
  }

  /** To the station, piece by piece. */
  private void give(Kernel kernel, Message message) {
    int octets = message.frame.zcl().length();
    for (int i = 0; i < message.fragments; i++) {
      int length =
          message.fragments == 1 ? octets : Math.min(FRAGMENT_OCTETS, octets - i * FRAGMENT_OCTETS);
      Piece piece = new Piece(message, i);
      boolean taken =
          channel.send(
              kernel.nanos(),
              message.from,
              message.to,
              FrameOctets.of(length, message.frame.options().apsEncryption())
                  + (message.fragments == 1 ? 0 : FrameOctets.FRAGMENT),
              true,
              message.frame.options().priority(),
              piece);
      if (!taken) {
        ended(kernel.nanos(), piece, Fate.QUEUE_FULL);
      }
    }
    wake(kernel);
  }

  private void wake(Kernel kernel) {
    long next = channel.nextNanos();
    if (next < dueNanos) {
      dueNanos = next;
      kernel.schedule(next - kernel.nanos(), Due.ONE);
    }
  }

  @Override
  public void due(Kernel kernel, Pending.InAir due) {
    if (due instanceof Due) {
      // Another one is due where something earlier came in between.
      if (kernel.nanos() == dueNanos) {
        dueNanos = Long.MAX_VALUE;
        channel.advance(kernel.nanos());
        wake(kernel);
      }
    } else if (due instanceof Delayed delayed) {
      Message message = delayed.message();
      if (generations.get(message.from) == message.generation) {
        give(kernel, message);
      }
    } else if (meters != null) {
      meter(kernel, meters);
    }
  }

  private void meter(Kernel kernel, MeterTraffic traffic) {
    traffic
        .next(kernel)
        .ifPresent(
            frame -> {
              int from = kernel.find(frame.source());
              int to = kernel.find(frame.destination());
              give(kernel, message(kernel, from, to, 0, frame, Verdict.DELIVER, true));
            });
    kernel.schedule(traffic.periodNanos(), new Metering());
  }

  @Override
  public void discover(Kernel kernel, int from, int clusterId) {
    Optional<SimNode> found = kernel.server(clusterId);
    boolean heard =
        found.isPresent()
            && links.carry(kernel.nanos(), kernel.find(found.get().self()), from, Kind.ANSWER)
                == Signal.WHOLE;
    kernel.schedule(
        discoveryNanos,
        new Pending.Discovered(from, heard ? found.map(SimNode::self) : Optional.empty()));
  }

  @Override
  public void arrive(Kernel kernel, Pending.Deliver arrived) {
    tap.accept(
        arrived.frame(), arrived.isChanged() ? Outcome.CORRUPTED_UNDETECTED : Outcome.DELIVERED);
    kernel.node(arrived.to()).frame(arrived.frame());
  }

  private boolean reaches(long nanos, int from, int to, Piece piece, boolean isAcknowledgement) {
    Kind kind = isAcknowledgement ? Kind.ACKNOWLEDGEMENT : Kind.FRAME;
    boolean isHeard = links.carry(nanos, from, to, kind) == Signal.WHOLE;
    return isHeard && kernel().node(to).isOn();
  }

  private void ended(long nanos, Piece piece, Fate fate) {
    Message message = piece.message();
    counts.ended(message.from, fate);
    if (!message.ends(fate)) {
      return;
    }
    if (message.fate != Fate.DELIVERED) {
      listener.givenUp(nanos, message.from, message.to, message.frame, message.fate);
    }
    if (message.isBackground) {
      counts.metered(message);
      return;
    }
    if (message.fate != Fate.DELIVERED && message.to != Channel.ALL && !message.hasArrived()) {
      tap.accept(message.frame, Outcome.LOST);
    }
    kernel().schedule(0, new Pending.Sent(message.from, message.sendId, message.fate.result()));
  }

  private final class Heard implements ChannelListener<Piece> {
    @Override
    public void arrived(long nanos, int from, int to, Piece piece) {
      Message message = piece.message();
      if (message.isBackground || !message.arrives()) {
        return;
      }
      Verdict verdict = message.verdict(to);
      if (verdict.isLost()) {
        return;
      }
      // A frame for one was delayed before it was sent; one for all comes to some later.
      long later = message.to == Channel.ALL ? verdict.delayNanos() : 0;
      Pending.Deliver deliver =
          new Pending.Deliver(
              from,
              to,
              message.sendId,
              verdict.of(message.frame),
              verdict.changed().isPresent(),
              false);
      kernel().schedule(later, deliver);
      if (verdict.repeats()) {
        kernel().schedule(later + discoveryNanos, deliver);
      }
    }

    @Override
    public void ended(long nanos, int station, Piece piece, Fate fate) {
      RadioAir.this.ended(nanos, piece, fate);
      duty(nanos, station);
    }

    @Override
    public void transmitted(
        long startNanos,
        long endNanos,
        int from,
        int to,
        Piece piece,
        long sequence,
        int repetition,
        boolean isDamaged) {
      Message message = piece.message();
      message.firstNanos = message.firstNanos < 0 ? startNanos : message.firstNanos;
      counts.onAir(from, endNanos - startNanos, repetition, isDamaged);
      listener.onAir(
          new Transmission(
              startNanos,
              endNanos,
              from,
              to,
              message.frame,
              piece.fragment(),
              message.fragments,
              octets(startNanos, endNanos),
              sequence,
              repetition,
              isDamaged,
              false));
      duty(endNanos, from);
    }

    @Override
    public void acknowledged(
        long startNanos,
        long endNanos,
        int from,
        int to,
        Piece piece,
        long sequence,
        boolean isDamaged) {
      counts.acknowledgement(from, endNanos - startNanos);
      listener.onAir(
          new Transmission(
              startNanos,
              endNanos,
              from,
              to,
              piece.message().frame,
              piece.fragment(),
              piece.message().fragments,
              Band.ACKNOWLEDGEMENT_OCTETS,
              sequence,
              0,
              isDamaged,
              true));
      duty(endNanos, from);
    }

    private int octets(long startNanos, long endNanos) {
      return settings.band().frameOctets(endNanos - startNanos);
    }

    private void duty(long nanos, int station) {
      DutyState now = channel.duty(nanos, station);
      if (counts.duty(station, nanos, now)) {
        listener.duty(nanos, station, now);
      }
    }
  }
}
