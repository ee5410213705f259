// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.hanota.conformance.Check;
import org.hanota.conformance.Harness;
import org.hanota.conformance.TransportSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What every transport must do, as the one in process does it. */
class ConformanceTest {
  /** In real time a check mostly waits, so some wait together. */
  private static final int AT_ONCE = 4;

  private final ExecutorService checks = Executors.newFixedThreadPool(AT_ONCE);
  private final ExecutorService callbacks = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    checks.shutdownNow();
    callbacks.shutdownNow();
  }

  @TestFactory
  List<DynamicTest> theTransportConforms() {
    return together(GrpcHarness::plain);
  }

  @TestFactory
  List<DynamicTest> theTransportConformsOverMutualTls(@TempDir Path folder) throws IOException {
    Certificates certificates = new Certificates(folder);
    return together(() -> GrpcHarness.secured(certificates, callbacks));
  }

  private List<DynamicTest> together(Supplier<Harness> harnesses) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Check check : TransportSuite.checks()) {
      Future<?> running = checks.submit(() -> check.run(harnesses));
      tests.add(DynamicTest.dynamicTest(check.name(), () -> join(running)));
    }
    return tests;
  }

  /** Ends as the check did. */
  private static void join(Future<?> running) throws Throwable {
    try {
      running.get();
    } catch (ExecutionException ended) {
      throw ended.getCause() == null ? ended : ended.getCause();
    }
  }
}
