// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.hanota.api.Octets;
import org.hanota.gbcs.Reference.Vector;
import org.hanota.gbcs.key.KeyStore;
import org.junit.jupiter.api.Test;

class ChangedBitTest {
  /** Octets of the MAC header with its length in two octets, and of the security header. */
  private static final int OUTSIDE_THE_MAC = 9 + 5;

  @Test
  void everySingleChangedBitOfASignedAndMacedCommandIsDetected() {
    KeyStore keys = Reference.keys();
    List<Vector> commands =
        Reference.vectors().stream()
            .filter(
                vector -> {
                  Message message = Message.parse(vector.octets());
                  return message.signature().isPresent() && message.mac().isPresent();
                })
            .toList();
    assertThat(commands).hasSize(10);
    for (Vector command : commands) {
      assertThat(Changed.isDetected(command.octets(), keys)).as(command.name()).isFalse();
      for (int bit = 0; bit < command.octets().length() * 8; bit++) {
        assertThat(Changed.isDetected(flip(command.octets(), bit), keys))
            .as("%s, bit %d", command, bit)
            .isTrue();
      }
    }
  }

  @Test
  void everySingleChangedBitOfOurOwnCommandIsDetectedByTheDevice() {
    Home home = Home.ofSeed(9);
    Octets command = home.activateNow(Home.sha256(Octets.EMPTY), 1000).octets();
    for (int bit = 0; bit < command.length() * 8; bit++) {
      InMemoryCounterStore counters = new InMemoryCounterStore();
      assertThat(home.esmeReceiver(counters).accept(flip(command, bit), OptionalLong.empty()))
          .as("bit %d", bit)
          .isInstanceOf(Acceptance.Refused.class);
      assertThat(counters.last(home.supplier().subject())).isEmpty();
    }
  }

  /** Why the constants are checked: this planted bug, a recipient that skips them, is blind. */
  @Test
  void aRecipientThatSkipsTheMacHeaderWouldNotNoticeAChangeThere() {
    KeyStore keys = Reference.keys();
    Octets command = Reference.octets("CS06_11.3_IMMEDIATE_SUCCESS_COMMAND");
    Octets header = command.slice(0, OUTSIDE_THE_MAC);
    for (int bit = 0; bit < OUTSIDE_THE_MAC * 8; bit++) {
      Octets changed = flip(command, bit);
      Octets skipped = header.concat(changed.from(OUTSIDE_THE_MAC));
      assertThat(Changed.isDetected(skipped, keys)).as("bit %d", bit).isFalse();
      assertThat(Changed.isDetected(changed, keys)).as("bit %d", bit).isTrue();
    }
  }

  static Octets flip(Octets octets, int bit) {
    byte[] changed = octets.toByteArray();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return Octets.wrap(changed);
  }
}
