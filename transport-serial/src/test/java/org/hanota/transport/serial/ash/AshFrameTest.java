// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames whose octets others published: two hosts' traces with real sticks. */
class AshFrameTest {
  private final List<AshFrame> found = new ArrayList<>();
  private final AshDecoder decoder = AshDecoder.of(found::add);

  private AshFrame read(String hex) {
    decoder.accept(Octets.fromHex(hex));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static AshFrame data(int number, int acknowledged, String hex) {
    return new AshFrame.Data(number, acknowledged, false, Octets.fromHex(hex));
  }

  @Test
  void aRestartHasTheseOctets() {
    assertThat(new AshFrame.Rst().octets().toHex()).isEqualTo("c038bc7e");
    assertThat(read("1ac038bc7e")).isEqualTo(new AshFrame.Rst());
  }

  @Test
  void aRestartThatHappenedHasTheseOctets() {
    AshFrame frame = new AshFrame.RstAck(2, ResetCode.SOFTWARE);
    assertThat(frame.octets().toHex()).isEqualTo("c1020b0a527e");
    assertThat(read("c1020b0a527e")).isEqualTo(frame);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 00000008, 004221a85c2ca07e",
    "0, 1, 00800007023066, 0142a1a8532825d4f4497e",
    "1, 1, 0100ff000007, 7d31432157542a1205877e"
  })
  void dataHaveTheseOctets(int number, int acknowledged, String data, String octets) {
    assertThat(data(number, acknowledged, data).octets().toHex()).isEqualTo(octets);
    assertThat(read(octets)).isEqualTo(data(number, acknowledged, data));
  }

  @ParameterizedTest
  @CsvSource({"1, 8160597e", "2, 82503a7e", "4, 8430fc7e", "5, 8520dd7e"})
  void anAcknowledgementHasTheseOctets(int acknowledged, String octets) {
    AshFrame frame = new AshFrame.Ack(acknowledged, false);
    assertThat(frame.octets().toHex()).isEqualTo(octets);
    assertThat(read(octets)).isEqualTo(frame);
  }

  @Test
  void dataAreScrambledWithThisSequence() {
    assertThat(Ash.scramble(Octets.wrap(new byte[16])).toHex())
        .isEqualTo("4221a8542a15b259944a25aa5592499c");
  }

  @Test
  void everyFrameIsReadAsItWasWrittenHoweverItIsSplit() {
    SeededRandom random = SeededRandom.of(20, 0, 0);
    for (int i = 0; i < 2_000; i++) {
      found.clear();
      int length = AshFrame.DATA_MIN + random.below(AshFrame.DATA_MAX - AshFrame.DATA_MIN + 1);
      AshFrame frame =
          new AshFrame.Data(
              random.below(8), random.below(8), random.chance(0.5), random.octets(length));
      Octets octets = frame.octets();
      int cut = random.below(octets.length());
      decoder.accept(octets.slice(0, cut));
      decoder.accept(octets.from(cut));
      assertThat(found).containsExactly(frame);
    }
    assertThat(decoder.octetsSkipped()).isZero();
  }

  @Test
  void aChangedOctetIsNoFrameAndTheNextOneIsFound() {
    Octets octets = data(3, 5, "000102030405060708").octets();
    for (int at = 0; at < octets.length(); at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        found.clear();
        byte[] array = octets.toByteArray();
        array[at] ^= (byte) (1 << bit);
        decoder.accept(Octets.wrap(array));
        // Where the flag itself was changed, the next frame's end is this one's.
        decoder.accept(new AshFrame.Ack(1, false).octets());
        decoder.accept(new AshFrame.Ack(2, false).octets());
        assertThat(found)
            .doesNotContain(data(3, 5, "000102030405060708"))
            .contains(new AshFrame.Ack(2, false));
      }
    }
    assertThat(decoder.checksFailed()).isPositive();
  }

  @Test
  void whatIsTooLongIsSkippedToItsEnd() {
    decoder.accept(Octets.wrap(new byte[100_000]));
    decoder.accept(Octets.fromHex("7e" + "8160597e"));
    assertThat(found).containsExactly(new AshFrame.Ack(1, false));
    assertThat(decoder.octetsSkipped()).isEqualTo(100_000);
  }

  @Test
  void flowControlIsNoData() {
    decoder.accept(Octets.fromHex("81116013597e"));
    assertThat(found).containsExactly(new AshFrame.Ack(1, false));
    assertThat(decoder.flowControls()).isEqualTo(2);
  }

  @Test
  void whatAUartLostSpoilsOneFrame() {
    decoder.accept(Octets.fromHex("816018597e" + "8160597e"));
    assertThat(found).containsExactly(new AshFrame.Ack(1, false));
  }
}
