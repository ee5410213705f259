// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import org.hanota.testing.PlantedFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search of {@link ReassemblyPropertyTest} finds each planted fault and shows it short. */
class PlantedReassemblyTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void eachFaultIsFound(ReassemblyFault fault) {
    ReassemblySetup setup =
        fault == ReassemblyFault.FORGETS_TO_ERASE
            ? ReassemblySetup.BLOCKS_TO_FLASH
            : ReassemblySetup.BLOCKS;
    PlantedFault.mustBeFound(
        fault.name(), ReassemblySteps.chains(setup, fault), chain -> chain.run().ends());
  }
}
