// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.Coded;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.keys.Der;

/**
 * CCS08: how the hub's transfer of an image to a device ended.
 *
 * @param alertCode 0x8F8A success, 0x8F89 fail
 * @param executionDateTime when it ended
 * @param entityId the device
 * @param firmwareVersion of the image
 * @param responseCode why
 */
public record FirmwareTransferAlert(
    AlertCode alertCode,
    GeneralizedTime executionDateTime,
    Eui64 entityId,
    FileVersion firmwareVersion,
    TransferResponseCode responseCode)
    implements Payload {

  /** How the transfer ended. */
  public enum TransferResponseCode implements Coded {
    /** The device has the image. */
    SUCCESS(0, "success"),
    /** The hub threw the image away. */
    IMAGE_DISCARDED(1, "imageDiscarded"),
    /** The image is not for the device's hardware. */
    HARDWARE_VERSION_MISMATCH(2, "hardwareVersionMismatch"),
    /** The device did not get the image. */
    FILE_TRANSFER_FAILURE(3, "fileTransferFailure");

    private static final List<TransferResponseCode> ALL = List.of(values());

    private final int code;
    private final String officialName;

    TransferResponseCode(int code, String officialName) {
      this.code = code;
      this.officialName = officialName;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String officialName() {
      return officialName;
    }
  }

  private static final List<AlertCode> ALLOWED =
      List.of(AlertCode.FIRMWARE_TRANSFER_ALERT_SUCCESS, AlertCode.FIRMWARE_TRANSFER_ALERT_FAIL);

  /** Checks the alert code, and that it agrees with the response code. */
  public FirmwareTransferAlert {
    alertCode.among(ALLOWED);
    if (alertCode != codeFor(responseCode)) {
      throw new IllegalArgumentException(
          "alertCode is " + alertCode + ", allowed with " + responseCode + " is another");
    }
  }

  private static AlertCode codeFor(TransferResponseCode responseCode) {
    return responseCode == TransferResponseCode.SUCCESS
        ? AlertCode.FIRMWARE_TRANSFER_ALERT_SUCCESS
        : AlertCode.FIRMWARE_TRANSFER_ALERT_FAIL;
  }

  /** The alert whose code follows from {@code responseCode}. */
  public static FirmwareTransferAlert of(
      GeneralizedTime executionDateTime,
      Eui64 entityId,
      FileVersion firmwareVersion,
      TransferResponseCode responseCode) {
    return new FirmwareTransferAlert(
        codeFor(responseCode), executionDateTime, entityId, firmwareVersion, responseCode);
  }

  static FirmwareTransferAlert read(FieldReader in) {
    FieldReader s = in.sequence("AlertPayload");
    int at = s.position();
    AlertCode code = s.codeInteger("alertCode", ALLOWED);
    GeneralizedTime time = s.generalizedTime("executionDateTime");
    Eui64 entityId = s.octetStringEui64("entityId");
    FileVersion version = Hash.readVersion(s);
    TransferResponseCode response = s.codeInteger("responseCode", TransferResponseCode.ALL);
    s.end("AlertPayload");
    if (code != codeFor(response)) {
      throw new FormatException(
          "alertCode", at, code + " with " + response, codeFor(response).toString());
    }
    return new FirmwareTransferAlert(code, time, entityId, version, response);
  }

  @Override
  public Octets octets() {
    return Der.sequence(
        Der.integer(alertCode.code()),
        executionDateTime.der(),
        Der.octetString(entityId.octets()),
        Hash.version(firmwareVersion),
        Der.integer(responseCode.code()));
  }
}
