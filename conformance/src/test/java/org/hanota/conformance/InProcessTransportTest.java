// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.hanota.testing.InProcessNetwork.Link;
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
    long failed = TransportSuite.checks().stream().filter(check -> fails(check, Link.LOST)).count();
    assertThat(failed).isEqualTo(TransportSuite.checks().size() - 3);
  }

  @Test
  void aTransportThatRepeatsOrReordersIsFound() {
    Check order = TransportSuite.checks().get(3);
    assertThatThrownBy(() -> order.run(() -> new InProcessHome(Link.REPEATED)))
        .isInstanceOf(NotConformant.class);
    Check arrives = TransportSuite.checks().get(0);
    assertThatThrownBy(() -> arrives.run(() -> new InProcessHome(Link.CHANGED)))
        .isInstanceOf(NotConformant.class)
        .hasMessageContaining("octets are");
  }

  private static boolean fails(Check check, Link link) {
    try {
      check.run(() -> new InProcessHome(link));
      return false;
    } catch (NotConformant found) {
      return true;
    }
  }
}
