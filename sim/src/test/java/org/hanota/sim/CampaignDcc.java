// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.ToWan;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.headend.clock.ClockedMachine;
import org.hanota.headend.csp.CspConfig;
import org.hanota.headend.csp.CspInput;
import org.hanota.headend.csp.CspMachine;
import org.hanota.headend.csp.ToHub;
import org.hanota.headend.dsp.DspConfig;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.CampaignSupplier;
import org.hanota.headend.supplier.CampaignSupplierConfig;
import org.hanota.headend.supplier.SupplierConfig;
import org.hanota.headend.supplier.SupplierEstate;
import org.hanota.headend.supplier.SupplierEvent;
import org.hanota.testing.RecordedEffects;

/**
 * The machines that {@code headend serve --supplier} runs, in virtual time: a supplier with its
 * campaigns, DSP and CSP. Whatever homes do with an image is played by who makes this.
 */
final class CampaignDcc {
  static final long START = 1_795_000_000_000L;
  private static final Eui64 CSP = Eui64.parse("90B3D51F30000006");

  /** What a device says at the end of its update, and when. */
  record Told(long utcMillis, FileVersion running, boolean isSuccess) {}

  /** Something that a hub sends. */
  private record Due(long utcMillis, long number, Eui64 hub, Octets message) {}

  private final GbParties parties;
  private final List<Member> members;
  private final BiFunction<Eui64, Long, Told> homes;
  private final InMemoryKeyStore keys;
  private final ParameterValues<HeadEndParameter> parameters =
      ParameterValues.defaults(HeadEndParameter.class);
  private final Map<Eui64, RecordStore> stores = new TreeMap<>();
  private final Map<Eui64, Function<RecordStore, LetterMachine>> makers = new TreeMap<>();
  private final Map<Eui64, LetterMachine> machines = new TreeMap<>();
  private final Map<Eui64, Long> wakes = new TreeMap<>();
  private final Deque<Letter> letters = new ArrayDeque<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::utcMillis).thenComparing(Due::number));
  private final Map<Long, ToHub> took = new TreeMap<>();
  private final Map<Eui64, Long> counters = new TreeMap<>();
  private final Set<Eui64> served = new TreeSet<>();
  private final Set<Integer> cuts = new TreeSet<>();
  private int saves;
  private long sent;

  /** What campaigns reported. */
  final List<CampaignEvent> events = new ArrayList<>();

  /** Requests that the supplier put. */
  int requests;

  int requestsAfterStop;

  int restarts;
  long utc = START;
  private CampaignSupplier supplier;

  /**
   * Machines of an estate.
   *
   * @param members the supplier's devices, each with its hub
   * @param homes what a device comes to whose hub gets the image at a time
   */
  CampaignDcc(
      GbParties parties,
      List<Member> members,
      BiFunction<Eui64, Long, Told> homes,
      DevicePlan plan) {
    this.parties = parties;
    this.members = members;
    this.homes = homes;
    this.keys = new InMemoryKeyStore().trust(parties.supplier).hold(parties.broker);
    this.supplier = new CampaignSupplier(config(), new InMemoryRecordStore());
    makers.put(
        GbParties.SUPPLIER,
        store -> {
          supplier = new CampaignSupplier(config(), store);
          return supplier;
        });
    makers.put(
        GbParties.BROKER,
        store -> new DspMachine(new DspConfig(GbParties.BROKER, CSP, keys, parameters), store));
    makers.put(
        CSP, store -> new CspMachine(new CspConfig(CSP, GbParties.BROKER, parameters), store));
    makers.keySet().forEach(id -> stores.put(id, new Cut(new InMemoryRecordStore())));
    start();
    say(GbParties.BROKER, HomeEstate.supplier(GbParties.SUPPLIER));
    say(GbParties.BROKER, HomeEstate.listing(plan, plan));
    for (Member each : members) {
      say(GbParties.BROKER, HomeEstate.hub(each.hub()));
      say(GbParties.BROKER, HomeEstate.device(each.device(), each.hub(), plan));
    }
  }

  /** Loses the power at some saves, half of them before and half of them after it has kept them. */
  private final class Cut implements RecordStore {
    private final RecordStore behind;

    Cut(RecordStore behind) {
      this.behind = behind;
    }

    @Override
    public List<Stored> load() {
      return behind.load();
    }

    @Override
    public void save(List<Stored> put, List<String> removed) {
      saves++;
      boolean isCut = cuts.contains(saves);
      if (isCut && saves % 2 == 0) {
        throw new PowerLost("before a save");
      }
      behind.save(put, removed);
      if (isCut) {
        throw new PowerLost("after a save");
      }
    }
  }

  private CampaignSupplierConfig config() {
    return new CampaignSupplierConfig(
        new SupplierConfig(
            GbParties.SUPPLIER,
            GbParties.BROKER,
            parties.supplier.digitalSignatureKey(),
            parameters),
        keys,
        new SupplierEstate() {
          @Override
          public Collection<Member> members() {
            return members;
          }

          @Override
          public boolean isListed(CampaignPlan.Target target) {
            return true;
          }
        },
        RegionCapacity.all(ParameterValues.defaults(CapacityParameter.class)));
  }

  /** From now on the process is killed at these of its saves. */
  void cutAt(Set<Integer> numbers) {
    saves = 0;
    cuts.addAll(numbers);
  }

  CampaignSupplier supplier() {
    return supplier;
  }

  /** All that is kept and was reported of a device, for who looks for a fault. */
  String about(Eui64 device) {
    StringBuilder all = new StringBuilder();
    stores.forEach(
        (id, store) ->
            store.load().stream()
                .map(Object::toString)
                .filter(each -> each.contains(device.toString()))
                .filter(each -> !each.startsWith("Members"))
                .forEach(each -> all.append(id).append(" keeps ").append(each).append('\n')));
    events.stream()
        .map(Object::toString)
        .filter(each -> each.contains(device.toString()))
        .forEach(each -> all.append(each).append('\n'));
    return all.toString();
  }

  Now now() {
    return new Now((utc - START) * 1_000_000L, utc);
  }

  private interface Call {
    void of(LetterMachine machine, RecordedEffects effects);
  }

  /** The whole process starts; letters that were under way within it are lost. */
  private void start() {
    letters.clear();
    wakes.clear();
    makers.forEach(
        (id, maker) -> machines.put(id, new ClockedMachine(parameters, store(id), maker)));
    for (Eui64 id : makers.keySet()) {
      if (!call(id, (machine, effects) -> machine.onStart(now(), effects))) {
        return;
      }
    }
  }

  private RecordStore store(Eui64 id) {
    return stores.getOrDefault(id, new InMemoryRecordStore());
  }

  /** Whether the process lived on. */
  private boolean call(Eui64 id, Call call) {
    RecordedEffects effects = new RecordedEffects();
    LetterMachine machine = machines.get(id);
    if (machine == null) {
      throw new AssertionError("no machine " + id);
    }
    try {
      call.of(machine, effects);
    } catch (PowerLost lost) {
      restarts++;
      start();
      return false;
    }
    if (effects.wakeAt != Long.MAX_VALUE) {
      wakes.put(id, effects.wakeAt);
    }
    effects.toWan.forEach(this::carry);
    effects.events.forEach(this::heard);
    return true;
  }

  private void heard(Event event) {
    if (event instanceof CampaignEvent campaign) {
      events.add(campaign);
    } else if (event instanceof SupplierEvent.Asked) {
      requests++;
      if (events.stream().anyMatch(CampaignEvent.Stopped.class::isInstance)) {
        requestsAfterStop++;
      }
    }
  }

  /** Somebody says something, and once more if the process died of it. */
  void say(Eui64 id, Input input) {
    while (!call(id, (machine, effects) -> machine.onInput(now(), input, effects))) {
      settle();
    }
    settle();
  }

  private void carry(ToWan what) {
    if (what instanceof Letter letter) {
      letters.add(letter);
    } else if (what instanceof ToHub toHub) {
      sent++;
      due.add(new Due(utc, sent, toHub.hub(), Octets.EMPTY));
      took.put(sent, toHub);
    }
  }

  private void settle() {
    while (!letters.isEmpty()) {
      Letter letter = letters.remove();
      if (machines.containsKey(letter.to())) {
        call(letter.to(), (machine, effects) -> machine.onInput(now(), letter, effects));
      }
    }
  }

  /** A hub keeps what it gets, and its devices do what they do. */
  private void takes(ToHub toHub) {
    say(CSP, new CspInput.HubTook(toHub.hub(), toHub.number()));
    if (toHub.load() instanceof Delivery.Load.Image image) {
      for (Eui64 device : image.image().devices()) {
        if (served.add(device)) {
          keys.trust(parties.device(toHub.hub()));
          keys.trust(parties.device(device));
          Told told = homes.apply(device, utc);
          GeneralizedTime at = GeneralizedTime.ofUtcMillis(told.utcMillis());
          later(
              told.utcMillis(),
              toHub.hub(),
              message(
                  toHub.hub(),
                  MessageCode.CCS08,
                  FirmwareTransferAlert.of(
                      at, device, told.running(), TransferResponseCode.SUCCESS)));
          later(
              told.utcMillis() + 1,
              toHub.hub(),
              message(
                  device,
                  MessageCode.CS09,
                  new PpmidFirmwareActivationAlert(
                      at,
                      told.running(),
                      told.isSuccess() ? SuccessOrFailure.SUCCESS : SuccessOrFailure.FAILURE)));
        }
      }
    }
  }

  private void later(long utcMillis, Eui64 hub, Octets message) {
    sent++;
    due.add(new Due(utcMillis, sent, hub, message));
  }

  private Octets message(Eui64 from, MessageCode code, Payload payload) {
    long counter = counters.merge(from, 1L, Long::sum);
    return Message.of(GroupingHeader.alert(code, counter, from, GbParties.BROKER), payload)
        .sign(parties.device(from).digitalSignatureKey())
        .octets();
  }

  private long nextWake() {
    return wakes.values().stream()
        .mapToLong(nanos -> START + (nanos + 999_999) / 1_000_000)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Goes on to that time, or until nothing is under way in any home. */
  void run(long untilUtcMillis, boolean isUntilQuiet) {
    while (true) {
      long next = Math.min(nextWake(), due.isEmpty() ? Long.MAX_VALUE : due.peek().utcMillis());
      if (next > untilUtcMillis || (isUntilQuiet && isQuiet())) {
        return;
      }
      utc = Math.max(utc, next);
      if (!due.isEmpty() && due.peek().utcMillis() <= utc) {
        Due first = due.remove();
        ToHub toHub = took.remove(first.number());
        if (toHub != null) {
          takes(toHub);
        } else {
          say(CSP, new CspInput.HubSaid(first.hub(), first.message()));
        }
      } else {
        woken();
      }
    }
  }

  private boolean isQuiet() {
    return due.isEmpty() && !events.isEmpty() && isDone();
  }

  private boolean isDone() {
    return supplier.campaigns().view().names().stream()
        .allMatch(
            name ->
                supplier.campaigns().status(name, now()).orElseThrow().underWay() == 0
                    && supplier.campaigns().status(name, now()).orElseThrow().state()
                        != CampaignState.RUNNING);
  }

  private void woken() {
    long nanos = now().monotonicNanos();
    for (Map.Entry<Eui64, Long> wake : new TreeMap<>(wakes).entrySet()) {
      if (wake.getValue() <= nanos) {
        wakes.remove(wake.getKey());
        if (!call(wake.getKey(), (machine, effects) -> machine.onTimer(now(), effects))) {
          break;
        }
      }
    }
    settle();
  }
}
