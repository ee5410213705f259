// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.track;

import static org.hanota.headend.HeadEndParameter.ACCEPTED_TIMEOUT;
import static org.hanota.headend.HeadEndParameter.ACTIVATION_TIMEOUT;
import static org.hanota.headend.HeadEndParameter.HUB_TIMEOUT;
import static org.hanota.headend.HeadEndParameter.QUARANTINE_TIMEOUT;
import static org.hanota.headend.HeadEndParameter.RECEIVED_TIMEOUT;
import static org.hanota.headend.HeadEndParameter.SECURITY_SHARE;
import static org.hanota.headend.HeadEndParameter.VERIFIED_TIMEOUT;
import static org.hanota.headend.HeadEndParameter.WAN_TIMEOUT;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.TransitionTable;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.Stored;

/** The tracks of all requests: how far each got with each of its devices. [hanota H83] */
public final class Tracks {
  private static final Comparator<Track> BY_EXPIRY =
      Comparator.comparingLong(Track::expiresUtcMillis).thenComparing(Track::key);

  private final ParameterValues<HeadEndParameter> parameters;
  private final Changes changes;
  private final Consumer<Track> placed;
  private final TransitionTable<TrackState, TrackStimulus, TrackMove> table;
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private final Map<Eui64, List<String>> ofDevice = new TreeMap<>();
  private final Map<MessageId, List<String>> ofRequest = new LinkedHashMap<>();
  private final Map<MessageId, Integer> open = new HashMap<>();
  private final NavigableSet<Track> expiring = new TreeSet<>(BY_EXPIRY);

  /** What became of a stimulus. */
  public record Moved(Track before, Track after, boolean isBeside) {
    /** Whether the state is another one. */
    public boolean isMove() {
      return before.state() != after.state();
    }
  }

  /** Has no tracks yet. */
  public Tracks(ParameterValues<HeadEndParameter> parameters, Changes changes) {
    this(parameters, changes, track -> {});
  }

  /**
   * Has no tracks yet.
   *
   * @param placed gets each track when it is loaded, opened or moved
   */
  public Tracks(
      ParameterValues<HeadEndParameter> parameters, Changes changes, Consumer<Track> placed) {
    this(parameters, changes, placed, TrackTransitions.TABLE);
  }

  Tracks(
      ParameterValues<HeadEndParameter> parameters,
      Changes changes,
      Consumer<Track> placed,
      TransitionTable<TrackState, TrackStimulus, TrackMove> table) {
    this.parameters = parameters;
    this.changes = changes;
    this.placed = placed;
    this.table = table;
  }

  /** Takes a record that was kept, if it is one of these. */
  public boolean load(Stored record) {
    if (record instanceof Track track) {
      place(track);
      return true;
    }
    return false;
  }

  private void place(Track track) {
    Track before = tracks.put(track.key(), track);
    if (before == null) {
      ofDevice.computeIfAbsent(track.device(), device -> new ArrayList<>()).add(track.key());
      ofRequest.computeIfAbsent(track.request(), request -> new ArrayList<>()).add(track.key());
    } else {
      expiring.remove(before);
    }
    if (track.isOpen()) {
      expiring.add(track);
    }
    count(track.request(), (track.isOpen() ? 1 : 0) - (before != null && before.isOpen() ? 1 : 0));
    placed.accept(track);
  }

  private void count(MessageId request, int more) {
    if (more != 0) {
      open.merge(request, more, Integer::sum);
      open.remove(request, 0);
    }
  }

  /** Whether a request has a track that is not at its end. */
  public boolean isOpen(MessageId request) {
    return open.containsKey(request);
  }

  /** Whether no later image was sent to the device of a track that carries one. */
  public boolean isLastImage(Track track) {
    return track.kind().carriesImage()
        && of(track.device()).stream()
            .filter(each -> each.kind().carriesImage())
            .reduce((earlier, later) -> later)
            .filter(track::equals)
            .isPresent();
  }

  /** Whether another image was sent to the device of a track since. */
  public boolean isReplaced(Track track) {
    return of(track.device()).stream()
        .dropWhile(each -> !each.equals(track))
        .anyMatch(each -> each.kind().carriesImage() && !each.image().equals(track.image()));
  }

  /** Forgets a track that is at its end. */
  public void forget(Track track) {
    if (track.isOpen()) {
      throw new IllegalArgumentException("track is " + track + ", allowed one at its end");
    }
    tracks.remove(track.key());
    drop(ofDevice, track.device(), track.key());
    drop(ofRequest, track.request(), track.key());
    changes.remove(track.key());
  }

  private static <K> void drop(Map<K, List<String>> lists, K of, String key) {
    lists.computeIfPresent(
        of,
        (id, keys) -> {
          keys.remove(key);
          return keys.isEmpty() ? null : keys;
        });
  }

  /** A request was accepted for a device. */
  public Track open(
      MessageId request,
      Eui64 device,
      Track.Kind kind,
      Track.Image image,
      ReasonClass reason,
      long utcMillis) {
    Track track =
        new Track(
            request,
            device,
            kind,
            image,
            reason,
            TrackState.ACCEPTED,
            Optional.empty(),
            Optional.empty(),
            utcMillis,
            utcMillis + lasts(TrackState.ACCEPTED, reason));
    place(track);
    changes.put(track);
    return track;
  }

  /** Something happened; {@code detail} says what, in words. */
  public Moved fire(Track track, TrackStimulus stimulus, String detail, long utcMillis) {
    return fire(track, stimulus, detail, utcMillis, utcMillis);
  }

  /** The same where the next state begins later: a dated activation expires after its time. */
  public Moved fire(
      Track track, TrackStimulus stimulus, String detail, long utcMillis, long beginsUtcMillis) {
    Track current = tracks.getOrDefault(track.key(), track);
    TrackMove move = new TrackMove(current, detail);
    TrackState next = table.fire(current.state(), stimulus, move);
    if (next == current.state() && move.verdict().equals(current.verdict())) {
      return new Moved(current, current, move.isBeside());
    }
    Track moved =
        next == current.state()
            ? current.in(next, current.word(), move.verdict(), current.expiresUtcMillis())
            : current.in(
                next,
                move.word(),
                move.verdict(),
                Math.max(utcMillis, beginsUtcMillis) + lasts(next, current.reason()));
    place(moved);
    changes.put(moved);
    return new Moved(current, moved, move.isBeside());
  }

  private long lasts(TrackState state, ReasonClass reason) {
    long whole =
        switch (state) {
          case ACCEPTED -> parameters.get(ACCEPTED_TIMEOUT);
          case QUARANTINED -> parameters.get(QUARANTINE_TIMEOUT);
          case ON_WAN -> parameters.get(WAN_TIMEOUT);
          case AT_HUB, ON_HAN -> parameters.get(HUB_TIMEOUT);
          case RECEIVED -> parameters.get(RECEIVED_TIMEOUT);
          case VERIFIED -> parameters.get(VERIFIED_TIMEOUT);
          case ACTIVATION_PENDING -> parameters.get(ACTIVATION_TIMEOUT);
          case ACTIVE, FAILED, CANCELLED, EXPIRED, SUPERSEDED -> 0;
        };
    return reason == ReasonClass.SECURITY ? whole * parameters.get(SECURITY_SHARE) / 100 : whole;
  }

  /** Every track, in the order in which they were opened. */
  public Collection<Track> all() {
    return Collections.unmodifiableCollection(tracks.values());
  }

  /** The tracks of one device, in the order in which they were opened. */
  public List<Track> of(Eui64 device) {
    return ofDevice.getOrDefault(device, List.of()).stream().map(this::get).toList();
  }

  /** The tracks of one request, in the order in which they were opened. */
  public List<Track> of(MessageId request) {
    return ofRequest.getOrDefault(request, List.of()).stream().map(this::get).toList();
  }

  private Track get(String key) {
    Track track = tracks.get(key);
    if (track == null) {
      throw new AssertionError("no " + key);
    }
    return track;
  }

  /** The tracks of one device that are not at their end. */
  public List<Track> openOf(Eui64 device) {
    return of(device).stream().filter(Track::isOpen).toList();
  }

  /** The track of a request for a device. */
  public Optional<Track> find(MessageId request, Eui64 device) {
    return Optional.ofNullable(tracks.get("track " + request + " " + device));
  }

  /** The tracks whose time is over. */
  public List<Track> expired(long utcMillis) {
    return expiring.stream().takeWhile(track -> track.expiresUtcMillis() <= utcMillis).toList();
  }

  /** When the next track expires, in Unix milliseconds. */
  public long nextUtcMillis() {
    return expiring.isEmpty() ? Long.MAX_VALUE : expiring.first().expiresUtcMillis();
  }

  /** Writes the tracks down. */
  public void describe(StateWriter out) {
    tracks.values().forEach(track -> out.put(track.key(), track));
  }
}
