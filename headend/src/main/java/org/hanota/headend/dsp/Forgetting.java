// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.ANOMALY_WINDOW;
import static org.hanota.headend.HeadEndParameter.ENDED_REQUEST_KEPT;
import static org.hanota.headend.HeadEndParameter.FORGOTTEN_AT_ONCE;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.machine.StateWriter;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;
import org.hanota.headend.track.Track;

/**
 * What becomes of requests that have ended: at once they lose their image, after a time they are
 * forgotten with their tracks. Of what was forgotten each user's highest counter stays, so that no
 * request is taken twice. [hanota H131]
 */
final class Forgetting {
  /** What is kept of it. */
  static final RecordKinds KINDS = RecordKinds.none().and("forgotten", Forgotten.class);

  private final DspParts parts;
  private final OpenImages images = new OpenImages();
  private final Set<MessageId> touched = new LinkedHashSet<>();
  private final Set<MessageId> open = new HashSet<>();
  private final Map<MessageId, Long> times = new HashMap<>();
  private final NavigableSet<Due> due = new TreeSet<>();
  private final Map<Eui64, Long> counters = new TreeMap<>();

  /** Requests of a user up to this counter are not known any more. */
  private record Forgotten(Eui64 user, long counter) implements Stored {
    @Override
    public String key() {
      return "forgotten " + user;
    }
  }

  /** When a request is forgotten. */
  private record Due(long utcMillis, MessageId request) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int order = Long.compare(utcMillis, other.utcMillis);
      return order != 0 ? order : request.toString().compareTo(other.request.toString());
    }
  }

  Forgetting(DspParts parts) {
    this.parts = parts;
  }

  /** Takes a record that was kept, if it is one of these. */
  boolean load(Stored record) {
    if (record instanceof Forgotten forgotten) {
      counters.put(forgotten.user(), forgotten.counter());
      return true;
    }
    return false;
  }

  OpenImages images() {
    return images;
  }

  /** Something of a request changed, which may have ended by it. */
  void touched(MessageId request) {
    touched.add(request);
  }

  /** Whether a request of that id, or a later one of its user, was forgotten. */
  boolean isForgotten(MessageId request) {
    Long counter = counters.get(request.originator());
    return counter != null && Long.compareUnsigned(request.counter(), counter) <= 0;
  }

  /** Looks at what changed since the last time. */
  void settle(DspCall call) {
    for (MessageId request : List.copyOf(touched)) {
      parts.asked(request).ifPresent(asked -> settle(asked, call.utcMillis()));
    }
    touched.clear();
  }

  private void settle(Asked asked, long utcMillis) {
    MessageId id = asked.id();
    if (asked.waiting().isPresent() || parts.tracks().isOpen(id)) {
      forgetNever(id);
      if (open.add(id) && asked.image().isPresent()) {
        parts.replace(images.hold(asked));
      }
      return;
    }
    // What is kept does not tell when a wait ended; whoever sees it end knows better.
    long ended = Math.max(recordedEnd(asked), open.remove(id) ? utcMillis : Long.MIN_VALUE);
    long kept = Math.max(parts.parameter(ENDED_REQUEST_KEPT), parts.parameter(ANOMALY_WINDOW));
    long at = Math.max(ended + kept, forgetNever(id));
    times.put(id, at);
    due.add(new Due(at, id));
    images.release(id);
    if (asked.hasImage()) {
      parts.put(asked.withoutImage());
    }
  }

  private long forgetNever(MessageId id) {
    Long at = times.remove(id);
    if (at == null) {
      return Long.MIN_VALUE;
    }
    due.remove(new Due(at, id));
    return at;
  }

  private long recordedEnd(Asked asked) {
    long end = asked.acknowledgement().responseDateTime().toEpochMilli();
    if (asked.signed().isPresent()) {
      end = Math.max(end, asked.signed().get().acknowledgement().responseDateTime().toEpochMilli());
    }
    for (Track track : parts.tracks().of(asked.id())) {
      end = Math.max(end, track.expiresUtcMillis());
    }
    return end;
  }

  /** When the next request is forgotten; {@link Long#MAX_VALUE} if none is. */
  long nextUtcMillis() {
    return due.isEmpty() ? Long.MAX_VALUE : due.first().utcMillis();
  }

  /** Forgets requests whose time has come, so many that one commit stays short. */
  void timer(DspCall call) {
    settle(call);
    due.stream()
        .takeWhile(each -> each.utcMillis() <= call.utcMillis())
        .limit(parts.parameter(FORGOTTEN_AT_ONCE))
        .toList()
        .forEach(each -> forget(each.request()));
  }

  private void forget(MessageId id) {
    forgetNever(id);
    for (Track track : parts.tracks().of(id)) {
      // What was sent to a device last is no update that nobody sent.
      if (!parts.tracks().isLastImage(track)) {
        parts.forget(track);
      }
    }
    parts.forget(id);
    Eui64 user = id.originator();
    if (!isForgotten(id)) {
      counters.put(user, id.counter());
      parts.put(new Forgotten(user, id.counter()));
    }
  }

  void describe(StateWriter out) {
    counters.forEach((user, counter) -> out.put("forgotten " + user, counter));
  }

  /** A device gets another image: what only stood for the last one is forgotten. */
  void opened(Track track) {
    if (track.kind().carriesImage()) {
      for (Track before : parts.tracks().of(track.device())) {
        if (!before.isOpen()
            && parts.asked(before.request()).isEmpty()
            && !parts.tracks().isLastImage(before)) {
          parts.forget(before);
        }
      }
    }
  }
}
