// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.Optional;

/** The client's attributes of the OTA Upgrade cluster; all are read-only. [ZCL 11.10] */
public enum OtaAttribute {
  /** The server's EUI-64. */
  UPGRADE_SERVER_ID(0x0000),
  /** The first octet that is missing. */
  FILE_OFFSET(0x0001),
  /** The version that runs. */
  CURRENT_FILE_VERSION(0x0002),
  /** The stack that runs. */
  CURRENT_ZIGBEE_STACK_VERSION(0x0003),
  /** The version that was downloaded and verified. */
  DOWNLOADED_FILE_VERSION(0x0004),
  /** Its stack. */
  DOWNLOADED_ZIGBEE_STACK_VERSION(0x0005),
  /** Where the upgrade stands. */
  IMAGE_UPGRADE_STATUS(0x0006),
  /** The manufacturer code. */
  MANUFACTURER_ID(0x0007),
  /** The image type being downloaded. */
  IMAGE_TYPE_ID(0x0008),
  /** The least time between two block requests. */
  MINIMUM_BLOCK_PERIOD(0x0009),
  /** A number that tells builds of one version apart. */
  IMAGE_STAMP(0x000A),
  /** Who may activate. */
  UPGRADE_ACTIVATION_POLICY(0x000B),
  /** What happens if no answer comes. */
  UPGRADE_TIMEOUT_POLICY(0x000C),
  /** The revision of the cluster. */
  CLUSTER_REVISION(0xFFFD);

  /** The cluster revision that the project follows. */
  public static final int REVISION = 4;

  /** {@link #IMAGE_UPGRADE_STATUS} while blocks come. */
  public static final int STATUS_DOWNLOAD_IN_PROGRESS = 1;

  /** {@link #IMAGE_UPGRADE_STATUS} between two parts of an image. */
  public static final int STATUS_WAIT_FOR_MORE = 5;

  /** {@link #IMAGE_UPGRADE_STATUS} while something outside of the cluster is awaited. */
  public static final int STATUS_WAITING_FOR_EXTERNAL_EVENT = 6;

  private final int id;

  OtaAttribute(int id) {
    this.id = id;
  }

  /** Its identifier. */
  public int id() {
    return id;
  }

  /** The attribute with this identifier. */
  public static Optional<OtaAttribute> of(int id) {
    for (OtaAttribute attribute : values()) {
      if (attribute.id == id) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }
}
