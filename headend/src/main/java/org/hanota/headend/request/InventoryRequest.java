// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.Optional;
import org.hanota.api.Eui64;

/** The inventory of the DCC: service references 8.2, 8.3, 8.4 and 12.2. [DUIS schema] */
public sealed interface InventoryRequest extends ServiceRequest {
  /** Longest MPxN: the number of a supply. */
  int MPXN_MAX = 13;

  /** Longest name of a manufacturer or model. */
  int NAME_MAX = 30;

  /** Longest name of a version of the specification. */
  int SPECIFICATION_MAX = 20;

  /** 8.2: what the inventory knows. */
  record ReadInventory(Selection selection) implements InventoryRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.2"));
    }
  }

  /** What an inventory is asked for. */
  sealed interface Selection {
    /** The premises of that number. */
    record Uprn(long number) implements Selection {
      private static final long GREATEST = 999_999_999_999L; // Twelve digits.

      public Uprn {
        IllegalField.range("UPRN", number, 1, GREATEST);
      }
    }

    /** The home of that device. */
    record Device(Eui64 deviceId) implements Selection {}

    /** The supply of that number. */
    record Mpxn(String number) implements Selection {
      public Mpxn {
        IllegalField.text("MPxN", number, 1, MPXN_MAX);
      }
    }

    /** An address. */
    record Address(String postCode, String addressIdentifier) implements Selection {
      private static final int POST_CODE_MIN = 6;
      private static final int POST_CODE_MAX = 8;

      public Address {
        IllegalField.text("PostCode", postCode, POST_CODE_MIN, POST_CODE_MAX);
        IllegalField.text("AddressIdentifier", addressIdentifier, 0, NAME_MAX);
      }
    }
  }

  /** 8.3: a device goes out of service for good. */
  record DecommissionDevice(Eui64 deviceId) implements InventoryRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.3"));
    }
  }

  /** 8.4: the inventory is corrected. */
  record UpdateInventory(Eui64 deviceId, Change change) implements InventoryRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.4"));
    }
  }

  /** What is corrected. */
  sealed interface Change {
    /** The status of a device that is no hub: PENDING or INSTALLED_NOT_COMMISSIONED. */
    record StatusExceptHub(DeviceStatus status) implements Change {
      public StatusExceptHub {
        if (status != DeviceStatus.PENDING && status != DeviceStatus.INSTALLED_NOT_COMMISSIONED) {
          throw new IllegalField(
              "UpdateDeviceStatusExceptCH", status.word(), "Pending, InstalledNotCommissioned");
        }
      }
    }

    /** The status of a hub: COMMISSIONED, WITHDRAWN or INSTALLED_NOT_COMMISSIONED. */
    record StatusOfHub(DeviceStatus status) implements Change {
      public StatusOfHub {
        if (status != DeviceStatus.COMMISSIONED
            && status != DeviceStatus.WITHDRAWN
            && status != DeviceStatus.INSTALLED_NOT_COMMISSIONED) {
          throw new IllegalField(
              "UpdateDeviceStatusCH",
              status.word(),
              "Commissioned, Withdrawn, InstalledNotCommissioned");
        }
      }
    }

    /** What kind of device it is; only what is present changes. */
    record Details(
        Optional<String> deviceManufacturer,
        Optional<String> deviceModel,
        Optional<String> smetsChtsVersion,
        Optional<FirmwareVersion> firmwareVersion,
        Optional<String> esmeVariant)
        implements Change {
      public Details {
        deviceManufacturer.ifPresent(InventoryRequest::checkManufacturer);
        deviceModel.ifPresent(InventoryRequest::checkModel);
        smetsChtsVersion.ifPresent(InventoryRequest::checkSpecification);
        esmeVariant.ifPresent(InventoryRequest::checkVariant);
      }
    }

    /** The device goes out of the inventory. */
    record DeleteDevice() implements Change {}

    /** The number of a supply. */
    record Supply(SupplyKind kind, String number) implements Change {
      public Supply {
        int shortest = kind == SupplyKind.IMPORT ? 1 : MPXN_MAX;
        IllegalField.text(kind.word(), number, shortest, MPXN_MAX);
      }
    }
  }

  /** Which number of a supply. */
  enum SupplyKind implements Coded {
    /** What is taken in. */
    IMPORT("ImportMPxN"),
    /** What is taken in by a second element. */
    SECONDARY_IMPORT("SecondaryImportMPAN"),
    /** What is given out. */
    EXPORT("ExportMPAN");

    private final String word;

    SupplyKind(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** 12.2: a device that will come. */
  record DevicePrenotification(
      Eui64 deviceId,
      String deviceManufacturer,
      String deviceModel,
      DeviceType deviceType,
      Optional<String> smetsChtsVersion,
      Optional<FirmwareVersion> firmwareVersion,
      Optional<String> esmeVariant,
      Optional<Eui64> associatedGpfDeviceId)
      implements InventoryRequest {
    public DevicePrenotification {
      checkManufacturer(deviceManufacturer);
      checkModel(deviceModel);
      smetsChtsVersion.ifPresent(InventoryRequest::checkSpecification);
      esmeVariant.ifPresent(InventoryRequest::checkVariant);
    }

    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("12.2"));
    }
  }

  private static void checkManufacturer(String text) {
    IllegalField.text("DeviceManufacturer", text, 0, NAME_MAX);
  }

  private static void checkModel(String text) {
    IllegalField.text("DeviceModel", text, 0, NAME_MAX);
  }

  private static void checkSpecification(String text) {
    IllegalField.text("SMETSCHTSVersion", text, 1, SPECIFICATION_MAX);
  }

  private static void checkVariant(String text) {
    // The schema lists 25 of these combinations; the letters are what its text explains.
    if (!text.matches("[ABC]D?E?F?G?")) {
      throw new IllegalField("ESMEVariant", '"' + text + '"', "A, B or C, then any of D, E, F, G");
    }
  }
}
