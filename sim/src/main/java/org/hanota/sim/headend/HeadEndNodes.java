// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.headend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.node.NodeTiming;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.clock.ClockedMachine;
import org.hanota.headend.csp.CspConfig;
import org.hanota.headend.csp.CspInput;
import org.hanota.headend.csp.CspMachine;
import org.hanota.headend.csp.HubHeard;
import org.hanota.headend.csp.ToHub;
import org.hanota.headend.dsp.DspConfig;
import org.hanota.headend.dsp.DspInput;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.SupplierConfig;
import org.hanota.headend.supplier.SupplierInput;
import org.hanota.headend.supplier.SupplierMachine;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.NodeClock;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.kernel.SimNode;

/**
 * Suppliers, DSP and CSP as nodes of a kernel, joined to one hub: letters between them and what
 * goes over the WAN are pending events.
 */
public final class HeadEndNodes implements WanLink {
  /** The CSP of every simulated home. */
  public static final Eui64 CSP = new Eui64(0x90B3D51F30000006L);

  private static final long WAN_NANOS = 1_000_000_000L;
  private static final long LETTER_NANOS = 100_000_000L;
  private static final int ENDPOINT = 1;
  private static final int NO_PROFILE = 0;

  private final Kernel kernel;
  private final Eui64 hub;
  private final UnaryOperator<Letter> wire;
  private final Consumer<Octets> gbcs;
  private final Map<Eui64, SimNode> nodes = new TreeMap<>();
  private final Map<Eui64, RecordStore> stores = new TreeMap<>();
  private final Eui64 dsp;
  private final Joined joined;
  private WanLink.Receiver receiver = new Closed();
  private final Map<Eui64, Deque<Input>> waiting = new TreeMap<>();
  private long underWay;

  /**
   * Who is there.
   *
   * @param dsp the DSP's id, which is the access control broker's
   * @param suppliers their GBCS keys
   * @param keys what the DSP trusts, and its own keys
   * @param parameters times and limits
   * @param stores what each machine keeps, asked for once for each
   */
  public record Parties(
      Eui64 dsp,
      List<Credentials> suppliers,
      KeyStore keys,
      ParameterValues<HeadEndParameter> parameters,
      Function<Eui64, RecordStore> stores) {
    /** Keeps a copy of the list. */
    public Parties {
      suppliers = List.copyOf(suppliers);
    }
  }

  /** Nobody is there yet. */
  private static final class Closed implements WanLink.Receiver {
    @Override
    public void onDelivery(Delivery delivery) {
      throw new AssertionError("the link is not open");
    }

    @Override
    public void onHeard(Octets sha256) {
      throw new AssertionError("the link is not open");
    }
  }

  /**
   * Machines that are not in the kernel yet.
   *
   * @param utcAtZeroMillis what their clocks show at the beginning
   * @param hub who is at the other end of the WAN
   * @param wire what becomes of a letter on its way
   * @param gbcs gets each GBCS message as it leaves for the hub, and as it comes from there
   * @param listener gets the events of each machine
   */
  public HeadEndNodes(
      Kernel kernel,
      long utcAtZeroMillis,
      Eui64 hub,
      Parties parties,
      UnaryOperator<Letter> wire,
      Consumer<Octets> gbcs,
      BiConsumer<Eui64, Event> listener) {
    this.gbcs = gbcs;
    this.kernel = kernel;
    this.hub = hub;
    this.wire = wire;
    this.dsp = parties.dsp();
    this.joined = new Joined(parties, utcAtZeroMillis, listener);
  }

  private final class Joined {
    private final Parties parties;
    private final long utcAtZeroMillis;
    private final BiConsumer<Eui64, Event> listener;

    Joined(Parties parties, long utcAtZeroMillis, BiConsumer<Eui64, Event> listener) {
      this.parties = parties;
      this.utcAtZeroMillis = utcAtZeroMillis;
      this.listener = listener;
    }

    void addAll() {
      ParameterValues<HeadEndParameter> parameters = parties.parameters();
      DspConfig dspConfig = new DspConfig(dsp, CSP, parties.keys(), parameters);
      CspConfig cspConfig = new CspConfig(CSP, dsp, parameters);
      add(dsp, store -> new DspMachine(dspConfig, store));
      add(CSP, store -> new CspMachine(cspConfig, store));
      for (Credentials supplier : parties.suppliers()) {
        SupplierConfig config =
            new SupplierConfig(supplier.subject(), dsp, supplier.digitalSignatureKey(), parameters);
        add(supplier.subject(), store -> new SupplierMachine(config, store));
      }
    }

    private void add(Eui64 id, Function<RecordStore, LetterMachine> machines) {
      RecordStore store = parties.stores().apply(id);
      stores.put(id, store);
      nodes.put(
          id,
          kernel.addOffAir(
              new SimNode.Setup(
                  new NodeConfig(new Peer(id, ENDPOINT), NO_PROFILE, false, false),
                  Set.of(),
                  () -> new ClockedMachine(parties.parameters(), store, machines),
                  NodeClock.set(utcAtZeroMillis, 0),
                  NodeTiming.DEFAULT,
                  HeadEndNodes.this::carry,
                  (now, event) -> heard(id, event))));
    }

    /** A machine that fails for another reason than its power is a fault of this program. */
    private void heard(Eui64 id, Event event) {
      if (event instanceof NodeEvent.Failed failed) {
        throw new IllegalStateException(id + " of the head end failed", failed.cause());
      }
      listener.accept(id, event);
    }
  }

  /** Adds the machines to the kernel, after the nodes that it has, and starts them. */
  public void start() {
    joined.addAll();
    nodes.values().forEach(SimNode::start);
  }

  /** Tells the DSP something. */
  public void tell(DspInput input) {
    told(dsp, input);
  }

  /** Has a supplier ask for something. */
  public void ask(Eui64 supplier, SupplierInput.Ask ask) {
    told(supplier, ask);
  }

  /** A machine loses its power for a while. */
  public void restart(Eui64 machine, long offNanos) {
    node(machine).restart(offNanos);
  }

  /** What the DSP keeps, once it has started. */
  public List<Stored> keptByDsp() {
    RecordStore store = stores.get(dsp);
    return store == null ? List.of() : store.load();
  }

  /** Whether nothing is on its way. */
  public boolean isQuiet() {
    return underWay == 0;
  }

  private SimNode node(Eui64 id) {
    SimNode found = nodes.get(id);
    if (found == null) {
      throw new IllegalArgumentException("id is " + id + ", allowed " + nodes.keySet());
    }
    return found;
  }

  private void later(long delayNanos, HeadEndStep step) {
    underWay++;
    kernel.schedule(delayNanos, step);
  }

  private void carry(ToWan what) {
    if (what instanceof Letter letter) {
      later(LETTER_NANOS, new HeadEndStep.LetterArrives(letter));
    } else if (what instanceof ToHub sent) {
      if (sent.delivery().load() instanceof Load.Command command) {
        gbcs.accept(command.message());
      }
      later(WAN_NANOS, new HeadEndStep.HubGets(sent));
    } else if (what instanceof HubHeard heard) {
      later(WAN_NANOS, new HeadEndStep.HubIsHeard(heard));
    }
  }

  /**
   * Does what was pending.
   *
   * @return whether it was of this head end
   */
  public boolean perform(Pending.Step step) {
    if (!(step instanceof HeadEndStep own)) {
      return false;
    }
    underWay--;
    if (own instanceof HeadEndStep.LetterArrives arrives) {
      Letter letter = wire.apply(arrives.letter());
      node(letter.to()).input(letter);
    } else if (own instanceof HeadEndStep.HubGets gets) {
      receiver.onDelivery(gets.sent().delivery());
    } else if (own instanceof HeadEndStep.HubIsHeard is) {
      receiver.onHeard(is.heard().sha256());
    } else if (own instanceof HeadEndStep.CspHears hears) {
      if (hears.input() instanceof CspInput.HubSaid said) {
        gbcs.accept(said.message());
      }
      waiting(CSP).add(hears.input());
      hears(CSP);
    } else if (own instanceof HeadEndStep.Told told) {
      hears(told.machine());
    }
    return true;
  }

  /** What a machine is told it hears in its order, whatever else happens at the same time. */
  private void told(Eui64 machine, Input input) {
    waiting(machine).add(input);
    later(0, new HeadEndStep.Told(machine));
  }

  private Deque<Input> waiting(Eui64 machine) {
    return waiting.computeIfAbsent(machine, any -> new ArrayDeque<>());
  }

  /** What is no letter nobody sends again: it waits for its machine. */
  private void hears(Eui64 machine) {
    SimNode node = node(machine);
    if (node.isOn()) {
      node.input(waiting(machine).remove());
    } else {
      later(WAN_NANOS, new HeadEndStep.Told(machine));
    }
  }

  @Override
  public void open(Receiver opened) {
    receiver = opened;
  }

  @Override
  public void send(Octets message) {
    later(WAN_NANOS, new HeadEndStep.CspHears(new CspInput.HubSaid(hub, message)));
  }

  @Override
  public void want(Eui64 device, ImageId part) {
    later(WAN_NANOS, new HeadEndStep.CspHears(new CspInput.HubWants(hub, device, part)));
  }

  @Override
  public void ended(long number, End end) {
    later(WAN_NANOS, new HeadEndStep.CspHears(CspInput.ended(hub, number, end)));
  }

  @Override
  public void close() {}
}
