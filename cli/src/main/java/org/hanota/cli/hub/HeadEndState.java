// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.control.HubStatus;
import org.hanota.transport.grpc.HanEvent;

/** How a hub's connection to its head end stands, told by what happens to it. For any thread. */
final class HeadEndState implements Consumer<HanEvent> {
  private final ServeLog log;
  private volatile HubStatus.HeadEnd now = new HubStatus.HeadEnd("", false, "it is not tried yet");

  HeadEndState(ServeLog log) {
    this.log = log;
  }

  Optional<HubStatus.HeadEnd> now() {
    return Optional.of(now);
  }

  boolean isConnected() {
    return now.connected();
  }

  @Override
  public void accept(HanEvent event) {
    if (event instanceof HanEvent.Connected connected) {
      tell(new HubStatus.HeadEnd(connected.remote(), true, ""));
    } else if (event instanceof HanEvent.Disconnected disconnected) {
      tell(new HubStatus.HeadEnd(disconnected.remote(), false, disconnected.reason()));
    } else if (event instanceof HanEvent.Rejected rejected) {
      tell(new HubStatus.HeadEnd(rejected.remote(), false, rejected.reason()));
    } else if (event instanceof HanEvent.Refused refused) {
      log.refused(refused);
    } else if (event instanceof HanEvent.RevocationsNotRead list) {
      log.warn(list.reason());
    }
  }

  private void tell(HubStatus.HeadEnd next) {
    now = next;
    log.headEnd(next);
  }
}
