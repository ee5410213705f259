// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.ProcessEnd;
import org.hanota.cli.serial.Stick;
import org.hanota.hub.HubEvent;
import org.hanota.transport.grpc.HanEvent;
import org.hanota.transport.serial.stick.StickEvent;

/** Hears of a hub, its network and its stick, and tells log, metrics and health of it. */
record ServeEvents(ServeLog log, HubMetrics metrics, ServeHealth health, ProcessEnd end) {
  /** The hub's node said something. */
  void hub(Now now, Event event) {
    health.listener(now, event);
    HubText.of(event).ifPresent(log::warn);
    if (event instanceof HubEvent.DevicesFull full) {
      log.refused(full);
    }
  }

  /** An update went on. */
  void update(UpdateEvent event) {
    metrics.happened(event);
    log.update(event);
  }

  /** Something happened to a connection. */
  void network(Event event) {
    if (event instanceof HanEvent.Refused refused) {
      metrics.refused();
      log.refused(refused);
    } else if (event instanceof HanEvent.RevocationsNotRead list) {
      log.warn(list.reason());
    } else if (event instanceof HanEvent.ServerDied died) {
      // A hub that nobody reaches is worth less than none, which whoever watches it starts anew.
      log.warn("nobody can connect any more (" + died.thread() + " has ended): start it again");
      end.giveUp();
    } else if (event instanceof HanEvent.CallbackFailed failed) {
      log.fault(failed.fault());
    }
  }

  /** A hub is said to serve by radio once it does; a stick that never will ends it. */
  void started(StickEvent event, int images, Stick stick) {
    if (event instanceof StickEvent.StartRefused) {
      end.giveUp();
    } else {
      log.serving(
          images,
          "by radio through stick " + stick.self().address() + " with " + stick.profile().words());
    }
  }
}
