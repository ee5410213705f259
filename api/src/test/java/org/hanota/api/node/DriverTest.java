// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.InProcessNetwork;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.testing.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriverTest {
  private static final Peer SELF = new Peer(new Eui64(1), 1);
  private static final Peer OTHER = new Peer(new Eui64(2), 1);
  private static final ImageId IMAGE = ImageId.of(1, 2, 3);

  /** What the test wants the machine to do. */
  private record Do(BiConsumer<Now, Effects> what) implements Input {}

  private record Done(String job) implements Input {}

  private record Said(String what) implements Event {}

  private final VirtualClock clock = new VirtualClock();
  private final List<String> log = new ArrayList<>();
  private final List<String> air = new ArrayList<>();
  private int made;

  /** Where jobs run: at once, unless a test wants otherwise. */
  private Executor jobExecutor = Runnable::run;

  /** What the making of a machine throws next. */
  private @Nullable RuntimeException notMade;

  private final class Scripted implements Machine {
    private final int number = ++made;

    private void note(Now now, String what) {
      log.add(number + " " + what + " at " + now.monotonicNanos() / 1_000_000);
    }

    @Override
    public void onStart(Now now, Effects effects) {
      note(now, "start");
    }

    @Override
    public void onReceive(Now now, Received received, Effects effects) {
      note(now, "received");
    }

    @Override
    public void onSent(Now now, long sendId, SendResult result, Effects effects) {
      note(now, result.toString());
    }

    @Override
    public void onInput(Now now, Input input, Effects effects) {
      if (input instanceof Do todo) {
        todo.what().accept(now, effects);
      } else if (input instanceof Done done) {
        note(now, done.job());
      }
    }

    @Override
    public void onTimer(Now now, Effects effects) {
      note(now, "timer");
    }

    @Override
    public void describe(StateWriter out) {}
  }

  private final InProcessNetwork network =
      new InProcessNetwork(
          clock,
          SeededRandom.of(1, 0, 0),
          1_000_000,
          82,
          (frame, outcome) -> air.add(frame.zcl().toHex()));
  private final Driver driver =
      Driver.builder(
              new NodeConfig(SELF, Clusters.PROFILE_SMART_ENERGY, true, false),
              this::make,
              network.attach(SELF, Set.of()),
              clock,
              clock)
          .listener((now, event) -> log.add(event.toString()))
          .timing(
              new NodeTiming(job -> job.octets() * 1_000_000, 5_000_000L, 10_000_000L, 40_000_000L))
          .jobs(work -> jobExecutor.execute(work))
          .build();

  private Machine make() {
    RuntimeException fault = notMade;
    notMade = null;
    if (fault != null) {
      throw fault;
    }
    return new Scripted();
  }

  private void fails(String why) {
    does(
        (now, effects) -> {
          notifyOther(effects);
          effects.wakeAt(now.plusMillis(1));
          effects.report(new Said("sent before it was stored"));
          throw new UncheckedIOException(new IOException(why));
        });
  }

  private static String failed(String why, int inARow, int restartMillis) {
    return new NodeEvent.Failed(
            new UncheckedIOException(new IOException(why)), inARow, restartMillis * 1_000_000L)
        .toString();
  }

  private void does(BiConsumer<Now, Effects> what) {
    driver.input(new Do(what));
  }

  private static void notifyOther(Effects effects) {
    effects.send(OTHER, ImageNotify.of(IMAGE), SendOptions.ACKNOWLEDGED);
  }

  @Test
  void whatIsForTheHeadEndGoesThereAfterACallThatDoesNotFail() {
    List<ToWan> handed = new ArrayList<>();
    ToWan message = new ToWan.GbcsMessage(Octets.copyOf((byte) 1));
    driver.connect(handed::add);
    driver.start();
    does(
        (now, effects) -> {
          effects.toWan(message);
          assertThat(handed).isEmpty();
        });
    assertThat(handed).containsExactly(message);
    does(
        (now, effects) -> {
          effects.toWan(message);
          throw new UncheckedIOException(new IOException("disk full"));
        });
    assertThat(handed).hasSize(1);
    assertThat(log).last().isEqualTo(failed("disk full", 1, 10));
  }

  /** A vendor's transport that says at once what became of a frame. */
  private static final class Hasty implements Transport {
    private @Nullable Receiver receiver;

    @Override
    public void open(Receiver opened) {
      receiver = opened;
    }

    @Override
    public void send(long sendId, Frame frame) {
      Receiver current = receiver;
      if (current != null) {
        current.onSent(sendId, SendResult.DELIVERED);
      }
    }

    @Override
    public void discover(int profileId, int clusterId) {}

    @Override
    public int maximumPayload(Peer destination) {
      return 82;
    }

    @Override
    public void close() {}
  }

  @Test
  void aResultFromInsideSendIsNamedByOneException() {
    Driver hasty =
        Driver.builder(
                new NodeConfig(SELF, Clusters.PROFILE_SMART_ENERGY, true, false),
                this::make,
                new Hasty(),
                clock,
                clock)
            .listener((now, event) -> log.add(event.toString()))
            .build();
    hasty.start();
    hasty.input(new Do((now, effects) -> notifyOther(effects)));
    assertThat(log)
        .hasSize(2)
        .last()
        .asString()
        .contains("CalledBackTooEarly", "Hasty called onSent from inside send", "scheduler");
  }

  @Test
  void withoutAListenerAFailureReachesTheHandlerOfTheSchedulersThread() {
    List<Throwable> handled = new ArrayList<>();
    Driver silent =
        Driver.builder(
                new NodeConfig(SELF, Clusters.PROFILE_SMART_ENERGY, true, false),
                this::make,
                new Hasty(),
                (delay, task) ->
                    clock.schedule(
                        delay,
                        () -> {
                          try {
                            task.run();
                          } catch (RuntimeException fault) {
                            handled.add(fault);
                          }
                        }),
                clock)
            .build();
    silent.start();
    silent.input(new Do((now, effects) -> notifyOther(effects)));
    clock.advanceMillis(2_000);
    silent.input(new Do((now, effects) -> effects.report(new Said("no failure"))));
    clock.advanceMillis(2_000);
    assertThat(handled).hasSize(1);
    assertThat(handled.get(0)).hasMessageContaining("Hasty called onSent from inside send");
    assertThat(log).containsExactly("1 start at 0", "2 start at 1000");
  }

  @Test
  void aTimerFiresOnceAtItsTime() {
    driver.start();
    does((now, effects) -> effects.wakeAt(now.plusMillis(10)));
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0", "1 timer at 10");
  }

  @Test
  void aTimerThatIsMovedLaterIsArmedAgainByTheEarlierWakeUp() {
    driver.start();
    does((now, effects) -> effects.wakeAt(now.plusMillis(10)));
    int pending = clock.pending();
    does((now, effects) -> effects.wakeAt(now.plusMillis(30)));
    does((now, effects) -> effects.wakeAt(now.plusMillis(20)));
    assertThat(clock.pending()).isEqualTo(pending);
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0", "1 timer at 20");
  }

  @Test
  void aTimerThatIsMovedEarlierOrStoppedObeys() {
    driver.start();
    does((now, effects) -> effects.wakeAt(now.plusMillis(30)));
    does((now, effects) -> effects.wakeAt(now.plusMillis(10)));
    clock.advanceMillis(100);
    does((now, effects) -> effects.wakeAt(now.plusMillis(10)));
    does((now, effects) -> effects.wakeAt(Long.MAX_VALUE));
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0", "1 timer at 10");
  }

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
  void effectsArePerformedOnlyAfterTheCallHasReturned() {
    driver.start();
    does(
        (now, effects) -> {
          notifyOther(effects);
          effects.report(new Said("event"));
          assertThat(log).doesNotContain("Said[what=event]");
        });
    assertThat(log).contains("Said[what=event]");
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

  @Test
  void anExceptionOfTheListenerIsThrownInATaskOfTheScheduler() {
    Driver listened =
        Driver.builder(
                new NodeConfig(OTHER, Clusters.PROFILE_SMART_ENERGY, true, false),
                Scripted::new,
                network.attach(OTHER, Set.of()),
                clock,
                clock)
            .listener(
                (now, event) -> {
                  throw new IllegalStateException("the listener's own");
                })
            .build();
    listened.start();
    listened.input(new Do((now, effects) -> effects.report(new Said("event"))));
    listened.input(new Done("afterwards"));
    assertThatThrownBy(() -> clock.advanceMillis(1)).hasMessage("the listener's own");
    assertThat(log).containsExactly("1 start at 0", "1 afterwards at 0");
  }

  @Test
  void nothingHappensAfterClose() {
    driver.start();
    does((now, effects) -> effects.wakeAt(now.plusMillis(1)));
    driver.restart(1_000_000);
    driver.close();
    clock.advanceMillis(100);
    assertThat(log).containsExactly("1 start at 0");
  }
}
