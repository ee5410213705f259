// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;

/** What the DCC tells without being asked. [DUIS schema] */
public sealed interface DccAlert {
  /** These meters did not get the image. */
  record FirmwareDistributionFailure(MessageId updateFirmwareRequestId, List<Eui64> meterIds)
      implements DccAlert {
    public FirmwareDistributionFailure {
      meterIds = List.copyOf(meterIds);
    }
  }

  /** The other supplier of a home asked for an update of these devices. */
  record FirmwareUpgradeRequested(
      DeviceType deviceType, FirmwareVersion firmwareVersion, List<Eui64> devices)
      implements DccAlert {
    public FirmwareUpgradeRequested {
      devices = List.copyOf(devices);
    }
  }

  /** A hub got an image, or did not. */
  record CspFirmwareDeliveryStatus(
      MessageId updateFirmwareRequestId,
      Eui64 commsHubDeviceId,
      Eui64 targetDeviceId,
      FirmwareVersion firmwareVersion,
      Instant timeStamp,
      boolean success)
      implements DccAlert {}

  /** A hub's own alert. */
  record CommsHubAlert(
      Eui64 commsHubDeviceId,
      Octets alertCode,
      Optional<Instant> timeStamp,
      Optional<FirmwareTransfer> firmwareTransfer)
      implements DccAlert {}

  /** What became of an image on its way from the hub to the device. */
  record FirmwareTransfer(
      Optional<MessageId> updateFirmwareRequestId,
      Eui64 otherDeviceId,
      FirmwareVersion firmwareVersion,
      TransferResponseCode code) {}

  /** The ends of a transfer. */
  enum TransferResponseCode implements Coded {
    /** The device has it. */
    FILE_TRANSFER_SUCCESS("FileTransferSuccess"),
    /** The hub gave it up. */
    FIRMWARE_IMAGE_DISCARDED("FirmwareImageDiscarded"),
    /** It is for other hardware. */
    HARDWARE_VERSION_MISMATCH("HardwareVersionMismatch"),
    /** The device did not get it. */
    FILE_TRANSFER_FAILURE("FileTransferFailure");

    private final String word;

    TransferResponseCode(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** A prepayment meter interface device's own alert. */
  record PpmidAlert(
      Eui64 deviceId,
      Octets deviceAlertCode,
      Optional<Instant> timeStamp,
      Optional<PpmidUpgrade> upgrade)
      implements DccAlert {}

  /**
   * What became of its update.
   *
   * @param firmwareVersion that it runs
   * @param success whether that is the new one
   */
  record PpmidUpgrade(FirmwareVersion firmwareVersion, boolean success) {}

  /** A device runs another version than the inventory says. */
  record FirmwareVersionMismatch(
      Eui64 deviceId,
      DeviceType deviceType,
      FirmwareVersion firmwareVersionSmi,
      FirmwareVersion firmwareVersionDevice)
      implements DccAlert {}

  /** A hub runs new firmware. */
  record CommsHubFirmwareActivation(Eui64 deviceId, FirmwareVersion firmwareVersion)
      implements DccAlert {}

  /** Anomaly detection holds a request back. */
  record QuarantinedRequest(Breach breach, MessageId requestId, BigInteger quarantineEventRef)
      implements DccAlert {
    private static final int DIGITS_MAX = 20;

    public QuarantinedRequest {
      IllegalField.text("QuarantineEventRef", quarantineEventRef.abs().toString(), 1, DIGITS_MAX);
    }
  }

  /** Whose limit a request went beyond. */
  enum Breach implements Coded {
    /** The user's own. */
    USER_THRESHOLD("ADUserThresholdBreach"),
    /** The DCC's. */
    DCC_THRESHOLD("ADDCCThresholdBreach"),
    /** A value within the request. */
    ATTRIBUTE_LIMITS("ADAttributeLimitsBreach");

    private final String word;

    Breach(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** A device was let in or removed. */
  record UpdateHanDeviceLogResult(MessageId requestId) implements DccAlert {}

  /** A command did not reach its device, or no answer came. */
  record CommandFailure(MessageId commandRequestId, Optional<Long> dspScheduleId, Eui64 deviceId)
      implements DccAlert {}

  /**
   * Another alert, carried.
   *
   * @param name the alert's name
   * @param content the alert as it came, in UTF-8
   */
  record OtherAlert(String name, Octets content) implements DccAlert {}
}
