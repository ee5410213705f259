// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.Coded;
import org.hanota.gbcs.field.FieldReader;

/** The message codes of firmware, device log and joining, with their official names. */
public enum MessageCode implements Coded {
  /** Add to the hub's device log. */
  CCS01(0x0001, "CCS01", "Add Device to CHF device log", Sign.NEVER),
  /** Remove from the hub's device log. */
  CCS02(0x0002, "CCS02", "Remove device from CHF device log", Sign.NEVER),
  /** Restore the log of a hub that was replaced. */
  CCS03(0x0003, "CCS03", "Restore CHF Device Log", Sign.NEVER),
  /** Read the hub's device log. */
  CCS05_CCS04(
      0x0004,
      "CCS05/CCS04",
      "Read CHF device log / Check HAN communications (by reading the CHF Communications Store)",
      Sign.NEVER),
  /** Join by method A, on the meter. */
  CS03A1(0x000D, "CS03A1", "Method A Join (Meter)", Sign.SUPPLIER),
  /** Join by method B. */
  CS03B(0x000E, "CS03B", "Method B Join", Sign.NEVER),
  /** Undo a join by method A or C. */
  CS04AC(0x000F, "CS04AC", "Method A or C Unjoin", Sign.SUPPLIER_OR_BROKER),
  /** Undo a join by method B. */
  CS04B(0x0010, "CS04B", "Method B Unjoin", Sign.NEVER),
  /** Activate firmware. */
  CS06(0x0012, "CS06", "Activate Firmware", Sign.SUPPLIER),
  /** Read what a device has joined. */
  CS07(0x0013, "CS07", "Read Device Join Details", Sign.NEVER),
  /** The hub's device log has changed. */
  CS14(0x0018, "CS14", "Device Addition To / Removal From HAN Whitelist Alerts", Sign.NEVER),
  /** Read the version an electricity meter runs. */
  ECS52(0x0059, "ECS52", "Read ESME/Comms Hub Firmware Version", Sign.NEVER),
  /** Set an electricity meter's clock, which puts it into service. */
  ECS70(0x0062, "ECS70", "Synchronise Clock (ESME)", Sign.SUPPLIER),
  /** Set a gas meter's clock, which puts it into service. */
  GCS28(0x007F, "GCS28", "Synchronise Clock (GSME)", Sign.SUPPLIER),
  /** Read the version a gas meter runs. */
  GCS38(0x0084, "GCS38", "Read GSME Firmware Version", Sign.NEVER),
  /** Join by method A, on the other device. */
  CS03A2(0x00AB, "CS03A2", "Method A Join (non Meter)", Sign.SUPPLIER_OR_BROKER),
  /** Join by method C. */
  CS03C(0x00AF, "CS03C", "Method C Join", Sign.SUPPLIER_OR_BROKER),
  /** The outcome of a future dated CS06. */
  FUTURE_DATED_FIRMWARE_ACTIVATION_ALERT(
      0x00CA, "CS06", "Future Dated Firmware Activation Alert", Sign.DEVICE),
  /** An image has arrived at an electricity meter. */
  FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME(
      0x00CE, "FDRA", "Firmware Distribution Receipt Alert (ESME)", Sign.DEVICE),
  /** An image has arrived at a gas meter. */
  FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_GSME(
      0x00CF, "FDRA", "Firmware Distribution Receipt Alert (GSME)", Sign.DEVICE),
  /** How a hub uses 868 MHz. */
  DBCH04(0x010D, "DBCH04", "Set CHF Sub GHz Configuration", Sign.NEVER),
  /** How the hub's transfer of an image to a device ended. */
  CCS08(0x0128, "CCS08", "Firmware Transfer Alert", Sign.DEVICE),
  /** Read the version that a PPMID or HCALCS runs. */
  CS08(0x0129, "CS08", "Read PPMID/HCALCS Firmware Version", Sign.NEVER),
  /** A PPMID has activated an image or failed to. */
  CS09(0x012B, "CS09", "PPMID Firmware Activation Alert", Sign.DEVICE);

  /** All codes in the order of their numbers. */
  public static final List<MessageCode> ALL = List.of(values());

  /** Whose signature the messages of a code carry. */
  private enum Sign {
    /** None: the MAC alone protects command and response. */
    NEVER,
    /** Command by the supplier, critical; response by the device. */
    SUPPLIER,
    /** Command by the supplier where it is critical, else by the broker; response by the device. */
    SUPPLIER_OR_BROKER,
    /** There is only an alert, by the device. */
    DEVICE
  }

  private static final Map<MessageCode, Map<CraFlag, Function<FieldReader, Payload>>> READERS =
      readers();

  private final int code;
  private final String useCase;
  private final String officialName;
  private final Sign sign;

  MessageCode(int code, String useCase, String officialName, Sign sign) {
    this.code = code;
    this.useCase = useCase;
    this.officialName = officialName;
    this.sign = sign;
  }

  @Override
  public int code() {
    return code;
  }

  /** The use case's number, such as {@code CS06}; {@code FDRA} where it has none. */
  public String useCase() {
    return useCase;
  }

  @Override
  public String officialName() {
    return officialName;
  }

  /** The message code with this number, if it is one of ours. */
  public static Optional<MessageCode> of(int code) {
    return ALL.stream().filter(message -> message.code == code).findFirst();
  }

  /** Which of command, response and alert exist. */
  public Set<CraFlag> flags() {
    return readers(this).keySet();
  }

  /** Whether messages of this code carry a signature. */
  public boolean signed() {
    return sign != Sign.NEVER;
  }

  /** Whether a message of this code and flag carries a MAC: all commands, and all unsigned. */
  public boolean maced(CraFlag flag) {
    return flag == CraFlag.COMMAND || !signed();
  }

  /** Whether a supplier may sign the command. */
  public boolean supplierSigns() {
    return sign == Sign.SUPPLIER || sign == Sign.SUPPLIER_OR_BROKER;
  }

  /** Whether the access control broker may sign the command. */
  public boolean brokerSigns() {
    return sign == Sign.SUPPLIER_OR_BROKER;
  }

  /**
   * Reads the payload of a message of this code up to the end of {@code in}.
   *
   * @throws IllegalArgumentException if this code has no message with {@code flag}
   * @throws FormatException if the octets are not such a payload
   */
  public Payload read(CraFlag flag, FieldReader in) {
    Function<FieldReader, Payload> reader = readers(this).get(flag);
    if (reader == null) {
      throw new IllegalArgumentException(
          "flag is " + flag.officialName() + ", allowed for " + useCase + " " + flags());
    }
    Payload payload = reader.apply(in);
    in.end("payload");
    return payload;
  }

  /**
   * Reads a payload that stands alone.
   *
   * @throws FormatException if {@code octets} are not such a payload
   */
  public Payload parse(CraFlag flag, Octets octets) {
    return read(flag, FieldReader.of(octets));
  }

  @Override
  public String toString() {
    return Width.hex(code, 4);
  }

  private static Map<CraFlag, Function<FieldReader, Payload>> readers(MessageCode code) {
    return READERS.getOrDefault(code, Map.of());
  }

  private static Map<MessageCode, Map<CraFlag, Function<FieldReader, Payload>>> readers() {
    Map<MessageCode, Map<CraFlag, Function<FieldReader, Payload>>> all =
        new EnumMap<>(MessageCode.class);
    pair(all, CCS01, AddDevice.Command::read, AddDevice.Response::read);
    pair(all, CCS02, RemoveDevice.Command::read, RemoveDevice.Response::read);
    pair(all, CCS03, RestoreDeviceLog.Command::read, RestoreDeviceLog.Response::read);
    pair(all, CCS05_CCS04, ReadDeviceLog.Command::read, ReadDeviceLog.Response::read);
    for (MessageCode code : List.of(CS03A1, CS03A2, CS03B, CS03C)) {
      pair(all, code, JoinDevice.Command::read, JoinDevice.Response::read);
    }
    pair(all, CS04AC, UnjoinDevice.Command::read, UnjoinDevice.Response::read);
    pair(all, CS04B, UnjoinDevice.Command::read, UnjoinDevice.Response::read);
    pair(all, CS06, ActivateFirmware.Command::read, ActivateFirmware.Response::read);
    pair(all, CS07, ReadDeviceJoinDetails.Command::read, ReadDeviceJoinDetails.Response::read);
    pair(all, ECS52, ReadEsmeFirmwareVersion.Command::read, ReadEsmeFirmwareVersion.Response::read);
    pair(all, GCS38, ReadGsmeFirmwareVersion.Command::read, ReadGsmeFirmwareVersion.Response::read);
    pair(all, ECS70, SynchroniseClock.EsmeCommand::read, SynchroniseClock.EsmeResponse::read);
    pair(all, GCS28, SynchroniseClock.GsmeCommand::read, SynchroniseClock.GsmeResponse::read);
    pair(all, DBCH04, SetSubGhzConfiguration.Command::read, SetSubGhzConfiguration.Response::read);
    pair(all, CS08, ReadFirmwareVersion.Command::read, ReadFirmwareVersion.Response::read);
    alert(all, CS14, DeviceLogAlert::read);
    alert(all, FUTURE_DATED_FIRMWARE_ACTIVATION_ALERT, ActivateFirmware.Alert::read);
    alert(
        all, FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME, FirmwareDistributionReceiptAlert.Esme::read);
    alert(
        all, FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_GSME, FirmwareDistributionReceiptAlert.Gsme::read);
    alert(all, CCS08, FirmwareTransferAlert::read);
    alert(all, CS09, PpmidFirmwareActivationAlert::read);
    return all;
  }

  private static void pair(
      Map<MessageCode, Map<CraFlag, Function<FieldReader, Payload>>> all,
      MessageCode code,
      Function<FieldReader, Payload> command,
      Function<FieldReader, Payload> response) {
    Map<CraFlag, Function<FieldReader, Payload>> two = new EnumMap<>(CraFlag.class);
    two.put(CraFlag.COMMAND, command);
    two.put(CraFlag.RESPONSE, response);
    all.put(code, two);
  }

  private static void alert(
      Map<MessageCode, Map<CraFlag, Function<FieldReader, Payload>>> all,
      MessageCode code,
      Function<FieldReader, Payload> alert) {
    all.put(code, Map.of(CraFlag.ALERT, alert));
  }
}
