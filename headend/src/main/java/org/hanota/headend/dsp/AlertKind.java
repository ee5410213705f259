// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import org.hanota.headend.request.DccAlert;

/**
 * The alert codes of the DCC that this head end uses. That N60 and N61 tell of deliveries is known,
 * which of the two is which and all others are inferred from the order of the schema.
 */
enum AlertKind {
  /** Some devices did not get the image. */
  DISTRIBUTION_FAILURE("N18"),
  /** A PPMID says what became of its update. */
  PPMID("N39"),
  /** A device runs another version than the inventory has. */
  VERSION_MISMATCH("N49"),
  /** A command did not come through. */
  COMMAND_FAILURE("N53"),
  /** The other supplier updates devices. */
  UPGRADE_REQUESTED("N59"),
  /** A hub has an image, or does not get it. */
  DELIVERY_STATUS("N60"),
  /** A hub says what became of a transfer. */
  HUB("N61"),
  /** Anomaly detection holds a request back. */
  QUARANTINED("AD1");

  private final String code;

  AlertKind(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }

  /** The kind that an alert has. */
  static AlertKind of(DccAlert alert) {
    if (alert instanceof DccAlert.FirmwareDistributionFailure) {
      return DISTRIBUTION_FAILURE;
    } else if (alert instanceof DccAlert.PpmidAlert) {
      return PPMID;
    } else if (alert instanceof DccAlert.FirmwareVersionMismatch) {
      return VERSION_MISMATCH;
    } else if (alert instanceof DccAlert.CommandFailure) {
      return COMMAND_FAILURE;
    } else if (alert instanceof DccAlert.FirmwareUpgradeRequested) {
      return UPGRADE_REQUESTED;
    } else if (alert instanceof DccAlert.CspFirmwareDeliveryStatus) {
      return DELIVERY_STATUS;
    } else if (alert instanceof DccAlert.CommsHubAlert) {
      return HUB;
    } else if (alert instanceof DccAlert.QuarantinedRequest) {
      return QUARANTINED;
    }
    throw new IllegalArgumentException("alert is " + alert + ", allowed one that is sent here");
  }
}
