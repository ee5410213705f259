// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

/** Cluster and profile identifiers that the project uses. */
public final class Clusters {
  /** OTA Upgrade. [ZCL 11] */
  public static final int OTA_UPGRADE = 0x0019;

  /** Metering; its client side carries the Functional Notification Flags. [ZSE D.3] */
  public static final int METERING = 0x0702;

  /** Tunneling, which carries GBCS messages on the HAN. [ZSE D.6] */
  public static final int TUNNELING = 0x0704;

  /** Home Automation. */
  public static final int PROFILE_HOME_AUTOMATION = 0x0104;

  /** Smart Energy. */
  public static final int PROFILE_SMART_ENERGY = 0x0109;

  private Clusters() {}
}
