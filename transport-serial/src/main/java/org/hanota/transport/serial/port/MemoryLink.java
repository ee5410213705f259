// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.port;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hanota.api.Octets;
import org.hanota.api.transport.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A cable within the process, with a port at each end, that carries octets at the pace of a UART
 * and can be pulled out. Everything happens on the scheduler's time, so that a run repeats exactly.
 * One caller at a time.
 */
public final class MemoryLink {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** A UART sends a start and a stop bit around each octet. */
  private static final int BITS_PER_OCTET = 10;

  private final Scheduler scheduler;
  private final long octetNanos;
  private final End left = new End("memory left");
  private final End right = new End("memory right");
  private boolean plugged = true;

  /**
   * @param scheduler runs the callbacks
   * @param baud bits per second; each octet takes ten of them
   */
  public MemoryLink(Scheduler scheduler, int baud) {
    this.scheduler = scheduler;
    this.octetNanos = NANOS_PER_SECOND * BITS_PER_OCTET / baud;
  }

  /** One end. */
  public BytePort.Opener left() {
    return left;
  }

  /** The other end. */
  public BytePort.Opener right() {
    return right;
  }

  /** Pulls the cable: what is under way is lost, both ends lose their port. */
  public void unplug() {
    plugged = false;
    left.lose();
    right.lose();
  }

  /** Puts the cable back: the ends can be opened again. */
  public void plug() {
    plugged = true;
  }

  /** One direction: octets go one after the other, a short frame never overtakes a long one. */
  private final class Wire {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Deque<Long> times = new ArrayDeque<>();

    void carry(End to, Octets octets) {
      Port target = to.port;
      times.add(octets.length() * octetNanos);
      waiting.add(
          () -> {
            // Octets do not outlive the opening that they were sent to.
            if (target != null && target == to.port) {
              target.receiver.onOctets(octets);
            }
          });
      if (waiting.size() == 1) {
        scheduler.schedule(times.remove(), this::arrived);
      }
    }

    private void arrived() {
      Runnable delivery = waiting.remove();
      if (!waiting.isEmpty()) {
        scheduler.schedule(times.remove(), this::arrived);
      }
      delivery.run();
    }
  }

  private final class End implements BytePort.Opener {
    private final String name;
    private final Wire wire = new Wire();
    private @Nullable Port port;

    End(String name) {
      this.name = name;
    }

    @Override
    public BytePort open(BytePort.Receiver receiver) {
      Port opened = new Port(this, receiver);
      scheduler.schedule(0, opened::opened);
      return opened;
    }

    @Override
    public String name() {
      return name;
    }

    void lose() {
      Port current = port;
      port = null;
      if (current != null) {
        current.open = false;
        scheduler.schedule(0, () -> current.lost("unplugged"));
      }
    }
  }

  private final class Port implements BytePort {
    private final End end;
    private final Receiver receiver;
    private boolean open;
    private boolean closed;

    Port(End end, Receiver receiver) {
      this.end = end;
      this.receiver = receiver;
    }

    void opened() {
      if (closed) {
        return;
      }
      if (!plugged || end.port != null) {
        lost(plugged ? end.name + " is open already" : "no such port: " + end.name);
        return;
      }
      end.port = this;
      open = true;
      receiver.onOpen();
    }

    void lost(String reason) {
      if (!closed) {
        closed = true;
        receiver.onLost(reason);
      }
    }

    @Override
    public void write(Octets octets) throws IOException {
      if (!open) {
        throw new IOException(end.name + " is not open");
      }
      end.wire.carry(end == left ? right : left, octets.copy());
    }

    @Override
    public void close() {
      closed = true;
      open = false;
      if (end.port == this) {
        end.port = null;
      }
    }
  }
}
