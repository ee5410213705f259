// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.hanota.api.transport.LinkFaults;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InProcessTransportTest {
  @TestFactory
  Stream<DynamicTest> theInProcessTransportConforms() {
    return TransportSuite.checks().stream()
        .map(
            check ->
                DynamicTest.dynamicTest(check.name(), () -> check.run(() -> new InProcessHome())));
  }

  @Test
  void aTransportThatLosesEverythingFailsEveryCheckThatNeedsAFrame() {
    long failed =
        TransportSuite.checks().stream()
            .filter(check -> fails(check, new LinkFaults(1, 0, 0, 0, 0, 0, 0)))
            .count();
    assertThat(failed).isEqualTo(TransportSuite.checks().size() - 3);
  }

  @Test
  void aTransportThatRepeatsOrReordersIsFound() {
    Check order = TransportSuite.checks().get(3);
    assertThatThrownBy(
            () -> order.run(() -> new InProcessHome(new LinkFaults(0, 1, 0, 0, 0, 0, 0))))
        .isInstanceOf(NotConformant.class);
    Check arrives = TransportSuite.checks().get(0);
    assertThatThrownBy(
            () -> arrives.run(() -> new InProcessHome(new LinkFaults(0, 0, 0, 0, 1, 0, 0))))
        .isInstanceOf(NotConformant.class)
        .hasMessageContaining("octets are");
  }

  private static boolean fails(Check check, LinkFaults faults) {
    try {
      check.run(() -> new InProcessHome(faults));
      return false;
    } catch (NotConformant found) {
      return true;
    }
  }
}
