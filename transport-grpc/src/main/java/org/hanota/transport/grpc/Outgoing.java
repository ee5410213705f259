// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;

/** A frame on its way out, and who wants to know what became of it. */
final class Outgoing {
  /** Is told what became of a frame. */
  interface Sender {
    /** From anywhere, also from inside {@code send}: the callback comes later. */
    void ended(long sendId, SendResult result);

    /** While a message from the other side is dealt with: the callback may come now. */
    void answered(long sendId, SendResult result);
  }

  private static final Sender NOBODY =
      new Sender() {
        @Override
        public void ended(long sendId, SendResult result) {}

        @Override
        public void answered(long sendId, SendResult result) {}
      };

  final Frame frame;
  final long sendId;
  final Sender sender;

  /** The number of the link's sweeps when it was queued. */
  long since;

  Outgoing(Frame frame, long sendId, Sender sender) {
    this.frame = frame;
    this.sendId = sendId;
    this.sender = sender;
  }

  /** One copy of a broadcast, whose result nobody waits for. */
  static Outgoing broadcast(Frame frame) {
    return new Outgoing(frame, 0, NOBODY);
  }

  void ends(SendResult result) {
    sender.ended(sendId, result);
  }
}
