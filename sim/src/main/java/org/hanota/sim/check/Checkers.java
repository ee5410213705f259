// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.Message;
import org.hanota.sim.link.Outcome;

/** The checkers of a home, each of which gets everything that is seen. */
public final class Checkers {
  private final long seed;
  private final LongSupplier nanos;
  private final ZclCodec codec = new ZclCodec();
  private final Map<Eui64, Subject> devices = new TreeMap<>();
  private final Map<Eui64, LastEvents> last = new TreeMap<>();
  private final List<Checker> checkers =
      List.of(
          // What goes back is no image that was served either: this says more.
          new I5NoDowngrade(this::violated),
          new I1VerifiedIsServed(this::violated),
          new I2OnlyVerifiedRuns(this::violated),
          new I3InstallSurvivesPowerCuts(this::violated),
          new I4RollsBackOnce(this::violated),
          new I6ActivatesAtItsTime(this::violated),
          new I7EverythingEnds(this::violated),
          new I8HubKeepsToSizes(this::violated),
          new I9RightImageOffered(this::violated),
          new I13NothingRunsAhead(this::violated));

  /**
   * @param seed of the run, for people
   * @param nanos the virtual time
   */
  public Checkers(long seed, LongSupplier nanos) {
    this.seed = seed;
    this.nanos = nanos;
  }

  private InvariantViolated violated(String invariant, Subject device, String what) {
    return new InvariantViolated(
        invariant,
        device.name() + " " + what,
        seed,
        nanos.getAsLong(),
        last(device.address()).lines());
  }

  /** What was seen of the whole home breaks an invariant. */
  public InvariantViolated violation(String invariant, String what) {
    return new InvariantViolated(invariant, what, seed, nanos.getAsLong(), List.of());
  }

  /** From now on the device is judged. */
  public void expect(Subject device) {
    devices.put(device.address(), device);
  }

  /** Whether it is an image of a device's former supplier, whose end is not the device's. */
  public boolean isFormer(Eui64 device, ImageId image) {
    return subject(device).isFormer(image);
  }

  private Subject subject(Eui64 device) {
    Subject found = devices.get(device);
    if (found == null) {
      throw new AssertionError("no device " + device);
    }
    return found;
  }

  private LastEvents last(Eui64 device) {
    return last.computeIfAbsent(device, any -> new LastEvents(subject(device).name()));
  }

  /** How often anything was checked. */
  public long checks() {
    return checkers.stream().mapToLong(Checker::checks).sum();
  }

  /** What must have happened in some run, with how often it did in this one. */
  public Map<String, Long> sometimes() {
    Map<String, Long> reached = new TreeMap<>();
    checkers.forEach(checker -> reached.put(checker.sometimes(), checker.reached()));
    return Collections.unmodifiableMap(reached);
  }

  /** A device reported something; no clock of the home may show a later time of day than this. */
  public void event(Eui64 device, UpdateEvent event, long latestUtcMillis) {
    last(device).event(nanos.getAsLong(), event);
    for (Checker checker : checkers) {
      checker.event(subject(device), event, latestUtcMillis);
    }
  }

  /** A device starts. */
  public void started(Eui64 device) {
    Journal journal = subject(device).bank().journal();
    last(device).event(nanos.getAsLong(), "starts, " + journal.boot());
    checkers.forEach(checker -> checker.started(subject(device), journal));
  }

  /** A frame came, or did not. */
  public void frame(Eui64 device, boolean toDevice, Frame frame, Outcome outcome) {
    last(device).frame(nanos.getAsLong(), toDevice, frame, outcome);
    boolean comes = outcome == Outcome.DELIVERED || outcome == Outcome.CORRUPTED_UNDETECTED;
    if (!comes || frame.clusterId() != Clusters.OTA_UPGRADE || ZclFrame.lacksHeader(frame.zcl())) {
      return;
    }
    ZclMessage message = codec.decode(frame.clusterId(), frame.zcl());
    Subject subject = subject(device);
    for (Checker checker : checkers) {
      checker.frame(subject, toDevice, message, outcome == Outcome.CORRUPTED_UNDETECTED);
    }
  }

  /** A device erases or writes to a slot. */
  public void changes(Eui64 device, Journal journal, Slot slot, String does) {
    for (Checker checker : checkers) {
      checker.changes(subject(device), journal, slot, does);
    }
  }

  /** A device saves a journal that claims so many octets; so many are written. */
  public void saves(Eui64 device, Journal journal, long claimed, long written) {
    for (Checker checker : checkers) {
      checker.saves(subject(device), journal, claimed, written);
    }
  }

  /** The slots of a device change places. */
  public void swaps(Eui64 device, Journal before, Journal after, long latestUtcMillis) {
    last(device).event(nanos.getAsLong(), "swaps to " + after.running());
    checkers.forEach(checker -> checker.swaps(subject(device), before, after, latestUtcMillis));
  }

  /** A GBCS message left the head end, or reached it. */
  public void headEnd(Message message) {
    checkers.forEach(checker -> checker.headEnd(message));
  }

  /** At the end: the counter that a device has stored of its supplier. */
  public void counter(Eui64 device, OptionalLong stored) {
    checkers.forEach(checker -> checker.counter(subject(device), stored));
  }

  /** At the end of everything: whether the device's update has not ended. */
  public void ended(Eui64 device, boolean isOpen) {
    checkers.forEach(checker -> checker.ended(subject(device), isOpen));
  }
}
