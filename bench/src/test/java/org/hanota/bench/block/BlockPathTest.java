// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hanota.bench.Bench;
import org.junit.jupiter.api.Test;

/** What does not depend on how busy the machine is. */
class BlockPathTest {
  /**
   * The target is 256. Two frames with their octets, four messages, two views and two {@code
   * Received} are 480; less needs a transport that takes a frame's octets before it returns.
   */
  private static final int OCTETS_PER_EXCHANGE = 560;

  private static final int OCTETS_PER_TRANSFER = 1_024;

  @Test
  void anExchangeAllocatesNoMoreThanItDidWhenThisWasWritten() {
    assertThat(BlockPath.octetsPerExchange()).isBetween(1.0, (double) OCTETS_PER_EXCHANGE);
  }

  @Test
  void aTransferUnderWayKeepsNoMoreThanItsTargetAndDoesNotGrow() {
    ManyTransfers.Heap heap = ManyTransfers.measure();
    assertThat(heap.begun()).isLessThan(OCTETS_PER_TRANSFER);
    assertThat(heap.later()).isLessThan(OCTETS_PER_TRANSFER);
    assertThat(heap.later() - heap.begun()).isLessThan(OCTETS_PER_TRANSFER / 8.0);
  }

  @Test
  void bothCodecsWriteTheSameOctets() {
    assertThat(Codec.encoded()).isEqualTo(Codec.peerEncoded());
  }

  @Test
  void aTargetThatDoesNotExistIsRefusedByName() {
    assertThat(Bench.names()).contains("P2", "P5", "P7");
    assertThatThrownBy(() -> Bench.run(List.of("P0"), System.out))
        .hasMessageContaining("target is P0");
  }
}
