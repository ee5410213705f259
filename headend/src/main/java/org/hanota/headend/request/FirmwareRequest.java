// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.Optional;
import org.hanota.api.Octets;

/** Service references 11.x: firmware. [DUIS schema] */
public sealed interface FirmwareRequest extends ServiceRequest {
  /** Largest FirmwareImage in octets. */
  int IMAGE_OCTETS_MAX = 10_240_000;

  /**
   * 11.1: distribute an image to electricity meters, gas meters and load controllers.
   *
   * @param firmwareImage the image
   * @param firmwareVersion its version as the Central Products List has it
   * @param devices to whom
   */
  record UpdateFirmware(Octets firmwareImage, FirmwareVersion firmwareVersion, DeviceIdList devices)
      implements FirmwareRequest {
    public UpdateFirmware {
      checkImage(firmwareImage);
    }

    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("11.1"));
    }
  }

  /** 11.2: read the version of the firmware that a device runs. */
  record ReadFirmwareVersion(ExecutionDateTime executionDateTime) implements FirmwareRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("11.2"));
    }
  }

  /**
   * 11.3: activate an image that was distributed.
   *
   * @param executionDateTime when
   * @param firmwareHash SHA-256 of the manufacturer's image
   */
  record ActivateFirmware(ExecutionDateTime executionDateTime, Octets firmwareHash)
      implements FirmwareRequest {
    private static final int HASH_LENGTH = 32;

    public ActivateFirmware {
      if (firmwareHash.length() != HASH_LENGTH) {
        throw new IllegalField("FirmwareHash", firmwareHash.length() + " octets", "32 octets");
      }
    }

    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("11.3"));
    }
  }

  /**
   * 11.4: distribute an image to prepayment meter interface devices, which activate it by
   * themselves.
   *
   * @param firmwareImage the image
   * @param firmwareVersion its version as the Central Products List has it
   * @param devices to whom
   */
  record UpdatePpmidFirmware(
      Octets firmwareImage, FirmwareVersion firmwareVersion, DeviceIdList devices)
      implements FirmwareRequest {
    public UpdatePpmidFirmware {
      checkImage(firmwareImage);
    }

    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("11.4"));
    }
  }

  private static void checkImage(Octets image) {
    IllegalField.range("octets of FirmwareImage", image.length(), 0, IMAGE_OCTETS_MAX);
  }
}
