// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AshLinkTest {
  private static final long SECOND = 1_000_000_000L;

  private long now;

  /** One end, with what it wrote and what it got. */
  private final class End implements AshLink.Owner {
    final List<Octets> written = new ArrayList<>();
    final List<Octets> received = new ArrayList<>();
    final List<Integer> restarts = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final AshLink link = new AshLink(() -> now, this);
    int restartsWanted;

    @Override
    public void write(Octets octets) {
      written.add(octets);
    }

    @Override
    public void received(Octets data) {
      received.add(data);
    }

    @Override
    public void restarted(int code) {
      restarts.add(code);
    }

    @Override
    public void restart() {
      restartsWanted++;
    }

    @Override
    public void failed(String reason) {
      failures.add(reason);
    }

    List<Octets> take() {
      List<Octets> taken = List.copyOf(written);
      written.clear();
      return taken;
    }

    String last() {
      return written.get(written.size() - 1).toHex();
    }
  }

  private final End host = new End();
  private final End stick = new End();

  private void connect() {
    host.link.sendReset();
    host.take().forEach(stick.link::octets);
    assertThat(stick.restartsWanted).isEqualTo(1);
    stick.link.sendRestarted(ResetCode.SOFTWARE);
    stick.take().forEach(host.link::octets);
    assertThat(host.restarts).containsExactly(ResetCode.SOFTWARE);
  }

  private static Octets data(int number) {
    return Octets.copyOf((byte) number, (byte) (number >> 8), (byte) 0x7E, (byte) 0x11);
  }

  @Test
  void aLinkThatIsNotConnectedSendsNothing() {
    host.link.send(data(1));
    assertThat(host.written).isEmpty();
    assertThat(host.link.connected()).isFalse();
  }

  @Test
  void dataWaitForTheAcknowledgementOfWhatWasSentBefore() {
    connect();
    host.link.send(data(1));
    host.link.send(data(2));
    assertThat(host.written).hasSize(1);
    host.take().forEach(stick.link::octets);
    assertThat(stick.last()).isEqualTo("8160597e");
    stick.take().forEach(host.link::octets);
    host.take().forEach(stick.link::octets);
    assertThat(stick.received).containsExactly(data(1), data(2));
  }

  @Test
  void whatIsNotAcknowledgedIsSentAgainWithLongerPausesThenGivenUp() {
    connect();
    host.link.send(data(1));
    long pause = 1_600_000_000L;
    for (int i = 1; i < 5; i++) {
      assertThat(host.link.deadline()).isEqualTo(now + pause);
      now = host.link.deadline();
      host.take();
      host.link.timer();
      assertThat(host.written).hasSize(1);
      pause = Math.min(3_200_000_000L, pause * 2);
    }
    now = host.link.deadline();
    host.link.timer();
    assertThat(host.failures).containsExactly("no acknowledgement after 5 tries");
    assertThat(host.link.deadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aSecondCopyIsAcknowledgedAndNotHandedOn() {
    connect();
    host.link.send(data(1));
    Octets first = host.take().get(0);
    stick.link.octets(first);
    stick.take();
    now = host.link.deadline();
    host.link.timer();
    host.take().forEach(stick.link::octets);
    assertThat(stick.received).hasSize(1);
    assertThat(stick.last()).isEqualTo("8160597e");
  }

  @Test
  void aDamagedFrameIsRejectedOnceAndSentAgainAtOnce() {
    connect();
    host.link.send(data(1));
    byte[] damaged = host.take().get(0).toByteArray();
    damaged[2] ^= 1;
    stick.link.octets(Octets.wrap(damaged));
    stick.link.octets(Octets.wrap(damaged));
    assertThat(stick.written).hasSize(1);
    stick.take().forEach(host.link::octets);
    assertThat(host.link.sentAgain()).isEqualTo(1);
    host.take().forEach(stick.link::octets);
    assertThat(stick.received).containsExactly(data(1));
  }

  @Test
  void anAcknowledgementOfWhatWasNeverSentIsLeftAlone() {
    connect();
    host.link.send(data(1));
    host.take();
    host.link.octets(new AshFrame.Ack(5, false).octets());
    assertThat(host.link.deadline()).isNotEqualTo(Long.MAX_VALUE);
    host.link.octets(new AshFrame.Ack(1, false).octets());
    assertThat(host.link.deadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aStickThatGaveUpSaysWhy() {
    connect();
    host.link.octets(new AshFrame.Failure(2, ResetCode.ACKNOWLEDGEMENTS_MISSING).octets());
    assertThat(host.failures)
        .containsExactly("the stick gave up: 0x51, too many acknowledgements missing");
    host.link.send(data(1));
    assertThat(host.take()).isEmpty();
  }

  @Test
  void anotherVersionOfAshIsNamed() {
    host.link.sendReset();
    host.link.octets(new AshFrame.RstAck(3, ResetCode.SOFTWARE).octets());
    assertThat(host.failures).containsExactly("the stick speaks ASH 3, allowed 2");
  }

  @Test
  void aHostThatAcknowledgesNothingIsGivenUpBeforeMemoryIsFull() {
    connect();
    for (int i = 0; i < 1_000; i++) {
      stick.link.send(data(i));
    }
    assertThat(stick.failures).containsExactly("the other end acknowledges nothing");
  }

  /** Both ways at once over a line that loses, damages, repeats and delays frames. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everythingArrivesOnceAndInOrderOverABadLine(int seed) {
    SeededRandom random = SeededRandom.of(seed, 0, 0);
    connect();
    int count = 200;
    for (int i = 0; i < count; i++) {
      host.link.send(data(i));
      stick.link.send(data(i + 1_000));
      pass(random, host, stick);
    }
    for (int i = 0; i < 10_000 && received() < 2 * count; i++) {
      pass(random, host, stick);
    }
    assertThat(host.failures).isEmpty();
    assertThat(stick.failures).isEmpty();
    List<Octets> sent = numbers(count, number -> data(number));
    assertThat(stick.received).isEqualTo(sent);
    assertThat(host.received).isEqualTo(numbers(count, number -> data(number + 1_000)));
    assertThat(host.link.sentAgain()).as("the line was bad").isPositive();
  }

  private int received() {
    return host.received.size() + stick.received.size();
  }

  private static List<Octets> numbers(int count, java.util.function.IntFunction<Octets> each) {
    List<Octets> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(each.apply(i));
    }
    return all;
  }

  private void pass(SeededRandom random, End one, End other) {
    for (End end : List.of(one, other)) {
      End to = end == one ? other : one;
      for (Octets octets : end.take()) {
        carry(random, octets).get().forEach(to.link::octets);
      }
    }
    if (one.written.isEmpty() && other.written.isEmpty()) {
      long next = Math.min(one.link.deadline(), other.link.deadline());
      now = next == Long.MAX_VALUE ? now + SECOND : Math.max(now, next);
      one.link.timer();
      other.link.timer();
    }
  }

  private static Supplier<List<Octets>> carry(SeededRandom random, Octets octets) {
    if (random.chance(0.05)) {
      return List::of;
    }
    if (random.chance(0.05)) {
      byte[] array = octets.toByteArray();
      array[random.below(array.length)] ^= (byte) (1 << random.below(8));
      return () -> List.of(Octets.wrap(array));
    }
    return random.chance(0.05) ? () -> List.of(octets, octets) : () -> List.of(octets);
  }
}
