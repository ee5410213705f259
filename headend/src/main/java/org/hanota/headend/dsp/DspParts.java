// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.machine.StateWriter;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.check.CheckLists;
import org.hanota.headend.estate.Estate;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Ledger;
import org.hanota.headend.letter.Outbox;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackStimulus;
import org.hanota.headend.track.Tracks;
import org.hanota.headend.track.Tracks.Moved;

/** What the parts of a DSP share: what it knows, what is under way, what it was asked, its log. */
final class DspParts {
  /** What is kept of it, the estate not counted. */
  static final RecordKinds KINDS =
      RecordKinds.none()
          .and("audit", AuditEntry.class)
          .and("counter", Counter.class)
          .and("log", LogBackup.class)
          .and("request", Asked.class)
          .and("track", Track.class)
          .and(Forgetting.KINDS);

  private final DspConfig config;
  private final CheckLists checks;
  private final Changes changes;
  private final Estate estate;
  private final Tracks tracks;
  private final Forgetting forgetting = new Forgetting(this);
  private final AnomalyCounts anomalies = new AnomalyCounts();
  private final Outbox outbox;
  private final Map<MessageId, Asked> asked = new LinkedHashMap<>();
  private final NavigableMap<Wait, Asked> waiting = new TreeMap<>();
  private final Map<Eui64, LogBackup> backups = new TreeMap<>();
  private long lastAudit;
  private long lastCounter;

  /** The broker's own counter in GBCS messages, never the same twice. */
  private record Counter(long last) implements Stored {
    @Override
    public String key() {
      return "counter";
    }
  }

  /** When something is due for a request. */
  private record Wait(long utcMillis, String key) implements Comparable<Wait> {
    @Override
    public int compareTo(Wait other) {
      int order = Long.compare(utcMillis, other.utcMillis);
      return order != 0 ? order : key.compareTo(other.key);
    }

    static Optional<Wait> of(Asked asked) {
      return asked.waiting().map(what -> new Wait(what.utcMillis(), asked.key()));
    }
  }

  DspParts(DspConfig config, CheckLists checks, Ledger ledger) {
    this.config = config;
    this.checks = checks;
    this.changes = ledger.changes();
    this.outbox = ledger.outbox();
    this.estate = new Estate(changes);
    this.tracks = new Tracks(config.parameters(), changes, this::placed);
  }

  /** Takes a record that was kept, if it is one of these. */
  boolean load(Stored record) {
    if (record instanceof AuditEntry entry) {
      lastAudit = Math.max(lastAudit, entry.number());
    } else if (record instanceof Counter counter) {
      lastCounter = counter.last();
    } else if (record instanceof Asked found) {
      place(found);
    } else if (record instanceof LogBackup backup) {
      backups.put(backup.hub(), backup);
    } else {
      return estate.load(record) || tracks.load(record) || forgetting.load(record);
    }
    return true;
  }

  DspConfig config() {
    return config;
  }

  CheckLists checks() {
    return checks;
  }

  long parameter(HeadEndParameter row) {
    return config.parameters().get(row);
  }

  Estate estate() {
    return estate;
  }

  Tracks tracks() {
    return tracks;
  }

  Outbox outbox() {
    return outbox;
  }

  Optional<Asked> asked(MessageId id) {
    return Optional.ofNullable(asked.get(id));
  }

  Forgetting forgetting() {
    return forgetting;
  }

  private void placed(Track track) {
    anomalies.placed(track);
    forgetting.touched(track.request());
  }

  /** A track is not known any more. */
  void forget(Track track) {
    tracks.forget(track);
    anomalies.forgotten(track);
  }

  /** A request is not known any more. */
  void forget(MessageId request) {
    asked.remove(request);
    changes.remove(Asked.key(request));
  }

  /** Another copy of the same record. */
  void replace(Asked same) {
    place(same);
  }

  AnomalyCounts anomalies() {
    return anomalies;
  }

  /** The requests that waited until then, the earliest first. */
  List<Asked> waited(long utcMillis) {
    return waiting.entrySet().stream()
        .takeWhile(each -> each.getKey().utcMillis() <= utcMillis)
        .map(Map.Entry::getValue)
        .toList();
  }

  /** When something is due for the next request; {@link Long#MAX_VALUE} if for none. */
  long nextWaitUtcMillis() {
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey().utcMillis();
  }

  void put(Asked changed) {
    place(changed);
    changes.put(changed);
  }

  private void place(Asked changed) {
    forgetting.touched(changed.id());
    Optional.ofNullable(asked.put(changed.id(), changed))
        .flatMap(Wait::of)
        .ifPresent(waiting::remove);
    Wait.of(changed).ifPresent(wait -> waiting.put(wait, changed));
  }

  void put(LogBackup backup) {
    backups.put(backup.hub(), backup);
    changes.put(backup);
  }

  /** A hub's device log as it last told it. */
  Optional<LogBackup> backup(Eui64 hub) {
    return Optional.ofNullable(backups.get(hub));
  }

  void put(Stored record) {
    changes.put(record);
  }

  /** A counter for a message of the broker's own. */
  long nextCounter() {
    lastCounter++;
    changes.put(new Counter(lastCounter));
    return lastCounter;
  }

  /** Writes a line of the audit log, which is kept with what it tells of. */
  void audit(Eui64 who, String what, DspCall call) {
    lastAudit++;
    AuditEntry entry = new AuditEntry(lastAudit, call.utcMillis(), who, what);
    changes.put(entry);
    call.effects().report(entry);
  }

  /** Moves a track; its ends, and what comes too late, are written to the log. */
  Moved fire(Track track, TrackStimulus stimulus, String detail, DspCall call) {
    return fire(track, stimulus, detail, call.utcMillis(), call);
  }

  /** The same where what follows begins at a time. */
  Moved fire(Track track, TrackStimulus stimulus, String detail, long begins, DspCall call) {
    Moved moved = tracks.fire(track, stimulus, detail, call.utcMillis(), begins);
    String which = track.request() + " for " + track.device();
    if (moved.isBeside()) {
      audit(
          track.owner(),
          which + " is " + moved.after().state() + "; beside it: " + stimulus + ", " + detail,
          call);
    } else if (moved.isMove() && !moved.after().isOpen()) {
      audit(track.owner(), which + " is " + moved.after().state() + ": " + detail, call);
    }
    return moved;
  }

  void post(Eui64 to, Content content, DspCall call) {
    outbox.post(to, content, call.now());
  }

  void describe(StateWriter out) {
    estate.describe(out);
    tracks.describe(out);
    asked.values().forEach(each -> out.put(each.key(), each));
    backups.values().forEach(each -> out.put(each.key(), each));
    forgetting.describe(out);
    outbox.describe(out);
  }
}
