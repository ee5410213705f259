// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;

/** Writes down what a transport calls back, and whether it does so from inside a call. */
final class Heard implements Transport.Receiver {
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  final List<Long> sendIds = new CopyOnWriteArrayList<>();
  final List<SendResult> results = new CopyOnWriteArrayList<>();
  final List<Peer> servers = new CopyOnWriteArrayList<>();
  final AtomicInteger noServer = new AtomicInteger();
  final AtomicInteger fromInside = new AtomicInteger();
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  /** Does {@code call} and notes whether it called back before it returned. */
  void during(Runnable call) {
    inside.set(true);
    try {
      call.run();
    } finally {
      inside.set(false);
    }
  }

  private void note() {
    if (inside.get()) {
      fromInside.incrementAndGet();
    }
  }

  @Override
  public void onFrame(Frame frame) {
    note();
    frames.add(frame.withZcl(frame.zcl().copy()));
  }

  @Override
  public void onSent(long sendId, SendResult result) {
    note();
    results.add(result);
    sendIds.add(sendId);
  }

  @Override
  public void onServerFound(Peer server) {
    note();
    servers.add(server);
  }

  @Override
  public void onNoServer() {
    note();
    noServer.incrementAndGet();
  }
}
