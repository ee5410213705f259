// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import org.hanota.api.Eui64;
import org.hanota.api.Width;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.payload.MessageCode;

/**
 * What a device needs to take part in GBCS.
 *
 * @param supplier who is told of receipts and may activate
 * @param accessControlBroker who adds the MAC to commands, and is told by a PPMID
 * @param keys its private keys and the certificates it trusts
 * @param counters the counters of its originators, and its own
 * @param receiptAlert the code of its Firmware Distribution Receipt Alert; that of an HCALCS is not
 *     known
 * @param tunnelId of the tunnel to its hub, uint16
 */
public record GbcsConfig(
    Eui64 supplier,
    Eui64 accessControlBroker,
    KeyStore keys,
    CounterStore counters,
    MessageCode receiptAlert,
    int tunnelId) {
  /** Parameter {@code hcalcsReceiptAlertCode}: an HCALCS is taken for a kind of ESME. */
  public static final MessageCode HCALCS_RECEIPT_ALERT =
      MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME;

  /** Checks the width of the tunnel id. */
  public GbcsConfig {
    Width.uint16("tunnelId", tunnelId);
  }

  /** The code of {@code type}'s receipt alert. */
  public static MessageCode receiptAlert(DeviceType type) {
    return switch (type) {
      case GSME -> MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_GSME;
      case HCALCS -> HCALCS_RECEIPT_ALERT;
      case ESME, PPMID, IHD -> MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME;
    };
  }
}
