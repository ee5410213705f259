// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.ActiveDevice;
import org.hanota.gbcs.payload.AddDevice;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.BackedUpDevice;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.DataAccessResult;
import org.hanota.gbcs.payload.DeviceLogAlert;
import org.hanota.gbcs.payload.DeviceType;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.JoinDevice;
import org.hanota.gbcs.payload.JoinDevice.JoinMethodAndRole;
import org.hanota.gbcs.payload.JoinDevice.JoinResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.gbcs.payload.ReadDeviceJoinDetails;
import org.hanota.gbcs.payload.ReadDeviceLog;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.hanota.gbcs.payload.ReadGsmeFirmwareVersion;
import org.hanota.gbcs.payload.RemoveDevice;
import org.hanota.gbcs.payload.RestoreDeviceLog;
import org.hanota.gbcs.payload.SetSubGhzConfiguration;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.gbcs.payload.SynchroniseClock;
import org.hanota.gbcs.payload.UnjoinDevice;
import org.hanota.gbcs.payload.UnjoinDevice.UnjoinResponseCode;
import org.hanota.keys.Der;

/** Legal messages of every kind, chosen by a random source that the test seeds. */
final class GeneratedMessages {
  private final Random random;

  GeneratedMessages(long seed) {
    random = new Random(seed);
  }

  /** One message with each form of each payload; protected as its code demands. */
  List<Message> all(Home home) {
    List<Message> messages = new ArrayList<>();
    for (MessageCode code : MessageCode.ALL) {
      for (CraFlag flag : code.flags()) {
        for (Payload payload : payloads(code, flag)) {
          messages.add(protect(Message.of(header(code, flag), payload), home));
        }
      }
    }
    return messages;
  }

  private GroupingHeader header(MessageCode code, CraFlag flag) {
    Optional<CosemDateTime> time =
        random.nextBoolean() ? Optional.of(cosemDateTime()) : Optional.empty();
    GroupingHeader header =
        new GroupingHeader(flag, random.nextLong(), eui64(), eui64(), time, code, Optional.empty());
    return random.nextBoolean() ? header.onBehalfOf(eui64(), random.nextLong()) : header;
  }

  private Message protect(Message message, Home home) {
    MessageCode code = message.header().messageCode();
    Message signed = code.signed() ? message.withSignature(octets(64)) : message;
    return code.maced(message.header().craFlag())
        ? signed.addMac(home.broker().keyAgreementKey(), home.esme().keyAgreement().publicKey())
        : signed;
  }

  private List<Payload> payloads(MessageCode code, CraFlag flag) {
    return switch (code) {
      case CS06 -> flag == CraFlag.COMMAND ? activateCommands() : activateResponses();
      case FUTURE_DATED_FIRMWARE_ACTIVATION_ALERT -> List.of(activateAlert());
      case FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME ->
          List.of(
              new FirmwareDistributionReceiptAlert.Esme(
                  invokeId(), receipt(), cosemDateTime(), octets(32)));
      case FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_GSME ->
          List.of(
              new FirmwareDistributionReceiptAlert.Gsme(
                  receipt(), new ZigBeeTime(uint32()), octets(32)));
      case CCS08 ->
          List.of(
              FirmwareTransferAlert.of(
                  time(), eui64(), version(), pick(TransferResponseCode.values())));
      case CS09 ->
          List.of(
              new PpmidFirmwareActivationAlert(time(), version(), pick(SuccessOrFailure.values())));
      case CS14 ->
          List.of(
              new DeviceLogAlert(invokeId(), cosemDateTime(), cosemDateTime(), eui64(), backup()));
      case CS03A1, CS03A2, CS03B, CS03C ->
          flag == CraFlag.COMMAND
              ? List.of(join(Optional.empty()), join(Optional.of(Der.sequence(octets(300)))))
              : List.of(new JoinDevice.Response(pick(JoinResponseCode.values())));
      case CS04AC, CS04B ->
          List.of(
              flag == CraFlag.COMMAND
                  ? new UnjoinDevice.Command(eui64())
                  : new UnjoinDevice.Response(pick(UnjoinResponseCode.values())));
      case CS07 -> flag == CraFlag.COMMAND ? joinDetailsCommand() : joinDetails();
      case CS08 ->
          List.of(
              flag == CraFlag.COMMAND
                  ? new ReadFirmwareVersion.Command()
                  : new ReadFirmwareVersion.Response(version(), pick(SuccessOrFailure.values())));
      case GCS38 ->
          flag == CraFlag.COMMAND
              ? List.of(new ReadGsmeFirmwareVersion.Command())
              : List.of(
                  new ReadGsmeFirmwareVersion.Version(version()),
                  new ReadGsmeFirmwareVersion.Refused(1 + random.nextInt(255)));
      case ECS52 ->
          flag == CraFlag.COMMAND
              ? List.of(new ReadEsmeFirmwareVersion.Command(invokeId()))
              : List.of(
                  new ReadEsmeFirmwareVersion.Version(invokeId(), version()),
                  new ReadEsmeFirmwareVersion.Refused(invokeId(), failure()));
      case CCS01, CCS02, CCS03, CCS05_CCS04 -> deviceLog(code, flag);
      case ECS70, GCS28 -> List.of(synchroniseClock(code, flag));
      case DBCH04 ->
          List.of(
              flag == CraFlag.COMMAND
                  ? subGhz()
                  : new SetSubGhzConfiguration.Response(
                      invokeId(), pick(DataAccessResult.values())));
    };
  }

  private Payload synchroniseClock(MessageCode code, CraFlag flag) {
    if (code == MessageCode.ECS70) {
      return flag == CraFlag.COMMAND
          ? new SynchroniseClock.EsmeCommand(invokeId(), cosemDateTime(), cosemDateTime())
          : new SynchroniseClock.EsmeResponse(
              invokeId(),
              cosemDateTime(),
              uint8(),
              Stream.generate(() -> pick(DataAccessResult.values())).limit(5).toList());
    }
    return flag == CraFlag.COMMAND
        ? new SynchroniseClock.GsmeCommand(time(), time())
        : new SynchroniseClock.GsmeResponse(
            time(), pick(SynchroniseClock.DeviceTimeStatus.values()));
  }

  private Payload subGhz() {
    return new SetSubGhzConfiguration.Command(
        invokeId(),
        Stream.generate(() -> random.nextInt(1 << 27)).limit(4).toList(),
        uint16(),
        uint16(),
        uint8(),
        uint16(),
        uint8(),
        uint8(),
        uint16(),
        uint8(),
        uint16(),
        uint16(),
        uint16());
  }

  private List<Payload> activateCommands() {
    return List.of(
        new ActivateFirmware.Command(octets(32), counter(), new Activation.Now()),
        new ActivateFirmware.Command(octets(32), counter(), new Activation.At(time())),
        new ActivateFirmware.Command(octets(32), counter(), new Activation.Cancel()));
  }

  private List<Payload> activateResponses() {
    return List.of(new ActivateFirmware.CommandAccepted(), outcome());
  }

  private Payload activateAlert() {
    ExecutionOutcome outcome = outcome();
    return new ActivateFirmware.Alert(
        outcome.activateImageResponseCode() == ActivateImageResponseCode.SUCCESS
            ? AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED
            : AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_NOT_SUCCESSFULLY_ACTIONED,
        time(),
        counter(),
        outcome);
  }

  private ExecutionOutcome outcome() {
    return new ExecutionOutcome(pick(ActivateImageResponseCode.values()), version());
  }

  private AlertCode receipt() {
    return random.nextBoolean()
        ? AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL
        : AlertCode.FIRMWARE_VERIFICATION_FAILED;
  }

  private Payload join(Optional<Octets> certificate) {
    return new JoinDevice.Command(
        pick(JoinMethodAndRole.values()), eui64(), pick(DeviceType.values()), certificate);
  }

  private static List<Payload> joinDetailsCommand() {
    return List.of(new ReadDeviceJoinDetails.Command());
  }

  private List<Payload> joinDetails() {
    return List.of(
        new ReadDeviceJoinDetails.ReadFailure(),
        new ReadDeviceJoinDetails.DeviceLogEntries(
            some(
                () ->
                    new ReadDeviceJoinDetails.DeviceLogEntry(eui64(), pick(DeviceType.values())))));
  }

  private List<Payload> deviceLog(MessageCode code, CraFlag flag) {
    boolean command = flag == CraFlag.COMMAND;
    DataAccessResult result = pick(DataAccessResult.values());
    return switch (code) {
      case CCS01 ->
          List.of(
              command
                  ? new AddDevice.Command(
                      invokeId(), eui64(), uint8(), octets(16), uint8(), 90, random.nextBoolean())
                  : new AddDevice.Response(invokeId(), result, result, failure()));
      case CCS02 ->
          List.of(
              command
                  ? new RemoveDevice.Command(invokeId(), eui64())
                  : new RemoveDevice.Response(invokeId(), result));
      case CCS03 ->
          List.of(
              command
                  ? new RestoreDeviceLog.Command(invokeId(), eui64(), backup())
                  : new RestoreDeviceLog.Response(invokeId(), result));
      default ->
          command
              ? List.of(new ReadDeviceLog.Command(invokeId()))
              : List.of(
                  new ReadDeviceLog.ActiveDevices(invokeId(), some(this::activeDevice)),
                  new ReadDeviceLog.Refused(invokeId(), failure()));
    };
  }

  private ActiveDevice activeDevice() {
    return new ActiveDevice(
        eui64(),
        uint8(),
        uint8() - 128,
        uint8() - 128,
        uint8() - 128,
        uint8(),
        uint8(),
        uint8(),
        cosemDateTime(),
        uint8(),
        uint8(),
        uint8(),
        uint8(),
        uint8());
  }

  private List<BackedUpDevice> backup() {
    return some(() -> new BackedUpDevice(eui64(), octets(16)));
  }

  private <T> List<T> some(Supplier<T> one) {
    int count = random.nextInt(10) == 0 ? 130 : random.nextInt(5);
    List<T> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(one.get());
    }
    return list;
  }

  private CosemDateTime cosemDateTime() {
    return random.nextBoolean()
        ? CosemDateTime.ofUtcMillis(uint32() * 1000)
        : new CosemDateTime(0xFFFF, 0xFD, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x8000, 0);
  }

  private GeneralizedTime time() {
    return GeneralizedTime.ofUtcMillis(uint32() * 1000);
  }

  private FileVersion version() {
    return new FileVersion(uint32());
  }

  private DataAccessResult failure() {
    DataAccessResult result = pick(DataAccessResult.values());
    return result == DataAccessResult.SUCCESS ? DataAccessResult.OTHER_REASON : result;
  }

  private Eui64 eui64() {
    return new Eui64(random.nextLong());
  }

  private long counter() {
    return random.nextLong() >>> (1 + random.nextInt(63));
  }

  private int invokeId() {
    return random.nextInt(1 << 24);
  }

  private int uint8() {
    return random.nextInt(256);
  }

  private int uint16() {
    return random.nextInt(1 << 16);
  }

  private long uint32() {
    return random.nextLong() >>> 32;
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private Octets octets(int count) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return Octets.wrap(octets);
  }
}
