// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.io.IOException;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

class HubTransitionsTest {
  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "hub-states.md",
        "A device's update at its hub",
        "org.hanota.hub.HubTransitions",
        HubTransitions.TABLE);
  }
}
