// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.zcl.ZclMessage;
import org.jspecify.annotations.Nullable;

/**
 * A call of the machine, as its parts see it.
 *
 * @param received the message that it is about; null if it is about none
 */
public record Call(Now now, Effects effects, @Nullable Received received) {
  /** The message, in a call that is about one. */
  public Received message() {
    if (received == null) {
      throw new AssertionError("this call is about no message");
    }
    return received;
  }

  /** Answers the message. */
  public void reply(ZclMessage answer, SendOptions options) {
    effects.reply(message(), answer, options);
  }
}
