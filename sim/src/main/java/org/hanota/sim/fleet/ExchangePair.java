// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.ArrayDeque;
import java.util.Deque;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.SendOptions.Priority;
import org.hanota.device.DeviceParameters;
import org.hanota.sim.radio.Channel;
import org.hanota.sim.radio.ChannelListener;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.FrameOctets;
import org.hanota.sim.radio.RadioSettings;

/**
 * A hub and a device on the channel of the simulator, block after block without end. Of the
 * machines only what sets the pace is here: the device asks for the next block when one has come,
 * asks again when its request failed or nothing comes, and the hub answers at once. The comparison
 * with whole homes keeps it honest.
 */
final class ExchangePair implements ChannelListener<ExchangePair.Sent> {
  static final int HUB = 0;
  static final int DEVICE = 1;

  /** Octets of an Image Block Request, and of a response without its data. [ZCL 11.13.6] */
  private static final int REQUEST_OCTETS = 17;

  private static final int RESPONSE_OCTETS = 17;

  private static final long MILLISECOND = 1_000_000;

  /** What becomes of a signal. */
  interface Fading {
    /** Whether a signal is lost; asked for each that nothing else damaged. */
    boolean loses(long nanos, int from);
  }

  /**
   * A frame.
   *
   * @param block the number of its block
   */
  record Sent(boolean isRequest, long block) {}

  private final Channel<Sent> channel;
  private final int requestOctets;
  private final int responseOctets;
  private final DeviceParameters device;
  private final Deque<Sent> arrivals = new ArrayDeque<>();
  private long now;
  private long block;
  private Sent last = new Sent(true, 0);
  private long retryAt = Long.MAX_VALUE;
  private int tries;
  private long airtimeHub;
  private long airtimeDevice;
  private long repetitions;

  ExchangePair(
      RadioSettings settings,
      int dataOctets,
      DeviceParameters device,
      SeededRandom hubBackOffs,
      SeededRandom deviceBackOffs,
      Fading fading) {
    this.device = device;
    this.requestOctets = FrameOctets.of(REQUEST_OCTETS, false);
    this.responseOctets = FrameOctets.of(RESPONSE_OCTETS + dataOctets, false);
    this.channel =
        new Channel<>(
            settings, (nanos, from, to, frame, isAnswer) -> !fading.loses(nanos, from), this);
    int hub = channel.attach(hubBackOffs);
    int other = channel.attach(deviceBackOffs);
    if (hub != HUB || other != DEVICE) {
      throw new AssertionError("stations are numbered otherwise");
    }
    request();
  }

  /** The block that is asked for now, from 0. */
  long block() {
    return block;
  }

  long nowNanos() {
    return now;
  }

  long airtimeHubNanos() {
    return airtimeHub;
  }

  long airtimeDeviceNanos() {
    return airtimeDevice;
  }

  /** Times that a frame was on the air after its first. */
  long repetitions() {
    return repetitions;
  }

  /**
   * Goes on until the next block has come.
   *
   * @return whether nothing of what was before is under way any more
   */
  boolean next() {
    long before = block;
    boolean isClean = false;
    while (block == before) {
      long due = Math.min(channel.nextNanos(), retryAt);
      now = Math.max(now, due);
      if (retryAt <= now) {
        again();
      }
      channel.advance(now);
      isClean = channel.waiting(HUB) == 0 && channel.waiting(DEVICE) == 0;
      while (!arrivals.isEmpty()) {
        arrived(arrivals.remove());
      }
    }
    return isClean;
  }

  private void again() {
    if (tries == device.blockRetryLimit()) {
      // After its rest it asks anew.
      tries = -1;
      retryAt = now + device.restMs() * MILLISECOND;
    } else {
      tries++;
      request();
    }
  }

  private void request() {
    retryAt = now + (device.responseTimeoutMs() + tries * device.retryBackOffMs()) * MILLISECOND;
    last = new Sent(true, block);
    send(DEVICE, HUB, requestOctets, Priority.NORMAL, last);
  }

  private void send(int from, int to, int octets, Priority priority, Sent frame) {
    boolean taken = channel.send(now, from, to, octets, true, priority, frame);
    if (!taken) {
      throw new AssertionError("more is under way than two nodes ever have");
    }
  }

  private void arrived(Sent frame) {
    if (frame.isRequest()) {
      send(HUB, DEVICE, responseOctets, Priority.BULK, new Sent(false, frame.block()));
    } else if (frame.block() == block) {
      block++;
      tries = 0;
      request();
    }
  }

  @Override
  public void arrived(long nanos, int from, int to, Sent frame) {
    arrivals.add(frame);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // This sending, not an earlier one of the same block.
  public void ended(long nanos, int station, Sent frame, Fate fate) {
    if (frame == last && fate != Fate.DELIVERED) {
      retryAt = Math.min(retryAt, nanos + device.resendMs() * (tries + 1) * MILLISECOND);
    }
  }

  @Override
  public void transmitted(
      long startNanos,
      long endNanos,
      int from,
      int to,
      Sent frame,
      long sequence,
      int repetition,
      boolean isDamaged) {
    spend(from, endNanos - startNanos);
    repetitions += repetition > 0 ? 1 : 0;
  }

  @Override
  public void acknowledged(
      long startNanos,
      long endNanos,
      int from,
      int to,
      Sent frame,
      long sequence,
      boolean isDamaged) {
    spend(from, endNanos - startNanos);
  }

  private void spend(int from, long nanos) {
    airtimeHub += from == HUB ? nanos : 0;
    airtimeDevice += from == DEVICE ? nanos : 0;
  }
}
