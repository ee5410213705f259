// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.api.zcl.ZclMessage;

/** The messages that were ever sent in an exploration, without their sequence numbers. */
final class Messages {
  /**
   * A message.
   *
   * @param fromHub who sends it
   * @param own whether its sequence number is its sender's; else it answers with the other's
   * @param frame with a sequence number of zero
   */
  record Message(boolean fromHub, boolean own, Frame frame) {
    boolean isSequenceOfHub() {
      return fromHub == own;
    }
  }

  private final Map<Message, Integer> numbers = new HashMap<>();
  private final List<Message> messages = new ArrayList<>();
  private final ZclCodec codec = new ZclCodec();

  int number(boolean fromHub, boolean own, Frame frame) {
    Message message =
        new Message(fromHub, own, frame.withZcl(ZclFrame.withTransactionSequence(frame.zcl(), 0)));
    return numbers.computeIfAbsent(
        message,
        added -> {
          if (messages.size() == Items.MESSAGES_MAX) {
            throw new IllegalStateException(
                "more than " + Items.MESSAGES_MAX + " different messages were sent");
          }
          messages.add(added);
          return messages.size() - 1;
        });
  }

  Message of(int item) {
    return messages.get(Items.message(item));
  }

  /** What the frame says. */
  ZclMessage content(int item) {
    return decoded(of(item).frame());
  }

  ZclMessage decoded(Frame frame) {
    return codec.decode(frame.clusterId(), frame.zcl());
  }

  /** The frame with its sequence number. */
  static Frame framed(Message message, int sequence) {
    return message
        .frame()
        .withZcl(ZclFrame.withTransactionSequence(message.frame().zcl(), sequence));
  }
}
