// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.SWAPPING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.VERIFYING;
import static org.hanota.device.DeviceState.WAITING;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.SendResult;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.testing.ActivationModel;
import org.hanota.testing.ActivationModel.Slot;
import org.hanota.testing.RecordedEffects;
import org.jspecify.annotations.Nullable;

/**
 * A device with its bank, clock, battery and mains, and the model that says what may run: whatever
 * the device does is held against it.
 */
final class WatchedDevice {
  /** What the sequences of a test reached, by name. */
  static final Map<String, Long> REACHED = new ConcurrentSkipListMap<>();

  final ActivationModel model;
  final Desk desk;

  /** What the device has stored, without the faults between. */
  final ImageBank memory;

  private final ActivationFault fault;
  private final FailingStorage storage = FailingStorage.losingPower();

  // The truth; what the device gets to know of it is up to the planted fault.
  private boolean knowsUtc = true;
  private long utcShiftMillis;
  private boolean selfTestPasses = true;
  private boolean enoughPower = true;

  private int heard;
  private boolean begun;
  private Optional<String> reason = Optional.empty();
  private boolean testFailed;
  private @Nullable FileVersion failed;

  WatchedDevice(boolean byCommand, ActivationFault fault) {
    this.fault = fault;
    this.model = new ActivationModel(byCommand);
    DeviceType type = byCommand ? DeviceType.HCALCS : DeviceType.PPMID;
    desk =
        new Desk(
            fault == ActivationFault.OBEYS_ITS_SERVER ? DeviceType.PPMID : type,
            fault::parameters,
            fault == ActivationFault.RUNS_UNVERIFIED
                ? new SignedFiles.Careless()
                : new SignedFiles.OnlySound(),
            byCommand ? Order.config(type, fault.counters()) : Optional.empty());
    memory = desk.bank;
    reached("sequences");
    desk.bank = fault.bank(storage.bank(new Watched()));
    start();
  }

  // What happens to it.

  /** Time passes; the server is silent, and jobs end. */
  void pass(long millis) {
    work();
    long end = desk.nanos + millis * 1_000_000;
    while (desk.effects.wakeAt <= end) {
      call(desk::tick);
      work();
    }
    desk.nanos = end;
  }

  /** Whatever the device has begun ends. */
  void work() {
    while (!desk.waitingJobs.isEmpty()) {
      Job job = desk.waitingJobs.remove(0);
      if (job.kind() == Job.Kind.REBOOT) {
        start();
      } else {
        boolean isTest = desk.machine.state() == TRYING;
        call(
            () -> {
              Input result = job.work().get();
              testFailed = isTest && !selfTestPasses;
              desk.input(result);
            });
      }
    }
  }

  void clock(boolean isKnown, long shiftMillis) {
    knowsUtc = isKnown;
    utcShiftMillis = shiftMillis;
    fault.clock(desk, isKnown, shiftMillis);
  }

  void selfTest(boolean passes) {
    selfTestPasses = passes;
    desk.selfTestPasses = passes || fault == ActivationFault.KEEPS_WHAT_FAILED_ITS_TEST;
  }

  void battery(boolean isEnough) {
    enoughPower = isEnough;
    boolean seen = isEnough || fault == ActivationFault.IGNORES_ITS_BATTERY;
    desk.powerPercent = seen ? 100 : 0;
  }

  /** The power goes at a storage operation to come. */
  void cut(int operation, FailingStorage.Moment moment) {
    storage.failAt(operation + 1, moment);
  }

  /** Clock, self-test, battery and mains are well again. */
  void recover() {
    storage.neverFail();
    clock(true, 0);
    selfTest(true);
    battery(true);
  }

  long utcMillis() {
    return Desk.UTC_MILLIS + desk.nanos / 1_000_000;
  }

  Now now() {
    return new Now(
        desk.nanos,
        knowsUtc ? Desk.UTC_MILLIS + utcShiftMillis + desk.nanos / 1_000_000 : Now.UTC_UNKNOWN);
  }

  // What it did.

  static void reached(String what) {
    REACHED.merge(what, 1L, Long::sum);
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("the device " + what);
    }
  }

  void input(Input input) {
    call(() -> desk.input(input));
  }

  void receive(ZclMessage message) {
    call(() -> desk.receive(message));
  }

  void call(Runnable call) {
    call(call, completed -> {});
  }

  /** Lets the device take something; {@code then} lets the model know. */
  void call(Runnable call, Consumer<Boolean> then) {
    OptionalLong doubted = memory.journal().doubtedUtcMillis();
    boolean completed = true;
    try {
      call.run();
    } catch (PowerLost lost) {
      completed = false;
      reached("power cuts");
    }
    // A reading that the power cut short counts if the device has kept the doubt that came of it.
    if (completed || !memory.journal().doubtedUtcMillis().equals(doubted)) {
      model.reads(now());
    }
    then.accept(completed);
    if (completed) {
      after();
    } else {
      start();
    }
  }

  /** Power-on, as often as the power goes at once. */
  void start() {
    boolean started = false;
    while (!started) {
      model.restarted(memory.journal().seenUtcMillis());
      begun = false;
      heard = 0;
      try {
        desk.start();
        started = true;
      } catch (PowerLost lost) {
        reached("power cuts");
      }
    }
    model.reads(now());
    Journal journal = memory.journal();
    check(
        !journal.running().equals(failed) || !journal.boot().isTrial(),
        "tries " + journal.running() + " again, which failed its own test");
    after();
  }

  private void after() {
    while (desk.effects.discoveries > 0) {
      desk.effects.discoveries = 0;
      call(() -> desk.input(new Input.ServerFound(Desk.HUB)));
    }
    boolean swaps = desk.waitingJobs.stream().anyMatch(job -> job.kind() == Job.Kind.SWAP);
    if (swaps && !begun) {
      // What has begun is not called off; the image is checked once more before it is swapped.
      reason = model.mayRun(slot(), heldHash(), enoughPower, now());
    }
    begun = swaps || (begun && desk.machine.state() == SWAPPING);
    while (heard < desk.effects.sent.size()) {
      hear(desk.effects.sent.get(heard++));
    }
  }

  private void hear(RecordedEffects.Sent sent) {
    if (sent.message() instanceof UpgradeEndRequest end && end.status().equals(ZclStatus.SUCCESS)) {
      model.asked(now());
    } else if (sent.message() instanceof Tunnelled message) {
      Message content = Message.parse(message.octets());
      if (content.payload() instanceof ActivateFirmware.Alert alert) {
        model.ended(alert.originatorCounter());
      } else if (content.payload() instanceof ActivateFirmware.ExecutionOutcome) {
        model.ended(content.header().originatorCounter());
      }
      call(
          () -> desk.machine.onSent(desk.now(), sent.sendId(), SendResult.DELIVERED, desk.effects));
    }
  }

  /** What the journal knows besides times, which any call may store. */
  List<Object> decided() {
    Journal journal = memory.journal();
    return List.of(journal.activation(), journal.outbox(), journal.download().isPresent());
  }

  private Octets content(org.hanota.device.bank.Slot slot) {
    return memory.read(slot, SignedFiles.OCTETS).octets(0, SignedFiles.OCTETS);
  }

  Optional<Integer> held() {
    return SignedFiles.find(content(memory.journal().inactive()));
  }

  Octets heldHash() {
    return SignedFiles.hash(held().orElse(0));
  }

  Slot slot() {
    DeviceState state = desk.machine.state();
    if (state == VERIFYING) {
      return Slot.UNCHECKED;
    }
    boolean isChecked =
        state == ENDING || state == WAITING || state == COUNTING_DOWN || state == SWAPPING;
    boolean isKept = memory.journal().download().isPresent();
    return isChecked && isKept && held().isPresent() ? Slot.VERIFIED : Slot.NOTHING;
  }

  /** The bank, which sees each swap. */
  private final class Watched extends ForwardingImageBank {
    Watched() {
      super(memory);
    }

    @Override
    public void save(Journal next) {
      watch(memory.journal(), next);
      super.save(next);
    }

    private void watch(Journal from, Journal to) {
      if (from.active() != to.active() && to.boot() == Journal.Boot.SWAPPED) {
        check(begun && reason.isPresent(), "swaps, but nothing allows it: " + to);
        check(held().isPresent(), "swaps to what is not sound: " + to);
        reached("swaps because " + reason.get());
        model.ran();
        failed = null;
      } else if (from.active() != to.active()) {
        check(from.boot().isTrial(), "goes back to the image before without a trial: " + to);
        reached("roll backs");
      }
      if (testFailed && to.boot() == Journal.Boot.LAST_TRIAL) {
        failed = to.running();
      }
      boolean confirms = from.boot().isTrial() && to.boot() == Journal.Boot.CONFIRMED_UNREPORTED;
      check(!confirms || selfTestPasses, "keeps what failed its own test: " + to);
    }
  }
}
