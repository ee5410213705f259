// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiFunction;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the octets: a message, or a complaint by name; never an exception. */
class MutatedFramesTest {
  private static final int FAST = 20_000;
  private static final int SOAK = 1_000_000;
  private static final int SOAK_SHORT = 50_000;

  @Test
  void mutatedFramesAreReadOrRefusedByName() {
    run(FAST, 1, new ZclCodec()::decode);
  }

  @Tag("soak")
  @Timeout(3600)
  @Test
  void aMillionMutatedFramesAreReadOrRefusedByName() {
    int frames = "short".equals(System.getProperty("hanota.soak")) ? SOAK_SHORT : SOAK;
    int read = run(frames, 2, new ZclCodec()::decode);
    System.out.println(frames + " mutated ZCL frames, " + read + " still read");
  }

  @Test
  void theHarnessNoticesADecoderThatReadsPastItsEnd() {
    ZclCodec codec = new ZclCodec();
    BiFunction<Integer, Octets, ZclMessage> planted =
        (cluster, frame) -> {
          frame.at(16);
          return codec.decode(cluster, frame);
        };
    assertThatThrownBy(() -> run(FAST, 3, planted)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** How many frames were messages. */
  private static int run(int frames, long seed, BiFunction<Integer, Octets, ZclMessage> decoder) {
    List<ZclMessage> messages = GeneratedMessages.list(seed, 500);
    SeededRandom random = SeededRandom.of(seed, 0, 0);
    int read = 0;
    for (int i = 0; i < frames; i++) {
      ZclMessage message = messages.get(random.below(messages.size()));
      Octets frame = mutated(ZclCodec.encode(message, i & 0xFF, false), random);
      int cluster = random.chance(0.1) ? random.below(0x10000) : message.clusterId();
      if (ZclFrame.lacksHeader(frame)) {
        continue;
      }
      ZclMessage found = decoder.apply(cluster, frame);
      assertThat(parts(found)).as(frame.toHex()).isLessThanOrEqualTo(frame.length());
      read += judge(found, cluster, frame);
    }
    assertThat(read).isGreaterThan(frames / 20);
    assertThat(read).isLessThan(frames);
    return read;
  }

  /** Lists and data are all that can grow: no more parts than the frame has octets for. */
  private static int parts(ZclMessage found) {
    if (found instanceof ReadAttributes read) {
      return 2 * read.attributeIds().size();
    } else if (found instanceof ReadAttributesResponse response) {
      return 3 * response.records().size();
    } else if (found instanceof ImageBlockResponse.Success block) {
      return block.data().length();
    } else if (found instanceof Tunnelled tunnelled) {
      return tunnelled.octets().length();
    }
    return 0;
  }

  private static int judge(ZclMessage found, int cluster, Octets frame) {
    if (found instanceof Malformed fault) {
      assertThat(fault.fault().offset()).isBetween(0L, (long) frame.length());
      assertThat(fault.fault().field()).isNotBlank();
      return 0;
    }
    assertThat(found.clusterId()).isEqualTo(cluster);
    // What was read can be written and means the same again; reserved bits are not kept.
    Octets again = ZclCodec.encode(found, 0, false);
    assertThat(new ZclCodec().decode(cluster, again)).isEqualTo(found);
    return 1;
  }

  private static Octets mutated(Octets frame, SeededRandom random) {
    byte[] array = frame.toByteArray();
    int changes = 1 + random.below(3);
    for (int i = 0; i < changes && array.length > 0; i++) {
      int at = random.below(array.length);
      Octets whole = Octets.wrap(array);
      switch (random.below(6)) {
        case 0 -> array = whole.slice(0, at).toByteArray();
        case 1 -> array = whole.slice(0, at).concat(whole.from(at + 1)).toByteArray();
        case 2 -> array = whole.slice(0, at).concat(whole.from(at / 2)).toByteArray();
        case 3 -> array[at] = (byte) random.below(256);
        case 4 -> array[at] = new byte[] {0, 1, 0x7F, (byte) 0x80, (byte) 0x97, -1}[at % 6];
        default -> array[at] ^= (byte) (1 << random.below(8));
      }
    }
    return Octets.wrap(array);
  }
}
