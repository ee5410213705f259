// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.io.IOException;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

class DeviceTransitionsTest {
  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "device-states.md",
        "The device's states",
        "org.hanota.device.DeviceTransitions",
        DeviceTransitions.TABLE);
  }
}
