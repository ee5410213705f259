// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hanota.bench.Bench;
import org.junit.jupiter.api.Test;

/** What does not depend on how busy the machine is. */
class BlockPathTest {
  /** Target P5. */
  private static final int OCTETS_PER_EXCHANGE = 256;

  private static final int OCTETS_PER_TRANSFER = 1_024;

  @Test
  void anExchangeAllocatesNoMoreThanItsTarget() {
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
    assertThat(Bench.names()).contains("P2", "P5", "P6", "P7", "P10", "P11", "P14", "P15");
    assertThatThrownBy(() -> Bench.run(List.of("P0"), System.out))
        .hasMessageContaining("target is P0");
  }
}
