// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.node.Driver;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceCounts;
import org.hanota.device.DeviceMachine;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.keys.Sha256;
import org.jspecify.annotations.Nullable;

/** One device of a home, with what outlives its restarts. */
final class HomeDevice {
  final HomeScenario.Plan plan;
  final DeviceConfig config;
  final ImageBank bank;

  /** The same, as the device's machine sees it. */
  final ImageBank seen;

  final ImageId image;
  final List<HomeScenario.PowerCut> cuts;
  @Nullable Driver driver;
  @Nullable DeviceMachine machine;
  DeviceCounts before = DeviceCounts.NONE;
  DeviceReport.Outcome outcome = DeviceReport.Outcome.UNFINISHED;
  String detail = "";
  long startedNanos = -1;
  long endedNanos = -1;
  int restarts;

  /** Whether the hub has said so, and nothing was begun since. */
  boolean givenUp;

  HomeDevice(
      HomeScenario.Plan plan,
      DeviceConfig config,
      ImageBank bank,
      ImageBank seen,
      ImageId image,
      List<HomeScenario.PowerCut> cuts) {
    this.plan = plan;
    this.config = config;
    this.bank = bank;
    this.seen = seen;
    this.image = image;
    this.cuts = new ArrayList<>(cuts);
  }

  boolean isOpen() {
    return endedNanos < 0;
  }

  /** Ended, and all that it had to tell is told. */
  boolean isDone() {
    return !isOpen() && bank.journal().outbox().isEmpty();
  }

  DeviceCounts counts() {
    return machine == null ? before : before.plus(machine.counts());
  }

  /** Notes how it ended, the first time. */
  void end(DeviceReport.Outcome how, String why, long nanos) {
    if (isOpen()) {
      endedNanos = nanos;
      outcome = how;
      detail = why;
    }
  }

  /** What became of it; one that has not ended is reported as of {@code limitNanos}. */
  DeviceReport report(long limitNanos) {
    Journal journal = bank.journal();
    boolean runsNew = outcome == DeviceReport.Outcome.CONFIRMED;
    Octets received =
        bank.read(runsNew ? journal.active() : journal.inactive(), plan.image().length())
            .octets(0, plan.image().length());
    Octets sha256 = Sha256.of(received);
    return new DeviceReport(
        plan.name(),
        plan.type(),
        config.address(),
        image,
        plan.image().length(),
        received,
        sha256,
        sha256.equals(Sha256.of(plan.image())),
        plan.verifier().name(),
        plan.running(),
        journal.running(),
        outcome,
        detail,
        counts(),
        restarts - 1,
        Math.max(0, startedNanos),
        isOpen() ? limitNanos : endedNanos);
  }
}
