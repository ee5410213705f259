// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hanota.api.machine.TransitionTable.OURS;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.hanota.api.machine.TransitionTable.Edge;
import org.junit.jupiter.api.Test;

class TransitionTableTest {
  private enum Lamp {
    OFF,
    ON,
    BROKEN
  }

  private enum Switch {
    PRESS,
    PULL,
    KNOCK
  }

  private final List<String> log = new ArrayList<>();

  private static TransitionTable.Builder<Lamp, Switch, List<String>> builder() {
    return TransitionTable.<Lamp, Switch, List<String>>of(Lamp.class, Switch.class)
        .choose(
            Lamp.OFF,
            Switch.PRESS,
            "[X 1]",
            "light",
            (log, state) -> {
              log.add("pressed in " + state);
              return log.size() > 1 ? Lamp.BROKEN : Lamp.ON;
            },
            EnumSet.of(Lamp.ON, Lamp.BROKEN))
        .go(Lamp.ON, Switch.PRESS, OURS, "darken", log -> log.add("darken"), Lamp.OFF)
        .stay(EnumSet.of(Lamp.OFF, Lamp.ON), Switch.KNOCK, OURS, "ring", log -> log.add("ring"))
        .ignore(EnumSet.of(Lamp.BROKEN), EnumSet.of(Switch.PRESS, Switch.KNOCK));
  }

  private static TransitionTable<Lamp, Switch, List<String>> table() {
    return builder().ignore(EnumSet.allOf(Lamp.class), EnumSet.of(Switch.PULL)).build();
  }

  @Test
  void anEntryActsAndTheTableSaysWhereItLeads() {
    assertThat(table().fire(Lamp.OFF, Switch.PRESS, log)).isEqualTo(Lamp.ON);
    assertThat(table().fire(Lamp.ON, Switch.PRESS, log)).isEqualTo(Lamp.OFF);
    assertThat(table().fire(Lamp.OFF, Switch.PRESS, log)).isEqualTo(Lamp.BROKEN);
    assertThat(log).containsExactly("pressed in OFF", "darken", "pressed in OFF");
  }

  @Test
  void whoStaysIsInTheSameState() {
    assertThat(table().fire(Lamp.ON, Switch.KNOCK, log)).isEqualTo(Lamp.ON);
    assertThat(table().fire(Lamp.OFF, Switch.KNOCK, log)).isEqualTo(Lamp.OFF);
    assertThat(table().fire(Lamp.OFF, Switch.PULL, log)).isEqualTo(Lamp.OFF);
    assertThat(log).containsExactly("ring", "ring");
  }

  @Test
  void theEdgesAreThoseThatCanHappen() {
    assertThat(table().edges())
        .containsExactly(
            new Edge<>(Lamp.OFF, Switch.PRESS, Lamp.ON, "[X 1]", "light"),
            new Edge<>(Lamp.OFF, Switch.PRESS, Lamp.BROKEN, "[X 1]", "light"),
            new Edge<>(Lamp.OFF, Switch.KNOCK, Lamp.OFF, OURS, "ring"),
            new Edge<>(Lamp.ON, Switch.PRESS, Lamp.OFF, OURS, "darken"),
            new Edge<>(Lamp.ON, Switch.KNOCK, Lamp.ON, OURS, "ring"));
  }

  @Test
  void aWatcherIsToldEachEdgeThatIsTakenAndNoneThatIsIgnored() {
    List<Edge<Lamp, Switch>> taken = new ArrayList<>();
    TransitionTable<Lamp, Switch, List<String>> watched = table().watchedBy(taken::add);
    watched.fire(Lamp.OFF, Switch.PULL, log);
    watched.fire(Lamp.OFF, Switch.PRESS, log);
    watched.fire(Lamp.ON, Switch.KNOCK, log);
    assertThat(taken)
        .containsExactly(
            new Edge<>(Lamp.OFF, Switch.PRESS, Lamp.ON, "[X 1]", "light"),
            new Edge<>(Lamp.ON, Switch.KNOCK, Lamp.ON, OURS, "ring"));
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
  void aChoiceOfOneIsRefused() {
    assertThatThrownBy(
            () ->
                builder()
                    .choose(
                        Lamp.ON,
                        Switch.PULL,
                        OURS,
                        "pull",
                        (log, state) -> state,
                        EnumSet.of(Lamp.ON)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("ON on PULL has no choice");
  }

  @Test
  void aMachineThatGoesWhereItsTableDoesNotSayIsAFault() {
    TransitionTable<Lamp, Switch, List<String>> table =
        builder()
            .choose(
                Lamp.BROKEN,
                Switch.PULL,
                OURS,
                "mend",
                (log, state) -> Lamp.BROKEN,
                EnumSet.of(Lamp.ON, Lamp.OFF))
            .ignore(EnumSet.of(Lamp.OFF, Lamp.ON), EnumSet.of(Switch.PULL))
            .build();
    assertThatThrownBy(() -> table.fire(Lamp.BROKEN, Switch.PULL, log))
        .isInstanceOf(AssertionError.class)
        .hasMessage("PULL in BROKEN led to BROKEN");
  }
}
