// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ash;

import java.util.function.Consumer;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;

/**
 * Finds the frames in a stream of octets. Each frame ends with a flag that can stand nowhere else,
 * so whatever is no frame is over at the next flag.
 */
public final class AshDecoder {
  private static final int KEPT_MAX = AshFrame.DATA_MAX + 1 + AshFrame.CHECK_OCTETS;

  /** Hears what was found. */
  public interface Receiver {
    /** A frame with data of its own. */
    void frame(AshFrame frame);

    /** Something ended that was no good frame. */
    void damaged();
  }

  private final Receiver receiver;
  private final byte[] kept = new byte[KEPT_MAX];
  private int length;
  private boolean escaped;

  /** Until the next flag nothing is kept: too long, or an octet was lost. */
  private boolean spoiled;

  private long framesFound;
  private long octetsSkipped;
  private long checksFailed;
  private long malformed;
  private long flowControls;

  /** Whoever hears of frames. */
  public AshDecoder(Receiver receiver) {
    this.receiver = receiver;
  }

  /** One that hears of frames only. */
  static AshDecoder of(Consumer<AshFrame> frames) {
    return new AshDecoder(
        new Receiver() {
          @Override
          public void frame(AshFrame frame) {
            frames.accept(frame);
          }

          @Override
          public void damaged() {
            // Counted.
          }
        });
  }

  /** Takes the next octets, split anyhow. */
  public void accept(Octets octets) {
    for (int i = 0; i < octets.length(); i++) {
      accept(octets.at(i));
    }
  }

  private void accept(int octet) {
    switch (octet) {
      case Ash.FLAG -> end();
      case Ash.CANCEL -> drop();
      case Ash.SUBSTITUTE -> spoil();
      case Ash.XON, Ash.XOFF -> flowControls++;
      case Ash.ESCAPE -> escaped = true;
      default -> {
        int plain = escaped ? octet ^ Ash.FLIP : octet;
        escaped = false;
        if (spoiled) {
          octetsSkipped++;
        } else if (length == KEPT_MAX) {
          spoil();
          octetsSkipped++;
        } else {
          kept[length++] = (byte) plain;
        }
      }
    }
  }

  private void spoil() {
    octetsSkipped += length;
    length = 0;
    escaped = false;
    spoiled = true;
  }

  private void drop() {
    octetsSkipped += length;
    length = 0;
    escaped = false;
    spoiled = false;
  }

  /** Forgets a frame that has only begun, as when the port was opened anew. */
  public void reset() {
    drop();
  }

  private void end() {
    boolean hadOctets = length > 0 || spoiled;
    Octets body = Octets.wrap(kept, 0, length);
    AshFrame frame = spoiled ? null : read(body);
    if (frame != null) {
      length = 0;
      escaped = false;
      framesFound++;
      receiver.frame(frame);
    } else {
      drop();
      if (hadOctets) {
        receiver.damaged();
      }
    }
  }

  private @org.jspecify.annotations.Nullable AshFrame read(Octets body) {
    int whole = body.length();
    if (whole <= AshFrame.CHECK_OCTETS) {
      return null;
    }
    Octets checked = body.slice(0, whole - AshFrame.CHECK_OCTETS);
    if (Ash.check(checked) != body.uint16be(whole - AshFrame.CHECK_OCTETS)) {
      checksFailed++;
      return null;
    }
    try {
      return AshFrame.decode(checked.copy());
    } catch (FormatException unknown) {
      malformed++;
      return null;
    }
  }

  /** Frames found so far. */
  public long framesFound() {
    return framesFound;
  }

  /** Octets that belonged to no frame. */
  public long octetsSkipped() {
    return octetsSkipped;
  }

  /** What ended as a frame does and had a wrong check. */
  public long checksFailed() {
    return checksFailed;
  }

  /** What had a right check and is no frame of ASH. */
  public long malformed() {
    return malformed;
  }

  /** Octets of software flow control, XON or XOFF. */
  public long flowControls() {
    return flowControls;
  }
}
