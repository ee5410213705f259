// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.node.NodeTiming;
import org.hanota.api.transport.FaultCounts;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.InProcessNetwork.Outcome;
import org.hanota.api.transport.LinkFaults;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceMachine;
import org.hanota.device.DeviceType;
import org.hanota.device.GbcsConfig;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.Message;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubInput;
import org.hanota.hub.HubMachine;
import org.hanota.hub.HubWan;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.TransferStore;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.LossyAir;
import org.hanota.sim.kernel.NodeClock;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Schedule;
import org.hanota.sim.kernel.SimNode;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.scenario.Nemeses;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.ScriptStep.Action;
import org.jspecify.annotations.Nullable;

/** One home: a hub and its devices on a faulty link, from the offers to the end of every update. */
public final class Home {
  /** 2026-01-01T00:00:00Z. */
  static final long UTC_START_MILLIS = 1_767_225_600_000L;

  private static final int ENDPOINT = 1;

  /** The hub's number in the kernel; the devices follow. */
  private static final int HUB = 0;

  /** The hub of each simulated home. */
  public static final Eui64 HUB_ADDRESS = new Eui64(0x00DB1234567890A2L);

  private static final long FIRST_DEVICE_ADDRESS = 0x00DB123456789100L;

  /** The true time of day so long after the beginning, in Unix milliseconds. */
  public static long utcMillis(long virtualNanos) {
    return UTC_START_MILLIS + virtualNanos / 1_000_000;
  }

  /** The address of the scenario's device of that number, from 0. */
  public static Eui64 deviceAddress(int number) {
    return new Eui64(FIRST_DEVICE_ADDRESS + number);
  }

  /** Erasing and checking run at this speed; a reboot takes as long as a small device needs. */
  private static final long JOB_NANOS_PER_OCTET = 2_000;

  private static final long WAN_RETRY_NANOS = 1_000_000_000L;

  private static final long REBOOT_NANOS = 2_000_000_000L;

  /** Takes what happens, as it happens. */
  public interface Listener {
    /** A device's update moved on. */
    void event(long virtualNanos, String device, UpdateEvent event);

    /** A device lost its power. */
    default void powerCut(long virtualNanos, String device) {}

    /** A device's machine failed and starts again from its storage. */
    default void failed(long virtualNanos, String device, NodeEvent.Failed failure) {}

    /** A GBCS message reached the head end, or left it. */
    default void gbcs(long virtualNanos, Message message) {}

    /** A frame came, or did not. */
    default void frame(
        long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {}
  }

  private final Scenario scenario;
  private Listener listener;
  private final Fittings fittings;
  private final Streams streams;
  private final Kernel kernel;
  private final LossyAir air;
  private final Invariants invariants;
  private final List<DevicePlan> plans = new ArrayList<>();
  private final Map<Eui64, HomeDevice> units = new TreeMap<>();
  private final Map<Eui64, CounterStore> counters = new TreeMap<>();
  private final GbParties parties;
  private @Nullable HomeHeadEnd headEnd;

  /** What a hub that was given its memory need not be told again. */
  private final Set<Eui64> offeredBefore = new TreeSet<>();

  private Home(Scenario scenario, Listener listener, Fittings fittings) {
    this.scenario = scenario;
    this.listener = listener;
    this.fittings = fittings;
    this.invariants = new Invariants(scenario.seed());
    Streams quiet = Streams.of(scenario.seed(), 0);
    this.streams = fittings.draws().map(quiet::heardBy).orElse(quiet);
    this.air =
        new LossyAir(
            streams.of(Purpose.AIR),
            scenario.world().latencyNanos(),
            scenario.world().maximumPayload(),
            scenario.nemeses().air(),
            this::tap);
    this.kernel = new Kernel(schedule(scenario), air, UTC_START_MILLIS, this::perform);
    this.parties = new GbParties(scenario.seed());
    scenario.world().devices().forEach(device -> plans.add(DevicePlan.of(device, fittings)));
  }

  private static Schedule schedule(Scenario scenario) {
    return scenario.tieSeed().isPresent()
        ? new Schedule(Streams.of(scenario.tieSeed().getAsLong(), 0).of(Purpose.TIES))
        : new Schedule();
  }

  /**
   * Simulates the home to its end, or to the scenario's limit. What has not ended by then is
   * reported as {@link DeviceReport.Outcome#UNFINISHED} if it ends once the link loses nothing
   * more, and is a violation of I7 if it does not.
   *
   * @throws InvariantViolated if an invariant does not hold
   */
  public static HomeReport run(Scenario scenario, Listener listener) {
    return run(scenario, listener, Fittings.IN_MEMORY);
  }

  /**
   * Simulates the home with storage of the caller's.
   *
   * @throws InvariantViolated if an invariant does not hold
   */
  public static HomeReport run(Scenario scenario, Listener listener, Fittings fittings) {
    return new Home(scenario, listener, fittings).run();
  }

  private HomeReport run() {
    if (scenario.world().hasHeadEnd()) {
      headEnd =
          fittings.headEnd(
              new HomeHeadEnd.Site(
                  parties,
                  kernel,
                  scenario.world().hub(),
                  message -> {
                    invariants.headEnd(message);
                    listener.gbcs(kernel.nanos(), message);
                  },
                  this::cue,
                  this::endsHere));
      headEnd.trust(parties.device(HUB_ADDRESS));
    }
    SimNode hub = hub();
    hub.start();
    for (int i = 0; i < scenario.world().devices().size(); i++) {
      device(i);
    }
    if (headEnd != null) {
      headEnd.start();
    }
    for (ScriptStep step : scenario.script()) {
      if (step.cue() == ScriptStep.Cue.START) {
        kernel.schedule(step.afterNanos(), new HomeStep.Scripted(step));
      }
    }
    for (Nemeses.HubRestart restart : scenario.nemeses().hubRestarts()) {
      kernel.schedule(restart.atNanos(), new HomeStep.HubPowerCut(restart.offNanos()));
    }
    boolean ended = isDoneBy(scenario.limits().safetyNanos());
    units.values().stream().filter(HomeDevice::isOpen).forEach(this::outOfTime);
    HomeReport report = report();
    if (!ended) {
      checkNobodyStalls(hub);
    }
    return report;
  }

  private boolean isDoneBy(long limitNanos) {
    return kernel.run(this::isDone, limitNanos);
  }

  private boolean isDone() {
    for (HomeDevice unit : units.values()) {
      if (!unit.isDone()) {
        return false;
      }
    }
    return headEnd == null || headEnd.isQuiet();
  }

  /** The head end has heard of a device what steps of the script follow. */
  private void cue(Eui64 device, ScriptStep.Cue cue) {
    HomeDevice unit = unit(device);
    String name = unit.plan.name();
    if (cue == ScriptStep.Cue.CANCELLED && scenario.endsCancelled(name)) {
      unit.end(DeviceReport.Outcome.VERIFIED, "its activation was cancelled", kernel.nanos());
    }
    for (ScriptStep step : scenario.script()) {
      if (step.cue() == cue && step.device().equals(name)) {
        kernel.schedule(step.afterNanos(), new HomeStep.Scripted(step));
      }
    }
  }

  private void endsHere(Eui64 device, DeviceReport.Outcome outcome, String reason) {
    unit(device).end(outcome, reason, kernel.nanos());
  }

  private void perform(ScriptStep step) {
    if (step.device().equals(ScenarioDevice.HUB)) {
      stepClock(HUB, step.action());
      return;
    }
    HomeDevice unit = unit(step.device());
    Eui64 address = unit.config.address();
    if (step.action() instanceof Action.Offer offer) {
      boolean isKnown = step.cue() == ScriptStep.Cue.START && offeredBefore.contains(address);
      if (isKnown || !unit.isOpen()) {
        return;
      }
      if (offer.other().isPresent()) {
        headEnd()
            .distribute(address, DevicePlan.of(unit.plan.device(), offer.other().get(), fittings));
      } else {
        begin(kernel.node(HUB), unit);
      }
    } else if (step.action() instanceof Action.StepClock) {
      stepClock(kernel.find(unit.planned.self()), step.action());
    } else {
      headEnd().command(address, step.action(), unit.plan);
    }
  }

  private void stepClock(int node, Action action) {
    kernel.node(node).clock().step(((Action.StepClock) action).millis());
  }

  private HomeHeadEnd headEnd() {
    if (headEnd == null) {
      throw new AssertionError("a script that needs a head end has one");
    }
    return headEnd;
  }

  private void outOfTime(HomeDevice unit) {
    unit.detail =
        String.format(
            Locale.ROOT,
            "within %d days of virtual time at %.1f %% loss",
            scenario.limits().safetyDays(),
            scenario.nemeses().air().drop() * 100);
  }

  private void begin(SimNode hub, HomeDevice unit) {
    if (headEnd == null || unit.config.gbcs().isEmpty()) {
      hub.input(new HubInput.Start(unit.planned.offer()));
    } else {
      headEnd.distribute(unit.config.address(), unit.plan);
    }
  }

  /**
   * What has not ended by the limit has run out of time if the link is to blame. It has stalled if
   * it does not end over a link without faults either, begun again where the hub has said that it
   * gave up. Nobody hears of what happens now.
   */
  private void checkNobodyStalls(SimNode hub) {
    listener = (virtualNanos, device, event) -> {};
    air.faults(LinkFaults.NONE);
    for (HomeDevice unit : units.values()) {
      if (unit.isOpen() && unit.givenUp) {
        begin(hub, unit);
      }
    }
    boolean unused = isDoneBy(scenario.limits().safetyNanos() + scenario.limits().livenessNanos());
    for (HomeDevice unit : units.values()) {
      if (unit.isOpen()) {
        throw invariants.violation("I7", unit.plan.name() + " neither ended nor failed");
      }
    }
  }

  private void perform(Pending.Step step) {
    if (headEnd != null && headEnd.perform(step)) {
      return;
    }
    if (step instanceof HomeStep.Scripted scripted) {
      perform(scripted.step());
    } else if (step instanceof HomeStep.ToHub toHub) {
      toHub(toHub.input());
    } else if (step instanceof HomeStep.DevicePowerCut cut) {
      HomeDevice unit = unit(cut.device());
      listener.powerCut(kernel.nanos(), unit.plan.name());
      unit.node().restart(cut.offNanos());
    } else if (step instanceof HomeStep.HubPowerCut cut) {
      kernel.node(HUB).restart(cut.offNanos());
    } else {
      throw new AssertionError("nobody performs " + step);
    }
  }

  private HomeDevice unit(Eui64 device) {
    HomeDevice found = units.get(device);
    if (found == null) {
      throw new AssertionError("no device " + device);
    }
    return found;
  }

  private HomeDevice unit(String name) {
    for (HomeDevice unit : units.values()) {
      if (unit.plan.name().equals(name)) {
        return unit;
      }
    }
    throw new AssertionError("no device " + name);
  }

  /** The WAN keeps what comes while the hub is off. */
  private void toHub(HubInput input) {
    SimNode hub = kernel.node(HUB);
    if (hub.isOn()) {
      hub.input(input);
    } else {
      kernel.schedule(WAN_RETRY_NANOS, new HomeStep.ToHub(input));
    }
  }

  private SimNode hub() {
    ImageStore images = fittings.images();
    for (DevicePlan plan : plans) {
      if (isServedByHeadEnd(plan.type())) {
        continue;
      }
      long maximum = scenario.world().hub().maximumImageOctets();
      for (ImageFile file : ImageFile.of(plan, maximum)) {
        images.put(
            StoredImage.check(file.name(), file.octets(), file.kind(), maximum), file.octets());
      }
    }
    TransferStore transfers = fittings.transfers();
    transfers.records().stream()
        .filter(stored -> stored.offer().isPresent() || stored.failure().isPresent())
        .forEach(stored -> offeredBefore.add(stored.name().client().address()));
    Peer self = new Peer(HUB_ADDRESS, ENDPOINT);
    InMemoryCounterStore counters = new InMemoryCounterStore();
    HubConfig config =
        HubConfig.builder(self)
            .gbcs(
                headEnd == null
                    ? Optional.empty()
                    : Optional.of(parties.hubConfig(HUB_ADDRESS, counters)))
            .parameters(scenario.world().hub())
            .build();
    HubWan wan = headEnd == null ? null : new HubWan(headEnd, ENDPOINT);
    if (wan != null) {
      wan.open(this::toHub);
    }
    return kernel.add(
        new SimNode.Setup(
            config.node(),
            Set.of(Clusters.OTA_UPGRADE),
            () -> fittings.hub(new HubMachine(config, images, transfers, air::maximumPayload)),
            NodeClock.set(UTC_START_MILLIS, 0),
            NodeTiming.DEFAULT,
            wan == null ? what -> {} : wan,
            (now, event) -> hubEvent(event)));
  }

  /** An IHD has no GBCS credentials: its image reaches the hub another way. */
  private boolean isServedByHeadEnd(DeviceType type) {
    return headEnd != null && type != DeviceType.IHD;
  }

  private void device(int number) {
    DevicePlan plan = plans.get(number);
    Peer self = new Peer(deviceAddress(number), ENDPOINT);
    PlannedDevice planned = new PlannedDevice(plan, fittings.verifier(plan), self);
    ImageId image = planned.image();
    ImageBank bank =
        invariants.guarded(self.address(), plan.name(), fittings.bank(plan), kernel::utcMillis);
    HomeDevice unit =
        new HomeDevice(
            planned,
            planned.config(gbcs(self.address(), plan)),
            bank,
            fittings.seen(bank),
            scenario.nemeses().powerCuts());
    units.put(self.address(), unit);
    invariants.expect(
        self.address(),
        plan.name(),
        image,
        unit.config.hardwareVersion(),
        plan.image(),
        ImageFile.of(plan, scenario.world().hub().maximumImageOctets()),
        plan.when(),
        plan.type().activatedByCommand(),
        headEnd == null || plan.type() == DeviceType.IHD || plan.type().activatedByCommand(),
        unit.bank);
    unit.node =
        kernel.add(
            new SimNode.Setup(
                unit.config.node(ENDPOINT),
                Set.of(),
                () -> machine(unit, number),
                fittings.clock(plan),
                NodeTiming.of(Home::jobNanos, REBOOT_NANOS),
                what -> {},
                (now, event) -> event(unit, now, event)));
    Journal found = unit.bank.journal();
    if (found.running().equals(image.fileVersion()) && found.boot() == Journal.Boot.CONFIRMED) {
      offeredBefore.add(self.address());
      unit.end(DeviceReport.Outcome.CONFIRMED, "before", kernel.nanos());
    }
    unit.node().start();
  }

  private Optional<GbcsConfig> gbcs(Eui64 device, DevicePlan plan) {
    if (headEnd == null || !isServedByHeadEnd(plan.type())) {
      return Optional.empty();
    }
    headEnd.trust(parties.device(device));
    headEnd.plan(device, plan);
    CounterStore kept = fittings.counters(plan);
    counters.put(device, kept);
    return Optional.of(parties.deviceConfig(device, plan.type(), fittings.seen(kept)));
  }

  private DeviceMachine machine(HomeDevice unit, int number) {
    unit.before = unit.counts();
    DeviceMachine made =
        new DeviceMachine(
            unit.config,
            unit.seen,
            streams.of(number + 1, Purpose.MACHINE, unit.restarts),
            () -> fittings.selfTest(unit.plan));
    invariants.started(unit.config.address());
    unit.restarts++;
    unit.machine = made;
    return made;
  }

  private static long jobNanos(Job job) {
    return job.octets() * JOB_NANOS_PER_OCTET;
  }

  private void hubEvent(Event event) {
    if (event instanceof UpdateEvent update && units.containsKey(update.device())) {
      HomeDevice unit = units.get(update.device());
      unit.givenUp =
          update instanceof UpdateEvent.Failed
              || (unit.givenUp && !(update instanceof UpdateEvent.Queued));
    }
  }

  private void event(HomeDevice unit, Now now, Event event) {
    if (event instanceof NodeEvent.Failed failure) {
      listener.failed(now.monotonicNanos(), unit.plan.name(), failure);
    }
    if (!(event instanceof UpdateEvent update)) {
      return;
    }
    invariants.event(now, update);
    listener.event(now.monotonicNanos(), unit.plan.name(), update);
    if (update instanceof UpdateEvent.Started && unit.startedNanos < 0) {
      unit.startedNanos = now.monotonicNanos();
    } else if (update instanceof UpdateEvent.Transferring transferring) {
      cutPower(unit, transferring);
    } else if (update instanceof UpdateEvent.Confirmed) {
      unit.end(DeviceReport.Outcome.CONFIRMED, "", kernel.nanos());
    } else if (update instanceof UpdateEvent.Waiting waiting
        && unit.plan.type().activatedByCommand()
        && unit.config.gbcs().isEmpty()) {
      unit.end(DeviceReport.Outcome.VERIFIED, "waiting for " + waiting.until(), kernel.nanos());
    } else if (update instanceof UpdateEvent.Failed failed) {
      unit.end(
          DeviceReport.Outcome.FAILED, failed.failure() + ": " + failed.detail(), kernel.nanos());
    }
  }

  /** Takes the power away after this call of the machine, as the scenario plans it. */
  private void cutPower(HomeDevice unit, UpdateEvent.Transferring at) {
    long percent = at.fileOffset() * 100 / at.imageSizeOctets();
    if (!unit.cuts.isEmpty() && percent >= unit.cuts.get(0).percent()) {
      Nemeses.PowerCut cut = unit.cuts.remove(0);
      kernel.schedule(0, new HomeStep.DevicePowerCut(unit.config.address(), cut.offNanos()));
    }
  }

  private void tap(Frame frame, Outcome outcome) {
    boolean toDevice = frame.source().address().equals(HUB_ADDRESS);
    Eui64 device = (toDevice ? frame.destination() : frame.source()).address();
    HomeDevice unit = units.get(device);
    if (unit == null) {
      return;
    }
    if (outcome == Outcome.DELIVERED || outcome == Outcome.CORRUPTED_UNDETECTED) {
      invariants.frame(device, toDevice, frame, outcome == Outcome.CORRUPTED_UNDETECTED);
    }
    listener.frame(kernel.nanos(), unit.plan.name(), toDevice, frame, outcome);
  }

  private HomeReport report() {
    List<DeviceReport> devices = new ArrayList<>();
    for (HomeDevice unit : units.values()) {
      devices.add(unit.report(scenario.limits().safetyNanos()));
    }
    counters.forEach((device, kept) -> invariants.counters(device, kept.last(GbParties.SUPPLIER)));
    FaultCounts faults = air.faultCounts();
    return new HomeReport(scenario.seed(), devices, faults, invariants.checks(), kernel.nanos());
  }
}
