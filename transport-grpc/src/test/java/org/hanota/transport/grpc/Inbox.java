// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;

/** A receiver that keeps what comes, and checks that callbacks come one at a time. */
final class Inbox implements Transport.Receiver {
  record Sent(long sendId, SendResult result) {}

  final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  final BlockingQueue<Sent> results = new LinkedBlockingQueue<>();
  final BlockingQueue<String> servers = new LinkedBlockingQueue<>();
  final AtomicBoolean overlapped = new AtomicBoolean();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Consumer<Frame> answer;

  Inbox() {
    this(frame -> {});
  }

  Inbox(Consumer<Frame> answer) {
    this.answer = answer;
  }

  private void alone(Runnable body) {
    if (busy.getAndSet(true)) {
      overlapped.set(true);
    }
    try {
      body.run();
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void onFrame(Frame frame) {
    alone(
        () -> {
          frames.add(frame);
          answer.accept(frame);
        });
  }

  @Override
  public void onSent(long sendId, SendResult result) {
    alone(() -> results.add(new Sent(sendId, result)));
  }

  @Override
  public void onServerFound(Peer server) {
    alone(() -> servers.add(server.toString()));
  }

  @Override
  public void onNoServer() {
    alone(() -> servers.add("none"));
  }

  Frame frame() {
    return within(frames);
  }

  Sent result() {
    return within(results);
  }

  String server() {
    return within(servers);
  }

  /** Waits as long as it takes, within what no working machine needs. */
  static <T> T within(BlockingQueue<T> queue) {
    try {
      T value = queue.poll(30, TimeUnit.SECONDS);
      if (value == null) {
        throw new AssertionError("nothing came");
      }
      return value;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
