// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.Verification;
import org.hanota.gbcs.Verification.Check;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.hanota.gbcs.payload.ReadGsmeFirmwareVersion;
import org.hanota.gbcs.payload.SuccessOrFailure;

/**
 * What a device itself says in a GBCS message. It counts only where the device's own signature or
 * MAC holds: a confirmed version is nobody else's word. [hanota I10]
 */
sealed interface DeviceWord {
  /** The image is whole and its signature holds, or not. */
  record Receipt(Octets hash, boolean isGood) implements DeviceWord {}

  /**
   * It runs a version.
   *
   * @param refusal why it did not do what it was asked for; empty if it did
   */
  record Runs(FileVersion version, Optional<String> refusal) implements DeviceWord {}

  /** What a message of {@code device} says; empty if it is nothing of that, or not proven. */
  static Optional<DeviceWord> of(Octets octets, Eui64 device, KeyStore keys, Eui64 dcc) {
    Message message;
    try {
      message = Message.parse(octets);
    } catch (FormatException other) {
      return Optional.empty();
    }
    boolean isItsOwn = message.header().originator().equals(device);
    return isItsOwn && isProven(Verification.of(message, keys, dcc))
        ? of(message.payload())
        : Optional.empty();
  }

  private static boolean isProven(Verification proof) {
    return proof.signature() == Check.VERIFIED
        ? proof.mac() != Check.FAILED
        : proof.signature() == Check.ABSENT && proof.mac() == Check.VERIFIED;
  }

  private static Optional<DeviceWord> of(Payload payload) {
    if (payload instanceof FirmwareDistributionReceiptAlert receipt) {
      boolean isGood = receipt.alertCode() == AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL;
      return Optional.of(new Receipt(receipt.manufacturerImageHash(), isGood));
    } else if (payload instanceof ExecutionOutcome outcome) {
      return Optional.of(ran(outcome));
    } else if (payload instanceof ActivateFirmware.Alert alert) {
      return Optional.of(ran(alert.executionOutcome()));
    } else if (payload instanceof ReadEsmeFirmwareVersion.Version read) {
      return Optional.of(new Runs(read.firmwareVersion(), Optional.empty()));
    } else if (payload instanceof ReadGsmeFirmwareVersion.Version read) {
      return Optional.of(new Runs(read.firmwareVersion(), Optional.empty()));
    } else if (payload instanceof ReadFirmwareVersion.Response read
        && read.responseCode() == SuccessOrFailure.SUCCESS) {
      return Optional.of(new Runs(read.firmwareVersion(), Optional.empty()));
    }
    return Optional.empty();
  }

  private static Runs ran(ExecutionOutcome outcome) {
    ActivateImageResponseCode code = outcome.activateImageResponseCode();
    return new Runs(
        outcome.firmwareVersion(),
        code == ActivateImageResponseCode.SUCCESS
            ? Optional.empty()
            : Optional.of(code.officialName()));
  }
}
