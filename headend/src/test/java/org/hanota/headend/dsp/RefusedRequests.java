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
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
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
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.HanRequest;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ServiceReference;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;

/** Each reason for which a request is refused, met by a request. */
final class RefusedRequests extends RefusalKit {
  private final Supplier<HeadEndWorld> worlds;

  RefusedRequests(Supplier<HeadEndWorld> worlds) {
    super(worlds.get());
    this.worlds = worlds;
  }

  void eachReasonIsMet() {
    access();
    homes();
    images();
    tooManyOctets();
    activations();
    signedPreCommands();
    anotherUsersActivation();
    // That is no check.
    assertThat(met).containsOnlyKeys(EnumSet.complementOf(EnumSet.of(Refusal.QUARANTINED)));
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
        new Request(
            read.schemaVersion(),
            id(SUPPLIER, HUB),
            CommandVariant.COMMAND,
            new ServiceReference("6.30"),
            new ServiceRequest.OtherRequest("ReadCHFSubGHzConfiguration", Octets.EMPTY)),
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

  private void homes() {
    Device meter = world.inventory(ESME);
    refused(Refusal.DEVICE_UNKNOWN, join(ESME, STRANGER), "E19");
    refused(Refusal.DEVICE_UNKNOWN, letIn(STRANGER), "E19");
    refused(Refusal.NOT_RESPONSIBLE, letIn(GSME), "E4");
    refused(Refusal.DEVICE_STATUS, letIn(ESME), "E5");
    world.dsp(new DspInput.DeviceKnown(meter.at(STRANGER).with(DeviceStatus.PENDING)));
    refused(Refusal.NOT_IN_HOME, letIn(ESME), "E100");
    refused(
        Refusal.NOT_IN_HOME,
        request(PPMID, CommandVariant.COMMAND, new HanRequest.JoinServiceNonCritical(ESME)),
        "E100");
    world.dsp(new DspInput.DeviceKnown(meter));
    refused(Refusal.JOIN_METHOD, join(ESME, GSME), "E100");
  }

  private Request join(Eui64 device, Eui64 other) {
    return request(device, CommandVariant.PRE_COMMAND, new HanRequest.JoinServiceCritical(other));
  }

  private Request letIn(Eui64 device) {
    return request(
        HUB,
        CommandVariant.COMMAND,
        new HanRequest.UpdateHanDeviceLog(
            ExecutionDateTime.NOW,
            device,
            Optional.of(
                new HanRequest.Whitelist(
                    90,
                    Octets.fromHex("00112233445566778899AABBCCDDEEFF"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))));
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

  private void tooManyOctets() {
    ParameterValues<HeadEndParameter> before = world.parameters;
    world.parameters = before.with(HeadEndParameter.OPEN_IMAGE_OCTETS_OF_USER, 10);
    world.restart(DSP);
    refused(Refusal.TOO_MUCH_OPEN, image(Octets.wrap(new byte[11]), NEW.toString(), ESME), "E100");
    world.parameters = before;
    world.restart(DSP);
  }

  private void activations() {
    refused(
        Refusal.NOTHING_DISTRIBUTED,
        activation(ESME, ExecutionDateTime.NOW, hash()),
        "I99",
        "E100");
    refused(
        Refusal.NOTHING_DISTRIBUTED,
        activation(ESME, ExecutionDateTime.CANCEL, hash()),
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
    world = worlds.get();
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

  /** Both suppliers have sent the same image; the other one's activation is pending. */
  private void anotherUsersActivation() {
    world = worlds.get();
    world.dsp(
        new DspInput.DeviceKnown(
            world.inventory(ESME).responsible(UserRole.GS, Optional.of(OTHER_SUPPLIER))));
    distribute();
    world.pass(31L * 86_400_000);
    world.sendOwnImage(OTHER_SUPPLIER, ESME);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, OTHER_SUPPLIER, hash(), true);
    world.activate(
        OTHER_SUPPLIER,
        ESME,
        hash(),
        ExecutionDateTime.at(Instant.ofEpochMilli(world.utcMillis + 3_600_000)));
    world.answer(new org.hanota.gbcs.payload.ActivateFirmware.CommandAccepted());
    refused(
        Refusal.OTHER_REQUEST_IN_PROGRESS,
        activation(ESME, ExecutionDateTime.NOW, hash()),
        "I99",
        "E100");
  }
}
