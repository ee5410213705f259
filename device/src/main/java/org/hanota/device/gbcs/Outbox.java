// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.gbcs;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceTimer;
import org.hanota.device.journal.DeviceJournal;

/**
 * Sends a device's GBCS messages one after the other and keeps each in the journal until the hub
 * has it: a message may be sent twice, but is never lost. Its originator counter is the same both
 * times, by which the receiver knows it.
 */
final class Outbox {
  private static final SendOptions OPTIONS =
      SendOptions.ACKNOWLEDGED.withPriority(SendOptions.Priority.METERING);

  private final DeviceParameters parameters;
  private final DeviceJournal journal;
  private final Timers<DeviceTimer> timers;
  private final int tunnelId;
  private long sendId;
  private Octets underWay = Octets.EMPTY;

  Outbox(
      DeviceParameters parameters,
      DeviceJournal journal,
      Timers<DeviceTimer> timers,
      int tunnelId) {
    this.parameters = parameters;
    this.journal = journal;
    this.timers = timers;
    this.tunnelId = tunnelId;
  }

  /** Sends the first message unless it is under way already. */
  void flush(Now now, Optional<Peer> hub, Effects effects) {
    List<Octets> waiting = journal.current().outbox();
    if (waiting.isEmpty() || hub.isEmpty() || sendId != 0 || timers.runs(DeviceTimer.OUTBOX)) {
      return;
    }
    underWay = waiting.get(0);
    sendId =
        effects.send(
            hub.get(), new Tunnelled(Direction.SERVER_TO_CLIENT, tunnelId, underWay), OPTIONS);
    // Should no result ever come, the timer tries again.
    timers.set(DeviceTimer.OUTBOX, now.plusMillis(parameters.reportRetryMs()));
  }

  boolean hasSent(long id) {
    return id == sendId;
  }

  /** The hub has the first message, or has not; the next one goes out at the end of the call. */
  void result(Now now, boolean delivered) {
    sendId = 0;
    if (delivered) {
      List<Octets> waiting = journal.current().outbox();
      // It may have made room for a later one meanwhile.
      if (!waiting.isEmpty() && waiting.get(0).equals(underWay)) {
        journal.save(now, journal.current().withOutbox(waiting.subList(1, waiting.size())));
      }
      timers.stop(DeviceTimer.OUTBOX);
    }
  }

  void retry() {
    sendId = 0;
  }

  void describe(StateWriter out) {
    if (sendId != 0) {
      out.putSent("message under way", sendId).put("its octets", underWay.toHex());
    }
  }
}
