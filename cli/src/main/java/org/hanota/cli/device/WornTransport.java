// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/** A transport that loses and delays frames, in both directions. */
final class WornTransport implements Transport {
  private final Transport transport;
  private final Scheduler scheduler;
  private final SeededRandom random;
  private final double loss;
  private final long delayNanos;
  private volatile @Nullable Receiver callbacks;

  /**
   * @param scheduler on which late frames go on
   * @param loss of each frame, 0 to 1
   * @param delayNanos the longest
   */
  WornTransport(
      Transport transport, Scheduler scheduler, SeededRandom random, double loss, long delayNanos) {
    this.transport = transport;
    this.scheduler = scheduler;
    this.random = random;
    this.loss = loss;
    this.delayNanos = delayNanos;
  }

  private Receiver callbacks() {
    Receiver opened = callbacks;
    if (opened == null) {
      throw new IllegalStateException("nothing is sent before open");
    }
    return opened;
  }

  private synchronized boolean isLost() {
    return random.chance(loss);
  }

  /** Runs it late, never from inside this call. */
  private void late(Runnable task) {
    long nanos;
    synchronized (this) {
      nanos = delayNanos == 0 ? 0 : random.belowLong(delayNanos);
    }
    scheduler.schedule(nanos, task);
  }

  @Override
  public void open(Receiver receiver) {
    Worn worn = new Worn(receiver);
    callbacks = worn;
    transport.open(worn);
  }

  @Override
  public void send(long sendId, Frame frame) {
    if (isLost()) {
      late(() -> callbacks().onSent(sendId, SendResult.NO_ACK));
    } else if (delayNanos == 0) {
      transport.send(sendId, frame);
    } else {
      late(() -> transport.send(sendId, frame));
    }
  }

  @Override
  public void discover(int profileId, int clusterId) {
    transport.discover(profileId, clusterId);
  }

  @Override
  public int maximumPayload(Peer destination) {
    return transport.maximumPayload(destination);
  }

  @Override
  public void pollFast(boolean wanted) {
    transport.pollFast(wanted);
  }

  @Override
  public void close() {
    transport.close();
  }

  /** One callback at a time, from whichever thread; its lock is never wanted by a node. */
  private final class Worn implements Receiver {
    private final Receiver receiver;
    private final Object turn = new Object();

    Worn(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void onFrame(Frame frame) {
      if (isLost()) {
        return;
      }
      if (delayNanos == 0) {
        come(frame);
      } else {
        late(() -> come(frame));
      }
    }

    private void come(Frame frame) {
      synchronized (turn) {
        receiver.onFrame(frame);
      }
    }

    @Override
    public void onSent(long sendId, SendResult result) {
      synchronized (turn) {
        receiver.onSent(sendId, result);
      }
    }

    @Override
    public void onServerFound(Peer server) {
      synchronized (turn) {
        receiver.onServerFound(server);
      }
    }

    @Override
    public void onNoServer() {
      synchronized (turn) {
        receiver.onNoServer();
      }
    }

    @Override
    public int generation() {
      return receiver.generation();
    }

    @Override
    public boolean isOn() {
      return receiver.isOn();
    }
  }
}
