// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.sim.link.LinkFaults;
import org.hanota.sim.scenario.ScriptStep.Action;
import org.jspecify.annotations.Nullable;

/**
 * A whole simulation as data: the same scenario gives the same run, octet for octet.
 *
 * @param seed everything random follows from it
 * @param tieSeed draws another order for what happens at the same time; empty for the order in
 *     which it was decided
 * @param world the home
 * @param script what is done to it
 * @param nemeses what goes wrong
 * @param limits when it ends
 */
public record Scenario(
    long seed,
    OptionalLong tieSeed,
    World world,
    List<ScriptStep> script,
    Nemeses nemeses,
    Limits limits) {
  /** Checks that the script fits the world. */
  public Scenario {
    script = List.copyOf(script);
    for (ScriptStep step : script) {
      if (!step.device().equals(ScenarioDevice.HUB) && world.device(step.device()).isEmpty()) {
        throw new IllegalArgumentException(
            "the script names '"
                + step.device()
                + "', allowed hub and "
                + world.devices().stream().map(ScenarioDevice::name).toList());
      }
      if (step.action() instanceof Action.Offer offer
          && offer.other().isPresent()
          && world.device(step.device()).orElseThrow().type() == DeviceType.IHD) {
        throw new IllegalArgumentException(
            "the script offers another image to the IHD "
                + step.device()
                + ", allowed for what a head end serves");
      }
      if (step.isCommand()
          && !world.device(step.device()).orElseThrow().type().activatedByCommand()) {
        throw new IllegalArgumentException(
            "the script commands " + step.device() + ", allowed for hcalcs, esme and gsme");
      }
      if (step.action() instanceof Action.ActivateAsFormer
          && script.stream().noneMatch(each -> isFormers(each, step.device()))) {
        throw new IllegalArgumentException(
            "the script has activateAsFormer of "
                + step.device()
                + ", allowed for a device with changeSupplier that is offered an image of flaw"
                + " former-supplier");
      }
      if (step.needsHeadEnd() && !world.hasHeadEnd()) {
        throw new IllegalArgumentException(
            "the script has " + step + ", which needs headEnd: true in the world");
      }
    }
    for (LinkFault fault : nemeses.links()) {
      node(world, fault.from());
      node(world, fault.to());
    }
    nemeses.strikes().forEach(strike -> node(world, strike.node()));
    for (ScenarioDevice device : world.devices()) {
      if (script.stream().noneMatch(step -> isOffer(step, device))) {
        throw new IllegalArgumentException(
            "the script never offers " + device.name() + " its image");
      }
    }
  }

  private static void node(World world, String name) {
    if (!name.equals(LinkFault.ANY)
        && !name.equals(ScenarioDevice.HUB)
        && world.device(name).isEmpty()) {
      throw new IllegalArgumentException(
          "what goes wrong names '" + name + "', allowed any, hub and " + world.names());
    }
  }

  /** Whether the last command to the device takes back what was commanded before. */
  public boolean endsCancelled(String device) {
    boolean cancelled = false;
    for (ScriptStep step : script) {
      if (step.device().equals(device)) {
        boolean commands = step.action() instanceof Action.Activate;
        cancelled = (cancelled && !commands) || step.action() instanceof Action.Cancel;
      }
    }
    return cancelled;
  }

  /** Whether the device begins with another supplier than it has in the end. */
  public boolean changesSupplier(String device) {
    return script.stream()
        .anyMatch(
            step -> step.device().equals(device) && step.action() instanceof Action.ChangeSupplier);
  }

  /** What the former supplier of a device that changes it sends. */
  public List<ImageSource> formerImages(String device) {
    return changesSupplier(device)
        ? script.stream()
            .filter(step -> isFormers(step, device))
            .flatMap(step -> ((Action.Offer) step.action()).other().stream())
            .distinct()
            .toList()
        : List.of();
  }

  private static boolean isFormers(ScriptStep step, String device) {
    return step.device().equals(device)
        && step.action() instanceof Action.Offer offer
        && offer.other().filter(Scenario::isFormers).isPresent();
  }

  private static boolean isFormers(ImageSource image) {
    return image instanceof ImageSource.Sample sample
        && sample.flaw() == ImageSource.Flaw.FORMER_SUPPLIER;
  }

  private static boolean isOffer(ScriptStep step, ScenarioDevice device) {
    return step.device().equals(device.name())
        && step.action() instanceof Action.Offer offer
        && offer.other().isEmpty();
  }

  /** A home without devices yet, where nothing goes wrong and nobody is at the far end. */
  public static Builder builder(long seed) {
    return new Builder(seed);
  }

  /** Makes a scenario step by step. */
  public static final class Builder {
    private static final long LATENCY_NANOS = 4_000_000;

    private final long seed;
    private OptionalLong tieSeed = OptionalLong.empty();
    private HubParameters hub = HubParameters.DEFAULT.with(HubParameter.SERVES_UNASKED, false);
    private long latencyNanos = LATENCY_NANOS;
    private int maximumPayload = World.PAYLOAD_NETWORK_SECURITY;
    private Optional<Radio> radio = Optional.empty();
    private List<ScenarioDevice> devices = List.of();
    private @Nullable Function<World, List<ScriptStep>> headEnd;
    private LinkFaults faults = LinkFaults.NONE;
    private List<LinkFault> links = List.of();
    private List<Nemeses.PowerCut> powerCuts = List.of();
    private List<Nemeses.HubRestart> hubRestarts = List.of();
    private Map<Nemesis, Double> rates = Map.of();
    private List<Strike> strikes = List.of();
    private Limits limits = Limits.DEFAULT;

    private Builder(long seed) {
      this.seed = seed;
    }

    /** Draws the order of what happens at the same time from here. */
    public Builder tieSeed(long value) {
      tieSeed = OptionalLong.of(value);
      return this;
    }

    /** Times and limits of the hub; unless set, it serves what it is told to. */
    public Builder hub(HubParameters value) {
      hub = value;
      return this;
    }

    /** The channel that all frames share. */
    public Builder radio(Radio value) {
      radio = Optional.of(value);
      return this;
    }

    /** The devices. */
    public Builder devices(List<ScenarioDevice> value) {
      devices = List.copyOf(value);
      return this;
    }

    /** The devices. */
    public Builder devices(ScenarioDevice... value) {
      return devices(List.of(value));
    }

    /** Somebody is at the far end of the WAN, and does what the script of {@link Scripts} says. */
    public Builder headEnd(Function<World, List<ScriptStep>> script) {
      headEnd = script;
      return this;
    }

    /** What goes wrong on the air. */
    public Builder faults(LinkFaults value) {
      faults = value;
      return this;
    }

    /** What goes wrong on some links. */
    public Builder links(List<? extends LinkFault> value) {
      links = List.copyOf(value);
      return this;
    }

    /** The air only loses frames, this fraction of them. */
    public Builder loss(double fraction) {
      return faults(LinkFaults.loss(fraction));
    }

    /** When each device loses its power. */
    public Builder powerCuts(List<Nemeses.PowerCut> value) {
      powerCuts = List.copyOf(value);
      return this;
    }

    /** When the hub loses its power. */
    public Builder hubRestarts(List<Nemeses.HubRestart> value) {
      hubRestarts = List.copyOf(value);
      return this;
    }

    /** The chance of each nemesis at each of its occasions. */
    public Builder rates(Map<Nemesis, Double> value) {
      rates = value;
      return this;
    }

    /** What strikes once. */
    public Builder strikes(List<Strike> value) {
      strikes = List.copyOf(value);
      return this;
    }

    /** When it ends. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /** What was set so far. */
    public Scenario build() {
      World world = new World(hub, headEnd != null, latencyNanos, maximumPayload, radio, devices);
      return new Scenario(
          seed,
          tieSeed,
          world,
          headEnd == null ? Scripts.usual(world) : headEnd.apply(world),
          new Nemeses(faults, links, powerCuts, hubRestarts, rates, strikes),
          limits);
    }
  }
}
