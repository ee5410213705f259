// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.SendOptions.Priority;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** At 868 MHz the air is rationed, and updates are the first that yield. */
class DutyCycleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3_600 * SECOND;
  private static final int OCTETS = 127;
  private static final RadioSettings SETTINGS =
      RadioSettings.of(Band.MHZ_868)
          .with(RadioParameter.LIMITED_DUTY, 100)
          .with(RadioParameter.CRITICAL_DUTY, 200)
          .with(RadioParameter.REGULATED_DUTY, 300);

  private final List<String> ends = new ArrayList<>();
  private final List<String> arrivals = new ArrayList<>();
  private final Channel<String> channel =
      new Channel<>(
          SETTINGS,
          (nanos, from, to, frame, isAcknowledgement) -> true,
          new ChannelListener<>() {
            @Override
            public void arrived(long nanos, int from, int to, String frame) {
              arrivals.add(frame);
            }

            @Override
            public void ended(long nanos, int station, String frame, Fate fate) {
              ends.add(frame + " " + fate);
            }
          });
  private long now;

  private String send(int from, Priority priority) {
    int before = ends.size();
    assertThat(channel.send(now, from, 1 - from, OCTETS, true, priority, "" + priority)).isTrue();
    while (ends.size() == before) {
      now = channel.nextNanos();
      channel.advance(now);
    }
    return ends.get(before);
  }

  private void sendUntil(long airtimeMs, Priority priority) {
    while (channel.airtimeNanos(now, 0) < airtimeMs * 1_000_000) {
      assertThat(send(0, priority)).isEqualTo(priority + " DELIVERED");
    }
  }

  @Test
  @DisplayName("attack 26: over its duty cycle a hub yields updates first and names each discard")
  void blocksYieldFirstThenAllButMeteringThenEverythingAndEachDiscardHasItsName() {
    channel.attach(SeededRandom.of(1, 0, 0));
    channel.attach(SeededRandom.of(1, 0, 1));
    sendUntil(100, Priority.BULK);
    assertThat(send(0, Priority.BULK)).isEqualTo("BULK DUTY_CYCLE");
    sendUntil(200, Priority.NORMAL);
    assertThat(send(0, Priority.NORMAL)).isEqualTo("NORMAL DUTY_CYCLE");
    assertThat(send(0, Priority.BULK)).isEqualTo("BULK DUTY_CYCLE");
    sendUntil(300, Priority.METERING);
    assertThat(send(0, Priority.METERING)).isEqualTo("METERING DUTY_CYCLE");

    arrivals.clear();
    assertThat(send(1, Priority.METERING))
        .as("who is regulated hears, but does not acknowledge")
        .isEqualTo("METERING NO_ACKNOWLEDGEMENT");
    assertThat(arrivals).containsExactly("METERING");

    now += HOUR - 60 * SECOND;
    assertThat(send(0, Priority.METERING)).as("within the hour").endsWith("DUTY_CYCLE");
    now += 360 * SECOND;
    assertThat(send(0, Priority.BULK)).as("after it").isEqualTo("BULK DELIVERED");
  }

  @Test
  void anAcknowledgementIsAirtimeToo() {
    channel.attach(SeededRandom.of(1, 0, 0));
    channel.attach(SeededRandom.of(1, 0, 1));
    assertThat(send(1, Priority.NORMAL)).endsWith("DELIVERED");
    assertThat(channel.airtimeNanos(now, 0)).isEqualTo(17 * 80_000);
    assertThat(channel.airtimeNanos(now, 1)).isEqualTo((12 + OCTETS) * 80_000L);
  }

  @Test
  void anyHourIsCoveredAsItSlides() {
    DutyCycle cycle = new DutyCycle(54 * SECOND, 75 * SECOND, 90 * SECOND);
    assertThat(cycle.state(0)).isEqualTo(DutyState.NORMAL);
    cycle.add(0, 30 * SECOND);
    cycle.add(HOUR / 2, 24 * SECOND);
    assertThat(cycle.state(HOUR / 2)).isEqualTo(DutyState.LIMITED);
    cycle.add(HOUR / 2, 21 * SECOND);
    assertThat(cycle.state(HOUR - 1)).isEqualTo(DutyState.CRITICAL);
    assertThat(cycle.state(HOUR)).as("never early").isEqualTo(DutyState.CRITICAL);
    assertThat(cycle.usedNanos(HOUR + 300 * SECOND)).isEqualTo(45 * SECOND);
    cycle.add(HOUR + 300 * SECOND, 45 * SECOND);
    assertThat(cycle.state(HOUR + 300 * SECOND)).isEqualTo(DutyState.REGULATED);
    assertThat(cycle.usedNanos(9 * HOUR)).isZero();
    assertThatThrownBy(() -> SETTINGS.with(RadioParameter.CRITICAL_DUTY, 99))
        .hasMessageContaining("allowed rising ones");
  }

  /** A whole update with 54 s of airtime in each hour, beside a meter. */
  @Test
  void anUpdateAt868MhzWaitsForItsHourAndMeteringDoesNot() {
    RadioHome home =
        new RadioHome(RadioSettings.of(Band.MHZ_868), 2, 1, 0, 400_000)
            .meterEvery(10_000, Priority.METERING)
            .run(24);
    System.out.println("868 MHz: blocks " + home.updateFates + ", metering " + home.meterFates);
    assertThat(home.updateFates).containsKey(Fate.DUTY_CYCLE);
    assertThat(home.meterFates).doesNotContainKey(Fate.DUTY_CYCLE);
  }
}
