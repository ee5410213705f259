// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.ZclMessage;

/** Writes down what a machine wants done; performs nothing. */
public final class RecordedEffects implements Effects {
  /** A message that was sent. */
  public record Sent(
      long sendId, Peer destination, ZclMessage message, SendOptions options, boolean reply) {}

  /** Messages since the last {@link #clear}. */
  public final List<Sent> sent = new ArrayList<>();

  /** Jobs since the last {@link #clear}. */
  public final List<Job> jobs = new ArrayList<>();

  /** Events since the last {@link #clear}. */
  public final List<Event> events = new ArrayList<>();

  /** What is for the head end since the last {@link #clear}. */
  public final List<ToWan> toWan = new ArrayList<>();

  /** Searches for a server since the last {@link #clear}. */
  public int discoveries;

  /** The last time asked for. */
  public long wakeAt = Long.MAX_VALUE;

  private long sends;

  @Override
  public long send(Peer destination, ZclMessage message, SendOptions options) {
    long id = ++sends << Byte.SIZE | (sends & 0xFF);
    sent.add(new Sent(id, destination, message, options, false));
    return id;
  }

  @Override
  public long reply(Received request, ZclMessage message, SendOptions options) {
    long id = ++sends << Byte.SIZE | request.transactionSequence();
    sent.add(new Sent(id, request.source(), message, options, true));
    return id;
  }

  @Override
  public void wakeAt(long monotonicNanos) {
    wakeAt = monotonicNanos;
  }

  @Override
  public void start(Job job) {
    jobs.add(job);
  }

  @Override
  public void pollFast(boolean wanted) {}

  @Override
  public void discover(int profileId, int clusterId) {
    discoveries++;
  }

  @Override
  public void toWan(ToWan what) {
    toWan.add(what);
  }

  @Override
  public void report(Event event) {
    events.add(event);
  }

  /** The messages of one kind. */
  public <T extends ZclMessage> List<T> messages(Class<T> type) {
    return sent.stream().map(Sent::message).filter(type::isInstance).map(type::cast).toList();
  }

  /** The events of one kind. */
  public <T extends Event> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Forgets everything but the time asked for. */
  public void clear() {
    sent.clear();
    jobs.clear();
    events.clear();
    toWan.clear();
    discoveries = 0;
  }
}
