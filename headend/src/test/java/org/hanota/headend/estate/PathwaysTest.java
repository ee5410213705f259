// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ListingStatus;
import org.junit.jupiter.api.Test;

/** Versions that must follow each other in an order. */
class PathwaysTest {
  private static final Device.Model MODEL = new Device.Model("AB01", "meter", "4.0");

  private static Listing listing(int version, ListingStatus status, Integer... predecessors) {
    return new Listing(
        MODEL,
        DeviceType.ESME,
        ImageId.of(0xAB01, 1, version),
        Octets.EMPTY,
        status,
        new TreeSet<>(List.of(predecessors).stream().map(each -> version(each)).toList()),
        ReasonClass.FUNCTION);
  }

  private static FileVersion version(int number) {
    return FileVersion.of(number);
  }

  private static List<FileVersion> versions(Integer... numbers) {
    return List.of(numbers).stream().map(PathwaysTest::version).toList();
  }

  @Test
  void aStepThatIsLeftOutIsProposed() {
    Pathways pathways =
        Pathways.of(
            List.of(
                listing(2, ListingStatus.ACTIVE, 1),
                listing(3, ListingStatus.ACTIVE, 2),
                listing(4, ListingStatus.ACTIVE, 2, 3)),
            MODEL);
    assertThat(pathways.allows(version(1), version(2))).isTrue();
    assertThat(pathways.allows(version(1), version(3))).isFalse();
    assertThat(pathways.shortest(version(1), version(4))).contains(versions(2, 4));
    assertThat(pathways.shortest(version(4), version(1))).isEmpty();
    assertThat(pathways.shortest(version(4), version(4))).isEmpty();
  }

  @Test
  void aVersionThatMayNotBeUsedIsOnNoWay() {
    List<Listing> listings =
        new ArrayList<>(
            List.of(listing(2, ListingStatus.ACTIVE, 1), listing(3, ListingStatus.ACTIVE, 2)));
    assertThat(Pathways.of(listings, MODEL).shortest(version(1), version(3)))
        .contains(versions(2, 3));
    listings.set(0, listing(2, ListingStatus.WITHDRAWN, 1));
    assertThat(Pathways.of(listings, MODEL).shortest(version(1), version(3))).isEmpty();
    assertThat(
            Pathways.of(listings, new Device.Model("AB01", "other", "4.0"))
                .allows(version(2), version(3)))
        .isFalse();
  }

  /** Each chain is made of allowed steps, and none is shorter: compared with the distance. */
  @Test
  void theChainIsTheShortestInAnyGraphAlsoWithCircles() {
    Random random = new Random(16);
    for (int run = 0; run < 300; run++) {
      List<Listing> listings = new ArrayList<>();
      for (int to = 1; to <= 8; to++) {
        Set<Integer> from = new TreeSet<>();
        for (int each = 1; each <= 8; each++) {
          if (each != to && random.nextInt(6) == 0) {
            from.add(each);
          }
        }
        listings.add(listing(to, ListingStatus.ACTIVE, from.toArray(Integer[]::new)));
      }
      Pathways pathways = Pathways.of(listings, MODEL);
      int[][] distance = distances(pathways);
      for (int from = 1; from <= 8; from++) {
        for (int to = 1; to <= 8; to++) {
          Optional<List<FileVersion>> chain = pathways.shortest(version(from), version(to));
          boolean isReachable = from != to && distance[from][to] < 100;
          assertThat(chain.isPresent()).isEqualTo(isReachable);
          if (chain.isPresent()) {
            assertThat(chain.get()).hasSize(distance[from][to]).last().isEqualTo(version(to));
            FileVersion at = version(from);
            for (FileVersion next : chain.get()) {
              assertThat(pathways.allows(at, next)).isTrue();
              at = next;
            }
          }
        }
      }
    }
  }

  private static int[][] distances(Pathways pathways) {
    int[][] distance = new int[9][9];
    for (int from = 1; from <= 8; from++) {
      for (int to = 1; to <= 8; to++) {
        distance[from][to] = from == to ? 0 : pathways.allows(version(from), version(to)) ? 1 : 100;
      }
    }
    for (int by = 1; by <= 8; by++) {
      for (int from = 1; from <= 8; from++) {
        for (int to = 1; to <= 8; to++) {
          distance[from][to] = Math.min(distance[from][to], distance[from][by] + distance[by][to]);
        }
      }
    }
    return distance;
  }
}
