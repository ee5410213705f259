// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;

/** The answer to a request. [DUIS schema] */
public sealed interface ResponseContent {
  /**
   * For the user to compare with the request, to sign and to send back.
   *
   * @param gbcsVersion the version of GBCS in which it is written
   * @param gbcsPayload the command without signature
   */
  record PreCommand(String gbcsVersion, Octets gbcsPayload) implements ResponseContent {}

  /** The device's own answer. */
  record GbcsPayload(Octets octets) implements ResponseContent {}

  /** A command that the user delivers himself. */
  record LocalCommand(Octets gbcsPayload) implements ResponseContent {}

  /**
   * What became of a command that had a date.
   *
   * @param result done or failed
   * @param gbcsPayload the device's own message
   * @param instructionNumber uint16: which instruction of the command
   * @param totalCommandInstructions uint16: of how many
   */
  record FutureDatedDeviceAlertMessage(
      FutureDatedResult result,
      Octets gbcsPayload,
      int instructionNumber,
      int totalCommandInstructions)
      implements ResponseContent {
    private static final int UINT16_MAX = 0xFFFF;

    public FutureDatedDeviceAlertMessage {
      IllegalField.range("InstructionNumber", instructionNumber, 0, UINT16_MAX);
      IllegalField.range("TotalCommandInstructions", totalCommandInstructions, 0, UINT16_MAX);
    }
  }

  /** The two ends of a command that had a date. */
  enum FutureDatedResult implements Coded {
    /** Done. */
    SUCCESS("8F66"),
    /** Not done. */
    FAILURE("8F67");

    private final String word;

    FutureDatedResult(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /**
   * Devices of an update's list that get no image.
   *
   * @param ppmid whether it is about 11.4; else about 11.1
   * @param invalid unknown, or not of the sender
   * @param notCommissioned without service
   * @param notApplicableFirmware of another model
   * @param otherRequestInProgress somebody is updating them
   * @param invalidGbcsVersion they cannot be updated
   */
  record UpdateFirmwareWarning(
      boolean ppmid,
      List<Eui64> invalid,
      List<Eui64> notCommissioned,
      List<Eui64> notApplicableFirmware,
      List<Eui64> otherRequestInProgress,
      List<Eui64> invalidGbcsVersion)
      implements ResponseContent {
    public UpdateFirmwareWarning {
      invalid = List.copyOf(invalid);
      notCommissioned = List.copyOf(notCommissioned);
      notApplicableFirmware = List.copyOf(notApplicableFirmware);
      otherRequestInProgress = List.copyOf(otherRequestInProgress);
      invalidGbcsVersion = List.copyOf(invalidGbcsVersion);
    }
  }

  /** The devices of a home. */
  record DspInventory(List<InventoryDevice> devices) implements ResponseContent {
    /** The most that one answer has. [DUIS schema] */
    public static final int DEVICES_MAX = 17;

    public DspInventory {
      devices = List.copyOf(devices);
      IllegalField.range("devices of an inventory", devices.size(), 1, DEVICES_MAX);
    }
  }

  /**
   * Another answer, carried.
   *
   * @param name the content's name
   * @param content the content as it came, in UTF-8
   */
  record OtherContent(String name, Octets content) implements ResponseContent {}

  /** One device as the inventory knows it. */
  record InventoryDevice(
      Eui64 deviceId,
      DeviceType deviceType,
      Optional<DeviceStatus> deviceStatus,
      String deviceManufacturer,
      String deviceModel,
      Optional<String> smetsChtsVersion,
      Optional<FirmwareVersion> deviceFirmwareVersion,
      Optional<ListingStatus> deviceFirmwareVersionStatus,
      Optional<ListingStatus> cplStatus,
      Supply supply,
      Surroundings surroundings) {
    public InventoryDevice {
      IllegalField.text("DeviceManufacturer", deviceManufacturer, 0, InventoryRequest.NAME_MAX);
      IllegalField.text("DeviceModel", deviceModel, 0, InventoryRequest.NAME_MAX);
    }
  }

  /**
   * What a device of the inventory supplies.
   *
   * @param dateCommissioned as it is written
   * @param importMpxn number of the supply
   * @param secondaryImportMpan number of the second element's supply
   * @param exportMpan number of what is given out
   * @param esmeVariant kind of electricity meter
   */
  record Supply(
      Optional<String> dateCommissioned,
      Optional<String> importMpxn,
      Optional<String> secondaryImportMpan,
      Optional<String> exportMpan,
      Optional<String> esmeVariant) {}

  /**
   * Where a device of the inventory is and how it is reached.
   *
   * @param uprn number of the premises
   * @param address the address
   * @param cspRegion whose network
   * @param deviceGbcsVersion the GBCS that it speaks
   * @param hanVariant single or dual band
   * @param s1sp for SMETS1
   * @param connectivity how the hub is reached
   */
  record Surroundings(
      Optional<Long> uprn,
      Optional<InventoryRequest.Selection.Address> address,
      Optional<String> cspRegion,
      Optional<String> deviceGbcsVersion,
      Optional<String> hanVariant,
      Optional<String> s1sp,
      Optional<String> connectivity) {}
}
