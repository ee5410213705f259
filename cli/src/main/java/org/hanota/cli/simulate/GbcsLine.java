// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.time.Instant;
import java.util.Locale;
import org.hanota.api.Width;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.sim.GbParties;

/** A GBCS message in one line for a time line. */
public final class GbcsLine {
  /** Enough of a hash to tell it from another. */
  private static final int HASH_SHOWN = 4;

  private GbcsLine() {}

  /** What the head end does with {@code message}. */
  public static String of(Message message) {
    GroupingHeader header = message.header();
    return message.kind() == Message.Kind.COMMAND
        ? "sends "
            + header.recipient()
            + " a "
            + what(message)
            + (header.originator().equals(GbParties.OTHER_SUPPLIER)
                ? ", of " + header.originator()
                : "")
        : "gets from " + header.originator() + " a " + what(message);
  }

  /** What it is and what it says, without who sends it. */
  static String what(Message message) {
    return title(message) + ": " + payload(message.payload());
  }

  /** Use case and kind. */
  static String title(Message message) {
    GroupingHeader header = message.header();
    return header.messageCode().useCase() + " " + header.craFlag().name().toLowerCase(Locale.ROOT);
  }

  private static String payload(Payload payload) {
    if (payload instanceof ActivateFirmware.Command command) {
      return command(command);
    } else if (payload instanceof ActivateFirmware.CommandAccepted) {
      return "accepted";
    } else if (payload instanceof ActivateFirmware.ExecutionOutcome outcome) {
      return outcome(outcome);
    } else if (payload instanceof ActivateFirmware.Alert later) {
      return alert(later.alertCode()) + ", " + outcome(later.executionOutcome());
    } else if (payload instanceof FirmwareDistributionReceiptAlert receipt) {
      return alert(receipt.alertCode())
          + ", hash "
          + receipt.manufacturerImageHash().slice(0, HASH_SHOWN).toHex()
          + "..";
    } else if (payload instanceof FirmwareTransferAlert transfer) {
      return alert(transfer.alertCode())
          + ", "
          + transfer.responseCode().officialName()
          + " of "
          + transfer.firmwareVersion()
          + " for "
          + transfer.entityId();
    } else if (payload instanceof PpmidFirmwareActivationAlert activation) {
      return alert(activation.alertCode())
          + ", "
          + activation.activateImage().officialName()
          + ", "
          + activation.firmwareVersion()
          + " runs";
    }
    return payload.toString();
  }

  private static String command(ActivateFirmware.Command command) {
    String image =
        "the image with hash "
            + command.manufacturerImageHash().slice(0, HASH_SHOWN).toHex()
            + "..";
    if (command.activation() instanceof Activation.Cancel) {
      return "forget the time set for " + image;
    }
    return command.activation() instanceof Activation.At at
        ? "activate " + image + " at " + Instant.ofEpochMilli(at.executionDateTime().utcMillis())
        : "activate " + image;
  }

  private static String outcome(ActivateFirmware.ExecutionOutcome outcome) {
    return outcome.activateImageResponseCode().officialName()
        + ", "
        + outcome.firmwareVersion()
        + " runs";
  }

  private static String alert(AlertCode code) {
    return Width.hex(code.code(), 4) + " " + code.officialName();
  }
}
