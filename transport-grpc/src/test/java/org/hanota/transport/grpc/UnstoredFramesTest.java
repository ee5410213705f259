// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever hears that a frame came lets go of it: it is said of what the hub keeps only. */
@Timeout(60)
class UnstoredFramesTest {
  private final Hub hub = new Hub();
  private final Han han = new Han(GrpcHub.builder(Han.HUB));

  /** A node that has each frame to store at the end of the turn. */
  private static final class Hub implements Transport.Receiver {
    volatile boolean on = true;
    volatile boolean storeFails;
    private int owed;
    private int generation;

    @Override
    public synchronized void onFrame(Frame frame) {
      owed++;
    }

    @Override
    public void onSent(long sendId, SendResult result) {}

    @Override
    public void onServerFound(Peer server) {}

    @Override
    public void onNoServer() {}

    /** As a driver does it: it starts the node anew, and throws nothing. */
    @Override
    public synchronized void onTurnEnd() {
      if (owed > 0 && storeFails) {
        generation++;
      }
      owed = 0;
    }

    @Override
    public synchronized int owed() {
      return owed;
    }

    @Override
    public synchronized int generation() {
      return generation;
    }

    @Override
    public boolean isOn() {
      return on;
    }
  }

  @AfterEach
  void end() {
    han.close();
  }

  private SendResult sent() throws Exception {
    han.hub.transport().open(hub);
    han.hub.start();
    Inbox inbox = new Inbox();
    Transport device = han.join(han.connect(), Han.device(0), inbox);
    device.send(1, Han.frame(Han.device(0), Han.HUB, "00"));
    return inbox.result().result();
  }

  @Test
  void whatIsStoredAtTheEndOfTheTurnIsDelivered() throws Exception {
    assertThat(sent()).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void aHubWithoutPowerAcknowledgesNothing() throws Exception {
    hub.on = false;
    assertThat(sent()).isEqualTo(SendResult.NO_ACK);
  }

  @Test
  void whatCouldNotBeStoredIsNotDelivered() throws Exception {
    hub.storeFails = true;
    assertThat(sent()).isEqualTo(SendResult.NO_ACK);
  }
}
