// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.grpc;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.hanota.bench.SideBySide;

/**
 * Target P8: 1,000 devices, one exchange outstanding each, over 1 to 4 streams of one connection.
 *
 * <p>What is equal on both sides: the number of streams, the octets of each message, one message
 * there and one back for an exchange (ours holds a frame and the result of the frame before it),
 * flow control windows, loopback without TLS, and the executor: none. gRPC's direct executor runs
 * everything in the threads that read the network, and so do our callbacks by default.
 *
 * <p>What ours does besides: it writes and reads the contract's messages, checks the source of each
 * frame, finds the device by its address, keeps a bounded queue by priority and who waits for which
 * result, runs the callbacks of each device one at a time, and stops where the stream is not ready.
 * The bare stream sends one array of octets over and over and looks into none.
 */
public final class FramesOverLoopback {
  private static final int DEVICES = 1_000;
  private static final int DEFAULT_FRAMES = 64;

  /** Many exchanges of each device, so that a round is not over while it still begins. */
  private static final int ROUND = 200_000;

  private FramesOverLoopback() {}

  /** Prints one line per number of streams, with each frame alone and with several in a message. */
  public static void run(PrintStream out) {
    try {
      for (int framesPerMessage : new int[] {1, DEFAULT_FRAMES}) {
        for (int streams : new int[] {1, 2, 4}) {
          out.println(compare(streams, framesPerMessage));
        }
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static SideBySide.Result compare(int streams, int framesPerMessage) throws IOException {
    try (OurFrames ours = new OurFrames(DEVICES, streams, framesPerMessage);
        BareStream bare =
            new BareStream(
                DEVICES,
                streams,
                OurFrames.messageOctets(OurFrames.REQUEST_OCTETS),
                OurFrames.messageOctets(OurFrames.RESPONSE_OCTETS))) {
      return SideBySide.compare(
          "P8",
          "exchanges, streams " + streams + ", frames per message up to " + framesPerMessage,
          ours::run,
          "bare gRPC stream",
          bare::run,
          ROUND);
    }
  }
}
