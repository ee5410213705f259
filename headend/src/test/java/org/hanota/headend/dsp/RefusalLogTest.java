// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;

import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.junit.jupiter.api.Test;

/** A user who repeats what is refused does not fill the log that is kept for ever. */
class RefusalLogTest extends HeadEndCase {
  private void asksForAForeignDevice(int times) {
    for (int i = 0; i < times; i++) {
      world.ask(
          OTHER_SUPPLIER,
          ESME,
          CommandVariant.COMMAND,
          new ReadFirmwareVersion(ExecutionDateTime.NOW));
    }
  }

  private long lines() {
    return world.kept(AuditEntry.class).stream()
        .filter(entry -> entry.who().equals(OTHER_SUPPLIER))
        .count();
  }

  @Test
  void refusalsWithoutEndAreCountedInOneLine() {
    world =
        new HeadEndWorld(
            ParameterValues.defaults(HeadEndParameter.class)
                .with(HeadEndParameter.REFUSALS_OF_ONE, 3));
    asksForAForeignDevice(50);
    assertThat(codes(OTHER_SUPPLIER)).isNotEmpty();
    assertThat(lines()).isEqualTo(3);
    world.pass(world.parameters.get(HeadEndParameter.REFUSALS_WINDOW));
    asksForAForeignDevice(1);
    assertThat(lines()).isEqualTo(5);
    assertThat(world.audit).anySatisfy(entry -> assertThat(entry.what()).startsWith("47 more of"));
  }
}
