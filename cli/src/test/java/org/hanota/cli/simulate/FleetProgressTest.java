// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How far a fleet is. */
class FleetProgressTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong nanos = new AtomicLong();
  private final StringWriter err = new StringWriter();
  private final FleetProgress progress = new FleetProgress(new PrintWriter(err), nanos::get);

  private void after(long seconds, int done) {
    nanos.addAndGet(seconds * SECOND);
    progress.shard("first", done, 4);
  }

  /** Red before: "0.0 a second, ? left" after the first part, and of a fleet of one part. */
  @Test
  void thePaceIsToldOnceItIsKnown() {
    after(3, 1);
    after(4, 2);
    after(4, 3);
    progress.end();
    assertThat(err.toString().lines())
        .containsExactly(
            "wave first: 1 of 4 parts",
            "wave first: 2 of 4 parts, 0.3 a second, 8 s left",
            "wave first: 3 of 4 parts, 0.3 a second, 4 s left",
            "done");
  }

  @Test
  void nothingIsToldOfWhatIsOverAtOnce() {
    after(1, 1);
    progress.end();
    assertThat(err.toString()).isEmpty();
  }
}
