// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import net.jqwik.api.state.ActionChain;
import org.hanota.testing.PlantedFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search of {@link ActivationPropertyTest} finds each planted fault and shows it short. */
class PlantedActivationTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void eachFaultIsFound(ActivationFault fault) {
    PlantedFault.mustBeFound(
        fault.name(), ActivationSteps.chains(fault.isByCommand(), fault), ActionChain::run);
  }
}
