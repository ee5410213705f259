// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.TransitionTable;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrackTransitionsTest {
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");
  private static final MessageId REQUEST =
      new MessageId(Eui64.parse("90B3D51F30010000"), DEVICE, 1000);
  private static final Track.Image IMAGE =
      new Track.Image(FileVersion.of(2), Octets.fromHex("00".repeat(32)));
  private static final ParameterValues<HeadEndParameter> PARAMETERS =
      ParameterValues.defaults(HeadEndParameter.class);

  private static final List<TrackStimulus> ALL = List.of(TrackStimulus.values());

  /** How far each state is on its way; no state leads to an earlier one. */
  private static final List<TrackState> WAY =
      List.of(
          TrackState.ACCEPTED,
          TrackState.QUARANTINED,
          TrackState.ON_WAN,
          TrackState.AT_HUB,
          TrackState.ON_HAN,
          TrackState.RECEIVED,
          TrackState.VERIFIED,
          TrackState.ACTIVATION_PENDING);

  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "dsp-states.md",
        "A request for one device at the DSP",
        "org.hanota.headend.track.TrackTransitions",
        TrackTransitions.TABLE);
  }

  @Test
  void noEndIsLeftAndNoStateGoesBack() {
    for (Edge<TrackState, TrackStimulus> edge : TrackTransitions.TABLE.edges()) {
      if (edge.from().isFinal()) {
        assertThat(edge.to()).as(edge.toString()).isEqualTo(edge.from());
      } else if (!edge.to().isFinal()) {
        assertThat(WAY.indexOf(edge.to()))
            .as(edge.toString())
            .isGreaterThanOrEqualTo(WAY.indexOf(edge.from()));
      }
    }
  }

  /** Each state takes each stimulus, and each end is one that was reached and kept. */
  @Test
  void anyOrderOfStimuliReachesOneEndAndTakesEveryEdge() {
    anyOrderOfStimuli(TrackTransitions.TABLE, 4_000);
  }

  @Test
  void noEdgeCanBeLeftOutUnseen() {
    for (Edge<TrackState, TrackStimulus> edge : TrackTransitions.TABLE.edges()) {
      assertThatThrownBy(
              () ->
                  anyOrderOfStimuli(
                      TrackTransitions.TABLE.without(edge.from(), edge.stimulus()), 10))
          .as(edge.toString())
          .isInstanceOf(AssertionError.class);
    }
  }

  private static void anyOrderOfStimuli(
      TransitionTable<TrackState, TrackStimulus, TrackMove> table, int runs) {
    Set<Edge<TrackState, TrackStimulus>> taken = new HashSet<>();
    Map<TrackState, Integer> ends = new EnumMap<>(TrackState.class);
    Random random = new Random(16);
    for (int run = 0; run < runs; run++) {
      InMemoryRecordStore store = new InMemoryRecordStore();
      Changes changes = new Changes();
      Tracks tracks = new Tracks(PARAMETERS, changes, track -> {}, table.watchedBy(taken::add));
      Track track =
          tracks.open(REQUEST, DEVICE, Track.Kind.UPDATE, IMAGE, ReasonClass.DEFECT, 1_000);
      Optional<Track> end = Optional.empty();
      for (int step = 0; step < 40; step++) {
        TrackStimulus stimulus = ALL.get(random.nextInt(ALL.size()));
        Track after = tracks.fire(track, stimulus, "by chance", 2_000 + step).after();
        // What the device says of the image may come later, and is kept.
        end.ifPresent(
            found ->
                assertThat(after)
                    .usingRecursiveComparison()
                    .ignoringFields("verdict")
                    .isEqualTo(found));
        end = after.isOpen() ? Optional.empty() : Optional.of(after);
      }
      changes.save(store);
      end.ifPresent(found -> ends.merge(found.state(), 1, Integer::sum));
      Tracks again = new Tracks(PARAMETERS, new Changes());
      store.load().forEach(again::load);
      assertThat(again.find(REQUEST, DEVICE)).isEqualTo(tracks.find(REQUEST, DEVICE));
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(TrackTransitions.TABLE.edges());
    assertThat(ends)
        .containsOnlyKeys(
            TrackState.ACTIVE,
            TrackState.FAILED,
            TrackState.CANCELLED,
            TrackState.EXPIRED,
            TrackState.SUPERSEDED);
  }

  @Test
  @DisplayName("C11: a security update has a shorter deadline in every state")
  void everyOpenStateExpiresAndASecurityUpdateExpiresSooner() {
    for (ReasonClass reason : List.of(ReasonClass.FUNCTION, ReasonClass.SECURITY)) {
      Tracks tracks = new Tracks(PARAMETERS, new Changes());
      Track track = tracks.open(REQUEST, DEVICE, Track.Kind.DISTRIBUTE, IMAGE, reason, 0);
      long whole = PARAMETERS.get(HeadEndParameter.ACCEPTED_TIMEOUT);
      assertThat(track.expiresUtcMillis())
          .isEqualTo(reason == ReasonClass.SECURITY ? whole / 2 : whole);
      for (TrackStimulus stimulus :
          List.of(
              TrackStimulus.SENT,
              TrackStimulus.DELIVERED,
              TrackStimulus.TRANSFERRED,
              TrackStimulus.FOUND_GOOD)) {
        track = tracks.fire(track, stimulus, "", 5).after();
        assertThat(track.expiresUtcMillis()).isGreaterThan(5);
        assertThat(tracks.nextUtcMillis()).isEqualTo(track.expiresUtcMillis());
        assertThat(tracks.expired(track.expiresUtcMillis() - 1)).isEmpty();
        assertThat(tracks.expired(track.expiresUtcMillis())).containsExactly(track);
      }
      tracks.fire(track, TrackStimulus.TIME_OUT, "", 6);
      assertThat(tracks.nextUtcMillis()).isEqualTo(Long.MAX_VALUE);
    }
  }
}
