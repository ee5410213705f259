// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

class HubTransitionsTest {
  @Test
  void everyPhaseHasAnEntryForEveryStimulus() {
    assertThat(HubTransitions.TABLE.missing()).isEmpty();
    assertThat(HubTransitions.TABLE.transitions()).isNotEmpty();
  }

  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "hub-states.md",
        "A device's update at its hub",
        "org.hanota.hub.HubTransitions",
        HubTransitions.TABLE);
  }
}
