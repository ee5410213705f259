// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.port;

import java.io.IOException;
import org.hanota.api.Octets;
import org.hanota.api.transport.Scheduler;
import org.hanota.transport.serial.stick.StickLimits;
import org.hanota.transport.serial.stick.StickParameter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a port open: opens it again, with growing pauses, whenever it is lost. Brings all callbacks
 * onto the scheduler, so that whoever listens needs no lock; its methods are called from there too,
 * but for {@link #close}.
 */
public final class PortKeeper implements AutoCloseable {
  private final BytePort.Opener opener;
  private final Scheduler scheduler;
  private final Listener listener;

  /** Openings so far: what an earlier one still says is void. */
  private int generation;

  private final long firstPauseNanos;
  private final long longestPauseNanos;
  private long pauseNanos;
  private volatile @Nullable BytePort port;
  private volatile boolean closed;

  /** Hears of the port, on the scheduler. */
  public interface Listener {
    /** It is open. */
    void onOpen();

    /** Octets came. */
    void onOctets(Octets octets);

    /** It is not there. */
    void onLost(String reason, long retryNanos);
  }

  /**
   * @param limits say how long it pauses
   * @param scheduler runs one task at a time
   */
  public PortKeeper(
      BytePort.Opener opener, StickLimits limits, Scheduler scheduler, Listener listener) {
    this.opener = opener;
    this.firstPauseNanos = limits.nanos(StickParameter.REOPEN);
    this.longestPauseNanos = Math.max(firstPauseNanos, limits.nanos(StickParameter.REOPEN_MAXIMUM));
    this.pauseNanos = firstPauseNanos;
    this.scheduler = scheduler;
    this.listener = listener;
  }

  /** Begins; once only. */
  public void start() {
    scheduler.schedule(0, this::open);
  }

  private void open() {
    if (closed) {
      return;
    }
    BytePort opened = opener.open(new Callbacks(++generation));
    port = opened;
    if (closed) {
      opened.close();
    }
  }

  /** Writes, if the port is open; a port that fails is reported lost. */
  public void write(Octets octets) {
    BytePort current = port;
    if (current == null) {
      return;
    }
    try {
      current.write(octets);
    } catch (IOException failure) {
      int failed = generation;
      String reason = String.valueOf(failure.getMessage());
      // Not from inside the call of whoever writes.
      scheduler.schedule(0, () -> lost(failed, reason));
    }
  }

  /** Gives the port up, soon, and opens it again: for a stick that does not answer. */
  public void reopen(String reason) {
    int failed = generation;
    scheduler.schedule(0, () -> lost(failed, reason));
  }

  private void lost(int which, String reason) {
    if (closed || which != generation) {
      return;
    }
    generation++;
    BytePort current = port;
    port = null;
    if (current != null) {
      current.close();
    }
    long pause = pauseNanos;
    pauseNanos = Math.min(longestPauseNanos, pauseNanos * 2);
    listener.onLost(reason, pause);
    scheduler.schedule(pause, this::open);
  }

  @Override
  public void close() {
    closed = true;
    BytePort current = port;
    if (current != null) {
      current.close();
    }
  }

  private final class Callbacks implements BytePort.Receiver {
    private final int mine;

    Callbacks(int mine) {
      this.mine = mine;
    }

    @Override
    public void onOpen() {
      scheduler.schedule(
          0,
          () -> {
            if (mine == generation && !closed) {
              listener.onOpen();
            }
          });
    }

    @Override
    public void onOctets(Octets octets) {
      scheduler.schedule(
          0,
          () -> {
            if (mine == generation && !closed) {
              // Whatever opens and never speaks deserves the longer pauses.
              pauseNanos = firstPauseNanos;
              listener.onOctets(octets);
            }
          });
    }

    @Override
    public void onLost(String reason) {
      scheduler.schedule(0, () -> lost(mine, reason));
    }
  }
}
