// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.junit.jupiter.api.Test;

/** Jobs and reboots. */
class DriverJobsTest extends ScriptedDriver {
  /** A node that is on and says nothing. */
  private static final class Hears implements Transport.Receiver {
    @Override
    public void onFrame(Frame frame) {}

    @Override
    public void onSent(long sendId, SendResult result) {}

    @Override
    public void onServerFound(Peer server) {}

    @Override
    public void onNoServer() {}
  }

  @Test
  void aPowerCutInsideAJobRestarts() {
    driver.start();
    does(
        (now, effects) ->
            effects.start(
                new Job(
                    Job.Kind.SWAP,
                    10,
                    () -> {
                      throw new PowerLost("swap");
                    })));
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0", "2 start at 15");
  }

  @Test
  void aRebootJobMakesANewMachineAndNewSequenceNumbers() {
    driver.start();
    network.attach(OTHER, Set.of()).open(new Hears());
    does((now, effects) -> notifyOther(effects));
    clock.advanceMillis(10);
    does((now, effects) -> effects.start(Job.reboot()));
    clock.advanceMillis(10);
    does((now, effects) -> notifyOther(effects));
    clock.advanceMillis(10);
    assertThat(log)
        .containsExactly("1 start at 0", "1 DELIVERED at 2", "2 start at 15", "2 DELIVERED at 22");
    assertThat(air).hasSize(2);
    assertThat(air.get(0).substring(2, 4)).isNotEqualTo(air.get(1).substring(2, 4));
  }

  @Test
  void anExceptionOfAJobStartsTheMachineAnew() {
    driver.start();
    does(
        (now, effects) ->
            effects.start(
                new Job(
                    Job.Kind.ERASE,
                    3,
                    () -> {
                      throw new UncheckedIOException(new IOException("bad block"));
                    })));
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0", failed("bad block", 1, 10), "2 start at 13");
  }

  @Test
  void theWorkOfAJobRunsOutsideAndNoNewMachineStartsBeforeItHasReturned() {
    List<Runnable> elsewhere = new ArrayList<>();
    jobExecutor = elsewhere::add;
    driver.start();
    does(
        (now, effects) ->
            effects.start(
                new Job(
                    Job.Kind.SWAP,
                    1,
                    () -> {
                      assertThat(Thread.holdsLock(driver)).isFalse();
                      driver.restart(2_000_000);
                      clock.advanceMillis(50);
                      log.add("work ends");
                      return new Done("of a machine that is gone");
                    })));
    clock.advanceMillis(1);
    does((now, effects) -> log.add("the machine goes on"));
    elsewhere.forEach(Runnable::run);
    clock.advanceMillis(100);
    assertThat(log)
        .containsExactly("1 start at 0", "the machine goes on", "work ends", "2 start at 51");
  }
}
