// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import java.util.ArrayDeque;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.node.Surroundings;
import org.hanota.api.node.ZclEndpoint;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.jspecify.annotations.Nullable;

/** One end of a wire without time: what is sent waits until the other end is given it. */
final class Wire implements Transport, Surroundings {
  final ArrayDeque<Job> jobs = new ArrayDeque<>();
  private @Nullable Frame frame;
  private long sendId;
  long frames;

  @Override
  public void open(Receiver receiver) {}

  @Override
  public void send(long id, Frame sent) {
    frame = sent;
    sendId = id;
    frames++;
  }

  /** Gives what was sent to {@code other} and its result to {@code self}; false if nothing was. */
  boolean deliver(Now now, ZclEndpoint self, ZclEndpoint other) {
    Frame sent = frame;
    if (sent == null) {
      return false;
    }
    frame = null;
    self.sent(now, sendId, SendResult.DELIVERED);
    other.frame(now, sent);
    return true;
  }

  @Override
  public void discover(int profileId, int clusterId) {}

  @Override
  public int maximumPayload(Peer destination) {
    return 82;
  }

  @Override
  public void close() {}

  @Override
  public void wakeAt(long monotonicNanos) {}

  @Override
  public void start(Job job) {
    jobs.add(job);
  }

  @Override
  public void report(Now now, Event event) {}
}
