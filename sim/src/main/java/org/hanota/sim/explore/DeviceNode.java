// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceMachine;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceState;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.keys.Sha256;
import org.hanota.sim.BankGuard;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.jspecify.annotations.Nullable;

/** The device of a model, and what must hold of all that it does (I1 to I6). */
final class DeviceNode implements Node {
  private static final long NEVER = Long.MIN_VALUE;

  /**
   * What it is made of.
   *
   * @param files what each version is, octet for octet
   * @param isGood whether a new image passes its own test
   * @param banks what its machine gets instead of its bank
   * @param machines what runs instead of its machine
   */
  record Setup(
      DeviceConfig config,
      FileVersion running,
      long slotOctets,
      Map<FileVersion, Octets> files,
      boolean isGood,
      UnaryOperator<ImageBank> banks,
      UnaryOperator<Machine> machines) {}

  private final Setup setup;
  private final ImageBank stored;
  private final BankGuard guard;
  private final ImageBank bank;
  private @Nullable DeviceMachine machine;

  // What is remembered in order to check it.
  private boolean isVerified;
  private boolean isActivated;

  /** It began to activate when it was allowed to: what it is told from then on comes too late. */
  private boolean hasBegunInTime;

  private boolean isRolledBack;
  private long utcMillis;

  /** From when the hub allowed it to run its image, by what it was told last. */
  private long allowedUtcMillis = NEVER;

  /** When it first told the hub of its image without an answer since. */
  private long unansweredUtcMillis = NEVER;

  DeviceNode(Setup setup) {
    this.setup = setup;
    this.stored = new InMemoryImageBank(setup.slotOctets(), setup.running());
    this.guard = new BankGuard(stored, DeviceNode::check, this::swaps);
    this.bank = setup.banks().apply(guard);
  }

  @Override
  public NodeConfig config() {
    return setup.config().node(1);
  }

  @Override
  public Machine start() {
    Journal journal = stored.journal();
    check(
        journal.running().equals(setup.running()) || holds(journal.active(), journal.running()),
        "I2",
        "boots what is not " + journal.running());
    isActivated = false;
    hasBegunInTime = false;
    unansweredUtcMillis = NEVER;
    // What it draws at a start is the same each time: the jitter of a model is no subject.
    SeededRandom random = Streams.of(0, 0).of(0, Purpose.MACHINE);
    DeviceMachine made = new DeviceMachine(setup.config(), bank, random, setup::isGood);
    machine = made;
    return setup.machines().apply(made);
  }

  @Override
  public void order(int number, Now now, Orders orders) {
    throw new AssertionError("a device is told nothing");
  }

  @Override
  public void received(Now now, ZclMessage message) {
    if (message instanceof UpgradeEndResponse end && !hasBegunInTime) {
      unansweredUtcMillis = NEVER;
      allowedUtcMillis =
          end.waits()
              ? NEVER
              : now.utcMillis()
                  + (end.upgradeTime().seconds() - end.currentTime().seconds()) * 1000;
    }
  }

  @Override
  public void sends(Now now, ZclMessage message) {
    if (message instanceof UpgradeEndRequest end
        && end.status().equals(ZclStatus.SUCCESS)
        && unansweredUtcMillis == NEVER) {
      unansweredUtcMillis = now.utcMillis();
    }
  }

  @Override
  public void time(Now now) {
    utcMillis = now.utcMillis();
  }

  @Override
  public void event(Now now, Event event) {
    if (event instanceof UpdateEvent.Started started) {
      check(
          setup.files().containsKey(started.image().fileVersion()),
          "I9",
          "takes " + started.image());
      isVerified = false;
      // What was said of the image before is not said of this one.
      allowedUtcMillis = NEVER;
    } else if (event instanceof UpdateEvent.Verified verified) {
      check(holds(verified.image()), "I1", "verified what is not " + verified.image());
      isVerified = true;
    } else if (event instanceof UpdateEvent.Activating activating) {
      check(isVerified, "I2", "activates " + activating.image() + " unverified");
      check(holds(activating.image()), "I2", "activates what is not " + activating.image());
      check(!isActivated, "I6", "activates " + activating.image() + " twice");
      isActivated = true;
      hasBegunInTime = isAllowed();
    }
  }

  /**
   * By what the hub said last, or because it has said nothing for so long. [ZCL 11.11.4]
   *
   * <p>The hub alone activates such a device, by the upgrade time of its Upgrade End Response, and
   * all ones hold it [ZCL 11.13.10]; each response takes the place of the one before, in whatever
   * state it comes, also while a device that has started anew checks its image. Nothing calls a
   * swap off that has begun: no message of the cluster does, and the device answers that it
   * refuses. So a response counts until the activation begins, if that was allowed; if it was not,
   * it must be by the time of the swap.
   */
  private boolean isAllowed() {
    boolean isTold = allowedUtcMillis != NEVER && utcMillis >= allowedUtcMillis;
    DeviceParameters limits = setup.config().parameters();
    boolean isTimedOut =
        setup.config().upgradeTimeoutPolicy() == 0
            && unansweredUtcMillis != NEVER
            && utcMillis - unansweredUtcMillis
                >= (limits.endRequestTries() - 1) * limits.endRequestRetryMs();
    return isTold || isTimedOut;
  }

  private boolean holds(ImageId image) {
    return holds(stored.journal().inactive(), image.fileVersion());
  }

  private boolean holds(Slot slot, FileVersion version) {
    Octets file = setup.files().get(version);
    return file != null && stored.read(slot, file.length()).octets(0, file.length()).equals(file);
  }

  private void swaps(Journal before, Journal after) {
    if (after.boot() != Journal.Boot.SWAPPED) {
      check(before.boot().isTrial(), "I4", "goes back without a trial");
      check(!isRolledBack, "I4", "goes back twice");
      isRolledBack = true;
      return;
    }
    isRolledBack = false;
    check(!after.running().equals(before.running()), "I6", "swaps again to what runs");
    check(holds(before.inactive(), after.running()), "I2", "swaps to what was not served");
    check(
        after.running().compareTo(before.running()) > 0,
        "I5",
        "goes from " + before.running() + " to " + after.running());
    check(hasBegunInTime || isAllowed(), "I6", "swaps at a time that it was not told");
    hasBegunInTime = false;
    allowedUtcMillis = NEVER;
  }

  private static void check(boolean holds, String invariant, String what) {
    if (!holds) {
      throw new Broken(invariant, "the device " + what);
    }
  }

  @Override
  public boolean isOpen() {
    Journal journal = stored.journal();
    return machine == null
        || machine.state() != DeviceState.IDLE
        || (journal.download().isPresent() && !isOver(journal))
        || (journal.activation().isPresent() && !isOver(journal));
  }

  /** What is left of an update that ended. */
  private static boolean isOver(Journal journal) {
    return journal
        .download()
        .filter(download -> download.image().fileVersion().equals(journal.running()))
        .isPresent();
  }

  @Override
  public String outcome() {
    return stored.journal().running().toString();
  }

  @Override
  public void describe(StateWriter out) {
    Journal journal = stored.journal();
    journal.describe(out);
    for (Slot slot : Slot.values()) {
      out.put(
          "slot " + slot,
          Sha256.of(stored.read(slot, setup.slotOctets()).octets(0, (int) setup.slotOctets())));
    }
    guard.describe(out);
    out.put("verified", isVerified)
        .put("activated", isActivated)
        .put("begun in time", hasBegunInTime)
        .put("rolled back", isRolledBack)
        .putUtc("allowed", allowedUtcMillis)
        .putUtc("unanswered", unansweredUtcMillis);
  }
}
