// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTableTest {
  private enum Lamp {
    OFF,
    ON
  }

  private enum Switch {
    PRESS,
    PULL
  }

  private static TransitionTable.Builder<Lamp, Switch, List<String>> builder() {
    return TransitionTable.<Lamp, Switch, List<String>>of(Lamp.class, Switch.class)
        .on(
            Lamp.OFF,
            Switch.PRESS,
            "light",
            log -> {
              log.add("light");
              return Lamp.ON;
            },
            EnumSet.of(Lamp.ON))
        .on(Lamp.ON, Switch.PRESS, "darken", log -> Lamp.OFF, EnumSet.of(Lamp.OFF));
  }

  @Test
  void anEntryActsAndSaysWhereItLeads() {
    List<String> log = new ArrayList<>();
    TransitionTable<Lamp, Switch, List<String>> table =
        builder().ignore(EnumSet.allOf(Lamp.class), EnumSet.of(Switch.PULL)).build();
    assertThat(table.missing()).isEmpty();
    assertThat(table.fire(Lamp.OFF, Switch.PRESS, log)).isEqualTo(Lamp.ON);
    assertThat(log).containsExactly("light");
    assertThat(table.fire(Lamp.ON, Switch.PULL, log)).isEqualTo(Lamp.ON);
    assertThat(table.transitions()).hasSize(2);
    assertThat(table.diagram())
        .isEqualTo("stateDiagram-v2\n  OFF --> ON : PRESS\n  ON --> OFF : PRESS\n");
  }

  @Test
  void aTableWithAPairMissingCannotBeBuilt() {
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("OFF on PULL")
        .hasMessageContaining("ON on PULL");
  }

  @Test
  void aPairThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> builder().ignore(EnumSet.of(Lamp.ON), EnumSet.of(Switch.PRESS)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("twice");
  }

  @Test
  void aMachineThatGoesWhereItsTableDoesNotSayIsAFault() {
    TransitionTable<Lamp, Switch, List<String>> table =
        TransitionTable.<Lamp, Switch, List<String>>of(Lamp.class, Switch.class)
            .on(
                EnumSet.allOf(Lamp.class),
                Switch.PRESS,
                "light",
                log -> Lamp.ON,
                EnumSet.of(Lamp.OFF))
            .ignore(EnumSet.allOf(Lamp.class), EnumSet.of(Switch.PULL))
            .build();
    assertThatThrownBy(() -> table.fire(Lamp.OFF, Switch.PRESS, new ArrayList<>()))
        .isInstanceOf(AssertionError.class)
        .hasMessage("PRESS in OFF led to ON");
  }
}
