// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
  private static List<String> all(FairTurns<String, String> turns, long cost) {
    List<String> taken = new ArrayList<>();
    Optional<String> item = turns.next();
    while (item.isPresent()) {
      turns.charge(cost);
      taken.add(item.get());
      item = turns.next();
    }
    return taken;
  }

  @Test
  void peersTakeTurnsAndEachKeepsItsOrder() {
    FairTurns<String, String> turns = new FairTurns<>(10);
    for (String item : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
      assertThat(turns.offer(item.substring(0, 1), item)).isTrue();
    }
    assertThat(turns.size()).isEqualTo(6);
    assertThat(all(turns, 7)).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    assertThat(turns.size()).isZero();
  }

  @Test
  void aPeerHasNoMoreThatWaitThanItMay() {
    FairTurns<String, String> turns = new FairTurns<>(2);
    assertThat(turns.offer("a", "a1")).isTrue();
    assertThat(turns.offer("a", "a2")).isTrue();
    assertThat(turns.offer("a", "a3")).isFalse();
    assertThat(turns.offer("b", "b1")).isTrue();
    assertThat(all(turns, 1)).containsExactly("a1", "b1", "a2");
    assertThatThrownBy(() -> new FairTurns<>(0)).hasMessageContaining("perPeer is 0");
  }

  @Test
  void whoCostsMuchWaitsForThoseWhoCostLittle() {
    FairTurns<String, String> turns = new FairTurns<>(100);
    for (int i = 0; i < 3; i++) {
      turns.offer("dear", "dear");
    }
    assertThat(turns.next()).contains("dear");
    turns.charge(100);
    // Each of ten that come now goes before its next one, ten times over.
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      turns.offer("cheap" + i % 10, "cheap");
      taken.add(turns.next().orElseThrow());
      turns.charge(10);
    }
    assertThat(taken).containsOnly("cheap");
    assertThat(all(turns, 100)).containsExactly("dear", "dear");
  }

  /** As where what several have changed is stored together afterwards. */
  @Test
  void whatIsFoundLaterToHaveCostMuchDelaysWhoseItWas() {
    FairTurns<String, String> turns = new FairTurns<>(10);
    for (String item : List.of("dear1", "dear2", "cheap1", "cheap2", "cheap3")) {
      turns.offer(item.substring(0, 4), item);
    }
    assertThat(turns.next()).contains("dear1");
    turns.charge(1);
    assertThat(turns.next()).contains("cheap1");
    turns.charge(1);
    turns.charge("dear", 1_000);
    turns.charge("nobody", 1_000);
    assertThat(all(turns, 1)).containsExactly("cheap2", "cheap3", "dear2");
  }

  @Test
  void whoComesBackAtOnceStillOwesWhatItCost() {
    FairTurns<String, String> turns = new FairTurns<>(10);
    turns.offer("dear", "dear1");
    turns.offer("cheap", "cheap1");
    assertThat(turns.next()).contains("dear1");
    turns.charge(1_000);
    turns.offer("dear", "dear2");
    turns.offer("cheap", "cheap2");
    assertThat(all(turns, 10)).containsExactly("cheap1", "cheap2", "dear2");
  }

  @Test
  void aPeerThatWasAloneForLongOwesTheNewcomersNothing() {
    FairTurns<String, String> turns = new FairTurns<>(10_000);
    for (int i = 0; i < 1_000; i++) {
      turns.offer("a", "a");
    }
    for (int i = 0; i < 500; i++) {
      assertThat(turns.next()).isPresent();
      turns.charge(10);
    }
    for (int i = 0; i < 10; i++) {
      turns.offer("b", "b");
    }
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      taken.add(turns.next().orElseThrow());
      turns.charge(10);
    }
    assertThat(taken.stream().filter("a"::equals)).hasSizeBetween(9, 11);
  }

  @Test
  void nobodyWaitsForMoreThanTheFairShareOfThoseThatWait() {
    SeededRandom random = SeededRandom.of(18, 0, 0);
    FairTurns<Integer, Integer> turns = new FairTurns<>(1_000_000);
    Map<Integer, Long> cost = new TreeMap<>();
    int dearest = 50;
    for (int round = 0; round < 20_000; round++) {
      for (int peer = 0; peer < 5; peer++) {
        // Always something of each waits; peer 0 sends ten times as much, peer 1 what costs most.
        turns.offer(peer, peer);
      }
      for (int i = 0; i < 9; i++) {
        turns.offer(0, 0);
      }
      int peer = turns.next().orElseThrow();
      long took = peer == 1 ? dearest : 1L + random.below(10);
      turns.charge(took);
      cost.merge(peer, took, Long::sum);
    }
    long most = cost.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    long least = cost.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    assertThat(cost).hasSize(5);
    assertThat(most - least).isLessThanOrEqualTo(dearest);
  }

  @Test
  void peersThatHaveNothingLeftAreForgotten() {
    FairTurns<Integer, Integer> turns = new FairTurns<>(1);
    for (int i = 0; i < 200_000; i++) {
      turns.offer(i, i);
      assertThat(turns.next()).contains(i);
      turns.charge(5);
      if (i % 10 == 0) {
        assertThat(turns.next()).isEmpty();
      }
    }
    assertThat(turns.peers()).isLessThan(3_000);
  }
}
