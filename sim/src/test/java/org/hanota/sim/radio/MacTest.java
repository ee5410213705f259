// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.SendOptions.Priority;
import org.junit.jupiter.api.Test;

/** What goes wrong in the radios of simulators, each by its name. */
class MacTest {
  private static final int OCTETS = 62;
  private static final RadioSettings SETTINGS = RadioSettings.of(Band.GHZ_2_4);
  private static final long AIRTIME = Band.GHZ_2_4.airtimeNanos(OCTETS);

  /** From the end of a try to the earliest look of the next one's first back-off. */
  private static final long RETRY_NANOS = 864_000 + 128_000 + 192_000;

  private static final long UNIT_NANOS = 320_000;

  /** Stations on a channel, and all that happened on it. */
  private static final class Log implements ChannelListener<String> {
    final List<String> arrivals = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    final List<Long> starts = new ArrayList<>();
    final List<Integer> repetitions = new ArrayList<>();
    final Set<Integer> deaf = new HashSet<>();
    int acknowledgements;
    int acknowledgementsLost;
    int damaged;
    final Channel<String> channel;
    long now;

    Log(RadioSettings settings, long seed, long home, int stations) {
      channel = new Channel<>(settings, this::reaches, this);
      for (int i = 0; i < stations; i++) {
        channel.attach(SeededRandom.of(seed, home, i));
      }
    }

    private boolean reaches(long nanos, int from, int to, String frame, boolean isAck) {
      if (isAck && acknowledgementsLost > 0) {
        acknowledgementsLost--;
        return false;
      }
      return !deaf.contains(to);
    }

    Log send(int from, int to, String frame) {
      assertThat(channel.send(now, from, to, OCTETS, true, Priority.NORMAL, frame)).isTrue();
      return this;
    }

    Log run() {
      while (channel.nextNanos() != Long.MAX_VALUE) {
        now = channel.nextNanos();
        channel.advance(now);
      }
      return this;
    }

    @Override
    public void arrived(long nanos, int from, int to, String frame) {
      arrivals.add(from + ">" + to + " " + frame);
    }

    @Override
    public void ended(long nanos, int station, String frame, Fate fate) {
      ends.add(frame + " " + fate);
    }

    @Override
    public void transmitted(
        long startNanos,
        long endNanos,
        int from,
        int to,
        String frame,
        long sequence,
        int repetition,
        boolean isDamaged) {
      damaged += isDamaged ? 1 : 0;
      if (from == 0) {
        starts.add(startNanos);
        repetitions.add(repetition);
      }
    }

    @Override
    public void acknowledged(
        long startNanos,
        long endNanos,
        int from,
        int to,
        String frame,
        long sequence,
        boolean isDamaged) {
      acknowledgements++;
    }
  }

  private static int[] largestBackOffs(RadioSettings settings) {
    int[] largest = new int[4];
    for (int seed = 0; seed < 300; seed++) {
      Log log = new Log(settings.with(RadioParameter.NETWORK_RETRIES, 0), seed, 0, 2);
      log.deaf.add(1);
      log.send(0, 1, "x").run();
      assertThat(log.starts).hasSize(4);
      long before = RETRY_NANOS - 864_000;
      for (int i = 0; i < 4; i++) {
        long backOff = log.starts.get(i) - before;
        assertThat(backOff % UNIT_NANOS).isZero();
        largest[i] = Math.max(largest[i], (int) (backOff / UNIT_NANOS));
        before = log.starts.get(i) + AIRTIME + RETRY_NANOS;
      }
    }
    return largest;
  }

  @Test
  void theExponentRisesOnAMissingAcknowledgement() {
    assertThat(largestBackOffs(SETTINGS)).containsExactly(7, 15, 31, 31);
  }

  @Test
  void theExponentStaysWhereTheStandardIsTakenToTheLetter() {
    assertThat(largestBackOffs(SETTINGS.with(RadioParameter.RISES_UNACKNOWLEDGED, 0)))
        .containsExactly(7, 7, 7, 7);
  }

  @Test
  void retriesEndAndTheFailureHasItsName() {
    Log log = new Log(SETTINGS, 1, 0, 2);
    log.deaf.add(1);
    log.send(0, 1, "x").run();
    assertThat(log.repetitions)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    assertThat(log.ends).containsExactly("x NO_ACKNOWLEDGEMENT");
    assertThat(log.arrivals).isEmpty();
  }

  @Test
  void aForeignFrameNeverResetsARetryCounter() {
    for (int seed = 0; seed < 20; seed++) {
      Log log = new Log(SETTINGS, seed, 0, 3);
      log.deaf.add(1);
      log.send(0, 1, "x");
      for (int i = 0; i < 30; i++) {
        log.send(2, 0, "foreign " + i);
      }
      log.run();
      assertThat(log.arrivals).hasSizeGreaterThanOrEqualTo(28);
      assertThat(log.repetitions).hasSizeLessThanOrEqualTo(16);
      assertThat(log.ends).containsAnyOf("x NO_ACKNOWLEDGEMENT", "x CHANNEL_BUSY");
    }
  }

  @Test
  void twoHomesAndTwoStationsDrawDifferentBackOffs() {
    List<Long> one = starts(1, 0);
    assertThat(starts(1, 0)).isEqualTo(one);
    assertThat(starts(1, 1)).isNotEqualTo(one);
    assertThat(starts(2, 0)).isNotEqualTo(one);
  }

  private static List<Long> starts(long seed, long home) {
    Log log = new Log(SETTINGS, seed, home, 2);
    for (int i = 0; i < 10; i++) {
      log.send(0, 1, "frame");
    }
    return log.run().starts;
  }

  @Test
  void whatIsOnTheAirTogetherIsDamagedAndRepeated() {
    Log log = new Log(SETTINGS.withoutChannelAccess(), 1, 0, 3);
    log.send(0, 2, "a").send(1, 2, "b").run();
    assertThat(log.arrivals).isEmpty();
    assertThat(log.damaged).isEqualTo(32);
    Log polite = new Log(SETTINGS, 1, 0, 3);
    polite.send(0, 2, "a").send(1, 2, "b").run();
    assertThat(polite.arrivals).containsExactlyInAnyOrder("0>2 a", "1>2 b");
  }

  @Test
  void aLostAcknowledgementRepeatsTheFrameButNotItsArrival() {
    Log log = new Log(SETTINGS, 1, 0, 2);
    log.acknowledgementsLost = 2;
    log.send(0, 1, "x").run();
    assertThat(log.repetitions).containsExactly(0, 1, 2);
    assertThat(log.acknowledgements).isEqualTo(3);
    assertThat(log.arrivals).containsExactly("0>1 x");
    assertThat(log.ends).containsExactly("x DELIVERED");
  }

  @Test
  void aChannelThatIsNeverFreeIsAFailureWithItsName() {
    RadioSettings impatient =
        SETTINGS.with(RadioParameter.BACK_OFFS, 0).with(RadioParameter.NETWORK_RETRIES, 0);
    Log log = new Log(impatient, 1, 0, 3);
    for (int i = 0; i < 20; i++) {
      log.send(0, 2, "a" + i).send(1, 2, "b" + i);
    }
    log.run();
    assertThat(log.ends).hasSize(40);
    assertThat(log.ends.stream().map(end -> end.substring(0, end.indexOf(" "))))
        .doesNotHaveDuplicates();
    assertThat(log.ends).anyMatch(end -> end.endsWith("CHANNEL_BUSY"));
    assertThat(log.arrivals)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(
            (int) log.ends.stream().filter(end -> end.endsWith("DELIVERED")).count());
  }

  @Test
  void aFullQueueRefusesAndAStationWithoutPowerForgets() {
    Log log = new Log(SETTINGS.with(RadioParameter.QUEUE, 2), 1, 0, 2);
    log.send(0, 1, "a").send(0, 1, "b");
    assertThat(log.channel.send(0, 0, 1, OCTETS, true, Priority.NORMAL, "c")).isFalse();
    assertThat(log.channel.waiting(0)).isEqualTo(2);
    log.channel.off(0, 0);
    assertThat(log.channel.waiting(0)).isZero();
    assertThat(log.run().ends).isEmpty();
    log.send(0, 1, "d").run();
    assertThat(log.arrivals).containsExactly("0>1 d");
  }

  @Test
  void aBroadcastReachesAllThatListenAndIsNotAcknowledged() {
    Log log = new Log(SETTINGS, 1, 0, 4);
    log.deaf.add(2);
    log.send(0, Channel.ALL, "x").run();
    assertThat(log.arrivals).containsExactly("0>1 x", "0>3 x");
    assertThat(log.acknowledgements).isZero();
    assertThat(log.ends).containsExactly("x DELIVERED");
  }

  @Test
  void lengthsAndAirtimesAreThoseOfTheStandards() {
    int request = 3 + 14;
    int response = 3 + 14 + 50;
    assertThat(FrameOctets.of(request, false)).isEqualTo(62);
    assertThat(FrameOctets.of(request, true)).isEqualTo(71);
    assertThat(FrameOctets.of(response, false)).isEqualTo(112);
    assertThat(FrameOctets.of(response, true)).isEqualTo(121);
    assertThat(Band.GHZ_2_4.airtimeNanos(112)).isEqualTo(3_776_000);
    assertThat(Band.GHZ_2_4.airtimeNanos(Band.ACKNOWLEDGEMENT_OCTETS)).isEqualTo(352_000);
    assertThat(Band.MHZ_868.airtimeNanos(112)).isEqualTo(9_920_000);
    Log log = new Log(SETTINGS, 1, 0, 2);
    assertThatThrownBy(() -> log.channel.send(0, 0, 1, 128, true, Priority.BULK, "x"))
        .hasMessage("frameOctets is 128, allowed 1 to 127: fragment what is longer");
  }

  @Test
  void aFrameOnTheAirCostsNoObject() {
    Channel<String> channel =
        new Channel<>(
            SETTINGS,
            (nanos, from, to, frame, isAcknowledgement) -> true,
            new ChannelListener<>() {
              @Override
              public void arrived(long nanos, int from, int to, String frame) {}

              @Override
              public void ended(long nanos, int station, String frame, Fate fate) {}
            });
    channel.attach(SeededRandom.of(1, 0, 0));
    channel.attach(SeededRandom.of(1, 0, 1));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    exchanges(channel, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    exchanges(channel, 20_000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
  }

  private static void exchanges(Channel<String> channel, int count) {
    long now = 0;
    for (int i = 0; i < count; i++) {
      assertThatIsTaken(channel.send(now, i % 2, 1 - i % 2, OCTETS, true, Priority.BULK, "x"));
      while (channel.nextNanos() != Long.MAX_VALUE) {
        now = channel.nextNanos();
        channel.advance(now);
      }
    }
  }

  private static void assertThatIsTaken(boolean taken) {
    if (!taken) {
      throw new AssertionError("the queue was full");
    }
  }
}
