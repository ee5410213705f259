// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.SWAPPING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.VERIFYING;
import static org.hanota.device.DeviceState.WAITING;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.SendResult;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.OtaAttribute;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.testing.ActivationModel;
import org.hanota.testing.ActivationModel.Slot;
import org.hanota.testing.RecordedEffects;
import org.jspecify.annotations.Nullable;

/**
 * A device with its server, head end, clock, battery and mains, and the model that says what may
 * run. Each method is one thing that happens; after each, what the device did is held against the
 * model.
 */
final class ActivationWorld {
  static final UpgradeEndResponse WAIT =
      new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID);
  private static final UpgradeEndResponse AT_ONCE =
      new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.ZERO, ZigBeeTime.ZERO);
  private static final long HOUR_MS = 3_600_000;
  private static final Peer STRANGER = new Peer(new Eui64(0x029A), 1);

  private static final int MOST_PAUSES = 8;
  private static final Set<DeviceState> UNDER_WAY =
      EnumSet.of(
          DeviceState.QUERYING, DeviceState.DOWNLOADING, DeviceState.PAUSED, DeviceState.RESTING);

  /** An abort gives up the image that is held, or is being checked. */
  private static final Set<DeviceState> HELD =
      EnumSet.of(VERIFYING, ENDING, WAITING, COUNTING_DOWN);

  /** What the sequences of a test reached, by name. */
  static final Map<String, Long> REACHED = new ConcurrentSkipListMap<>();

  private final boolean byCommand;
  private final ActivationFault fault;
  private final ActivationModel model;
  private final Desk desk;
  private final ImageBank memory;
  private int cutAt = -1;
  private boolean cutBefore;

  // The truth; what the device gets to know of it is up to the planted fault.
  private boolean knowsUtc = true;
  private long utcShiftMillis;
  private boolean selfTestPasses = true;
  private boolean enoughPower = true;

  private int heard;
  private @Nullable ZclMessage answered;
  private boolean begun;
  private Optional<String> reason = Optional.empty();
  private boolean testFailed;
  private @Nullable FileVersion failed;
  private long counter = 1_000;
  private @Nullable Order last;
  private int offered;

  ActivationWorld(boolean byCommand, ActivationFault fault) {
    this.byCommand = byCommand;
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
    desk.bank = fault.bank(new Watched());
    start();
  }

  // What happens.

  /** An undisturbed download of a later version, up to the Upgrade End Response that says wait. */
  void load(boolean sound, int ahead, boolean isAnswered) {
    int serves = SignedFiles.number(memory.journal().running()) + ahead;
    input(new DeviceInput.QueryNow());
    work();
    int pauses = 0;
    while (pauses < MOST_PAUSES) {
      Optional<ZclMessage> next = request();
      if (next.isPresent()) {
        answered = next.get();
        serve(next.get(), serves, sound, isAnswered);
      } else if (UNDER_WAY.contains(desk.machine.state())) {
        pauses++;
        call(desk::tick);
      } else {
        return;
      }
      work();
    }
  }

  /** The device's last request to its server, if it has not been answered. */
  private Optional<ZclMessage> request() {
    for (int i = desk.effects.sent.size() - 1; i >= 0; i--) {
      ZclMessage message = desk.effects.sent.get(i).message();
      if (message instanceof QueryNextImageRequest
          || message instanceof ImageBlockRequest
          || message instanceof UpgradeEndRequest) {
        return message == answered ? Optional.empty() : Optional.of(message);
      }
    }
    return Optional.empty();
  }

  private void serve(ZclMessage request, int serves, boolean sound, boolean isAnswered) {
    if (request instanceof QueryNextImageRequest) {
      offered = serves;
      receive(new QueryNextImageResponse.Success(SignedFiles.image(serves), SignedFiles.OCTETS));
    } else if (request instanceof ImageBlockRequest block) {
      Octets file = sound ? SignedFiles.octets(offered) : SignedFiles.damaged(offered);
      int from = (int) block.fileOffset();
      int length = Math.min(block.maximumDataSize(), file.length() - from);
      receive(new ImageBlockResponse.Success(block.image(), from, file.slice(from, length)));
    } else if (request instanceof UpgradeEndRequest end) {
      if (!end.status().equals(ZclStatus.SUCCESS)) {
        call(desk::endNoted);
      } else if (isAnswered) {
        respond(WAIT, false);
      }
    }
  }

  /** A command from the head end. */
  void command(Order.Defect defect, Activation activation) {
    last = new Order(defect, ++counter, heldHash(), activation);
    deliver(last);
  }

  /** The last command comes again. */
  void replay() {
    if (last != null) {
      deliver(last);
    }
  }

  private void deliver(Order order) {
    boolean isAccepted =
        desk.machine.state() != SWAPPING
            && desk.machine.state() != TRYING
            && model.accepts(order.isAuthentic(), order.isFromOwnSupplier(), order.counter());
    Slot slot = slot();
    Octets hash = heldHash();
    List<Object> decided = decided();
    Optional<Order> seen = fault.command(order, hash);
    call(
        () ->
            seen.ifPresent(
                command ->
                    desk.receive(new Tunnelled(Direction.CLIENT_TO_SERVER, 1, command.octets()))),
        completed -> {
          if (isAccepted && (completed || !decided().equals(decided))) {
            said(order, slot, hash);
          }
        });
  }

  /** What the journal knows besides times, which any call may store. */
  private List<Object> decided() {
    Journal journal = memory.journal();
    return List.of(journal.activation(), journal.outbox(), journal.download().isPresent());
  }

  private void said(Order order, Slot slot, Octets hash) {
    reached("commands taken");
    if (order.activation() instanceof Activation.Cancel) {
      model.cancelled(order.counter());
    } else {
      OptionalLong utc =
          order.activation() instanceof Activation.At at
              ? OptionalLong.of(at.executionDateTime().utcMillis())
              : OptionalLong.empty();
      model.ordered(order.counter(), order.namedHash(), utc, slot, hash);
    }
  }

  /** An Upgrade End Response, asked for or not, from the device's server or from a stranger. */
  void respond(UpgradeEndResponse response, boolean fromStranger) {
    boolean isHeard =
        !byCommand
            && !fromStranger
            && desk.machine.state() != SWAPPING
            && desk.machine.state() != TRYING
            && slot() == Slot.VERIFIED
            && desk.attribute(OtaAttribute.UPGRADE_SERVER_ID) == Desk.HUB.address().value()
            && response.image().matches(SignedFiles.image(held().orElse(0)));
    Optional<Journal.Activation> decided = memory.journal().activation();
    Peer from = fromStranger && fault != ActivationFault.OBEYS_A_STRANGER ? STRANGER : Desk.HUB;
    Optional<UpgradeEndResponse> seen = fault.response(response);
    call(
        () -> seen.ifPresent(message -> desk.receive(message, Delivery.UNICAST, from)),
        completed -> {
          if (isHeard && completed) {
            model.answered(response, now());
          } else if (isHeard && !memory.journal().activation().equals(decided)) {
            // The power went: what was decided before is forgotten, and the new may be kept.
            model.answered(memory.journal().activation().isEmpty() ? WAIT : response, now());
          }
        });
  }

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

  void restart() {
    start();
  }

  /** The power goes at a storage operation to come. */
  void cut(int operation, boolean isBefore) {
    cutAt = operation;
    cutBefore = isBefore;
  }

  void abort() {
    List<Object> decided = decided();
    boolean isHeard = fault != ActivationFault.IGNORES_AN_ABORT;
    boolean matters = HELD.contains(desk.machine.state());
    call(
        () -> {
          if (isHeard) {
            desk.input(new DeviceInput.Abort());
          }
        },
        completed -> {
          if (matters && (completed || !decided().equals(decided))) {
            model.givenUp();
          }
        });
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

  long utcMillis() {
    return Desk.UTC_MILLIS + desk.nanos / 1_000_000;
  }

  /** Everything is well now: a later version must come to run, whatever happened before. */
  void ends() {
    cutAt = -1;
    clock(true, 0);
    selfTest(true);
    battery(true);
    FileVersion atFirst = memory.journal().running();
    for (int i = 0; i < 6 && memory.journal().running().equals(atFirst); i++) {
      pass(HOUR_MS);
      if (byCommand) {
        command(Order.Defect.NONE, new Activation.Cancel());
      }
      if (slot() != Slot.VERIFIED) {
        load(true, 1, true);
      }
      if (byCommand) {
        command(Order.Defect.NONE, new Activation.Now());
      } else {
        respond(AT_ONCE, false);
      }
      work();
    }
    check(
        !memory.journal().running().equals(atFirst)
            && memory.journal().boot() == Journal.Boot.CONFIRMED_UNTOLD,
        "does not update any more: " + desk.machine.state() + " " + memory.journal());
  }

  // What the device did.

  private Now now() {
    return new Now(
        desk.nanos,
        knowsUtc ? Desk.UTC_MILLIS + utcShiftMillis + desk.nanos / 1_000_000 : Now.UTC_UNKNOWN);
  }

  private static void reached(String what) {
    REACHED.merge(what, 1L, Long::sum);
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("the device " + what);
    }
  }

  private void input(Input input) {
    call(() -> desk.input(input));
  }

  private void receive(ZclMessage message) {
    call(() -> desk.receive(message));
  }

  private void call(Runnable call) {
    call(call, completed -> {});
  }

  /** Lets the device take something; {@code said} tells the model of it. */
  private void call(Runnable call, Consumer<Boolean> said) {
    OptionalLong doubted = memory.journal().doubtedUtcMillis();
    boolean completed = true;
    try {
      call.run();
    } catch (PowerLost lost) {
      completed = false;
    }
    // A reading that the power cut short counts if the device has kept the doubt that came of it.
    if (completed || !memory.journal().doubtedUtcMillis().equals(doubted)) {
      model.reads(now());
    }
    said.accept(completed);
    if (completed) {
      after();
    } else {
      start();
    }
  }

  /** Power-on, as often as the power goes at once. */
  private void start() {
    boolean started = false;
    while (!started) {
      model.restarted(memory.journal().seenUtcMillis());
      begun = false;
      heard = 0;
      answered = null;
      try {
        desk.start();
        started = true;
      } catch (PowerLost lost) {
        started = false;
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
      Message told = Message.parse(message.octets());
      if (told.payload() instanceof ActivateFirmware.Alert alert) {
        model.ended(alert.originatorCounter());
      } else if (told.payload() instanceof ActivateFirmware.ExecutionOutcome) {
        model.ended(told.header().originatorCounter());
      }
      call(
          () -> desk.machine.onSent(desk.now(), sent.sendId(), SendResult.DELIVERED, desk.effects));
    }
  }

  private Octets content(org.hanota.device.bank.Slot slot) {
    return memory.read(slot, SignedFiles.OCTETS).octets(0, SignedFiles.OCTETS);
  }

  private Optional<Integer> held() {
    return SignedFiles.find(content(memory.journal().inactive()));
  }

  private Octets heldHash() {
    return SignedFiles.hash(held().orElse(0));
  }

  private Slot slot() {
    DeviceState state = desk.machine.state();
    if (state == VERIFYING) {
      return Slot.UNCHECKED;
    }
    boolean isChecked =
        state == ENDING || state == WAITING || state == COUNTING_DOWN || state == SWAPPING;
    boolean isKept = memory.journal().download().isPresent();
    return isChecked && isKept && held().isPresent() ? Slot.VERIFIED : Slot.NOTHING;
  }

  /** The bank: loses its power when it is told to, and sees each swap. */
  private final class Watched extends ForwardingImageBank {
    Watched() {
      super(memory);
    }

    @Override
    public void save(Journal next) {
      operation(
          () -> {
            watch(memory.journal(), next);
            super.save(next);
          });
    }

    @Override
    public void erase(org.hanota.device.bank.Slot slot, long fromOctet) {
      operation(() -> super.erase(slot, fromOctet));
    }

    @Override
    public void write(org.hanota.device.bank.Slot slot, long position, Octets data) {
      operation(() -> super.write(slot, position, data));
    }

    private void operation(Runnable work) {
      boolean isCut = cutAt == 0;
      cutAt--;
      if (isCut) {
        reached("power cuts");
      }
      if (isCut && cutBefore) {
        throw new PowerLost("before a storage operation");
      }
      work.run();
      if (isCut) {
        throw new PowerLost("after a storage operation");
      }
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
      boolean confirms = from.boot().isTrial() && to.boot() == Journal.Boot.CONFIRMED_UNTOLD;
      check(!confirms || selfTestPasses, "keeps what failed its own test: " + to);
    }
  }
}
