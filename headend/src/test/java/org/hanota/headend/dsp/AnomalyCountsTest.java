// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;

/** The moving window counts what a look at all tracks would count. */
class AnomalyCountsTest {
  private static final List<TrackState> STATES = List.of(TrackState.values());
  private static final Track.Image IMAGE = new Track.Image(FileVersion.of(2), Octets.fromHex("01"));

  private final List<Track> all = new ArrayList<>();
  private final AnomalyCounts counts = new AnomalyCounts();

  private static Track track(Eui64 owner, int number, TrackState state, long accepted) {
    Eui64 device = Eui64.of(number);
    return new Track(
        new MessageId(owner, device, number),
        device,
        number % 5 == 0 ? Track.Kind.CANCEL : Track.Kind.ACTIVATE,
        IMAGE,
        ReasonClass.DEFECT,
        state,
        Optional.empty(),
        Optional.empty(),
        accepted,
        Long.MAX_VALUE);
  }

  private long counted(Optional<Eui64> owner, long since) {
    return all.stream()
        .filter(track -> track.kind() == Track.Kind.ACTIVATE)
        .filter(track -> track.state() != TrackState.ACCEPTED)
        .filter(track -> track.state() != TrackState.QUARANTINED)
        .filter(track -> track.acceptedUtcMillis() > since)
        .filter(track -> owner.isEmpty() || track.owner().equals(owner.get()))
        .count();
  }

  @Test
  void countsAsALookAtAllTracksDoesWhereverTheClockGoes() {
    Random random = new Random(16);
    for (int step = 0; step < 4_000; step++) {
      Eui64 owner = Eui64.of(random.nextInt(4));
      long time = step / 2L - random.nextInt(50);
      int placed = all.size();
      if (all.isEmpty() || random.nextInt(3) > 0) {
        all.add(track(owner, step, TrackState.ACCEPTED, time));
      } else {
        placed = random.nextInt(all.size());
        Track before = all.get(placed);
        TrackState next = STATES.get(random.nextInt(STATES.size()));
        if (before.state() == TrackState.ACCEPTED || before.state() == TrackState.QUARANTINED) {
          all.set(
              placed,
              track(
                  before.owner(), (int) before.device().value(), next, before.acceptedUtcMillis()));
        }
      }
      counts.placed(all.get(placed));
      long since = time - random.nextInt(300);
      assertThat(counts.ofUser(owner, since)).isEqualTo(counted(Optional.of(owner), since));
      assertThat(counts.ofAll(since)).isEqualTo(counted(Optional.empty(), since));
    }
  }
}
