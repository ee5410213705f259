// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a process that serves ends. */
class ProcessEndTest {
  private final AtomicInteger said = new AtomicInteger();

  @Test
  void aProcessThatGivesUpSaysSoAndEndsAsWrong() {
    try (ProcessEnd end = new ProcessEnd()) {
      end.giveUp();
      end.await(said::incrementAndGet);
      assertThat(said).hasValue(1);
      assertThat(end.exitCode()).isEqualTo(ExitCode.WRONG);
    }
  }

  /** By SIGTERM the one who stops and the one who waits both come by; it is said once. */
  @Test
  void aProcessThatIsStoppedSaysSoOnceBeforeItClosesAndEndsWell() throws InterruptedException {
    ProcessEnd end = new ProcessEnd();
    Thread stopper = new Thread(() -> end.stop(said::incrementAndGet));
    try (end) {
      stopper.start();
      end.await(said::incrementAndGet);
      assertThat(said).hasValue(1);
    }
    stopper.join();
    assertThat(said).hasValue(1);
    assertThat(end.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whoeverIsInterruptedEndsAndClosesInPeace() {
    try (ProcessEnd end = new ProcessEnd()) {
      Thread.currentThread().interrupt();
      end.await(said::incrementAndGet);
      assertThat(said).hasValue(1);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(end.exitCode()).isEqualTo(ExitCode.DONE);
    }
  }
}
