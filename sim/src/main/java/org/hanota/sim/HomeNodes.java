// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.NodeTiming;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceMachine;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.key.Credentials;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubInput;
import org.hanota.hub.HubMachine;
import org.hanota.hub.HubWan;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.store.TransferStore;
import org.hanota.otaformat.Verifier;
import org.hanota.sim.check.Checkers;
import org.hanota.sim.check.Subject;
import org.hanota.sim.kernel.Air;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.NodeClock;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.SimNode;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.scenario.Scenario;

/** The nodes of a home with all that they are made of. */
final class HomeNodes {
  private static final int ENDPOINT = 1;

  /** The hub's number in the kernel; the devices follow. */
  static final int HUB = 0;

  /** Erasing and checking run at this speed; a reboot takes as long as a small device needs. */
  private static final long JOB_NANOS_PER_OCTET = 2_000;

  private static final long WAN_RETRY_NANOS = 1_000_000_000L;

  private static final long REBOOT_NANOS = 2_000_000_000L;

  private static final long CHANGE_NANOS = 1_000_000_000L;

  /** Hears what the nodes report. */
  interface Reports {
    /** Of a device. */
    void device(HomeDevice unit, Now now, Event event);

    /** Of the hub. */
    void hub(Event event);

    /** A device has another supplier. */
    void supplierChanged(HomeDevice unit);
  }

  private final Scenario scenario;
  private final Fittings fittings;
  private final Streams streams;
  private final Kernel kernel;
  private final Air air;
  private final HomeNemeses nemeses;
  private final HomeExcuses excuses;
  private final Checkers checkers;
  private final Reports reports;
  private final GbParties parties;
  private final List<DevicePlan> plans = new ArrayList<>();
  private final Map<Eui64, HomeDevice> units = new TreeMap<>();
  private final Map<Eui64, CounterStore> counters = new TreeMap<>();
  private final Optional<HomeHeadEnd> headEnd;

  /** The hub's memory. */
  private final TransferStore transfers;

  /** What a hub that was given its memory need not be told again. */
  private final Set<Eui64> offeredBefore = new TreeSet<>();

  HomeNodes(
      Scenario scenario,
      Fittings fittings,
      Streams streams,
      Kernel kernel,
      Air air,
      HomeNemeses nemeses,
      HomeExcuses excuses,
      Checkers checkers,
      GbParties parties,
      Optional<HomeHeadEnd> headEnd,
      Reports reports) {
    this.scenario = scenario;
    this.fittings = fittings;
    this.streams = streams;
    this.kernel = kernel;
    this.air = air;
    this.nemeses = nemeses;
    this.excuses = excuses;
    this.checkers = checkers;
    this.parties = parties;
    this.headEnd = headEnd;
    this.reports = reports;
    this.transfers = fittings.transfers();
    scenario.world().devices().forEach(device -> plans.add(DevicePlan.of(device, fittings)));
  }

  /** Makes all nodes and starts them, the hub first. */
  void start() {
    headEnd.ifPresent(far -> far.trust(parties.device(Home.HUB_ADDRESS)));
    start(makeHub());
    for (int i = 0; i < plans.size(); i++) {
      device(i);
    }
  }

  /** A storage that fails at the first start is one that fails at any other. */
  private void start(SimNode node) {
    if (nemeses.isQuiet()) {
      node.start();
    } else {
      node.restart(0);
    }
  }

  SimNode hub() {
    return kernel.node(HUB);
  }

  /** The devices, in the order of their addresses, which is that of the scenario. */
  Collection<HomeDevice> units() {
    return units.values();
  }

  /** The device at that address; empty for any other address. */
  Optional<HomeDevice> find(Eui64 address) {
    return Optional.ofNullable(units.get(address));
  }

  HomeDevice unit(Eui64 device) {
    return find(device).orElseThrow(() -> new AssertionError("no device " + device));
  }

  HomeDevice unit(String name) {
    for (HomeDevice unit : units.values()) {
      if (unit.plan.name().equals(name)) {
        return unit;
      }
    }
    throw new AssertionError("no device " + name);
  }

  /** Whether the hub was told to serve it before this run. */
  boolean isOfferedBefore(HomeDevice unit) {
    return offeredBefore.contains(unit.config.address());
  }

  /** Whether the hub's memory has an update of the device that goes on. */
  boolean isServed(HomeDevice unit) {
    return transfers.records().stream()
        .filter(stored -> stored.name().client().address().equals(unit.config.address()))
        .anyMatch(stored -> stored.phase().isOpen());
  }

  /** A device has the home's supplier from now on; it learns so by a restart. */
  void changeSupplier(HomeDevice unit) {
    if (unit.former.isPresent()) {
      unit.former = Optional.empty();
      reports.supplierChanged(unit);
      unit.node().restart(CHANGE_NANOS);
    }
  }

  /** At the end: the counters of all devices are checked. */
  void checkCounters() {
    counters.forEach((device, kept) -> checkers.counter(device, kept.last(GbParties.SUPPLIER)));
  }

  /** The WAN keeps what comes while the hub is off, and what the hub fails to take. */
  void toHub(HubInput input) {
    if (hub().isOn()) {
      hub().input(input);
    }
    if (!hub().isOn()) {
      kernel.schedule(WAN_RETRY_NANOS, new HomeStep.ToHub(input));
    }
  }

  /** Makes the hub and its images. */
  private SimNode makeHub() {
    ImageStore images = fittings.images();
    new BroughtImages(nemeses, scenario.world().hub().maximumImageOctets())
        .put(images, plans, plan -> !isServedByHeadEnd(plan.type()));
    transfers.records().stream()
        .filter(stored -> stored.offer().isPresent() || stored.failure().isPresent())
        .forEach(stored -> offeredBefore.add(stored.name().client().address()));
    ImageStore struckImages = nemeses.images(images);
    TransferStore struckTransfers = nemeses.transfers(transfers);
    Peer self = new Peer(Home.HUB_ADDRESS, ENDPOINT);
    InMemoryCounterStore hubCounters = new InMemoryCounterStore();
    HubConfig config =
        HubConfig.builder(self)
            .gbcs(headEnd.map(far -> parties.hubConfig(Home.HUB_ADDRESS, hubCounters)))
            .parameters(scenario.world().hub())
            .build();
    Optional<HubWan> wan = headEnd.map(far -> new HubWan(far.wan(), ENDPOINT));
    wan.ifPresent(link -> link.open(this::toHub));
    return kernel.add(
        new SimNode.Setup(
            config.node(),
            Set.of(Clusters.OTA_UPGRADE),
            () ->
                fittings.hub(
                    new HubMachine(config, struckImages, struckTransfers, air::maximumPayload)),
            nemeses.clock(HUB, NodeClock.set(Home.UTC_START_MILLIS, 0)),
            NodeTiming.DEFAULT,
            wan.<Consumer<ToWan>>map(link -> link).orElse(what -> {}),
            (now, event) -> reports.hub(event)));
  }

  /** An IHD has no GBCS credentials: its image reaches the hub another way. */
  private boolean isServedByHeadEnd(DeviceType type) {
    return headEnd.isPresent() && type != DeviceType.IHD;
  }

  private void device(int number) {
    DevicePlan plan = plans.get(number);
    Peer self = new Peer(Home.deviceAddress(number), ENDPOINT);
    PlannedDevice planned = new PlannedDevice(plan, fittings.verifier(plan), self);
    ImageId image = planned.image();
    ImageBank stored = fittings.bank(plan);
    Map<ImageType, Octets> files = new TreeMap<>();
    ImageFile.of(plan, scenario.world().hub().maximumImageOctets())
        .forEach(file -> files.put(file.image().imageType(), file.octets()));
    checkers.expect(
        new Subject(
            self.address(),
            plan.name(),
            image,
            planned.config(Optional.empty()).hardwareVersion(),
            plan.image(),
            files,
            scenario.formerImages(plan.name()).stream()
                .map(source -> DevicePlan.of(plan.device(), source, fittings).image())
                .toList(),
            plan.when(),
            plan.type().activatedByCommand(),
            headEnd.isEmpty() || plan.type() == DeviceType.IHD || plan.type().activatedByCommand(),
            () -> excuses.isDamaged(number + 1, plan.imageName()),
            stored));
    ImageBank bank = new BankGuard(stored, observer(self.address()));
    ImageBank struck = nemeses.bank(number + 1, fittings.seen(bank));
    Optional<CounterStore> kept = gbcs(self.address(), plan, struck);
    HomeDevice unit =
        new HomeDevice(
            planned,
            planned.config(
                kept.map(
                    store ->
                        parties.deviceConfig(
                            self.address(), plan.type(), store, parties.supplier))),
            scenario.changesSupplier(plan.name())
                ? Optional.of(former(plan, self, kept.orElseThrow()))
                : Optional.empty(),
            bank,
            struck,
            scenario.nemeses().powerCuts());
    units.put(self.address(), unit);

    unit.node =
        kernel.add(
            new SimNode.Setup(
                unit.config.node(ENDPOINT),
                Set.of(),
                () -> machine(unit, number),
                nemeses.clock(number + 1, fittings.clock(plan)),
                NodeTiming.of(HomeNodes::jobNanos, REBOOT_NANOS),
                what -> {},
                (now, event) -> reports.device(unit, now, event)));
    Journal found = unit.bank.journal();
    if (found.running().equals(image.fileVersion()) && found.boot() == Journal.Boot.CONFIRMED) {
      offeredBefore.add(self.address());
      unit.end(DeviceReport.Outcome.CONFIRMED, "before", kernel.nanos());
    }
    start(unit.node());
  }

  /** The same device while its supplier is the other one, whose images it takes. */
  private DeviceConfig former(DevicePlan plan, Peer self, CounterStore kept) {
    Credentials supplier = parties.otherSupplier();
    Verifier verifier = Verifier.authorisingSignature(supplier.digitalSignatureKey().publicKey());
    return new PlannedDevice(plan, verifier, self)
        .config(Optional.of(parties.deviceConfig(self.address(), plan.type(), kept, supplier)));
  }

  /** The counters of a device that takes part in GBCS. */
  private Optional<CounterStore> gbcs(Eui64 device, DevicePlan plan, ImageBank bank) {
    if (!isServedByHeadEnd(plan.type())) {
      return Optional.empty();
    }
    headEnd.orElseThrow().trust(parties.device(device));
    headEnd.orElseThrow().plan(device, plan);
    CounterStore kept = fittings.counters(plan);
    counters.put(device, kept);
    return Optional.of(nemeses.counters(bank, fittings.seen(kept)));
  }

  /** Passes on what a device does to its bank. */
  private BankGuard.Observer observer(Eui64 device) {
    return new BankGuard.Observer() {
      @Override
      public void changes(Journal journal, Slot slot, String does) {
        checkers.changes(device, journal, slot, does);
      }

      @Override
      public void saves(Journal journal, long claimed, long written) {
        checkers.saves(device, journal, claimed, written);
      }

      @Override
      public void swaps(Journal before, Journal after) {
        checkers.swaps(device, before, after, latestUtcMillis(unit(device)));
      }
    };
  }

  /**
   * The latest time of day that a device may have been told by now: nobody is to blame for a clock
   * that is ahead. A command's time comes by the device's own clock, another one by its hub's too.
   */
  long latestUtcMillis(HomeDevice unit) {
    long own = nemeses.leadMillis(unit.node().number());
    boolean isCommanded = unit.plan.type().activatedByCommand();
    long lead = isCommanded ? own : Math.max(own, nemeses.leadMillis(HUB));
    return kernel.utcMillis() + lead;
  }

  private DeviceMachine machine(HomeDevice unit, int number) {
    unit.before = unit.counts();
    DeviceMachine made =
        new DeviceMachine(
            unit.former.orElse(unit.config),
            unit.seen,
            streams.of(number + 1, Purpose.MACHINE, unit.restarts),
            () -> fittings.selfTest(unit.plan));
    checkers.started(unit.config.address());
    unit.restarts++;
    unit.machine = made;
    return made;
  }

  private static long jobNanos(Job job) {
    return job.octets() * JOB_NANOS_PER_OCTET;
  }
}
