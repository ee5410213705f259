// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.sim.link.LinkModel.Kind;
import org.junit.jupiter.api.Test;

/** Each fault comes as often as it shall, is counted, and does what it says. */
class RandomFaultsTest {
  private static final int FRAMES = 2_000;
  private static final Peer HUB = new Peer(new Eui64(1), 1);
  private static final Peer DEVICE = new Peer(new Eui64(2), 1);
  private static final Octets ZCL = Octets.copyOf((byte) 1, (byte) 2, (byte) 3, (byte) 4);

  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<Signal> frames = new ArrayList<>();
  private final List<Signal> acknowledgements = new ArrayList<>();
  private int unseen;

  private static Frame frame(int cluster) {
    return new Frame(
        HUB, DEVICE, Clusters.PROFILE_SMART_ENERGY, cluster, SendOptions.ACKNOWLEDGED, ZCL);
  }

  private RandomFaults send(LinkFaults faults) {
    return send(faults, Clusters.OTA_UPGRADE);
  }

  private RandomFaults send(LinkFaults faults, int cluster) {
    RandomFaults link =
        new RandomFaults(SeededRandom.of(1, 0, 0), faults, (nanos, from, to) -> unseen++);
    for (int i = 0; i < FRAMES; i++) {
      frames.add(link.carry(i, 0, 1, Kind.FRAME));
      verdicts.add(link.judge(i, 0, 1, frame(cluster)));
      acknowledgements.add(link.carry(i, 1, 0, Kind.ACKNOWLEDGEMENT));
    }
    return link;
  }

  @Test
  void aPerfectLinkDoesNothing() {
    RandomFaults link = send(LinkFaults.NONE);
    assertThat(link.counts()).isEqualTo(new FaultCounts(FRAMES, 0, 0, 0, 0, 0, 0, 0));
    assertThat(link.fired()).isZero();
    assertThat(frames).containsOnly(Signal.WHOLE);
    assertThat(verdicts).containsOnly(Verdict.DELIVER);
  }

  @Test
  void framesAndAcknowledgementsAreLostAndCountedApart() {
    FaultCounts counts = send(LinkFaults.loss(0.2)).counts();
    assertThat(counts.dropped()).isBetween(300L, 500L);
    assertThat(frames.stream().filter(Signal.LOST::equals)).hasSize((int) counts.dropped());
    assertThat(counts.acknowledgementsDropped()).isBetween(300L, 500L);
    assertThat(acknowledgements.stream().filter(Signal.LOST::equals))
        .hasSize((int) counts.acknowledgementsDropped());
  }

  @Test
  void whatIsCorruptedOnTheAirIsDroppedByTheLinkCheck() {
    FaultCounts counts = send(new LinkFaults(0, 0, 0, 0.1, 0, 0, 0)).counts();
    assertThat(counts.corrupted()).isBetween(130L, 270L);
    assertThat(frames.stream().filter(Signal.CORRUPTED::equals)).hasSize((int) counts.corrupted());
  }

  @Test
  void framesAreRepeated() {
    FaultCounts counts = send(new LinkFaults(0, 0.1, 0, 0, 0, 0, 0)).counts();
    assertThat(counts.repeated()).isBetween(130L, 270L);
    assertThat(verdicts.stream().filter(Verdict::repeats)).hasSize((int) counts.repeated());
  }

  @Test
  void reorderedAndDelayedFramesAreLateByNoMoreThanAllowed() {
    FaultCounts counts = send(new LinkFaults(0, 0, 0.1, 0, 0, 0.1, 50)).counts();
    assertThat(counts.reordered()).isBetween(130L, 270L);
    assertThat(counts.delayed()).isBetween(130L, 270L);
    assertThat(verdicts).allMatch(verdict -> verdict.delayNanos() <= 50);
    assertThat(verdicts.stream().filter(verdict -> verdict.delayNanos() > 0))
        .hasSizeGreaterThan(200);
  }

  @Test
  void corruptionThatPassesTheLinkCheckChangesOneBitAndIsTold() {
    LinkFaults changes = new LinkFaults(0, 0, 0, 0, 0.1, 0, 0);
    FaultCounts counts = send(changes).counts();
    assertThat(counts.corruptedUndetected()).isBetween(130L, 270L).isEqualTo(unseen);
    int bits = 0;
    for (Verdict verdict : verdicts) {
      Octets comes = verdict.of(frame(Clusters.OTA_UPGRADE)).zcl();
      bits +=
          Integer.bitCount(ZCL.uint16le(0) ^ comes.uint16le(0))
              + Integer.bitCount(ZCL.uint16le(2) ^ comes.uint16le(2));
    }
    assertThat(bits).isEqualTo(unseen);
    assertThat(send(changes, Clusters.TUNNELING).counts().corruptedUndetected())
        .as("what is signed cannot come changed")
        .isZero();
  }

  @Test
  void nothingGoesWrongOnceItIsHealed() {
    RandomFaults link = send(new LinkFaults(1, 1, 1, 1, 1, 1, 1));
    link.heal();
    assertThat(link.carry(1, 0, 1, Kind.FRAME)).isEqualTo(Signal.WHOLE);
    assertThat(link.judge(1, 0, 1, frame(Clusters.OTA_UPGRADE))).isEqualTo(Verdict.DELIVER);
  }

  @Test
  void aFractionOutsideOfZeroToOneIsRefused() {
    assertThatThrownBy(() -> LinkFaults.loss(1.1)).hasMessageContaining("drop is 1.1");
    assertThatThrownBy(() -> LinkFaults.loss(Double.NaN)).hasMessageContaining("drop");
  }
}
