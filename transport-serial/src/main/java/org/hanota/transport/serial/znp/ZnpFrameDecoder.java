// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.function.Consumer;
import org.hanota.api.Octets;

/**
 * Finds the frames in a stream of octets. Nothing is escaped, so a start octet may be part of data
 * or of noise: after whatever proves not to be a frame it looks again from the octet behind the
 * false start. A pause in the middle of a frame ends it, or a false start with a large length would
 * swallow the good frames behind it.
 */
public final class ZnpFrameDecoder {
  /** At 115,200 baud an octet takes 87 us; a USB adapter may hold octets for some 16 ms. */
  public static final long GAP_NANOS = 500_000_000L;

  private static final int LENGTH_AT = 1;
  private static final int DATA_AT = 4;

  /** Never more than one frame is kept. */
  private final byte[] kept = new byte[ZnpFrame.DATA_MAX + ZnpFrame.OVERHEAD];

  private final Octets view = Octets.wrap(kept);
  private final Consumer<ZnpFrame> frames;
  private int length;
  private long lastNanos;
  private long framesFound;
  private long octetsSkipped;
  private long checksFailed;

  /**
   * @param frames takes each frame, with data of its own
   */
  public ZnpFrameDecoder(Consumer<ZnpFrame> frames) {
    this.frames = frames;
  }

  /** Takes the next octets, split anyhow, that came at that monotonic time. */
  public void accept(long nanos, Octets octets) {
    if (length > 0 && nanos - lastNanos > GAP_NANOS) {
      // Not cleared at once: the start may be false and a whole frame stand behind it.
      while (length > 0) {
        skipOne();
        find();
      }
    }
    lastNanos = nanos;
    for (int i = 0; i < octets.length(); i++) {
      kept[length++] = (byte) octets.at(i);
      find();
    }
  }

  /** Forgets a frame that has only begun, as when the port was opened anew. */
  public void reset() {
    octetsSkipped += length;
    length = 0;
  }

  /** Takes what is complete out of the kept octets, and what cannot be a frame. */
  private void find() {
    while (length > 0) {
      if (view.at(0) != ZnpFrame.START
          || (length > LENGTH_AT && view.at(LENGTH_AT) > ZnpFrame.DATA_MAX)) {
        skipOne();
        continue;
      }
      int whole = length > LENGTH_AT ? view.at(LENGTH_AT) + ZnpFrame.OVERHEAD : Integer.MAX_VALUE;
      if (length < whole) {
        return;
      }
      if (ZnpFrame.check(view.slice(1, whole - 1)) != 0) {
        checksFailed++;
        skipOne();
        continue;
      }
      ZnpFrame frame =
          new ZnpFrame(
              view.at(LENGTH_AT + 1),
              view.at(LENGTH_AT + 2),
              view.slice(DATA_AT, whole - ZnpFrame.OVERHEAD).copy());
      drop(whole);
      framesFound++;
      frames.accept(frame);
    }
  }

  private void skipOne() {
    octetsSkipped++;
    drop(1);
  }

  private void drop(int count) {
    length -= count;
    System.arraycopy(kept, count, kept, 0, length);
  }

  /** Frames found so far. */
  public long framesFound() {
    return framesFound;
  }

  /** Octets that belonged to no frame. */
  public long octetsSkipped() {
    return octetsSkipped;
  }

  /** What looked like a frame and had a wrong check octet. */
  public long checksFailed() {
    return checksFailed;
  }
}
