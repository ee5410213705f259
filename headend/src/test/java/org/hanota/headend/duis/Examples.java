// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CredentialsRequest.Certificates;
import org.hanota.headend.request.CredentialsRequest.Floors;
import org.hanota.headend.request.CredentialsRequest.RequestHandoverOfDccControlledDevice;
import org.hanota.headend.request.CredentialsRequest.UpdateSecurityCredentialsCos;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.HanRequest;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.InventoryRequest.Change;
import org.hanota.headend.request.InventoryRequest.Selection;
import org.hanota.headend.request.InventoryRequest.SupplyKind;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.RemotePartyRole;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseBody.Throttled;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceReference;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.request.SetChfSubGhzConfiguration;

/** One message of each kind. */
public final class Examples {
  static final Eui64 SUPPLIER = Eui64.parse("A1B2C30000000001");
  static final Eui64 DCC = Eui64.parse("A1B2C30000000002");
  static final Eui64 METER = Eui64.parse("0011223344556601");
  static final Eui64 HUB = Eui64.parse("0011223344556602");
  static final Instant TIME = Instant.parse("2026-11-29T06:30:00.250Z");
  private static final Octets MESSAGE = Octets.fromHex("df0902000000000000");
  private static final FirmwareVersion VERSION = new FirmwareVersion("0001020A");

  private final Map<String, DuisMessage> messages = new TreeMap<>();
  private long counter = 1_000;

  private Examples() {
    firmware();
    inventory();
    home();
    credentials();
    request("4.1.1-other", CommandVariant.COMMAND, new ServiceReference("4.1.1"), other());
    responses();
    alerts();
  }

  /** Messages by their names, in the order of these. */
  public static Map<String, DuisMessage> messages() {
    return new Examples().messages;
  }

  /** The message of that name. */
  static DuisMessage message(String name) {
    return Objects.requireNonNull(messages().get(name), name);
  }

  private void firmware() {
    Octets image = Octets.wrap("an image that nobody runs".getBytes(StandardCharsets.US_ASCII));
    Octets hash = Octets.fromHex("00ff".repeat(16));
    DeviceIdList devices = new DeviceIdList(List.of(METER, new Eui64(METER.value() + 16)));
    request(
        "11.1-update-firmware",
        CommandVariant.NON_DEVICE,
        new FirmwareRequest.UpdateFirmware(image, VERSION, devices));
    request(
        "11.2-read-firmware-version",
        CommandVariant.COMMAND,
        new FirmwareRequest.ReadFirmwareVersion(ExecutionDateTime.NOW));
    request(
        "11.3-activate-now",
        CommandVariant.PRE_COMMAND,
        new FirmwareRequest.ActivateFirmware(ExecutionDateTime.NOW, hash));
    request(
        "11.3-activate-dated",
        CommandVariant.PRE_COMMAND,
        new FirmwareRequest.ActivateFirmware(ExecutionDateTime.at(TIME), hash));
    request(
        "11.3-activate-cancel",
        CommandVariant.PRE_COMMAND,
        new FirmwareRequest.ActivateFirmware(ExecutionDateTime.CANCEL, hash));
    request(
        "11.3-signed-pre-command",
        CommandVariant.SIGNED_COMMAND,
        new ServiceReference("11.3"),
        new ServiceRequest.SignedPreCommand(ExecutionDateTime.at(TIME), MESSAGE));
    request(
        "11.4-update-ppmid-firmware",
        CommandVariant.NON_DEVICE,
        new FirmwareRequest.UpdatePpmidFirmware(image, VERSION, devices));
  }

  private void inventory() {
    List<Selection> selections =
        List.of(
            new Selection.Uprn(123_456_789_012L),
            new Selection.Device(METER),
            new Selection.Mpxn("1312345678111"),
            new Selection.Address("AB1 2CD", "1 & 2 <High Street>"));
    for (int i = 0; i < selections.size(); i++) {
      request(
          "8.2-read-inventory-" + (i + 1),
          CommandVariant.NON_DEVICE,
          new InventoryRequest.ReadInventory(selections.get(i)));
    }
    request(
        "8.3-decommission",
        CommandVariant.NON_DEVICE,
        new InventoryRequest.DecommissionDevice(METER));
    List<Change> changes =
        List.of(
            new Change.StatusExceptHub(DeviceStatus.PENDING),
            new Change.StatusOfHub(DeviceStatus.WITHDRAWN),
            new Change.Details(
                Optional.of("AB01"),
                Optional.of("010A030B"),
                Optional.of("SMETS V5.1"),
                Optional.of(VERSION),
                Optional.of("ADE")),
            new Change.DeleteDevice(),
            new Change.Supply(SupplyKind.EXPORT, "1312345678333"));
    for (int i = 0; i < changes.size(); i++) {
      request(
          "8.4-update-inventory-" + (i + 1),
          CommandVariant.NON_DEVICE,
          new InventoryRequest.UpdateInventory(METER, changes.get(i)));
    }
    request(
        "12.2-prenotification",
        CommandVariant.NON_DEVICE,
        new InventoryRequest.DevicePrenotification(
            METER,
            "AB01",
            "010A030B",
            DeviceType.ESME,
            Optional.of("SMETS V5.1"),
            Optional.of(VERSION),
            Optional.of("A"),
            Optional.of(HUB)));
  }

  private void home() {
    request(
        "8.1.1-commission", CommandVariant.PRE_COMMAND, new HanRequest.CommissionDevice(TIME, 60));
    request("8.7.1-join", CommandVariant.PRE_COMMAND, new HanRequest.JoinServiceCritical(HUB));
    request("8.7.2-join", CommandVariant.COMMAND, new HanRequest.JoinServiceNonCritical(HUB));
    request("8.8.1-unjoin", CommandVariant.PRE_COMMAND, new HanRequest.UnjoinServiceCritical(HUB));
    request("8.8.2-unjoin", CommandVariant.COMMAND, new HanRequest.UnjoinServiceNonCritical(HUB));
    request(
        "8.9-read-device-log",
        CommandVariant.COMMAND,
        new HanRequest.ReadDeviceLog(ExecutionDateTime.at(TIME), true));
    request(
        "8.11-add",
        CommandVariant.COMMAND,
        new HanRequest.UpdateHanDeviceLog(
            ExecutionDateTime.NOW,
            METER,
            Optional.of(
                new HanRequest.Whitelist(
                    3600,
                    Octets.fromHex("30313233343536373839414243444546"),
                    Optional.of("1312345678111"),
                    Optional.of("1312345678222"),
                    Optional.of("1312345678333")))));
    request(
        "8.11-remove",
        CommandVariant.COMMAND,
        new HanRequest.UpdateHanDeviceLog(ExecutionDateTime.NOW, METER, Optional.empty()));
    request("8.12.1-restore", CommandVariant.COMMAND, new HanRequest.RestoreHanDeviceLog(HUB));
    request(
        "8.13-return",
        CommandVariant.NON_DEVICE,
        new HanRequest.ReturnLocalCommandResponse(
            Optional.of(new MessageId(SUPPLIER, METER, -1)), MESSAGE));
    request(
        "6.28-sub-ghz",
        CommandVariant.COMMAND,
        new SetChfSubGhzConfiguration(
            List.of(0, 26, 27, 34, 35, 61),
            List.of(3, 26),
            13,
            22,
            7,
            24,
            255,
            20,
            6_050,
            150,
            100,
            10_000,
            100));
  }

  private void credentials() {
    Certificates certificates =
        new Certificates(
            MESSAGE,
            Optional.of(MESSAGE.from(1)),
            Optional.of(MESSAGE.from(2)),
            List.of(MESSAGE.from(3), MESSAGE.from(4)));
    request(
        "6.21-handover",
        CommandVariant.COMMAND,
        new RequestHandoverOfDccControlledDevice(
            ExecutionDateTime.NOW,
            RemotePartyRole.SUPPLIER,
            new Floors(Optional.of(0L), Optional.of(Long.MAX_VALUE)),
            certificates,
            true));
    request(
        "6.23-change-of-supplier",
        CommandVariant.COMMAND,
        new UpdateSecurityCredentialsCos(
            ExecutionDateTime.at(TIME), 5, Optional.of(6L), certificates, false, "1312345678333"));
  }

  private static ServiceRequest other() {
    return new ServiceRequest.OtherRequest(
        "ReadInstantaneousImportRegisters",
        Octets.wrap(
            ("<sr:ReadInstantaneousImportRegisters xmlns:sr=\""
                    + Element.DUIS
                    + "\"><sr:ExecutionDateTime>2026-12-01T00:00:00Z</sr:ExecutionDateTime>"
                    + "</sr:ReadInstantaneousImportRegisters>")
                .getBytes(StandardCharsets.UTF_8)));
  }

  private void responses() {
    answer("response-acknowledgement", "I99", "11.1", Optional.empty());
    answer("response-error", "E13", "11.3", Optional.empty());
    answer(
        "response-pre-command",
        "I0",
        "11.3",
        Optional.of(new ResponseContent.PreCommand("4.3", MESSAGE)));
    answer("response-gbcs", "I0", "11.2", Optional.of(new ResponseContent.GbcsPayload(MESSAGE)));
    answer("response-local", "I0", "11.3", Optional.of(new ResponseContent.LocalCommand(MESSAGE)));
    for (ResponseContent.FutureDatedResult result : ResponseContent.FutureDatedResult.values()) {
      answer(
          "response-dated-" + result.word(),
          "I0",
          "11.3",
          Optional.of(new ResponseContent.FutureDatedDeviceAlertMessage(result, MESSAGE, 1, 1)));
    }
    for (boolean ppmid : new boolean[] {false, true}) {
      answer(
          ppmid ? "response-warning-11.4" : "response-warning-11.1",
          ppmid ? "W110401" : "W110101",
          ppmid ? "11.4" : "11.1",
          Optional.of(
              new ResponseContent.UpdateFirmwareWarning(
                  ppmid,
                  List.of(METER),
                  List.of(HUB),
                  List.of(),
                  List.of(METER, HUB),
                  List.of(DCC))));
    }
    answer(
        "response-inventory",
        "I0",
        "8.2",
        Optional.of(new ResponseContent.DspInventory(List.of(inventoryDevice()))));
    answer(
        "response-other",
        "I0",
        "5.1",
        Optional.of(
            new ResponseContent.OtherContent(
                "DSPScheduleID",
                Octets.wrap(
                    ("<sr:DSPScheduleID xmlns:sr=\"" + Element.DUIS + "\">7</sr:DSPScheduleID>")
                        .getBytes(StandardCharsets.UTF_8)))));
  }

  private static ResponseContent.InventoryDevice inventoryDevice() {
    return new ResponseContent.InventoryDevice(
        METER,
        DeviceType.ESME,
        Optional.of(DeviceStatus.SUSPENDED),
        "AB01",
        "010A030B",
        Optional.of("SMETS V5.1"),
        Optional.of(VERSION),
        Optional.of(ListingStatus.WITHDRAWN),
        Optional.of(ListingStatus.ACTIVE),
        new ResponseContent.Supply(
            Optional.of("2026-01-02Z"),
            Optional.of("1312345678111"),
            Optional.of("1312345678222"),
            Optional.of("1312345678333"),
            Optional.of("BDE")),
        new ResponseContent.Surroundings(
            Optional.of(5L),
            Optional.of(new Selection.Address("AB1 2CD", "1")),
            Optional.of("North"),
            Optional.of("4.3"),
            Optional.of("Dual Band"),
            Optional.empty(),
            Optional.of("Cellular")));
  }

  private void alerts() {
    message(
        "alert-device",
        new ResponseBody.DeviceAlertMessage(
            Octets.fromHex("8f72"), new Throttled(Optional.of(9L), Optional.of(4L)), MESSAGE));
    MessageId id = new MessageId(SUPPLIER, DCC, 77);
    alert("N18", new DccAlert.FirmwareDistributionFailure(id, List.of(METER, HUB)));
    alert("N59", new DccAlert.FirmwareUpgradeRequested(DeviceType.PPMID, VERSION, List.of(METER)));
    alert("N60", new DccAlert.CspFirmwareDeliveryStatus(id, HUB, METER, VERSION, TIME, true));
    alert(
        "N61",
        new DccAlert.CommsHubAlert(
            HUB,
            Octets.fromHex("8f8a"),
            Optional.of(TIME),
            Optional.of(
                new DccAlert.FirmwareTransfer(
                    Optional.of(id),
                    METER,
                    VERSION,
                    DccAlert.TransferResponseCode.HARDWARE_VERSION_MISMATCH))));
    alert(
        "N39",
        new DccAlert.PpmidAlert(
            METER,
            Octets.fromHex("8f8b"),
            Optional.of(TIME),
            Optional.of(new DccAlert.PpmidUpgrade(VERSION, false))));
    alert(
        "N49",
        new DccAlert.FirmwareVersionMismatch(
            METER, DeviceType.HCALCS, VERSION, new FirmwareVersion("9")));
    alert("N64", new DccAlert.CommsHubFirmwareActivation(HUB, VERSION));
    int code = 40;
    for (DccAlert.Breach breach : DccAlert.Breach.values()) {
      alert("N" + code++, new DccAlert.QuarantinedRequest(breach, id, BigInteger.TEN));
    }
    alert("N24", new DccAlert.UpdateHanDeviceLogResult(id));
    alert("N12", new DccAlert.CommandFailure(id, Optional.of(8L), METER));
    alert(
        "AD1",
        new DccAlert.OtherAlert(
            "PowerOutageEvent",
            Octets.wrap(
                ("<sr:PowerOutageEvent xmlns:sr=\""
                        + Element.DUIS
                        + "\"><sr:CommsHubDeviceID>00-11-22-33-44-55-66-02</sr:CommsHubDeviceID>"
                        + "<sr:StartDateTime>2026-12-01T00:00:00Z</sr:StartDateTime>"
                        + "<sr:MPxN>1312345678111</sr:MPxN></sr:PowerOutageEvent>")
                    .getBytes(StandardCharsets.UTF_8))));
  }

  private void request(String name, CommandVariant variant, ServiceRequest body) {
    request(name, variant, body.service().orElseThrow(), body);
  }

  private void request(
      String name, CommandVariant variant, ServiceReference service, ServiceRequest body) {
    Eui64 target = variant == CommandVariant.NON_DEVICE ? DCC : METER;
    MessageId id = new MessageId(SUPPLIER, target, counter++);
    messages.put(name, new Request(DuisMessage.SCHEMA_VERSION, id, variant, service, body));
  }

  private void answer(String name, String code, String service, Optional<ResponseContent> content) {
    MessageId id = new MessageId(SUPPLIER, METER, counter++);
    messages.put(
        name,
        new Response(
            DuisMessage.SCHEMA_VERSION,
            Optional.of(id),
            content.map(each -> id.answer()),
            new ResponseCode(code),
            TIME,
            new ResponseBody.ResponseMessage(new ServiceReference(service), content)));
  }

  private void alert(String code, DccAlert alert) {
    String name =
        alert instanceof DccAlert.OtherAlert other
            ? other.name()
            : alert.getClass().getSimpleName();
    message(
        "alert-" + code + "-" + name,
        new ResponseBody.DccAlertMessage(code, Throttled.NOTHING, alert));
  }

  private void message(String name, ResponseBody body) {
    messages.put(
        name,
        new Response(
            DuisMessage.SCHEMA_VERSION,
            Optional.empty(),
            Optional.of(new MessageId(DCC, SUPPLIER, counter++)),
            ResponseCode.SUCCESS,
            TIME,
            body));
  }
}
