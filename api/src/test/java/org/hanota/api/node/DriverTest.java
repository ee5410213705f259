// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.ToWan;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls, timers and the listener. */
class DriverTest extends ScriptedDriver {
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
