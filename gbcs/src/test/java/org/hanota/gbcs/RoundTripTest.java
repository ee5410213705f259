// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.keys.Der;

class RoundTripTest {
  private static final Home HOME = Home.ofSeed(1);

  @Property(seed = "20261123", tries = 40)
  void everyGeneratedMessageIsReadBackAsItWas(@ForAll long seed) {
    Set<String> kinds = new LinkedHashSet<>();
    for (Message message : new GeneratedMessages(seed).all(HOME)) {
      Octets octets = message.octets();
      assertThat(Message.parse(octets)).isEqualTo(message);
      assertThat(Message.parse(octets).octets()).isEqualTo(octets);
      assertThat(Envelope.parse(octets)).isEqualTo(message.envelope());
      assertThat(Message.explain(octets).message()).isEqualTo(message);
      kinds.add(message.header().messageCode() + " " + message.header().craFlag());
    }
    int expected = MessageCode.ALL.stream().mapToInt(code -> code.flags().size()).sum();
    assertThat(kinds).hasSize(expected);
  }

  @Property(seed = "20261123", tries = 2000)
  void everyIntegerIsReadBackAsItWas(@ForAll long any) {
    long value = any & Long.MAX_VALUE;
    assertThat(FieldReader.of(Der.integer(value)).integer("value", Long.MAX_VALUE))
        .isEqualTo(value);
  }

  @Property(seed = "20261123", tries = 2000)
  void aChangedMessageIsNeverReadAsTheSame(@ForAll long seed, @ForAll int position) {
    Message message =
        HOME.activateNow(Home.sha256(Octets.copyOf((byte) seed)), seed & Long.MAX_VALUE);
    byte[] octets = message.octets().toByteArray();
    int bit = Math.floorMod(position, octets.length * 8);
    octets[bit / 8] ^= (byte) (1 << bit % 8);
    assertThat(Changed.isDetected(Octets.wrap(octets), HOME.esmeKeys())).isTrue();
  }
}
