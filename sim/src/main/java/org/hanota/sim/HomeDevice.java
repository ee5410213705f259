// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceCounts;
import org.hanota.device.DeviceMachine;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.keys.Sha256;
import org.hanota.sim.kernel.SimNode;
import org.hanota.sim.scenario.Nemeses;
import org.jspecify.annotations.Nullable;

/** One device of a home, with what outlives its restarts. */
final class HomeDevice {
  final PlannedDevice planned;
  final DevicePlan plan;
  final DeviceConfig config;

  /** What it is until its supplier changes; empty from then on, or if it never does. */
  Optional<DeviceConfig> former;

  final ImageBank bank;

  /** The same, as the device's machine sees it. */
  final ImageBank seen;

  final ImageId image;
  final List<Nemeses.PowerCut> cuts;
  @Nullable SimNode node;
  @Nullable DeviceMachine machine;
  DeviceCounts before = DeviceCounts.NONE;
  DeviceReport.Outcome outcome = DeviceReport.Outcome.UNFINISHED;
  String detail = "";

  /** Why it failed, if it did. */
  @Nullable Failure failure;

  long startedNanos = -1;
  long endedNanos = -1;
  int restarts;

  /** Why the hub has given the update up, until the device's ends or the hub begins another. */
  @Nullable Failure hubFailure;

  HomeDevice(
      PlannedDevice planned,
      DeviceConfig config,
      Optional<DeviceConfig> former,
      ImageBank bank,
      ImageBank seen,
      List<Nemeses.PowerCut> cuts) {
    this.planned = planned;
    this.plan = planned.plan();
    this.config = config;
    this.former = former;
    this.bank = bank;
    this.seen = seen;
    this.image = planned.image();
    this.cuts = new ArrayList<>(cuts);
  }

  SimNode node() {
    if (node == null) {
      throw new AssertionError(plan.name() + " has no node yet");
    }
    return node;
  }

  boolean isOpen() {
    return endedNanos < 0;
  }

  /** Ended, and all that it had to tell is told. */
  boolean isDone() {
    return !isOpen() && bank.journal().outbox().isEmpty();
  }

  /** The hub says how the update goes. */
  void hubSays(UpdateEvent update) {
    boolean begins = update instanceof UpdateEvent.Queued;
    boolean fails = update instanceof UpdateEvent.Failed;
    if (isOpen() && (fails || begins)) {
      hubFailure = update instanceof UpdateEvent.Failed failed ? failed.failure() : null;
    }
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
        received.equals(plan.image()),
        planned.verifier().name(),
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
