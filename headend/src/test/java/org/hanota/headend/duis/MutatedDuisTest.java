// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.headend.request.DuisMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the octets: a message that is written and read again as it was, or a complaint. */
class MutatedDuisTest {
  private static final int FAST = 20_000;
  private static final int SOAK = 1_000_000;
  private static final int SOAK_SHORT = 50_000;
  private static final String[] PIECES = {
    "<",
    ">",
    "/",
    "&",
    "&#13;",
    "&lt;",
    "\"",
    "<!--x-->",
    "<![CDATA[x]]>",
    "<?x?>",
    "<!DOCTYPE a>",
    "<sr:Body>",
    "</sr:Body>",
    "<sr:Header/>",
    " a=\"b\"",
    " xmlns=\"y\"",
    " xmlns:sr=\"z\"",
    "sr:",
    "\u0000",
    "\uFEFF",
    "9",
    "-",
    ":",
    "\n",
    "\u00e9"
  };

  private static List<String> seeds() {
    return Examples.messages().values().stream()
        .map(message -> new String(Duis.write(message).toByteArray(), StandardCharsets.UTF_8))
        .toList();
  }

  private static void read(Octets octets) {
    DuisMessage message = Duis.read(octets);
    assertThat(Duis.read(Duis.write(message))).isEqualTo(message);
  }

  @Test
  void mutatedMessagesAreReadOrRefusedByName() {
    assertThat(run(FAST, 16, MutatedDuisTest::read)).isBetween(FAST / 100, FAST * 9 / 10);
  }

  @Tag("soak")
  @Timeout(3600)
  @Test
  void aMillionMutatedMessagesAreReadOrRefusedByName() {
    int inputs = "short".equals(System.getProperty("hanota.soak")) ? SOAK_SHORT : SOAK;
    int accepted = run(inputs, 17, MutatedDuisTest::read);
    System.out.println(inputs + " mutated DUIS messages, " + accepted + " still read");
    assertThat(accepted).isPositive();
  }

  @Test
  void theHarnessNoticesADecoderThatForgetsWhatItRead() {
    Consumer<Octets> planted =
        octets -> assertThat(Duis.write(Duis.read(octets))).isEqualTo(octets);
    assertThatThrownBy(() -> run(FAST, 18, planted)).isInstanceOf(AssertionError.class);
  }

  /** How many of the inputs were still read. */
  private static int run(int inputs, long seed, Consumer<Octets> decoder) {
    Random random = new Random(seed);
    List<String> seeds = seeds();
    int accepted = 0;
    for (int i = 0; i < inputs; i++) {
      Octets input = mutated(seeds.get(random.nextInt(seeds.size())), random);
      try {
        decoder.accept(input);
        accepted++;
      } catch (FormatException e) {
        assertThat(e.offset()).isBetween(0L, (long) input.length());
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", input " + i + ": " + input.toHex(), e);
      }
    }
    return accepted;
  }

  private static Octets mutated(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    for (int left = 1 + random.nextInt(3); left > 0 && text.length() > 1; left--) {
      if (random.nextBoolean()) {
        changeValue(text, random);
      } else {
        changeAnything(text, random);
      }
    }
    byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(8) == 0 && octets.length > 0) {
      octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return Octets.wrap(octets);
  }

  /** Puts another character of the same kind in, where elements have their values. */
  private static void changeValue(StringBuilder text, Random random) {
    int at = text.indexOf(">", random.nextInt(text.length())) + 1 + random.nextInt(30);
    if (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      String kind = Character.isDigit(text.charAt(at)) ? "0123456789" : "ABCDEFabcdefZ";
      text.setCharAt(at, kind.charAt(random.nextInt(kind.length())));
    }
  }

  private static void changeAnything(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + random.nextInt(40));
    switch (random.nextInt(6)) {
      case 0 -> text.setCharAt(at, (char) random.nextInt(128));
      case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      case 2 -> text.delete(at, end);
      case 3 -> text.insert(at, text.substring(at, end));
      case 4 -> text.setLength(at);
      default -> text.replace(at, end, text.substring(end / 2, end / 2 + (end - at) / 2));
    }
  }
}
