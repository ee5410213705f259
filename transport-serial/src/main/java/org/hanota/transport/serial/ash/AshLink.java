// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ash;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.hanota.api.Octets;

/**
 * One end of a line that speaks ASH: numbers what it sends, sends it again until it is
 * acknowledged, and hands on what comes once each and in order. Without input or output of its own.
 * The other end's wish for a pause is not obeyed: what it does not take it does not acknowledge,
 * and gets again. [Silicon Labs UG101]
 */
public final class AshLink {
  /**
   * What the link wants done, and tells. None of these may call the link again but {@link #send}.
   */
  public interface Owner {
    /** Octets for the line. */
    void write(Octets octets);

    /** Data came. */
    void received(Octets data);

    /** A host was told that the stick has restarted; for that it need not have asked. */
    default void restarted(int code) {}

    /** A stick was told to restart. */
    default void restart() {}

    /** Nothing gets through any more. */
    void failed(String reason);
  }

  private static final long MILLI = 1_000_000L;
  private static final long FIRST_ACK_NANOS = 1_600 * MILLI;
  private static final long LEAST_ACK_NANOS = 400 * MILLI;
  private static final long MOST_ACK_NANOS = 3_200 * MILLI;

  /** So often in a row nothing is acknowledged; then the link has failed. */
  private static final int TIMEOUTS_MAX = 5;

  /** Data under way at once: with one, nothing needs to be put in order. */
  private static final int WINDOW = 1;

  /** Callbacks that wait for a host that does not acknowledge; then it has failed. */
  private static final int WAITING_MAX = 256;

  private static final int MASK = AshFrame.NUMBERS - 1;
  private static final Octets CANCEL = Octets.copyOf((byte) Ash.CANCEL);

  private record Sent(int number, Octets data, long at) {}

  private final LongSupplier clock;
  private final Owner owner;
  private final AshDecoder decoder = new AshDecoder(new Frames());
  private final Deque<Octets> waiting = new ArrayDeque<>();
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private boolean connected;
  private int nextNumber;
  private int expected;
  private boolean rejecting;
  private boolean acknowledgementOwed;
  private long ackNanos = FIRST_ACK_NANOS;
  private long deadline = Long.MAX_VALUE;
  private int timeouts;
  private long sentAgain;

  /**
   * @param clock the monotonic time of the call under way
   */
  public AshLink(LongSupplier clock, Owner owner) {
    this.clock = clock;
    this.owner = owner;
  }

  /** The line was opened anew, or the other end has forgotten everything. */
  public void close() {
    connected = false;
    waiting.clear();
    underWay.clear();
    deadline = Long.MAX_VALUE;
    timeouts = 0;
    decoder.reset();
  }

  /** A host tells the stick to restart; {@link Owner#restarted} tells that it has. */
  public void sendReset() {
    close();
    owner.write(CANCEL.concat(new AshFrame.Rst().octets()));
  }

  /** A stick that has restarted tells its host. */
  public void sendRestarted(int code) {
    close();
    connect();
    owner.write(CANCEL.concat(new AshFrame.RstAck(Ash.VERSION, code).octets()));
  }

  private void connect() {
    connected = true;
    nextNumber = 0;
    expected = 0;
    rejecting = false;
    acknowledgementOwed = false;
    ackNanos = FIRST_ACK_NANOS;
  }

  /** Whether data can be sent. */
  public boolean connected() {
    return connected;
  }

  /** Sends data as soon as what was sent before is acknowledged; nothing while not connected. */
  public void send(Octets data) {
    if (!connected) {
      return;
    }
    if (waiting.size() >= WAITING_MAX) {
      fail("the other end acknowledges nothing");
      return;
    }
    waiting.add(data);
    sendNext();
  }

  private void sendNext() {
    while (underWay.size() < WINDOW && !waiting.isEmpty()) {
      Sent sent = new Sent(nextNumber, waiting.remove(), clock.getAsLong());
      nextNumber = (nextNumber + 1) & MASK;
      underWay.add(sent);
      write(sent, false);
      startTimer();
    }
  }

  private void write(Sent sent, boolean again) {
    acknowledgementOwed = false;
    owner.write(new AshFrame.Data(sent.number, expected, again, sent.data).octets());
  }

  private void startTimer() {
    deadline = underWay.isEmpty() ? Long.MAX_VALUE : clock.getAsLong() + ackNanos;
  }

  /** Octets came. */
  public void octets(Octets octets) {
    decoder.accept(octets);
  }

  /** Sends again what was not acknowledged in time. */
  public void timer() {
    if (clock.getAsLong() < deadline) {
      return;
    }
    timeouts++;
    if (timeouts >= TIMEOUTS_MAX) {
      fail("no acknowledgement after " + timeouts + " tries");
      return;
    }
    ackNanos = Math.min(MOST_ACK_NANOS, ackNanos * 2);
    sendAgain();
  }

  private void sendAgain() {
    for (Sent sent : underWay) {
      sentAgain++;
      write(sent, true);
    }
    startTimer();
  }

  /** When {@link #timer} is due. */
  public long deadline() {
    return deadline;
  }

  private void fail(String reason) {
    close();
    owner.failed(reason);
  }

  /** Data frames that were sent once more. */
  public long sentAgain() {
    return sentAgain;
  }

  /** What was found in the octets that came. */
  public AshDecoder decoder() {
    return decoder;
  }

  private final class Frames implements AshDecoder.Receiver {
    @Override
    public void frame(AshFrame frame) {
      if (frame instanceof AshFrame.RstAck restarted) {
        restarted(restarted);
      } else if (frame instanceof AshFrame.Rst) {
        owner.restart();
      } else if (!connected) {
        // Left over from before the restart; or an error, which a restart ends.
        return;
      } else if (frame instanceof AshFrame.Failure failure) {
        fail("the stick gave up: " + ResetCode.words(failure.code()));
      } else if (frame instanceof AshFrame.Data data) {
        if (acknowledged(data.acknowledged())) {
          data(data);
        }
      } else if (frame instanceof AshFrame.Ack ack) {
        boolean unused = acknowledged(ack.acknowledged());
      } else if (frame instanceof AshFrame.Nak nak && acknowledged(nak.acknowledged())) {
        sendAgain();
      }
    }

    private void restarted(AshFrame.RstAck frame) {
      close();
      if (frame.version() != Ash.VERSION) {
        owner.failed("the stick speaks ASH " + frame.version() + ", allowed " + Ash.VERSION);
        return;
      }
      connect();
      owner.restarted(frame.code());
    }

    @Override
    public void damaged() {
      reject();
    }

    private void reject() {
      if (connected && !rejecting) {
        rejecting = true;
        owner.write(new AshFrame.Nak(expected, false).octets());
      }
    }

    /** All before that number came; false if that number cannot be. */
    private boolean acknowledged(int number) {
      int confirmed = (number - oldest()) & MASK;
      if (confirmed > underWay.size()) {
        return false;
      }
      for (int i = 0; i < confirmed; i++) {
        Sent sent = underWay.remove();
        timeouts = 0;
        adapt(clock.getAsLong() - sent.at);
      }
      if (confirmed > 0) {
        startTimer();
        sendNext();
      }
      return true;
    }

    private int oldest() {
      return underWay.isEmpty() ? nextNumber : underWay.element().number;
    }

    /** Half of what is left of seven eighths, as the timer of UG101 adapts. */
    private void adapt(long tookNanos) {
      ackNanos =
          Math.max(LEAST_ACK_NANOS, Math.min(MOST_ACK_NANOS, ackNanos * 7 / 8 + tookNanos / 2));
    }

    private void data(AshFrame.Data frame) {
      if (frame.number() == expected) {
        expected = (expected + 1) & MASK;
        rejecting = false;
        acknowledgementOwed = true;
        owner.received(frame.data());
        acknowledge();
      } else if (frame.again()) {
        acknowledgementOwed = true;
        acknowledge();
      } else {
        reject();
      }
    }

    /** Unless data went out that said it. */
    private void acknowledge() {
      if (acknowledgementOwed && connected) {
        acknowledgementOwed = false;
        owner.write(new AshFrame.Ack(expected, false).octets());
      }
    }
  }
}
