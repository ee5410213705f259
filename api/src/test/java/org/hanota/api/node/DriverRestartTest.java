// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.PowerLost;
import org.junit.jupiter.api.Test;

/** Restarts, power cuts and failures. */
class DriverRestartTest extends ScriptedDriver {
  @Test
  void aRestartVoidsTimersAndJobsOfTheMachineBefore() {
    driver.start();
    does(
        (now, effects) -> {
          effects.wakeAt(now.plusMillis(20));
          effects.start(new Job(Job.Kind.VERIFY, 20, () -> new Done("job")));
        });
    driver.restart(5_000_000L);
    assertThat(driver.inspect(machine -> machine)).isEmpty();
    assertThat(driver.counts()).isEmpty();
    driver.input(new Done("while off"));
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0", "2 start at 5");
  }

  @Test
  void aSecondRestartWhileOffStartsOneMachineOnly() {
    driver.start();
    driver.restart(10_000_000L);
    driver.restart(20_000_000L);
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0", "2 start at 20");
  }

  @Test
  void aPowerCutDiscardsEverythingTheCallWanted() {
    driver.start();
    does(
        (now, effects) -> {
          notifyOther(effects);
          effects.wakeAt(now.plusMillis(1));
          effects.start(new Job(Job.Kind.ERASE, 1, () -> new Done("job")));
          effects.report(new Said("sent before it was stored"));
          throw new PowerLost("save");
        });
    clock.advanceMillis(100);
    assertThat(air).isEmpty();
    assertThat(log).containsExactly("1 start at 0", "2 start at 5");
  }

  @Test
  void anExceptionDiscardsEverythingTheCallWantedIsToldAndStartsTheMachineAnew() {
    driver.start();
    fails("disk full");
    assertThat(driver.counts()).isEmpty();
    clock.advanceMillis(100);
    assertThat(air).isEmpty();
    assertThat(log).containsExactly("1 start at 0", failed("disk full", 1, 10), "2 start at 10");
  }

  @Test
  void failuresInARowWaitLongerAndARunWithoutOneBeginsAnew() {
    driver.start();
    for (int i = 0; i < 4; i++) {
      fails("disk full");
      clock.advanceMillis(40);
    }
    clock.advanceMillis(39);
    fails("disk full");
    clock.advanceMillis(80);
    fails("disk full");
    assertThat(log)
        .filteredOn(line -> line.contains("in a row"))
        .containsExactly(
            failed("disk full", 1, 10),
            failed("disk full", 2, 20),
            failed("disk full", 3, 40),
            failed("disk full", 4, 40),
            failed("disk full", 5, 40),
            failed("disk full", 1, 10));
  }

  @Test
  void aMachineThatCannotBeMadeAtFirstIsItsCallersFaultAndLaterOneMoreFailure() {
    notMade = new UncheckedIOException(new IOException("no such bank"));
    assertThatThrownBy(driver::start).hasMessageContaining("no such bank");
    driver.start();
    notMade = new UncheckedIOException(new IOException("unreadable"));
    driver.restart(1_000_000);
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0", failed("unreadable", 1, 10), "2 start at 11");
  }

  @Test
  void anErrorIsThrownOnAndTheNodeStartsAnewAllTheSame() {
    driver.start();
    assertThatThrownBy(
            () ->
                does(
                    (now, effects) -> {
                      throw new AssertionError("our own fault");
                    }))
        .hasMessage("our own fault");
    clock.advanceMillis(100);
    assertThat(log).hasSize(3).last().isEqualTo("2 start at 10");
  }
}
