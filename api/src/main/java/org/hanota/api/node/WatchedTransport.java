// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import org.hanota.api.machine.Peer;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/** A transport whose callbacks from inside its own methods are found; for one thread at a time. */
final class WatchedTransport implements Transport {
  private final Transport transport;
  private @Nullable String inside;

  private final HeldEffects held;

  WatchedTransport(Transport transport, HeldEffects held) {
    this.transport = transport;
    this.held = held;
  }

  /** A callback came, from a thread that no other call of the transport is on. */
  void calledBack(String callback) {
    String method = inside;
    if (method != null) {
      throw new CalledBackTooEarly(transport.getClass(), callback, method);
    }
  }

  @Override
  public void open(Receiver receiver) {
    within("open", () -> transport.open(receiver));
  }

  @Override
  public void send(long sendId, Frame frame) {
    if (held.keeps()) {
      held.keep(() -> sendNow(sendId, frame));
    } else {
      sendNow(sendId, frame);
    }
  }

  private void sendNow(long sendId, Frame frame) {
    inside = "send";
    try {
      transport.send(sendId, frame);
    } finally {
      inside = null;
    }
  }

  @Override
  public void discover(int profileId, int clusterId) {
    held.keepOrDo(() -> within("discover", () -> transport.discover(profileId, clusterId)));
  }

  @Override
  public int maximumPayload(Peer destination) {
    return transport.maximumPayload(destination);
  }

  @Override
  public void pollFast(boolean wanted) {
    held.keepOrDo(() -> within("pollFast", () -> transport.pollFast(wanted)));
  }

  @Override
  public boolean tellsTurns() {
    return transport.tellsTurns();
  }

  @Override
  public void close() {
    transport.close();
  }

  private void within(String method, Runnable call) {
    inside = method;
    try {
      call.run();
    } finally {
      inside = null;
    }
  }
}
