// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Width;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.OtaAttribute;
import org.hanota.device.activation.Held;
import org.hanota.device.bank.Journal.Download;

/** The attributes of the OTA cluster, as a device's parts stand. [ZCL 11.10] */
final class DeviceAttributes {
  private final DeviceParts parts;
  private final DeviceConfig config;

  DeviceAttributes(DeviceParts parts) {
    this.parts = parts;
    this.config = parts.config();
  }

  /** The value in {@code state}; empty for an attribute that the device has not. */
  Optional<AttributeValue> value(OtaAttribute attribute, DeviceState state) {
    Optional<Held.Image> held = parts.end().image();
    return Optional.ofNullable(
        switch (attribute) {
          case UPGRADE_SERVER_ID ->
              AttributeValue.eui64(parts.server().address().orElse(Eui64.UNKNOWN));
          case FILE_OFFSET ->
              AttributeValue.uint32(parts.downloads().fileOffset().orElse(Width.UINT32_MAX));
          case CURRENT_FILE_VERSION ->
              AttributeValue.uint32(parts.journal().current().running().value());
          case CURRENT_ZIGBEE_STACK_VERSION -> AttributeValue.uint16(config.zigBeeStackVersion());
          case DOWNLOADED_FILE_VERSION ->
              AttributeValue.uint32(
                  held.map(image -> image.image().fileVersion().value()).orElse(Width.UINT32_MAX));
          case DOWNLOADED_ZIGBEE_STACK_VERSION ->
              AttributeValue.uint16(held.map(Held.Image::stackVersion).orElse(Width.UINT16_MAX));
          case IMAGE_UPGRADE_STATUS -> AttributeValue.enum8(imageUpgradeStatus(state));
          case MANUFACTURER_ID -> AttributeValue.uint16(config.manufacturerCode().value());
          case IMAGE_TYPE_ID ->
              AttributeValue.uint16(
                  parts
                      .downloads()
                      .file()
                      .map(image -> image.imageType().value())
                      .orElse(Width.UINT16_MAX));
          case MINIMUM_BLOCK_PERIOD ->
              AttributeValue.uint16(parts.downloads().minimumBlockPeriod());
          case UPGRADE_ACTIVATION_POLICY -> AttributeValue.enum8(config.upgradeActivationPolicy());
          case UPGRADE_TIMEOUT_POLICY -> AttributeValue.enum8(config.upgradeTimeoutPolicy());
          case CLUSTER_REVISION -> AttributeValue.uint16(OtaAttribute.REVISION);
          case IMAGE_STAMP -> null;
        });
  }

  /** Value 6 is for whoever waits for something outside of the cluster. [ZCL 11.10.7] */
  private int imageUpgradeStatus(DeviceState state) {
    if (state == DeviceState.WAITING && config.upgradeActivationPolicy() != 0) {
      return OtaAttribute.STATUS_WAITING_FOR_EXTERNAL_EVENT;
    }
    if (isBetweenParts(state)) {
      return OtaAttribute.STATUS_WAIT_FOR_MORE;
    }
    if (parts.downloads().file().isPresent() && state.imageUpgradeStatus() == 0) {
      return OtaAttribute.STATUS_DOWNLOAD_IN_PROGRESS;
    }
    return state.imageUpgradeStatus();
  }

  /** Whether a part is there and nothing of the next one. */
  private boolean isBetweenParts(DeviceState state) {
    return switch (state) {
      case ENDING -> parts.end().held() instanceof Held.Part;
      case IDLE, DISCOVERING, QUERYING, RESTING ->
          parts
              .journal()
              .download()
              .filter(Download::awaitsPart)
              .filter(d -> d.position() == d.partStart())
              .isPresent();
      default -> false;
    };
  }
}
