// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.ToWan;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.BackedUpDevice;
import org.hanota.gbcs.payload.DeviceLogAlert;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.check.CheckLists;
import org.hanota.headend.clock.ClockedMachine;
import org.hanota.headend.csp.CspConfig;
import org.hanota.headend.csp.CspInput;
import org.hanota.headend.csp.CspMachine;
import org.hanota.headend.csp.ToHub;
import org.hanota.headend.dsp.AuditEntry;
import org.hanota.headend.dsp.DspConfig;
import org.hanota.headend.dsp.DspInput;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Capability;
import org.hanota.headend.estate.Device.Responsible;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.Response;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.SupplierConfig;
import org.hanota.headend.supplier.SupplierEvent;
import org.hanota.headend.supplier.SupplierInput;
import org.hanota.headend.supplier.SupplierMachine;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;
import org.hanota.testing.RecordedEffects;

/**
 * Two suppliers, the DCC and a home, in virtual time. Hub and devices are played by the test, which
 * signs what they say; the machines of the head end are the real ones and may lose their power.
 */
public final class HeadEndWorld {
  public static final Eui64 DSP = Eui64.parse("90B3D51F30000002");
  public static final Eui64 CSP = Eui64.parse("90B3D51F30000006");
  public static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  public static final Eui64 OTHER_SUPPLIER = Eui64.parse("90B3D51F30020000");
  public static final Eui64 HUB = Eui64.parse("00DB1234567890A2");
  public static final Eui64 ESME = Eui64.parse("00DB1234567890A0");
  public static final Eui64 GSME = Eui64.parse("00DB1234567890A1");
  public static final Eui64 PPMID = Eui64.parse("00DB1234567890A4");
  public static final Eui64 HCALCS = Eui64.parse("00DB1234567890A5");

  public static final FileVersion OLD = FileVersion.of(0x0100_0000);
  public static final FileVersion NEW = FileVersion.of(0x0200_0000);
  public static final FileVersion NEXT = FileVersion.of(0x0300_0000);

  private static final long START = 1_795_000_000_000L;

  public final TestPki pki = TestPki.ofSeed(16);
  public final Credentials supplier = pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER);
  public final Credentials other = pki.organisation(OTHER_SUPPLIER, RemotePartyRole.SUPPLIER);
  private final Credentials broker = pki.organisation(DSP, RemotePartyRole.ACCESS_CONTROL_BROKER);

  /** What the DSP has and trusts. */
  public final InMemoryKeyStore keys = new InMemoryKeyStore();

  public ParameterValues<HeadEndParameter> parameters;
  private final java.util.function.Function<Eui64, RecordStore> newStores;

  public final Map<Eui64, RecordStore> stores = new TreeMap<>();
  private final Map<Eui64, Supplier<Machine>> makers = new TreeMap<>();
  private final Map<Eui64, Machine> machines = new TreeMap<>();
  private final Map<Eui64, Long> wakes = new TreeMap<>();
  private final Deque<Letter> letters = new ArrayDeque<>();
  private final Map<Eui64, Long> deviceCounters = new TreeMap<>();
  public final List<ToHub> toHub = new ArrayList<>();
  public final List<AuditEntry> audit = new ArrayList<>();
  public final List<CampaignEvent> campaignEvents = new ArrayList<>();
  public final Map<Eui64, List<Response>> told = new TreeMap<>();
  private final List<SupplierEvent.Asked> asked = new ArrayList<>();

  /** Whether the hub takes what comes. */
  public boolean hubTakes = true;

  /** Which letters get lost on their way. */
  public java.util.function.Predicate<Letter> loses = letter -> false;

  /** Whether each letter comes twice. */
  public boolean twice;

  /** Whether each letter is lost the first time. */
  public boolean losesEachOnce;

  private final Set<Letter> lostOnce = new java.util.HashSet<>();

  public long utcMillis = START;

  /** How much more the clock of the head end shows. */
  public long aheadMillis;

  /** Where a power cut is said to have been that let nothing be kept. */
  public static final String BEFORE_SAVE = "before a save";

  private static final long FIRST_CALL = 1_000_000;
  private long calls;

  public HeadEndWorld() {
    this(ParameterValues.defaults(HeadEndParameter.class));
  }

  public HeadEndWorld(ParameterValues<HeadEndParameter> parameters) {
    this(parameters, id -> new InMemoryRecordStore());
  }

  /** Its machines keep what they keep in these stores. */
  public HeadEndWorld(
      ParameterValues<HeadEndParameter> parameters,
      java.util.function.Function<Eui64, RecordStore> newStores) {
    this(parameters, CheckLists.ALL, newStores);
  }

  /** A world whose DSP has other checks. */
  public HeadEndWorld(ParameterValues<HeadEndParameter> parameters, CheckLists checks) {
    this(parameters, checks, id -> new InMemoryRecordStore());
  }

  private HeadEndWorld(
      ParameterValues<HeadEndParameter> parameters,
      CheckLists checks,
      java.util.function.Function<Eui64, RecordStore> newStores) {
    this.parameters = parameters;
    this.newStores = newStores;
    keys.hold(broker).trust(supplier).trust(other);
    List.of(HUB, ESME, GSME, PPMID, HCALCS).forEach(id -> keys.trust(pki.device(id)));
    node(
        DSP,
        store -> new DspMachine(new DspConfig(DSP, CSP, keys, this.parameters), checks, store));
    node(CSP, store -> new CspMachine(new CspConfig(CSP, DSP, this.parameters), store));
    for (Credentials each : List.of(supplier, other)) {
      node(
          each.subject(),
          store ->
              new SupplierMachine(
                  new SupplierConfig(
                      each.subject(), DSP, each.digitalSignatureKey(), this.parameters),
                  store));
    }
    machines.keySet().forEach(this::start);
    furnish();
    run();
  }

  private void node(Eui64 id, java.util.function.Function<RecordStore, LetterMachine> machine) {
    stores.put(id, newStores.apply(id));
    makers.put(id, () -> new ClockedMachine(parameters, of(stores, id), machine));
    machines.put(id, of(makers, id).get());
    told.put(id, new ArrayList<>());
  }

  /** A machine of this world is another one from now on, with what was kept. */
  public void replace(Eui64 id, java.util.function.Function<RecordStore, LetterMachine> machine) {
    makers.put(id, () -> new ClockedMachine(parameters, of(stores, id), machine));
    restart(id);
  }

  /** Keys by which a supplier believes the devices. */
  public InMemoryKeyStore deviceKeys() {
    InMemoryKeyStore keys = new InMemoryKeyStore();
    List.of(HUB, ESME, GSME, PPMID, HCALCS).forEach(each -> keys.trust(pki.device(each)));
    return keys;
  }

  private void furnish() {
    dsp(new DspInput.UserKnown(User.of(SUPPLIER, UserRole.IS)));
    dsp(new DspInput.UserKnown(User.of(OTHER_SUPPLIER, UserRole.GS)));
    dsp(new DspInput.DeviceKnown(device(HUB, DeviceType.CHF, UserRole.IS, UserRole.GS)));
    dsp(new DspInput.DeviceKnown(device(ESME, DeviceType.ESME, UserRole.IS)));
    dsp(new DspInput.DeviceKnown(device(GSME, DeviceType.GSME, UserRole.GS)));
    dsp(new DspInput.DeviceKnown(device(PPMID, DeviceType.PPMID, UserRole.IS, UserRole.GS)));
    dsp(new DspInput.DeviceKnown(device(HCALCS, DeviceType.HCALCS, UserRole.IS)));
    for (DeviceType type :
        List.of(DeviceType.ESME, DeviceType.GSME, DeviceType.PPMID, DeviceType.HCALCS)) {
      dsp(new DspInput.Listed(listing(type, NEW, ListingStatus.ACTIVE, OLD)));
    }
  }

  public static Device device(Eui64 id, DeviceType type, UserRole... roles) {
    List<Responsible> responsible =
        java.util.stream.Stream.of(roles)
            .map(role -> new Responsible(role == UserRole.IS ? SUPPLIER : OTHER_SUPPLIER, role))
            .toList();
    return new Device(
        id,
        type,
        Device.Standing.of(DeviceStatus.COMMISSIONED),
        model(type),
        Optional.of(OLD),
        HUB,
        responsible,
        Capability.UPDATABLE);
  }

  public static Device.Model model(DeviceType type) {
    return new Device.Model("AB01", "model " + type, "4.0");
  }

  /** The supplier who answers for such a device. */
  public Credentials supplierOf(DeviceType type) {
    return type == DeviceType.GSME ? other : supplier;
  }

  public static ImageId image(DeviceType type, FileVersion version) {
    return ImageId.of(0xAB01, 0x0100 + List.of(DeviceType.values()).indexOf(type), version.value());
  }

  /** An image for such devices, signed by who answers for them. */
  public OtaFile file(DeviceType type, FileVersion version) {
    OtaHeader header =
        OtaHeader.of(image(type, version))
            .withHeaderString(type.word())
            .withHardwareVersions(
                new HardwareVersionRange(new HardwareVersion(1), new HardwareVersion(9)));
    Octets firmware =
        Octets.fromHex("c0de".repeat(500))
            .concat(
                Octets.wrap(version.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return type == DeviceType.PPMID
        ? GbPpmidFile.sign(header, firmware, supplier.digitalSignatureKey())
        : GbMeterFile.sign(header, firmware, false, supplierOf(type).digitalSignatureKey());
  }

  public Octets hash(DeviceType type, FileVersion version) {
    OtaFile file = file(type, version);
    return file instanceof GbMeterFile meter
        ? meter.manufacturerImageHash()
        : ((GbPpmidFile) file).manufacturerImageHash();
  }

  public Listing listing(
      DeviceType type, FileVersion version, ListingStatus status, FileVersion... predecessors) {
    return new Listing(
        model(type),
        type,
        image(type, version),
        hash(type, version),
        status,
        Set.of(predecessors),
        ReasonClass.DEFECT);
  }

  // What the people do.

  /** Tells the DSP something. */
  public void dsp(DspInput input) {
    input(DSP, input);
    run();
  }

  /** 11.1 or 11.4 for these devices, which are of one type. */
  public FirmwareRequest update(DeviceType type, FileVersion version, Eui64... devices) {
    OtaFile file = file(type, version);
    Octets octets = file.octets().octets(0, (int) file.octets().size());
    FirmwareVersion named = new FirmwareVersion(version.toString());
    DeviceIdList list = new DeviceIdList(List.of(devices));
    return type == DeviceType.PPMID
        ? new FirmwareRequest.UpdatePpmidFirmware(octets, named, list)
        : new FirmwareRequest.UpdateFirmware(octets, named, list);
  }

  /** A supplier sends an image. */
  public void sendImage(Eui64 user, DeviceType type, FileVersion version, Eui64... devices) {
    ask(user, DSP, CommandVariant.NON_DEVICE, update(type, version, devices));
  }

  /** A supplier sends a meter the image that another one sends, too, signed by himself. */
  public void sendOwnImage(Eui64 user, Eui64 device) {
    GbMeterFile theirs = (GbMeterFile) file(DeviceType.ESME, NEW);
    OtaFile own =
        GbMeterFile.sign(
            theirs.header(),
            theirs.manufacturerImage().octets(0, (int) theirs.manufacturerImage().size()),
            false,
            (user.equals(SUPPLIER) ? supplier : other).digitalSignatureKey());
    ask(
        user,
        DSP,
        CommandVariant.NON_DEVICE,
        new FirmwareRequest.UpdateFirmware(
            own.octets().octets(0, (int) own.octets().size()),
            new FirmwareVersion(NEW.toString()),
            new DeviceIdList(List.of(device))));
  }

  /** A supplier asks for an activation. */
  public void activate(Eui64 user, Eui64 device, Octets hash, ExecutionDateTime when) {
    ask(user, device, CommandVariant.PRE_COMMAND, new FirmwareRequest.ActivateFirmware(when, hash));
  }

  public void ask(
      Eui64 user,
      Eui64 target,
      CommandVariant variant,
      org.hanota.headend.request.ServiceRequest body) {
    input(user, new SupplierInput.Ask(target, variant, body));
    run();
  }

  /** A request put as a user's system puts it; what is said at once. */
  public Response call(Eui64 user, org.hanota.headend.letter.Content.ServiceCall call) {
    List<Response> said = new ArrayList<>();
    java.util.function.Predicate<Letter> before = loses;
    loses =
        letter -> {
          if (letter instanceof Letter.Confirmed confirmed
              && confirmed.acknowledgement().isPresent()) {
            said.add(confirmed.acknowledgement().get());
            return true;
          }
          return before.test(letter);
        };
    calls++;
    input(DSP, new Letter.Message(user, DSP, FIRST_CALL + calls, call));
    loses = before;
    run();
    return said.get(0);
  }

  /** Every request that was put, signed ones too. */
  public List<org.hanota.headend.request.Request> requests() {
    return asked.stream().map(SupplierEvent.Asked::request).toList();
  }

  /** The last request that was put, its signed half not counted. */
  public org.hanota.headend.request.Request lastAsked() {
    return asked.stream()
        .map(SupplierEvent.Asked::request)
        .filter(request -> request.commandVariant() != CommandVariant.SIGNED_COMMAND)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  // What hub and devices say.

  public Message deviceMessage(GroupingHeader header, Payload payload) {
    return Message.of(header, payload).sign(pki.device(header.originator()).digitalSignatureKey());
  }

  public long nextCounter(Eui64 device) {
    return deviceCounters.merge(device, 1L, Long::sum);
  }

  public void hubSays(Octets message) {
    input(CSP, new CspInput.HubSaid(HUB, message));
    run();
  }

  /** CCS08. */
  public void transferEnded(Eui64 device, FileVersion version, TransferResponseCode code) {
    hubSays(
        deviceMessage(
                GroupingHeader.alert(MessageCode.CCS08, nextCounter(HUB), HUB, DSP),
                FirmwareTransferAlert.of(time(), device, version, code))
            .octets());
  }

  /** The receipt alert of a meter or load controller. */
  public void receipt(Eui64 device, Eui64 user, Octets hash, boolean isGood) {
    long counter = nextCounter(device);
    hubSays(
        deviceMessage(
                GroupingHeader.alert(
                    MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME, counter, device, user),
                new FirmwareDistributionReceiptAlert.Esme(
                    (int) (counter & 0xFF_FFFF),
                    isGood
                        ? AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL
                        : AlertCode.FIRMWARE_VERIFICATION_FAILED,
                    CosemDateTime.ofUtcMillis(utcMillis),
                    hash))
            .octets());
  }

  /** CS09. */
  public void ppmidSays(FileVersion running, SuccessOrFailure result) {
    hubSays(
        deviceMessage(
                GroupingHeader.alert(MessageCode.CS09, nextCounter(PPMID), PPMID, DSP),
                new PpmidFirmwareActivationAlert(time(), running, result))
            .octets());
  }

  /** CS14: a hub's device log has changed. */
  public void logChanged(Eui64 hub, Eui64 extendedPanId, List<BackedUpDevice> devices) {
    GroupingHeader header = GroupingHeader.alert(MessageCode.CS14, nextCounter(hub), hub, DSP);
    CosemDateTime now = CosemDateTime.ofUtcMillis(utcMillis);
    input(
        CSP,
        new CspInput.HubSaid(
            hub,
            maced(
                    Message.of(
                        header,
                        new DeviceLogAlert(
                            header.longInvokeId(), now, now, extendedPanId, devices)),
                    DSP)
                .octets()));
    run();
  }

  /** A device's own message without signature, with a MAC for a party. */
  private Message maced(Message message, Eui64 party) {
    return message.addMac(
        pki.device(message.header().originator()).keyAgreementKey(),
        keys.certificate(party, KeyUsage.KEY_AGREEMENT).orElseThrow().publicKey());
  }

  /** The last command that reached the hub. */
  public Message lastCommand() {
    return toHub.stream()
        .map(ToHub::load)
        .filter(Delivery.Load.Command.class::isInstance)
        .map(Delivery.Load.Command.class::cast)
        .map(command -> Message.parse(command.message()))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** A device answers the last command. */
  public void answer(Payload payload) {
    Message command = lastCommand();
    GroupingHeader header = command.header().response();
    hubSays(
        header.messageCode().signed()
            ? deviceMessage(header.at(CosemDateTime.ofUtcMillis(utcMillis)), payload).octets()
            : maced(Message.of(header, payload), header.recipient()).octets());
  }

  public void outcome(ActivateImageResponseCode code, FileVersion running) {
    answer(new ExecutionOutcome(code, running));
  }

  public GeneralizedTime time() {
    return GeneralizedTime.ofUtcMillis(utcMillis);
  }

  // The machinery.

  private Now now() {
    return new Now((utcMillis - START) * 1_000_000L, utcMillis + aheadMillis);
  }

  private static <T> T of(Map<Eui64, T> all, Eui64 id) {
    T found = all.get(id);
    if (found == null) {
      throw new AssertionError("no " + id);
    }
    return found;
  }

  /** What a machine keeps. */
  public RecordStore store(Eui64 id) {
    return of(stores, id);
  }

  /** A machine loses its power and starts again. */
  public void restart(Eui64 id) {
    machines.put(id, of(makers, id).get());
    wakes.remove(id);
    start(id);
    run();
  }

  private void start(Eui64 id) {
    call(id, (machine, effects) -> machine.onStart(now(), effects));
  }

  private interface Call {
    void of(Machine machine, RecordedEffects effects);
  }

  /** Letters are sent again by whoever sent them; the rest by who sees that it was not taken. */
  public void input(Eui64 id, Input input) {
    boolean isTaken = call(id, (machine, effects) -> machine.onInput(now(), input, effects));
    if (!isTaken && !(input instanceof Letter)) {
      input(id, input);
    }
  }

  /** A call that fails has no effects, and the machine starts again from what it kept. */
  private boolean call(Eui64 id, Call call) {
    RecordedEffects effects = new RecordedEffects();
    try {
      call.of(of(machines, id), effects);
    } catch (PowerLost lost) {
      machines.put(id, of(makers, id).get());
      wakes.remove(id);
      start(id);
      return !String.valueOf(lost.getMessage()).contains(BEFORE_SAVE);
    }
    if (effects.wakeAt != Long.MAX_VALUE) {
      wakes.put(id, effects.wakeAt);
    }
    effects.toWan.forEach(this::carry);
    effects.events.forEach(event -> heard(id, event));
    return true;
  }

  private void carry(ToWan what) {
    if (what instanceof Letter letter) {
      if (!loses.test(letter) && !(losesEachOnce && lostOnce.add(letter))) {
        letters.add(letter);
        if (twice) {
          letters.add(letter);
        }
      }
    } else if (what instanceof ToHub sent) {
      toHub.add(sent);
      if (hubTakes) {
        letters.add(new Letter.Confirmed(HUB, CSP, sent.number(), Optional.empty()));
      }
    }
  }

  private void heard(Eui64 id, Event event) {
    if (event instanceof AuditEntry entry) {
      audit.add(entry);
    } else if (event instanceof SupplierEvent.Told said) {
      of(told, id).add(said.response());
    } else if (event instanceof SupplierEvent.Asked put) {
      asked.add(put);
    } else if (event instanceof CampaignEvent campaign) {
      campaignEvents.add(campaign);
    }
  }

  /** Carries letters until none is under way. */
  public void run() {
    while (!letters.isEmpty()) {
      Letter letter = letters.remove();
      if (letter.from().equals(HUB) && letter instanceof Letter.Confirmed taken) {
        input(CSP, new CspInput.HubTook(HUB, taken.number()));
      } else {
        input(letter.to(), letter);
      }
    }
  }

  /** Lets time pass; whoever wants to be woken is. */
  public void pass(long millis) {
    long end = utcMillis + millis;
    while (true) {
      long next =
          wakes.values().stream()
              .mapToLong(nanos -> START + (nanos + 999_999) / 1_000_000)
              .min()
              .orElse(Long.MAX_VALUE);
      if (next > end) {
        break;
      }
      utcMillis = Math.max(utcMillis, next);
      long nanos = now().monotonicNanos();
      for (Map.Entry<Eui64, Long> wake : Map.copyOf(new TreeMap<>(wakes)).entrySet()) {
        if (wake.getValue() <= nanos) {
          wakes.remove(wake.getKey());
          call(wake.getKey(), (machine, effects) -> machine.onTimer(now(), effects));
        }
      }
      run();
    }
    utcMillis = end;
  }

  // What is known.

  public List<Track> tracks(Eui64 device) {
    return kept(Track.class).stream().filter(track -> track.device().equals(device)).toList();
  }

  public Track lastTrack(Eui64 device) {
    List<Track> all = tracks(device);
    return all.get(all.size() - 1);
  }

  public List<TrackState> states(Eui64 device) {
    return tracks(device).stream().map(Track::state).toList();
  }

  public Device inventory(Eui64 device) {
    return kept(Device.class).stream()
        .filter(each -> each.id().equals(device))
        .findFirst()
        .orElseThrow();
  }

  public <T extends Stored> List<T> kept(Class<T> type) {
    return of(stores, DSP).load().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The bodies of what a user was told since the last time this was asked. */
  public List<Response> heardBy(Eui64 user) {
    List<Response> all = List.copyOf(told.getOrDefault(user, List.of()));
    told.put(user, new ArrayList<>());
    return all;
  }
}
