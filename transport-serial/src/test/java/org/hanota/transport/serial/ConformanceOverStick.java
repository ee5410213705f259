// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hanota.conformance.Check;
import org.hanota.conformance.Harness;
import org.hanota.conformance.TransportSuite;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.port.HostPort;
import org.hanota.transport.serial.port.TcpListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every transport must do, on each kind of line, through a stick of the family that the
 * subclass chooses.
 */
abstract class ConformanceOverStick {
  /** In real time a check mostly waits, so some wait together; each has a line of its own. */
  private static final int AT_ONCE = 6;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  /** Of which family the stick is. */
  abstract StickFamily family();

  @FunctionalInterface
  private interface Run {
    void run(Check check) throws Exception;
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> theTransportConformsOverALineInMemory() {
    return TransportSuite.checks().stream()
        .map(
            check ->
                DynamicTest.dynamicTest(
                    check.name(), () -> check.run(() -> VirtualTimeHarness.make(family()))));
  }

  @TestFactory
  List<DynamicTest> theTransportConformsOverTcp() {
    return together(
        check -> {
          try (TcpListener listener = TcpListener.at(new HostPort("127.0.0.1", 0))) {
            check.run(() -> real(listener.name(), listener));
          }
        });
  }

  @TestFactory
  List<DynamicTest> theTransportConformsOverAPseudoTerminal(@TempDir Path folder) {
    return together(
        check -> {
          try (Socat cable = plug(folder)) {
            check.run(
                () -> real(cable.left(), BytePort.Opener.of(cable.right(), StickHarness.BAUD)));
          }
        });
  }

  private List<DynamicTest> together(Run run) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Check check : TransportSuite.checks()) {
      Future<?> running =
          threads.submit(
              () -> {
                run.run(check);
                return null;
              });
      tests.add(DynamicTest.dynamicTest(check.name(), () -> join(running)));
    }
    return tests;
  }

  /** Ends as the check did: well, aborted or failed. */
  private static void join(Future<?> running) throws Throwable {
    try {
      running.get();
    } catch (ExecutionException ended) {
      throw ended.getCause() == null ? ended : ended.getCause();
    }
  }

  private static Socat plug(Path folder) throws IOException, InterruptedException {
    return Socat.plug(Files.createTempDirectory(folder, "cable"));
  }

  private Harness real(String host, BytePort.Opener stick) {
    return RealTimeHarness.over(family(), BytePort.Opener.of(host, StickHarness.BAUD), stick);
  }
}
