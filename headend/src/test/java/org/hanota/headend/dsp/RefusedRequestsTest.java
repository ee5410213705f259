// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.GSME;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.NEXT;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.VersionRange;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.check.Refusal;
import org.hanota.headend.estate.CompatibilityRule;
import org.hanota.headend.estate.CompatibilityRule.Rectifies;
import org.hanota.headend.estate.CompatibilityRule.Side;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Capability;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.HanRequest;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseContent.UpdateFirmwareWarning;
import org.hanota.headend.request.ServiceReference;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;

/**
 * Each reason for which a request is refused, or a device of its list gets nothing, has a request
 * that meets it, and nothing has left then.
 */
class RefusedRequestsTest {
  private static final ServiceRequest READ = new ReadFirmwareVersion(ExecutionDateTime.NOW);
  private static final Eui64 STRANGER = Eui64.parse("00DB1234567890FF");
  private final Map<Refusal, String> met = new EnumMap<>(Refusal.class);
  private HeadEndWorld world = new HeadEndWorld();
  private long counter = 5_000;

  private Octets hash() {
    return world.hash(DeviceType.ESME, NEW);
  }

  private MessageId id(Eui64 user, Eui64 target) {
    counter++;
    return new MessageId(user, target, counter);
  }

  private Request request(Eui64 target, CommandVariant variant, ServiceRequest body) {
    return Request.of(id(SUPPLIER, target), variant, body);
  }

  /** What is said at once, and later. */
  private List<String> codes(Request request, Service service) {
    return put(request.id().originator(), request, service).stream()
        .map(response -> response.code().text())
        .toList();
  }

  private List<Response> put(Eui64 from, Request request, Service service) {
    world.heardBy(from);
    List<Response> said = new java.util.ArrayList<>();
    said.add(world.call(from, new Content.ServiceCall(service, request)));
    said.addAll(world.heardBy(from));
    return said;
  }

  private void refused(Refusal refusal, Request request, Service service, String... codes) {
    int sent = world.toHub.size();
    int lines = world.audit.size();
    assertThat(codes(request, service)).as(refusal.name()).containsExactly(codes);
    assertThat(world.toHub).as(refusal.name()).hasSize(sent);
    assertThat(world.audit.subList(lines, world.audit.size()))
        .as(refusal.name())
        .anySatisfy(entry -> assertThat(entry.what()).contains("refused, " + refusal + ": "));
    met.put(refusal, request.toString());
  }

  private void refused(Refusal refusal, Request request, String... codes) {
    refused(refusal, request, request.commandVariant().service(), codes);
  }

  private Request activation(Eui64 device, ExecutionDateTime when, Octets hash) {
    return request(device, CommandVariant.PRE_COMMAND, new ActivateFirmware(when, hash));
  }

  private Request image(FileVersion file, String version, DeviceType type, Eui64... devices) {
    FirmwareRequest update = world.update(type, file, devices);
    Octets octets =
        update instanceof FirmwareRequest.UpdateFirmware meter
            ? meter.firmwareImage()
            : ((FirmwareRequest.UpdatePpmidFirmware) update).firmwareImage();
    return image(octets, version, devices);
  }

  private Request image(Octets octets, String version, Eui64... devices) {
    return request(
        DSP,
        CommandVariant.NON_DEVICE,
        new FirmwareRequest.UpdateFirmware(
            octets, new FirmwareVersion(version), new DeviceIdList(List.of(devices))));
  }

  private void distribute() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash(), true);
    world.toHub.clear();
  }

  @Test
  void eachReasonIsMetByARequest() {
    access();
    images();
    activations();
    signedPreCommands();
    // Those have tests of their own.
    Set<Refusal> all = EnumSet.allOf(Refusal.class);
    all.removeAll(EnumSet.of(Refusal.QUARANTINED, Refusal.OTHER_REQUEST_IN_PROGRESS));
    assertThat(met).containsOnlyKeys(all);
  }

  private void access() {
    Request read = request(ESME, CommandVariant.COMMAND, READ);
    refused(
        Refusal.USER_UNKNOWN, Request.of(id(STRANGER, ESME), CommandVariant.COMMAND, READ), "E1");
    world.dsp(new DspInput.UserSuspended(SUPPLIER, true));
    refused(Refusal.USER_SUSPENDED, read, "E3");
    world.dsp(new DspInput.UserSuspended(SUPPLIER, false));
    refused(
        Refusal.NOT_SERVED,
        request(
            HUB,
            CommandVariant.COMMAND,
            new HanRequest.ReadDeviceLog(ExecutionDateTime.NOW, false)),
        "E100");
    refused(Refusal.WRONG_SERVICE, read, Service.NON_DEVICE, "E13");
    refused(
        Refusal.NOT_FOR_LOCAL_DELIVERY, request(ESME, CommandVariant.LOCAL_COMMAND, READ), "E17");
    refused(Refusal.COMMAND_VARIANT, request(ESME, CommandVariant.PRE_COMMAND, READ), "E12");
    world.dsp(new DspInput.UserKnown(User.of(STRANGER, UserRole.OU)));
    refused(
        Refusal.ROLE_NOT_ELIGIBLE,
        Request.of(
            id(STRANGER, ESME),
            CommandVariant.PRE_COMMAND,
            new ActivateFirmware(ExecutionDateTime.NOW, hash())),
        "E2");
    refused(
        Refusal.COUNTER_TOO_FAR,
        Request.of(new MessageId(SUPPLIER, ESME, -2), CommandVariant.COMMAND, READ),
        "E100");
    refused(Refusal.DEVICE_UNKNOWN, request(STRANGER, CommandVariant.COMMAND, READ), "E19");
    refused(Refusal.NOT_RESPONSIBLE, activation(GSME, ExecutionDateTime.NOW, hash()), "E4");
    refused(Refusal.DEVICE_TYPE, activation(PPMID, ExecutionDateTime.NOW, hash()), "E11");
    Device meter = world.inventory(ESME);
    world.dsp(new DspInput.DeviceKnown(meter.with(DeviceStatus.DECOMMISSIONED)));
    refused(Refusal.DEVICE_STATUS, activation(ESME, ExecutionDateTime.NOW, hash()), "E5");
    world.dsp(new DspInput.DeviceKnown(meter));
    assertThat(codes(read, Service.SEND_COMMAND)).containsExactly("I99");
    world.toHub.clear();
    Request other =
        new Request(
            read.schemaVersion(),
            read.id(),
            read.commandVariant(),
            read.service(),
            new ReadFirmwareVersion(
                ExecutionDateTime.at(Instant.ofEpochMilli(world.utcMillis + 1_000))));
    refused(Refusal.DUPLICATE_REQUEST, other, "E100");
  }

  private void images() {
    refused(
        Refusal.IMAGE_TOO_LARGE,
        image(Octets.wrap(new byte[768_001]), NEW.toString(), ESME),
        "I99",
        "E110105");
    refused(
        Refusal.IMAGE_UNREADABLE,
        image(Octets.fromHex("00".repeat(100)), NEW.toString(), ESME),
        "I99",
        "E110101");
    refused(Refusal.IMAGE_VERSION, image(NEW, "00000000", DeviceType.ESME, ESME), "I99", "E110102");
    refused(
        Refusal.IMAGE_NOT_LISTED,
        image(NEXT, NEXT.toString(), DeviceType.ESME, ESME),
        "I99",
        "E110103");
    // Signed by the other supplier.
    refused(
        Refusal.IMAGE_SIGNATURE,
        image(NEW, NEW.toString(), DeviceType.GSME, ESME),
        "I99",
        "E110106");
  }

  private void activations() {
    refused(
        Refusal.NOTHING_DISTRIBUTED,
        activation(ESME, ExecutionDateTime.NOW, hash()),
        "I99",
        "E100");
    distribute();
    refused(
        Refusal.EXECUTION_TIME,
        activation(ESME, ExecutionDateTime.at(Instant.ofEpochMilli(world.utcMillis - 1)), hash()),
        "I99",
        "E100");
    world.dsp(
        new DspInput.RuleKnown(
            new CompatibilityRule(
                "C12",
                new Side(DeviceType.ESME, new VersionRange(NEW, NEW)),
                new Side(DeviceType.PPMID, new VersionRange(OLD, OLD)),
                Rectifies.OTHER)));
    refused(Refusal.INCOMPATIBLE, activation(ESME, ExecutionDateTime.NOW, hash()), "I99", "E100");
    Device meter = world.inventory(ESME);
    world.dsp(new DspInput.DeviceKnown(meter.running(NEXT)));
    refused(
        Refusal.WRONG_PREDECESSOR, activation(ESME, ExecutionDateTime.NOW, hash()), "I99", "E100");
    world.dsp(new DspInput.DeviceKnown(meter));
    world.dsp(
        new DspInput.Listed(world.listing(DeviceType.ESME, NEW, ListingStatus.WITHDRAWN, OLD)));
    refused(Refusal.NOT_LISTED, activation(ESME, ExecutionDateTime.NOW, hash()), "I99", "E100");
  }

  private void signedPreCommands() {
    world = new HeadEndWorld();
    distribute();
    Request order = activation(ESME, ExecutionDateTime.NOW, hash());
    assertThat(codes(order, Service.TRANSFORM)).containsExactly("I99", "I0");
    Message preCommand = Transform.preCommand(order.id(), (ActivateFirmware) order.body());
    refused(
        Refusal.SIGNATURE,
        signed(order.id(), preCommand.sign(world.other.digitalSignatureKey())),
        "E100");
    MessageId none = id(SUPPLIER, ESME);
    refused(
        Refusal.NO_SUCH_PRE_COMMAND,
        signed(
            none,
            Transform.preCommand(none, (ActivateFirmware) order.body())
                .sign(world.supplier.digitalSignatureKey())),
        "E100");
    // Nothing of that stands in the way of the right one.
    Request right = signed(order.id(), preCommand.sign(world.supplier.digitalSignatureKey()));
    assertThat(codes(right, Service.SEND_COMMAND)).containsExactly("I99");
    assertThat(world.toHub).hasSize(1);
  }

  private static Request signed(MessageId id, Message message) {
    return new Request(
        "5.4",
        id,
        CommandVariant.SIGNED_COMMAND,
        new ServiceReference("11.3"),
        new SignedPreCommand(ExecutionDateTime.NOW, message.octets()));
  }

  private UpdateFirmwareWarning warning(Request request) {
    List<Response> said = put(SUPPLIER, request, Service.NON_DEVICE);
    assertThat(said).extracting(response -> response.code().text()).contains("W110101");
    return said.stream()
        .filter(response -> response.code().text().equals("W110101"))
        .map(response -> ((ResponseMessage) response.body()).content().get())
        .map(UpdateFirmwareWarning.class::cast)
        .findFirst()
        .get();
  }

  /** C02: what is switched off gets nothing. C03: one list for all types of device. */
  @Test
  void eachDeviceOfAListThatGetsNothingStandsInTheListOfItsReason() {
    Device meter = world.inventory(ESME);
    Device.Model otherModel = new Device.Model("AB01", "another", "4.0");
    Device.Model otherGbcs = new Device.Model("AB01", meter.model().name(), "3.2");
    List<Device> devices =
        Stream.of(
                meter.with(DeviceStatus.WHITELISTED),
                with(meter, otherModel, Capability.UPDATABLE, Optional.of(OLD)),
                with(meter, otherGbcs, Capability.UPDATABLE, Optional.of(OLD)),
                with(meter, meter.model(), Capability.SWITCHED_OFF, Optional.of(OLD)),
                with(meter, meter.model(), Capability.UPDATABLE, Optional.of(NEXT)),
                with(meter, meter.model(), Capability.UPDATABLE, Optional.<FileVersion>empty()),
                meter)
            .toList();
    Eui64[] ids = new Eui64[devices.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new Eui64(ESME.value() + 0x100 + i);
      world.dsp(new DspInput.DeviceKnown(named(devices.get(i), ids[i])));
    }
    Eui64[] all =
        Stream.concat(Stream.of(ids), Stream.of(STRANGER, PPMID, GSME)).toArray(Eui64[]::new);
    UpdateFirmwareWarning warning = warning(image(NEW, NEW.toString(), DeviceType.ESME, all));
    assertThat(warning.invalid()).containsExactly(STRANGER, PPMID, GSME);
    assertThat(warning.notCommissioned()).containsExactly(ids[0]);
    assertThat(warning.notApplicableFirmware()).containsExactly(ids[1], ids[3], ids[4], ids[5]);
    assertThat(warning.invalidGbcsVersion()).containsExactly(ids[2]);
    assertThat(warning.otherRequestInProgress()).isEmpty();
    assertThat(world.states(ids[6])).containsExactly(TrackState.AT_HUB);
    assertThat(
            warning(image(NEW, NEW.toString(), DeviceType.ESME, ids[6])).otherRequestInProgress())
        .containsExactly(ids[6]);
  }

  private static Device named(Device device, Eui64 id) {
    return new Device(
        id,
        device.type(),
        device.standing(),
        device.model(),
        device.firmware(),
        device.hub(),
        device.responsible(),
        device.capability());
  }

  private static Device with(
      Device device, Device.Model model, Capability capability, Optional<FileVersion> firmware) {
    return new Device(
        device.id(),
        device.type(),
        device.standing(),
        model,
        firmware,
        device.hub(),
        device.responsible(),
        capability);
  }

  /** Attack 4: one image with the highest version would leave no later one. */
  @Test
  void aVersionThatIsTooFarAheadIsSentToNobody() {
    FileVersion last = FileVersion.of(0xFFFF_FFFEL);
    world.dsp(new DspInput.Listed(world.listing(DeviceType.ESME, last, ListingStatus.ACTIVE, OLD)));
    UpdateFirmwareWarning warning = warning(image(last, last.toString(), DeviceType.ESME, ESME));
    assertThat(warning.notApplicableFirmware()).containsExactly(ESME);
    assertThat(world.toHub).isEmpty();
  }

  /** Only a hub with the firmware for it serves a PPMID. */
  @Test
  void aHubThatIsTooOldGetsNoImageForAPpmid() {
    ParameterValues<HeadEndParameter> parameters =
        ParameterValues.defaults(HeadEndParameter.class)
            .with(HeadEndParameter.HUB_FIRMWARE_MINIMUM, NEW.value());
    world = new HeadEndWorld(parameters);
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(world.tracks(PPMID)).isEmpty();
    world.dsp(new DspInput.DeviceKnown(world.inventory(HUB).running(NEW)));
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(world.states(PPMID)).containsExactly(TrackState.AT_HUB);
  }

  /** Attack 12: what activates itself is checked against its neighbours before it leaves. */
  @Test
  void aPpmidThatWouldNotWorkWithItsMeterGetsNoImage() {
    world.dsp(
        new DspInput.RuleKnown(
            new CompatibilityRule(
                "I14",
                new Side(DeviceType.ESME, new VersionRange(OLD, OLD)),
                new Side(DeviceType.PPMID, new VersionRange(NEW, NEXT)),
                Rectifies.UPDATER)));
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(world.tracks(PPMID)).isEmpty();
  }

  @Test
  void aRequestOfOneUserIsNotTakenFromAnother() {
    Request read = request(ESME, CommandVariant.COMMAND, READ);
    assertThat(world.call(OTHER_SUPPLIER, new Content.ServiceCall(Service.SEND_COMMAND, read)))
        .extracting(response -> response.code().text())
        .isEqualTo("E1");
    assertThat(world.toHub).isEmpty();
  }

  @Test
  void theInventoryIsReadAndCorrected() {
    Request read =
        request(
            DSP,
            CommandVariant.NON_DEVICE,
            new InventoryRequest.ReadInventory(new InventoryRequest.Selection.Device(ESME)));
    assertThat(codes(read, Service.NON_DEVICE)).containsExactly("I99", "I0");
    Request decommission =
        request(DSP, CommandVariant.NON_DEVICE, new InventoryRequest.DecommissionDevice(ESME));
    assertThat(codes(decommission, Service.NON_DEVICE)).containsExactly("I99", "I0");
    assertThat(world.inventory(ESME).standing().status()).isEqualTo(DeviceStatus.DECOMMISSIONED);
    InventoryRequest.DevicePrenotification coming =
        new InventoryRequest.DevicePrenotification(
            STRANGER,
            "AB01",
            "010A030B",
            DeviceType.ESME,
            Optional.empty(),
            Optional.of(new FirmwareVersion("0002012F")),
            Optional.empty(),
            Optional.empty());
    assertThat(codes(request(DSP, CommandVariant.NON_DEVICE, coming), Service.NON_DEVICE))
        .containsExactly("I99", "I0");
    assertThat(world.inventory(STRANGER).standing().status()).isEqualTo(DeviceStatus.PENDING);
    assertThat(codes(request(DSP, CommandVariant.NON_DEVICE, coming), Service.NON_DEVICE))
        .containsExactly("I99", "E120201");
  }
}
