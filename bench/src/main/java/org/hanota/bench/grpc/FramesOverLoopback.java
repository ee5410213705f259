// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.grpc;

import java.io.IOException;
import org.hanota.bench.SideBySide;

/** Target P8: 1,000 devices, one exchange outstanding each, over 1 to 4 streams. */
public final class FramesOverLoopback {
  private static final int DEVICES = 1_000;

  /** What a message of ours with one frame and one result takes beside the ZCL octets. */
  private static final int MESSAGE_OVERHEAD_OCTETS = 45;

  private static final int BATCH = 64;

  private FramesOverLoopback() {}

  /** Prints one line per number of streams, alone and several frames in a message. */
  public static void main(String[] arguments) throws IOException {
    for (int streams : new int[] {1, 2, 4}) {
      compare(streams, 1);
    }
    compare(1, BATCH);
  }

  private static void compare(int streams, int framesPerMessage) throws IOException {
    try (OurFrames ours = new OurFrames(DEVICES, streams, framesPerMessage);
        BareStream bare =
            new BareStream(
                DEVICES,
                streams,
                OurFrames.REQUEST_OCTETS + MESSAGE_OVERHEAD_OCTETS,
                OurFrames.RESPONSE_OCTETS + MESSAGE_OVERHEAD_OCTETS)) {
      System.out.println(
          SideBySide.compare(
              "P8",
              "exchanges, streams " + streams + ", frames per message up to " + framesPerMessage,
              ours::run,
              "bare gRPC stream",
              bare::run));
    }
  }
}
