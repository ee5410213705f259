// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.transport.serial.stick.RequestChannel;

/** What a stick says to requests: answers, and refusals of what it does not know. */
final class Responses {
  private Responses() {}

  /**
   * A frame came; one that is neither does not concern the requests.
   *
   * @throws org.hanota.api.FormatException if a refusal is cut off
   */
  static void receive(RequestChannel<ZnpFrame> channel, ZnpFrame frame) {
    if (frame.type() != ZnpFrame.Type.SRSP) {
      return;
    }
    if (frame.cmd0() == Command.RPC_ERROR.cmd0() && frame.cmd1() == Command.RPC_ERROR.cmd1()) {
      RpcError.decode(frame.data()).refuse(channel);
    } else {
      channel.answer(asked -> asked.isAnsweredBy(frame), frame.data());
    }
  }
}
