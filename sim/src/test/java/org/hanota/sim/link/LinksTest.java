// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.link.LinkModel.Kind;
import org.junit.jupiter.api.Test;

/** What each model of a link does to signals and frames. */
class LinksTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int HUB = 0;
  private static final int DEVICE = 1;
  private static final Streams STREAMS = Streams.of(7, 0);
  private static final Frame FRAME =
      new Frame(
          new Peer(new Eui64(1), 1),
          new Peer(new Eui64(2), 1),
          Clusters.PROFILE_SMART_ENERGY,
          Clusters.OTA_UPGRADE,
          SendOptions.ACKNOWLEDGED,
          Octets.copyOf((byte) 1, (byte) 2));

  private static MarkovLoss markov(List<MarkovLoss.State> states) {
    return new MarkovLoss(
        Ends.ALL,
        states,
        (from, to, which) -> STREAMS.of(from, Purpose.LINK_BURSTS, 2 * to + which));
  }

  /** Good for 9 s on average, and then bad for 1 s: a tenth of the time. */
  private static MarkovLoss gilbertElliott() {
    return markov(
        List.of(
            new MarkovLoss.State(0, 9 * SECOND, List.of(0.0, 1.0)),
            new MarkovLoss.State(1, SECOND, List.of(1.0, 0.0))));
  }

  private static String losses(LinkModel model, int from, int to, long step, int tries) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tries; i++) {
      boolean whole = model.carry(i * step, from, to, Kind.FRAME) == Signal.WHOLE;
      text.append(whole ? '.' : 'x');
    }
    return text.toString();
  }

  @Test
  void burstsLoseTheFractionAndLastAsLongAsTheirStatesSay() {
    int tries = 400_000;
    String found = losses(gilbertElliott(), HUB, DEVICE, SECOND / 10, tries);
    double lost = found.chars().filter(c -> c == 'x').count() / (double) tries;
    long bursts = List.of(found.split("[.]+")).stream().filter(burst -> !burst.isEmpty()).count();
    double mean = lost * tries / 10 / bursts;
    // A burst shorter than the step may pass unseen, and two may be seen as one.
    assertThat(lost).isBetween(0.09, 0.11);
    assertThat(mean).isBetween(0.95, 1.15);
  }

  @Test
  void theStateOfALinkFollowsFromTheTimeAndNotFromWhatIsSent() {
    String rare = losses(gilbertElliott(), HUB, DEVICE, SECOND, 1_000);
    String often = losses(gilbertElliott(), HUB, DEVICE, SECOND / 10, 10_000);
    StringBuilder everyTenth = new StringBuilder();
    for (int i = 0; i < often.length(); i += 10) {
      everyTenth.append(often.charAt(i));
    }
    assertThat(everyTenth.toString()).isEqualTo(rare).contains("x");
  }

  @Test
  void eachDirectionOfALinkHasItsOwnBursts() {
    MarkovLoss model = gilbertElliott();
    String there = losses(model, HUB, DEVICE, SECOND, 300);
    assertThat(losses(gilbertElliott(), DEVICE, HUB, SECOND, 300)).isNotEqualTo(there);
    assertThat(losses(gilbertElliott(), HUB, 2, SECOND, 300)).isNotEqualTo(there);
    assertThat(losses(gilbertElliott(), HUB, DEVICE, SECOND, 300)).isEqualTo(there);
    assertThat(model.fired()).isEqualTo(there.chars().filter(c -> c == 'x').count());
  }

  /** A birth-death chain: the worst state is only reached through the one between. */
  @Test
  void aChainOfThreeStatesGoesOnlyWhereItsWeightsLet() {
    MarkovLoss model =
        markov(
            List.of(
                new MarkovLoss.State(0, SECOND, List.of(0.0, 1.0, 0.0)),
                new MarkovLoss.State(0.5, SECOND, List.of(0.5, 0.0, 0.5)),
                new MarkovLoss.State(1, SECOND, List.of(0.0, 1.0, 0.0))));
    String found = losses(model, HUB, DEVICE, SECOND / 100, 200_000);
    double lost = found.chars().filter(c -> c == 'x').count() / (double) found.length();
    // A quarter of the time in each outer state, half of it between.
    assertThat(lost).isBetween(0.45, 0.55);
    assertThatThrownBy(
            () ->
                MarkovLoss.check(
                    List.of(
                        new MarkovLoss.State(0, 1, List.of(1.0, 0.0)),
                        new MarkovLoss.State(0, 1, List.of(1.0, 0.0)))))
        .hasMessageContaining("state 0 has next [1.0, 0.0]");
  }

  @Test
  void anOutageOfOneDirectionLetsTheOtherPass() {
    Outage outage = new Outage(new Ends(HUB, DEVICE), new Span(SECOND, SECOND));
    assertThat(outage.carry(SECOND - 1, HUB, DEVICE, Kind.FRAME)).isEqualTo(Signal.WHOLE);
    assertThat(outage.carry(SECOND, HUB, DEVICE, Kind.ACKNOWLEDGEMENT)).isEqualTo(Signal.LOST);
    assertThat(outage.carry(SECOND, DEVICE, HUB, Kind.FRAME)).isEqualTo(Signal.WHOLE);
    assertThat(outage.carry(SECOND, HUB, 2, Kind.FRAME)).isEqualTo(Signal.WHOLE);
    assertThat(outage.carry(2 * SECOND, HUB, DEVICE, Kind.FRAME)).isEqualTo(Signal.WHOLE);
    outage.heal();
    assertThat(outage.carry(SECOND, HUB, DEVICE, Kind.FRAME)).isEqualTo(Signal.WHOLE);
  }

  @Test
  void whatIsHeldIsGivenAtTheEndOfTheHold() {
    Hold hold = new Hold(Ends.ALL, new Span(SECOND, 3 * SECOND));
    assertThat(hold.judge(2 * SECOND, HUB, DEVICE, FRAME)).isEqualTo(Verdict.later(2 * SECOND));
    assertThat(hold.judge(4 * SECOND, HUB, DEVICE, FRAME)).isEqualTo(Verdict.DELIVER);
    assertThat(hold.fired()).isEqualTo(1);
  }

  @Test
  void aSleepyDeviceGetsItsFramesWhenItPolls() {
    SleepyDevice device = new SleepyDevice(DEVICE, 5 * SECOND, SECOND / 4, 7 * SECOND);
    assertThat(device.judge(SECOND, DEVICE, HUB, FRAME)).isEqualTo(Verdict.DELIVER);
    assertThat(device.judge(SECOND, HUB, DEVICE, FRAME)).isEqualTo(Verdict.later(4 * SECOND));
    device.pollFast(SECOND, DEVICE, true);
    assertThat(device.judge(SECOND, HUB, DEVICE, FRAME)).isEqualTo(Verdict.later(SECOND / 4));
    device.pollFast(2 * SECOND, DEVICE, false);
    assertThat(device.judge(2 * SECOND, HUB, DEVICE, FRAME)).isEqualTo(Verdict.later(5 * SECOND));
  }

  @Test
  void aParentDropsWhatItHasKeptTooLong() {
    SleepyDevice device = new SleepyDevice(DEVICE, 30 * SECOND, SECOND, 7 * SECOND);
    assertThat(device.judge(SECOND, HUB, DEVICE, FRAME).isLost()).isTrue();
    assertThat(device.judge(24 * SECOND, HUB, DEVICE, FRAME)).isEqualTo(Verdict.later(6 * SECOND));
  }

  @Test
  void delaysAddUpAndTheFirstChangeCounts() {
    Verdict changed = new Verdict(false, 3, false, Optional.of(Octets.copyOf((byte) 9)));
    Verdict twice = new Verdict(false, 4, true, Optional.of(Octets.copyOf((byte) 8)));
    assertThat(changed.and(twice)).isEqualTo(new Verdict(false, 7, true, changed.changed()));
    assertThat(changed.and(Verdict.LOSE).isLost()).isTrue();
    assertThat(Verdict.LOSE.and(changed).isLost()).isTrue();
    assertThat(Verdict.DELIVER.and(changed)).isEqualTo(changed);
    assertThat(changed.and(Verdict.DELIVER)).isEqualTo(changed);
    assertThat(changed.of(FRAME).zcl()).isEqualTo(Octets.copyOf((byte) 9));
    assertThat(Verdict.DELIVER.of(FRAME)).isSameAs(FRAME);
  }

  @Test
  void recordedVerdictsAreSaidAgainAndAnotherFrameIsNoticed() {
    VerdictLog.Recorded recorded =
        new VerdictLog.Recorded(
            new Links(
                List.of(
                    new RandomFaults(
                        STREAMS.of(Purpose.AIR),
                        new LinkFaults(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 9),
                        (nanos, from, to) -> {}),
                    gilbertElliott())));
    List<Object> said = new ArrayList<>();
    ask(recorded, said);
    VerdictLog.Replayed replayed = new VerdictLog.Replayed(recorded.lines());
    List<Object> again = new ArrayList<>();
    ask(replayed, again);
    replayed.end();
    assertThat(again).isEqualTo(said).contains(Signal.LOST, Signal.CORRUPTED);
    assertThat(recorded.lines()).hasSizeGreaterThan(100);
    VerdictLog.Replayed other = new VerdictLog.Replayed(recorded.lines());
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                other.carry(i * SECOND, HUB, 2, Kind.FRAME);
              }
            })
        .isInstanceOf(VerdictLog.Differs.class)
        .hasMessageContaining("signal 0 2, recorded is");
    assertThatThrownBy(() -> new VerdictLog.Replayed(recorded.lines()).end())
        .hasMessageContaining("nothing more");
  }

  private static void ask(LinkModel model, List<Object> said) {
    for (int i = 0; i < 1_000; i++) {
      said.add(model.carry(i * SECOND, HUB, DEVICE, Kind.FRAME));
      said.add(model.judge(i * SECOND, HUB, DEVICE, FRAME));
    }
  }
}
