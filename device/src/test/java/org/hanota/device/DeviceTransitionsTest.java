// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

/** The table says what happens, all of it and nothing else. */
class DeviceTransitionsTest {
  private static final int MOST_EDGES = 150;
  private static final int WALKS = 700;

  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "device-states.md",
        "The device's states",
        "org.hanota.device.DeviceTransitions",
        DeviceTransitions.TABLE);
  }

  @Test
  void theTableIsShortEnoughToRead() {
    assertThat(DeviceTransitions.TABLE.edges()).hasSizeLessThan(MOST_EDGES);
  }

  /**
   * Anything that a server, a clock, an application or a power cut may do, at random: whatever the
   * device does stands in its table, or the table throws; and every edge of the table is taken.
   */
  @Test
  void everyEdgeIsTakenBySomething() {
    Set<Edge<DeviceState, DeviceStimulus>> taken = new HashSet<>();
    for (long seed = 1; seed <= WALKS; seed++) {
      taken.addAll(new DeviceWalk(seed).walked());
    }
    RareEdges.STORIES.forEach(story -> taken.addAll(story.get().edges));
    List<Edge<DeviceState, DeviceStimulus>> untaken =
        new ArrayList<>(DeviceTransitions.TABLE.edges());
    untaken.removeAll(taken);
    System.out.println(
        taken.size() + " of " + DeviceTransitions.TABLE.edges().size() + " edges were taken");
    assertThat(untaken).isEmpty();
  }
}
