// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Octets;
import org.hanota.device.bank.Journal;
import org.junit.jupiter.api.Test;

/**
 * A journal is what it was after it was written and read, and that of an earlier version is read.
 */
class JournalFormatsTest {
  private static final int DOWNLOAD_AT = 1 + 1 + 4 + 4 + 1;
  private static final int MANIFEST_LENGTH_AT = DOWNLOAD_AT + 1 + 8 + 4 + 4 + 1;
  private static final int SERVER_OCTETS = 1 + 8;

  private static Journal downloading() {
    return Journal.factory(Desk.BEFORE)
        .withDownload(
            Optional.of(
                new Journal.Download(
                    Desk.IMAGE, 5_000, 500, true, Optional.empty(), Octets.EMPTY)));
  }

  private static Octets of(int format, byte[] octets) {
    octets[0] = (byte) format;
    return Octets.wrap(octets);
  }

  private static void isRead(Octets old, Journal now) {
    assertThat(Journal.decode(old)).isEqualTo(now);
  }

  @Test
  void aDoubtAndTheServerThatSetATimeAreKept() {
    Journal journal =
        downloading()
            .withActivation(
                Optional.of(
                    new Journal.Activation(
                        Desk.IMAGE,
                        OptionalLong.of(5),
                        Octets.EMPTY,
                        Optional.of(Desk.HUB.address()))))
            .at(OptionalLong.of(7), OptionalLong.of(9), 1);
    isRead(journal.encode(), journal);
  }

  /** Format 4: without the server that set a time. */
  @Test
  void formatFourIsRead() {
    Journal now =
        Journal.factory(Desk.BEFORE)
            .withActivation(
                Optional.of(
                    new Journal.Activation(
                        Desk.IMAGE, OptionalLong.of(5), Octets.EMPTY, Optional.empty())));
    byte[] octets = now.encode().toByteArray();
    int serverAt = DOWNLOAD_AT + 1 + 1 + 8 + 1 + 8 + 2;
    byte[] old = Arrays.copyOf(octets, octets.length - SERVER_OCTETS);
    System.arraycopy(
        octets, serverAt + SERVER_OCTETS, old, serverAt, octets.length - serverAt - SERVER_OCTETS);
    isRead(of(4, old), now);
  }

  /** Format 3: without the doubted time either. */
  @Test
  void formatThreeIsRead() {
    byte[] octets = downloading().encode().toByteArray();
    isRead(of(3, Arrays.copyOf(octets, octets.length - (1 + 8))), downloading());
  }

  /**
   * Format 2: also without the tail's length and the time spent, and without what stands at the
   * end: nothing installed, no erases, no time. Format 1: without the manifest's length, too.
   */
  @Test
  void formatsOneAndTwoAreRead() {
    byte[] octets = downloading().encode().toByteArray();
    int to = MANIFEST_LENGTH_AT + 2 + 4 + 8;
    for (int format = 1; format <= 2; format++) {
      int from = format == 1 ? MANIFEST_LENGTH_AT : MANIFEST_LENGTH_AT + 2;
      byte[] old = new byte[octets.length - (to - from) - (1 + 2 + 1 + 8 + 1 + 8)];
      System.arraycopy(octets, 0, old, 0, from);
      System.arraycopy(octets, to, old, from, old.length - from);
      isRead(of(format, old), downloading());
    }
  }
}
