// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.control.HubStatus.LastFailure;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.hub.store.FileEnd;
import org.jspecify.annotations.Nullable;

/**
 * How a device ended with files: the last few of them, so that no file is tried for ever. [hanota
 * H18]
 */
public final class Ends {
  /** So many files are remembered; the one whose end is longest ago is forgotten for another. */
  private static final int FILES_MAX = 4;

  private record Known(FileEnd end, long nanos) {}

  /** The latest last. Most devices have none. */
  private List<Known> ends = List.of();

  /** What an end means for further tries without an offer. */
  public enum Patience {
    /** It may be tried. */
    TRY,
    /** It is tried again later. */
    LATER,
    /** It is tried only by an offer. */
    NEVER
  }

  /** An end whose time of day is not known counts from now. */
  void restore(Now now, List<FileEnd> stored) {
    ends = new ArrayList<>();
    for (FileEnd end : stored) {
      long ago =
          now.knowsUtc() && end.utcMillis() != Now.UTC_UNKNOWN
              ? Math.max(0, now.utcMillis() - end.utcMillis())
              : 0;
      ends.add(new Known(end, now.plusMillis(-ago)));
    }
  }

  List<FileEnd> toRecord() {
    return ends.stream().map(Known::end).toList();
  }

  /** How it ended with that file, if that is known. */
  public Optional<FileEnd> with(Octets sha256) {
    return Optional.ofNullable(known(sha256)).map(Known::end);
  }

  private @Nullable Known known(Octets sha256) {
    for (Known known : ends) {
      if (known.end().sha256().equals(sha256)) {
        return known;
      }
    }
    return null;
  }

  /** How often it has failed with that file, this time included. */
  public int failuresWith(Octets sha256) {
    int before = with(sha256).map(FileEnd::failures).orElse(0);
    return Math.min(before + 1, FileEnd.FAILURES_MAX);
  }

  /** Notes a failure. */
  public void failed(Now now, Octets sha256, LastFailure failure, boolean witness) {
    put(now, new FileEnd(sha256, Optional.of(failure), failuresWith(sha256), witness, utc(now)));
  }

  /** Notes that the file's image runs. */
  public void confirmed(Now now, Octets sha256) {
    put(now, new FileEnd(sha256, Optional.empty(), 0, false, utc(now)));
  }

  private static long utc(Now now) {
    return now.knowsUtc() ? now.utcMillis() : Now.UTC_UNKNOWN;
  }

  private void put(Now now, FileEnd end) {
    List<Known> kept = new ArrayList<>(ends);
    kept.removeIf(known -> known.end().sha256().equals(end.sha256()));
    if (kept.size() == FILES_MAX) {
      kept.remove(0);
    }
    kept.add(new Known(end, now.monotonicNanos()));
    ends = kept;
  }

  /** Whether a device may try that file again: the pauses double with each failure. */
  public Patience patience(Now now, Octets sha256, int tries, long firstPauseMs) {
    Known known = known(sha256);
    if (known == null || known.end().failures() == 0) {
      return Patience.TRY;
    }
    if (known.end().failures() >= tries) {
      return Patience.NEVER;
    }
    long pauseMs = pauseMs(known.end().failures(), firstPauseMs);
    long pastMs = (now.monotonicNanos() - known.nanos()) / 1_000_000;
    return pastMs >= pauseMs ? Patience.TRY : Patience.LATER;
  }

  /** The pause after so many failures. */
  public static long pauseMs(int failures, long firstPauseMs) {
    return firstPauseMs << Math.min(failures - 1, 16);
  }

  /** Writes since when each counts, which the record does not tell. */
  void describe(StateWriter out) {
    ends.forEach(known -> out.putNanos("ended since", known.nanos()));
  }
}
