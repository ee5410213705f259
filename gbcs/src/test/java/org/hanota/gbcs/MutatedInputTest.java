// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.Certificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the octets: a message that is written back as it was, or a FormatException. */
class MutatedInputTest {
  private static final int FAST = 20_000;
  private static final int SOAK = 1_000_000;
  private static final int SOAK_SHORT = 50_000;
  private static final Home HOME = Home.ofSeed(4);

  @Test
  void mutatedMessagesAreReadOrRefusedByName() {
    assertThat(run(FAST, 4, seeds(), MutatedInputTest::readMessage)).isGreaterThan(FAST / 100);
  }

  @Tag("soak")
  @Timeout(3600)
  @Test
  void aMillionMutatedMessagesAreReadOrRefusedByName() {
    int inputs = "short".equals(System.getProperty("hanota.soak")) ? SOAK_SHORT : SOAK;
    int accepted = run(inputs, 5, seeds(), MutatedInputTest::readMessage);
    System.out.println(inputs + " mutated GBCS messages, " + accepted + " still read");
    assertThat(accepted).isPositive();
  }

  @Test
  void mutatedCertificatesAreReadOrRefusedByName() {
    List<Octets> seeds =
        List.of(HOME.esme().keyAgreement().encoded(), HOME.supplier().digitalSignature().encoded());
    run(
        FAST,
        6,
        seeds,
        octets -> assertThat(Certificate.parse(octets).encoded()).isEqualTo(octets));
  }

  @Test
  void theHarnessNoticesADecoderThatReadsPastItsEnd() {
    Consumer<Octets> planted = octets -> octets.at(octets.at(octets.length() / 2));
    assertThatThrownBy(() -> run(FAST, 7, seeds(), planted))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theHarnessNoticesADecoderThatForgetsWhatItRead() {
    Consumer<Octets> planted =
        octets -> {
          Message message = Message.parse(octets);
          Message forgetful = Message.of(message.header(), message.payload());
          assertThat(forgetful.withSignature(Octets.wrap(new byte[64])).octets()).isEqualTo(octets);
        };
    assertThatThrownBy(() -> run(FAST, 8, seeds(), planted)).isInstanceOf(AssertionError.class);
  }

  private static void readMessage(Octets octets) {
    Message message = Message.parse(octets);
    assertThat(message.octets().equals(octets)).as(octets.toHex()).isTrue();
    assertThat(Message.explain(octets).fields().size()).isLessThanOrEqualTo(octets.length());
  }

  /** How many of the mutated inputs {@code decoder} took. */
  private static int run(int inputs, long seed, List<Octets> seeds, Consumer<Octets> decoder) {
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < inputs; i++) {
      Octets mutated = mutate(seeds.get(random.nextInt(seeds.size())), random);
      try {
        decoder.accept(mutated);
        accepted++;
      } catch (FormatException e) {
        assertThat(e.offset()).isBetween(0L, (long) mutated.length());
        assertThat(e.field()).isNotBlank();
      }
    }
    return accepted;
  }

  private static List<Octets> seeds() {
    List<Octets> seeds = new ArrayList<>();
    for (long seed = 0; seed < 5; seed++) {
      for (Message message : new GeneratedMessages(seed).all(HOME)) {
        seeds.add(message.octets());
      }
    }
    return seeds;
  }

  private static Octets mutate(Octets octets, Random random) {
    byte[] array = octets.toByteArray();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && array.length > 0; i++) {
      array = mutateOnce(array, random);
    }
    return Octets.wrap(array);
  }

  private static byte[] mutateOnce(byte[] array, Random random) {
    int at = random.nextInt(array.length);
    Octets whole = Octets.wrap(array);
    return switch (random.nextInt(6)) {
      case 0 -> whole.slice(0, at).toByteArray();
      case 1 -> whole.slice(0, at).concat(whole.from(at + 1)).toByteArray();
      case 2 -> whole.slice(0, at).concat(whole.from(at / 2)).toByteArray();
      case 3 -> with(array, at, (byte) random.nextInt(256));
      case 4 -> with(array, at, new byte[] {0, 1, 0x7F, (byte) 0x80, (byte) 0x82, -1}[at % 6]);
      default -> with(array, at, (byte) (array[at] ^ 1 << random.nextInt(8)));
    };
  }

  private static byte[] with(byte[] array, int at, byte value) {
    byte[] changed = array.clone();
    changed[at] = value;
    return changed;
  }
}
