// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ImageBank;
import org.hanota.gbcs.CounterStore;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.store.TransferStore;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.NodeClock;
import org.hanota.sim.link.FaultCounts;
import org.hanota.sim.link.LinkModel;
import org.hanota.sim.nemesis.Flaws;
import org.hanota.sim.nemesis.Strikes;
import org.hanota.sim.nemesis.StruckBank;
import org.hanota.sim.nemesis.StruckFrames;
import org.hanota.sim.nemesis.StruckHub;
import org.hanota.sim.scenario.ImageSource;
import org.hanota.sim.scenario.ImageSource.Flaw;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Strike;

/** What goes wrong in a home, and how its nodes are struck. */
final class HomeNemeses {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** How often restarts, stops and steps of clocks have their occasion. */
  private static final long TICK_NANOS = 30 * SECOND_NANOS;

  private static final Set<Nemesis> OF_TICKS =
      Set.of(Nemesis.RESTART, Nemesis.HUB_RESTART, Nemesis.CLOCK_STEP, Nemesis.DEVICE_STOPS);

  private static final long LONGEST_OFF_SECONDS = 20;

  /** A hub that loses its mains with the meter's is off for minutes. [facts/attacks MP102] */
  private static final long LONGEST_METER_OFF_SECONDS = 240;

  private static final long LARGEST_STEP_SECONDS = 7_200;

  /** Five per cent: far more than any crystal. */
  private static final long LARGEST_DRIFT_PPB = 50_000_000;

  private final Scenario scenario;
  private final Kernel kernel;
  private final Strikes strikes;
  private final List<Strike> atPercent = new ArrayList<>();
  private final Map<Integer, NodeClock> clocks = new TreeMap<>();

  /** How far each clock has been ahead of the true time so far, in milliseconds. */
  private final Map<Integer, Long> leads = new TreeMap<>();

  private final HomeExcuses excuses;

  HomeNemeses(Scenario scenario, Strikes strikes, HomeExcuses excuses, Kernel kernel) {
    this.excuses = excuses;
    this.scenario = scenario;
    this.kernel = kernel;
    this.strikes = strikes;
    // Some have their only occasion before anything happens.
    scenario.nemeses().strikes().stream()
        .filter(HomeNemeses::isFromTheBeginning)
        .forEach(strike -> names(strike).forEach(name -> arm(strike.nemesis(), node(name))));
  }

  /** The occasions that go by the time are pending from now on. */
  void start() {
    for (Strike strike : scenario.nemeses().strikes()) {
      if (strike.percent().isPresent()) {
        spread(strike);
      } else if (!isFromTheBeginning(strike)) {
        kernel.schedule(strike.atNanos(), new HomeStep.Struck(strike));
      }
    }
    if (strikes.exist(OF_TICKS)) {
      kernel.schedule(TICK_NANOS, new HomeStep.Tick());
    }
  }

  private static boolean isFromTheBeginning(Strike strike) {
    return strike.percent().isEmpty() && strike.atNanos() == 0;
  }

  private void spread(Strike strike) {
    for (String name : names(strike)) {
      atPercent.add(new Strike(strike.nemesis(), name, strike.percent(), 0));
    }
  }

  private List<String> names(Strike strike) {
    return strike.node().equals(LinkFault.ANY)
        ? scenario.world().devices().stream().map(ScenarioDevice::name).toList()
        : List.of(strike.node());
  }

  private int node(String name) {
    return scenario.world().nodeOf(name);
  }

  /** A strike's time has come. */
  void struck(Strike strike) {
    names(strike).forEach(name -> arm(strike.nemesis(), node(name)));
  }

  /** So much of a device's image has come. */
  void received(String device, long percent) {
    for (Strike strike : List.copyOf(atPercent)) {
      if (strike.node().equals(device) && percent >= strike.percent().orElseThrow()) {
        atPercent.remove(strike);
        arm(strike.nemesis(), node(device));
      }
    }
  }

  private void arm(Nemesis nemesis, int node) {
    boolean isOfHub = nemesis.isOfHub();
    strikes.arm(nemesis, isOfHub ? HomeNodes.HUB : node);
    if (OF_TICKS.contains(nemesis)) {
      kernel.schedule(0, new HomeStep.Occasion(isOfHub ? HomeNodes.HUB : node));
    }
  }

  /** Half a minute has gone by: an occasion at each node. */
  void tick() {
    for (int node = 0; node < kernel.nodes(); node++) {
      occasion(node);
    }
    kernel.schedule(TICK_NANOS, new HomeStep.Tick());
  }

  /** An occasion for what needs no act of the node. */
  void occasion(int node) {
    if (strikes.strikes(Nemesis.CLOCK_STEP, node) && kernel.node(node).clock().knowsUtc()) {
      long seconds =
          strikes.details(Nemesis.CLOCK_STEP, node).belowLong(2 * LARGEST_STEP_SECONDS + 1)
              - LARGEST_STEP_SECONDS;
      kernel.node(node).clock().step(seconds * 1_000);
      leadMillis(node);
    }
    if (node == HomeNodes.HUB) {
      if (strikes.strikes(Nemesis.HUB_RESTART, node)) {
        kernel.node(node).restart(off(Nemesis.HUB_RESTART, node, LONGEST_OFF_SECONDS));
      }
      return;
    }
    if (strikes.strikes(Nemesis.RESTART, node)) {
      kernel.node(node).restart(off(Nemesis.RESTART, node, LONGEST_OFF_SECONDS));
    }
    if (strikes.strikes(Nemesis.DEVICE_STOPS, node)) {
      kernel.node(node).restart(Math.max(0, scenario.limits().safetyNanos() - kernel.nanos()));
    }
  }

  private long off(Nemesis nemesis, int node, long longestSeconds) {
    return strikes.details(nemesis, node).belowLong(longestSeconds * SECOND_NANOS);
  }

  /** A device does something about its update. */
  void event(int node, DeviceType type, UpdateEvent event) {
    if (event instanceof UpdateEvent.Activating
        && (type == DeviceType.ESME || type == DeviceType.GSME)
        && strikes.strikes(Nemesis.METER_CUTS_HUB, node)) {
      long off = off(Nemesis.METER_CUTS_HUB, node, LONGEST_METER_OFF_SECONDS);
      kernel.schedule(0, new HomeStep.HubPowerCut(off));
    }
  }

  /** What strikes the frames of each device. */
  static List<LinkModel> links(Strikes strikes, Scenario scenario) {
    List<LinkModel> models = new ArrayList<>();
    for (int node = 1; node <= scenario.world().devices().size() && !isQuiet(scenario); node++) {
      models.add(new StruckFrames(strikes, node));
    }
    return models;
  }

  ImageBank bank(int node, ImageBank bank) {
    return isQuiet(scenario) ? bank : new StruckBank(bank, strikes, node, kernel::nanos);
  }

  CounterStore counters(ImageBank bank, CounterStore kept) {
    return bank instanceof StruckBank struck ? struck.counters(kept) : kept;
  }

  ImageStore images(ImageStore store) {
    return isQuiet(scenario) ? store : hubStorage().images(store);
  }

  TransferStore transfers(TransferStore store) {
    return isQuiet(scenario) ? store : hubStorage().transfers(store);
  }

  /** Whether nothing can strike. */
  boolean isQuiet() {
    return isQuiet(scenario);
  }

  private static boolean isQuiet(Scenario scenario) {
    return scenario.nemeses().rates().isEmpty() && scenario.nemeses().strikes().isEmpty();
  }

  private Optional<StruckHub> hub = Optional.empty();

  private StruckHub hubStorage() {
    if (hub.isEmpty()) {
      hub = Optional.of(new StruckHub(strikes, HomeNodes.HUB, kernel::nanos));
    }
    return hub.orElseThrow();
  }

  /** The clock of a node, or one in its place. */
  NodeClock clock(int node, NodeClock clock) {
    NodeClock made = clock;
    long drift = 0;
    if (strikes.strikes(Nemesis.CLOCK_SKEW, node)) {
      SeededRandom random = strikes.details(Nemesis.CLOCK_SKEW, node);
      drift = random.belowLong(2 * LARGEST_DRIFT_PPB + 1) - LARGEST_DRIFT_PPB;
      made = NodeClock.set(Home.UTC_START_MILLIS, drift);
    }
    if (node != HomeNodes.HUB && strikes.strikes(Nemesis.CLOCK_UNSET, node)) {
      made = NodeClock.unset(drift);
    }
    clocks.put(node, made);
    return made;
  }

  /** What the head end sends by mistake instead of a device's image; empty for the right one. */
  Optional<DevicePlan> sent(int node, DevicePlan plan) {
    return noted(plan, drawn(node, plan, true));
  }

  /** The same for what is brought to a hub, and if the hub {@code takes} it. */
  Optional<DevicePlan> brought(int node, DevicePlan plan, Predicate<DevicePlan> takes) {
    return noted(plan, drawn(node, plan, false).filter(takes));
  }

  private Optional<DevicePlan> noted(DevicePlan plan, Optional<DevicePlan> instead) {
    instead.ifPresent(other -> excuses.spoil(plan.imageName(), other, kernel.nanos()));
    return instead;
  }

  private Optional<DevicePlan> drawn(int node, DevicePlan plan, boolean byHeadEnd) {
    if (strikes.strikes(Nemesis.DAMAGED_IMAGE, node)) {
      SeededRandom random = strikes.details(Nemesis.DAMAGED_IMAGE, node);
      int tail = plan.image().length() / 2;
      Octets damaged =
          plan.image()
              .slice(0, tail)
              .concat(
                  Flaws.damaged(plan.image().slice(tail, plan.image().length() - tail), random));
      return Optional.of(with(plan, "damaged.ota", damaged));
    }
    if (byHeadEnd && strikes.strikes(Nemesis.TRUNCATED_IMAGE, node)) {
      SeededRandom random = strikes.details(Nemesis.TRUNCATED_IMAGE, node);
      return Optional.of(with(plan, "truncated.ota", Flaws.truncated(plan.image(), random)));
    }
    if (byHeadEnd
        && plan.device().image() instanceof ImageSource.Sample sample
        && strikes.strikes(Nemesis.WRONG_IMAGE, node)) {
      ImageSource wrong =
          new ImageSource.Sample(sample.seed(), sample.firmwareOctets(), Flaw.OTHER_HARDWARE);
      return Optional.of(DevicePlan.of(plan.device(), wrong, Fittings.IN_MEMORY));
    }
    return Optional.empty();
  }

  private static DevicePlan with(DevicePlan plan, String name, Octets octets) {
    return new DevicePlan(plan.device(), name, octets, plan.kind(), plan.verifier());
  }

  /** Who commands the devices besides the head end. */
  HomeHeadEnd.Foes foes() {
    return new HomeHeadEnd.Foes() {
      @Override
      public boolean replays(Eui64 device) {
        return strikes.strikes(Nemesis.REPLAYED_COMMAND, kernel.find(new Peer(device, 1)));
      }

      @Override
      public boolean forges(Eui64 device) {
        return strikes.strikes(Nemesis.FOREIGN_COMMAND, kernel.find(new Peer(device, 1)));
      }
    };
  }

  /** All stop; clocks are set. */
  void stop() {
    strikes.stop();
    atPercent.clear();
    clocks.values().forEach(clock -> clock.correct(kernel.nanos(), kernel.utcMillis()));
  }

  /** How far a node's clock has been ahead of the true time so far, in milliseconds. */
  long leadMillis(int node) {
    NodeClock clock = clocks.get(node);
    if (clock == null) {
      throw new AssertionError("no node " + node);
    }
    long now = clock.knowsUtc() ? clock.at(kernel.nanos()).utcMillis() - kernel.utcMillis() : 0;
    return leads.merge(node, Math.max(0, now), Math::max);
  }

  /** How often each struck, those of the air among them. */
  Map<Nemesis, Long> fired(FaultCounts air) {
    Map<Nemesis, Long> fired = new EnumMap<>(Nemesis.class);
    fired.putAll(strikes.fired());
    add(fired, Nemesis.LOST, air.dropped() + air.acknowledgementsDropped());
    add(fired, Nemesis.REPEATED, air.repeated());
    add(fired, Nemesis.REORDERED, air.reordered());
    add(fired, Nemesis.DELAYED, air.delayed());
    add(fired, Nemesis.CORRUPTED, air.corrupted());
    add(fired, Nemesis.CORRUPTED_UNSEEN, air.corruptedUndetected());
    return fired;
  }

  private static void add(Map<Nemesis, Long> fired, Nemesis nemesis, long times) {
    if (times > 0) {
      fired.merge(nemesis, times, Long::sum);
    }
  }
}
