// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.List;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.Tunnelled;

/**
 * Sends a device's GBCS messages one after the other and keeps each in the journal until the hub
 * has it: it may go out twice with the same octets, so that its counter tells, but never gets lost.
 */
final class Outbox {
  private final DeviceContext actions;
  private final int tunnelId;
  private long sendId;
  private Octets underWay = Octets.EMPTY;

  Outbox(DeviceContext actions, int tunnelId) {
    this.actions = actions;
    this.tunnelId = tunnelId;
  }

  /** Sends the first message unless it is under way already. */
  void flush() {
    List<Octets> waiting = actions.journal().outbox();
    Peer hub = actions.server;
    if (waiting.isEmpty()
        || hub == null
        || sendId != 0
        || actions.timers.runs(DeviceTimer.OUTBOX)) {
      return;
    }
    underWay = waiting.get(0);
    sendId =
        actions
            .effects()
            .send(
                hub,
                new Tunnelled(Direction.SERVER_TO_CLIENT, tunnelId, underWay),
                SendOptions.ACKNOWLEDGED.withPriority(SendOptions.Priority.METERING));
    // Should no result ever come, the timer tries again.
    actions.timers.set(
        DeviceTimer.OUTBOX, actions.now().plusMillis(actions.parameters.reportRetryMs()));
  }

  boolean sent(long id) {
    return id == sendId;
  }

  /** The hub has the first message, or has not. */
  void result(boolean delivered) {
    sendId = 0;
    if (delivered) {
      List<Octets> waiting = actions.journal().outbox();
      // It may have made room for a later one meanwhile.
      if (!waiting.isEmpty() && waiting.get(0).equals(underWay)) {
        actions.save(actions.journal().withOutbox(waiting.subList(1, waiting.size())));
      }
      actions.timers.stop(DeviceTimer.OUTBOX);
      flush();
    }
  }

  void retry() {
    sendId = 0;
    flush();
  }
}
