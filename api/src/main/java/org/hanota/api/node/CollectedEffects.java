// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hanota.api.Width;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.ZclMessage;
import org.jspecify.annotations.Nullable;

/** Keeps the effects of one call until it has returned; its arrays are used again and again. */
final class CollectedEffects implements Effects {
  static final long NOT_ASKED = Long.MIN_VALUE;

  private @Nullable ZclMessage[] messages = new ZclMessage[4];
  private @Nullable Peer[] destinations = new Peer[4];
  private @Nullable SendOptions[] options = new SendOptions[4];
  private long[] sendIds = new long[4];
  private int count;

  long wakeAt = NOT_ASKED;
  final List<Job> jobs = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<ToWan> toWan = new ArrayList<>();
  final List<int[]> discoveries = new ArrayList<>();
  @Nullable Boolean pollFast;

  private long sends;
  private int nextSequence;
  boolean replied;

  /** A restarted node begins anew with its sequence numbers, so their start is passed in. */
  CollectedEffects(int firstSequence) {
    nextSequence = firstSequence;
  }

  @Override
  public long send(Peer destination, ZclMessage message, SendOptions how) {
    int sequence = nextSequence;
    nextSequence = (nextSequence + 1) & Width.UINT8_MAX;
    return add(destination, message, how, sequence);
  }

  @Override
  public long reply(Received request, ZclMessage message, SendOptions how) {
    replied = true;
    return add(request.source(), message, how, request.transactionSequence());
  }

  private long add(Peer destination, ZclMessage message, SendOptions how, int sequence) {
    if (count == messages.length) {
      messages = Arrays.copyOf(messages, 2 * count);
      destinations = Arrays.copyOf(destinations, 2 * count);
      options = Arrays.copyOf(options, 2 * count);
      sendIds = Arrays.copyOf(sendIds, 2 * count);
    }
    messages[count] = message;
    destinations[count] = destination;
    options[count] = how;
    long id = ++sends << Byte.SIZE | sequence;
    sendIds[count++] = id;
    return id;
  }

  int count() {
    return count;
  }

  ZclMessage message(int i) {
    return present(messages[i]);
  }

  Peer destination(int i) {
    return present(destinations[i]);
  }

  SendOptions options(int i) {
    return present(options[i]);
  }

  long sendId(int i) {
    return sendIds[i];
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("no such message");
    }
    return value;
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
  public void pollFast(boolean wanted) {
    pollFast = wanted;
  }

  @Override
  public void discover(int profileId, int clusterId) {
    discoveries.add(new int[] {profileId, clusterId});
  }

  @Override
  public void toWan(ToWan what) {
    toWan.add(what);
  }

  @Override
  public void report(Event event) {
    events.add(event);
  }

  /** Whether there is anything that most calls do not have. */
  boolean hasRareOnes() {
    return !jobs.isEmpty() || !events.isEmpty() || !discoveries.isEmpty() || !toWan.isEmpty();
  }

  void clear() {
    for (int i = 0; i < count; i++) {
      messages[i] = null;
    }
    count = 0;
    wakeAt = NOT_ASKED;
    if (hasRareOnes()) {
      jobs.clear();
      events.clear();
      toWan.clear();
      discoveries.clear();
    }
    pollFast = null;
    replied = false;
  }
}
