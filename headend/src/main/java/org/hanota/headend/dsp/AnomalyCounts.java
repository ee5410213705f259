// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;

/**
 * How many activations each user had within the window, as the window moves: each is counted once
 * when it comes into the window and once when it leaves it. [hanota H82]
 */
final class AnomalyCounts {
  private static final Comparator<Activation> BY_TIME =
      Comparator.comparingLong(Activation::acceptedUtcMillis).thenComparing(Activation::key);

  private final NavigableSet<Activation> activations = new TreeSet<>(BY_TIME);
  private final TreeMap<Eui64, Long> ofUser = new TreeMap<>();
  private long ofAll;

  /** Those accepted after this time are counted. */
  private long sinceUtcMillis = Long.MIN_VALUE;

  private record Activation(long acceptedUtcMillis, String key, Eui64 owner) {}

  /** A track is new or has moved; what went out, or was given up, stays counted. */
  void placed(Track track) {
    if (track.kind() != Track.Kind.ACTIVATE
        || track.state() == TrackState.ACCEPTED
        || track.state() == TrackState.QUARANTINED) {
      return;
    }
    Activation activation = new Activation(track.acceptedUtcMillis(), track.key(), track.owner());
    if (activations.add(activation) && activation.acceptedUtcMillis() > sinceUtcMillis) {
      count(activation, 1);
    }
  }

  /** A track is forgotten, long after it was counted. */
  void forgotten(Track track) {
    Activation activation = new Activation(track.acceptedUtcMillis(), track.key(), track.owner());
    if (activations.remove(activation) && activation.acceptedUtcMillis() > sinceUtcMillis) {
      count(activation, -1);
    }
  }

  /** The activations of a user that were accepted after {@code since}. */
  long ofUser(Eui64 user, long since) {
    move(since);
    return ofUser.getOrDefault(user, 0L);
  }

  /** The activations of all users that were accepted after {@code since}. */
  long ofAll(long since) {
    move(since);
    return ofAll;
  }

  /** A clock that was put back moves the window back. */
  private void move(long since) {
    long from = Math.min(since, sinceUtcMillis);
    long to = Math.max(since, sinceUtcMillis);
    int by = since > sinceUtcMillis ? -1 : 1;
    if (from != to) {
      activations
          .subSet(after(from), true, after(to), false)
          .forEach(activation -> count(activation, by));
      sinceUtcMillis = since;
    }
  }

  /** Lies before all that were accepted after {@code utcMillis}, behind all others. */
  private static Activation after(long utcMillis) {
    return new Activation(
        utcMillis == Long.MIN_VALUE ? utcMillis : utcMillis + 1, "", Eui64.UNKNOWN);
  }

  private void count(Activation activation, int by) {
    ofUser.merge(activation.owner(), (long) by, Long::sum);
    ofAll += by;
  }
}
