// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.testing.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several calls have to store is stored in one step, and told only then. */
class GatheringTest {
  private static final Peer SELF = new Peer(new Eui64(1), 1);
  private static final Peer OTHER = new Peer(new Eui64(2), 1);
  private static final ImageId IMAGE = ImageId.of(1, 2, 3);

  private record Said(String what) implements Event {}

  private record Order() implements Input {}

  private final VirtualClock clock = new VirtualClock();
  private final List<String> log = new ArrayList<>();
  private final Telling transport = new Telling();
  private boolean full;

  /** A transport that says when a turn ends, as the test has it say so. */
  private final class Telling implements Transport {
    @Nullable Receiver receiver;

    @Override
    public void open(Receiver to) {
      receiver = to;
    }

    @Override
    public void send(long sendId, Frame frame) {
      log.add("sent");
    }

    @Override
    public void discover(int profileId, int clusterId) {}

    @Override
    public int maximumPayload(Peer destination) {
      return 80;
    }

    @Override
    public boolean tellsTurns() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Each message is something to store, but for the ends of a success. */
  private final class Owing implements Machine {
    private int owed;

    @Override
    public void onStart(Now now, Effects effects) {
      log.add("start");
    }

    @Override
    public void onReceive(Now now, Received received, Effects effects) {
      if (received.message() instanceof UpgradeEndRequest end
          && !end.status().equals(ZclStatus.SUCCESS)) {
        owed++;
      }
      effects.report(new Said("told"));
      effects.send(received.source(), ImageNotify.of(IMAGE), SendOptions.ACKNOWLEDGED);
    }

    @Override
    public void onSent(Now now, long sendId, SendResult result, Effects effects) {}

    @Override
    public void onInput(Now now, Input input, Effects effects) {
      owed++;
      effects.report(new Said("obeyed"));
    }

    @Override
    public void onTimer(Now now, Effects effects) {}

    @Override
    public void describe(StateWriter out) {}

    @Override
    public int owed() {
      return owed;
    }

    @Override
    public void settle(Now now) {
      if (full) {
        throw new UncheckedIOException(new IOException("disk full"));
      }
      log.add("stored " + owed);
      owed = 0;
    }
  }

  private final Driver driver =
      Driver.builder(
              new NodeConfig(SELF, Clusters.PROFILE_SMART_ENERGY, true, false),
              Owing::new,
              transport,
              clock,
              clock)
          .listener(
              (now, event) ->
                  log.add(
                      event instanceof Said said ? said.what() : event.getClass().getSimpleName()))
          .build();

  @BeforeEach
  void start() {
    driver.start();
    log.clear();
  }

  private Transport.Receiver to() {
    return Objects.requireNonNull(transport.receiver);
  }

  private void comes(ZclStatus status) {
    to().onFrame(
            new Frame(
                OTHER,
                SELF,
                Clusters.PROFILE_SMART_ENERGY,
                Clusters.OTA_UPGRADE,
                SendOptions.ACKNOWLEDGED,
                ZclCodec.encode(new UpgradeEndRequest(status, IMAGE), 1, true)));
  }

  @Test
  void whatATurnChangedIsStoredInOneStepAndToldThen() {
    comes(ZclStatus.ABORT);
    comes(ZclStatus.ABORT);
    assertThat(to().owed()).isEqualTo(2);
    assertThat(log).isEmpty();
    to().onTurnEnd();
    assertThat(log).containsExactly("stored 2", "sent", "told", "sent", "told");
    assertThat(to().owed()).isZero();
  }

  @Test
  void whatChangesNothingIsToldAtOnceButNotBeforeWhatCameEarlier() {
    comes(ZclStatus.SUCCESS);
    assertThat(log).containsExactly("sent", "told");
    log.clear();
    comes(ZclStatus.ABORT);
    comes(ZclStatus.SUCCESS);
    assertThat(log).isEmpty();
    to().onTurnEnd();
    assertThat(log).containsExactly("stored 1", "sent", "told", "sent", "told");
  }

  @Test
  void anOrderIsStoredBeforeItsCallReturns() {
    comes(ZclStatus.ABORT);
    driver.input(new Order());
    assertThat(log).containsExactly("stored 2", "sent", "told", "obeyed");
  }

  @Test
  void whatCannotBeStoredIsNeitherToldNorSent() {
    full = true;
    comes(ZclStatus.ABORT);
    comes(ZclStatus.ABORT);
    to().onTurnEnd();
    assertThat(log).containsExactly("Failed");
    full = false;
    clock.advanceMillis(60_000);
    to().onTurnEnd();
    assertThat(log).containsExactly("Failed", "start");
  }
}
