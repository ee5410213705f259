// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/** What the inventory says of a device. [DUIS schema] */
public enum DeviceStatus implements Coded {
  /** Notified, not yet at home. */
  PENDING("Pending"),
  /** Its hub may let it in. */
  WHITELISTED("Whitelisted"),
  /** In the home, without service. */
  INSTALLED_NOT_COMMISSIONED("InstalledNotCommissioned"),
  /** In service. */
  COMMISSIONED("Commissioned"),
  /** Out of service for good. */
  DECOMMISSIONED("Decommissioned"),
  /** Taken out of the inventory. */
  WITHDRAWN("Withdrawn"),
  /** Its firmware may not be used. */
  SUSPENDED("Suspended"),
  /** Its keys are being replaced. */
  RECOVERY("Recovery"),
  /** Its keys were replaced. */
  RECOVERED("Recovered");

  private final String word;

  DeviceStatus(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
