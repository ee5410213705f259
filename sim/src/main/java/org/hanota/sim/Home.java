// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceEvent;
import org.hanota.gbcs.Message;
import org.hanota.hub.HubEvent;
import org.hanota.sim.check.Checkers;
import org.hanota.sim.check.InvariantViolated;
import org.hanota.sim.kernel.Air;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.LatencyAir;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Schedule;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.link.LinkModel;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.link.RandomFaults;
import org.hanota.sim.nemesis.Strikes;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.RadioAir;
import org.hanota.sim.radio.Transmission;
import org.hanota.sim.scenario.Nemeses;
import org.hanota.sim.scenario.Radio;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.World;

/** One home: a hub and its devices on a faulty link, from the offers to the end of every update. */
public final class Home {
  /** 2026-01-01T00:00:00Z. */
  static final long UTC_START_MILLIS = 1_767_225_600_000L;

  /** The true time of day so long after the beginning, in Unix milliseconds. */
  public static long utcMillis(long virtualNanos) {
    return UTC_START_MILLIS + virtualNanos / 1_000_000;
  }

  /** The address of the scenario's device of that number, from 0. */
  public static Eui64 deviceAddress(int number) {
    return new Eui64(FIRST_DEVICE_ADDRESS + number);
  }

  private static final long FIRST_DEVICE_ADDRESS = 0x00DB123456789100L;

  /** The hub of each simulated home. */
  public static final Eui64 HUB_ADDRESS = new Eui64(0x00DB1234567890A2L);

  /** Takes what happens, as it happens. */
  public interface Listener {
    /** A device's update moved on. */
    void event(long virtualNanos, String device, UpdateEvent event);

    /** A device lost its power. */
    default void powerCut(long virtualNanos, String device) {}

    /** A device has the home's supplier from now on, and had the other one before. */
    default void supplierChanged(long virtualNanos, String device) {}

    /** A device refused a GBCS command. */
    default void refused(long virtualNanos, String device, DeviceEvent.CommandRefused refused) {}

    /** A device's machine failed and starts again from its storage. */
    default void failed(long virtualNanos, String device, NodeEvent.Failed failure) {}

    /** A GBCS message reached the head end, or left it. */
    default void gbcs(long virtualNanos, Message message) {}

    /** A frame came, or did not. */
    default void frame(
        long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {}

    /** Something was on the air of a home with a radio; {@code to} may be {@link #ALL}. */
    default void onAir(String from, String to, Transmission sent) {}

    /** A radio gave a frame up, and says why. */
    default void givenUp(long virtualNanos, String from, String to, Frame frame, Fate fate) {}

    /** By its airtime in the last hour a radio may now send more, or less. */
    default void duty(long virtualNanos, String node, DutyState state) {}

    /** The hub's name where a listener is told who sends and receives. */
    String HUB = "hub";

    /** The name of all nodes. */
    String ALL = "all";
  }

  private final Scenario scenario;
  private Listener listener;
  private final Kernel kernel;
  private final LinkModel links;
  private final HomeNemeses nemeses;
  private final HomeExcuses excuses;
  private final RandomFaults faults;
  private final Checkers checkers;
  private final Optional<HomeHeadEnd> headEnd;
  private final HomeNodes nodes;
  private final HomeScript script;
  private final Optional<RadioAir> radio;

  /** Whether the second phase has begun, in which nothing goes wrong any more. */
  private boolean faultsStopped;

  private Home(Scenario scenario, Listener listener, Fittings fittings) {
    this.scenario = scenario;
    this.listener = listener;
    this.excuses = new HomeExcuses(scenario.world().hub().maximumImageOctets());
    Streams quiet = Streams.of(scenario.seed(), 0);
    Streams streams = fittings.draws().map(quiet::heardBy).orElse(quiet);
    HomeLinks models = new HomeLinks(scenario, streams, excuses::damaged);
    this.faults = models.faults();
    Strikes strikes = new Strikes(scenario.nemeses().rates(), streams, excuses, this::virtualNanos);
    World world = scenario.world();
    this.links = fittings.links(models.all(HomeNemeses.links(strikes, scenario)));
    this.radio = world.radio().map(plan -> radio(plan, world, streams));
    Air air =
        radio.isPresent()
            ? radio.get()
            : new LatencyAir(world.latencyNanos(), world.maximumPayload(), links, this::tap);
    this.kernel = new Kernel(schedule(scenario), air, UTC_START_MILLIS, this::perform);
    this.checkers = new Checkers(scenario.seed(), kernel::nanos);
    this.nemeses = new HomeNemeses(scenario, strikes, excuses, kernel);
    GbParties parties = new GbParties(scenario.seed());
    this.headEnd =
        world.hasHeadEnd()
            ? Optional.of(
                fittings.headEnd(
                    new HomeHeadEnd.Site(
                        parties,
                        kernel,
                        world.hub(),
                        nemeses.foes(),
                        this::message,
                        this::cue,
                        this::endsHere)))
            : Optional.empty();
    this.nodes =
        new HomeNodes(
            scenario,
            fittings,
            streams,
            kernel,
            air,
            nemeses,
            excuses,
            checkers,
            parties,
            headEnd,
            new Progress());
    this.script = new HomeScript(scenario, fittings, kernel, nodes, nemeses, headEnd);
  }

  private long virtualNanos() {
    return kernel.nanos();
  }

  private RadioAir radio(Radio plan, World world, Streams streams) {
    return new RadioAir(
        plan.settings(),
        node -> streams.of(node, Purpose.BACK_OFF),
        links,
        world.maximumPayload(),
        2 * world.latencyNanos(),
        plan.meterPeriodNanos(),
        this::tap,
        new HomeRadio(scenario, plan.settings(), () -> listener));
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
    nodes.start();
    headEnd.ifPresent(HomeHeadEnd::start);
    script.start();
    nemeses.start();
    for (Nemeses.HubRestart restart : scenario.nemeses().hubRestarts()) {
      kernel.schedule(restart.atNanos(), new HomeStep.HubPowerCut(restart.offNanos()));
    }
    boolean ended = isDoneBy(scenario.limits().safetyNanos());
    nodes.units().stream().filter(HomeDevice::isOpen).forEach(this::outOfTime);
    HomeReport report = report();
    if (!ended) {
      checkNobodyStalls();
    }
    return report;
  }

  private boolean isDoneBy(long limitNanos) {
    return kernel.run(this::isDone, limitNanos);
  }

  private boolean isDone() {
    for (HomeDevice unit : nodes.units()) {
      if (!unit.isDone()) {
        return false;
      }
    }
    return headEnd.map(HomeHeadEnd::isQuiet).orElse(true);
  }

  private void message(Message message) {
    checkers.headEnd(message);
    listener.gbcs(kernel.nanos(), message);
  }

  private void cue(Eui64 device, ScriptStep.Cue cue) {
    script.cue(device, cue);
  }

  private void endsHere(Eui64 device, DeviceReport.Outcome outcome, String reason) {
    nodes.unit(device).end(outcome, reason, kernel.nanos());
  }

  private void outOfTime(HomeDevice unit) {
    unit.detail =
        String.format(
            Locale.ROOT,
            "within %d days of virtual time at %.1f %% loss",
            scenario.limits().safetyDays(),
            scenario.nemeses().air().drop() * 100);
  }

  /**
   * What has not ended by the limit has run out of time if the link is to blame. It has stalled if
   * it does not end over a link without faults either, begun again where the hub gave up or is
   * done: by its memory, since what it told may be lost. Nobody hears of what happens now.
   */
  private void checkNobodyStalls() {
    listener = (virtualNanos, device, event) -> {};
    links.heal();
    nemeses.stop();
    faultsStopped = true;
    long stoppedNanos = kernel.nanos();
    headEnd.ifPresent(HomeHeadEnd::repeatOrders);
    for (HomeDevice unit : nodes.units()) {
      if (unit.isOpen() && !nodes.isServed(unit)) {
        script.begin(unit);
      }
    }
    boolean unused = isDoneBy(scenario.limits().safetyNanos() + scenario.limits().livenessNanos());
    for (HomeDevice unit : nodes.units()) {
      checkers.ended(unit.config.address(), unit.isOpen());
      if (excuses.isFaultOfOurs(unit, stoppedNanos)) {
        throw checkers.violation(
            "I7", unit.plan.name() + " ended " + unit.detail + " after all faults had stopped");
      }
    }
  }

  private void perform(Pending.Step step) {
    if (headEnd.isPresent() && headEnd.get().perform(step)) {
      return;
    }
    if (step instanceof HomeStep.Scripted scripted) {
      script.perform(scripted.step());
    } else if (step instanceof HomeStep.ToHub toHub) {
      nodes.toHub(toHub.input());
    } else if (step instanceof HomeStep.DevicePowerCut cut) {
      HomeDevice unit = nodes.unit(cut.device());
      listener.powerCut(kernel.nanos(), unit.plan.name());
      unit.node().restart(cut.offNanos());
    } else if (step instanceof HomeStep.HubPowerCut cut) {
      if (!faultsStopped) {
        nodes.hub().restart(cut.offNanos());
      }
    } else if (step instanceof HomeStep.Struck struck) {
      nemeses.struck(struck.strike());
    } else if (step instanceof HomeStep.Tick) {
      nemeses.tick();
    } else if (step instanceof HomeStep.Occasion occasion) {
      nemeses.occasion(occasion.node());
    } else {
      throw new AssertionError("nobody performs " + step);
    }
  }

  /** How the updates go, by what the nodes report. */
  private final class Progress implements HomeNodes.Reports {
    @Override
    public void hub(Event event) {
      if (event instanceof HubEvent.Quarantined quarantined) {
        excuses.quarantined(quarantined.sha256(), kernel.nanos());
      }
      if (event instanceof UpdateEvent update) {
        nodes.find(update.device()).ifPresent(unit -> unit.hubSays(update));
      }
    }

    @Override
    public void supplierChanged(HomeDevice unit) {
      listener.supplierChanged(kernel.nanos(), unit.plan.name());
    }

    @Override
    public void device(HomeDevice unit, Now now, Event event) {
      if (event instanceof DeviceEvent.CommandRefused refused) {
        listener.refused(now.monotonicNanos(), unit.plan.name(), refused);
      }
      if (event instanceof NodeEvent.Failed failure) {
        listener.failed(now.monotonicNanos(), unit.plan.name(), failure);
      }
      if (!(event instanceof UpdateEvent update)) {
        return;
      }
      checkers.event(unit.config.address(), update, nodes.latestUtcMillis(unit));
      nemeses.event(unit.node().number(), unit.plan.type(), update);
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
      } else if (update instanceof UpdateEvent.Failed failed
          && unit.isOpen()
          && !checkers.isFormer(unit.config.address(), failed.image())) {
        unit.failure = failed.failure();
        unit.end(
            DeviceReport.Outcome.FAILED, failed.failure() + ": " + failed.detail(), kernel.nanos());
      }
    }

    /** Takes the power away after this call of the machine, as the scenario plans it. */
    private void cutPower(HomeDevice unit, UpdateEvent.Transferring at) {
      long percent = at.fileOffset() * 100 / at.imageSizeOctets();
      nemeses.received(unit.plan.name(), percent);
      if (!faultsStopped && !unit.cuts.isEmpty() && percent >= unit.cuts.get(0).percent()) {
        Nemeses.PowerCut cut = unit.cuts.remove(0);
        kernel.schedule(0, new HomeStep.DevicePowerCut(unit.config.address(), cut.offNanos()));
      }
    }
  }

  private void tap(Frame frame, Outcome outcome) {
    boolean toDevice = frame.source().address().equals(HUB_ADDRESS);
    Eui64 device = (toDevice ? frame.destination() : frame.source()).address();
    nodes
        .find(device)
        .ifPresent(
            unit -> {
              checkers.frame(device, toDevice, frame, outcome);
              listener.frame(kernel.nanos(), unit.plan.name(), toDevice, frame, outcome);
            });
  }

  private HomeReport report() {
    List<DeviceReport> devices = new ArrayList<>();
    for (HomeDevice unit : nodes.units()) {
      devices.add(unit.report(scenario.limits().safetyNanos()));
    }
    nodes.checkCounters();
    return new HomeReport(
        scenario.seed(),
        devices,
        faults.counts(),
        nemeses.fired(faults.counts()),
        excuses.explained(nodes.units(), scenario.limits().safetyNanos()),
        checkers.sometimes(),
        checkers.checks(),
        radio.map(RadioAir::counts),
        kernel.nanos());
  }
}
