// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.Optional;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ReadAttributesResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.MessageCode;

/** Clauses of {@code docs/requirements.md} that a message or an event of a home shows. */
enum Clause {
  NOTIFY("Z32", "A unicast Image Notify makes the client query"),
  QUERY("Z33", "The client asks with manufacturer, type, version and hardware"),
  ANSWER("Z34", "The answer to a query is a Query Next Image Response"),
  BLOCK_REQUEST("Z35", "The client asks for each block by its file offset"),
  PAGE_REQUEST("Z36", "A page of blocks is asked for at once"),
  BLOCK("Z37", "A block response carries data"),
  WAIT("Z38", "A block response carries a time to wait"),
  END("Z39", "The client ends with success"),
  GIVES_UP("Z39", "The client gives up with a status"),
  END_ANSWER("Z40", "The Upgrade End Response says when the image runs"),
  DEFAULT_RESPONSE("Z05", "A command without another answer gets a default response"),
  FLAGS("S01", "Functional Notification Flags announce firmware"),
  TUNNELLED("S03", "TransferData carries a GBCS message"),
  HELD("G01", "The image is held until a command comes"),
  RECEIPT("G05", "The device tells its supplier that an image came, with its hash"),
  ACTIVATE("G06", "CS06 activates one image on one device"),
  PPMID_OUTCOME("G08", "CS09 reports the outcome of a PPMID's activation");

  private final String requirement;
  private final String shown;

  Clause(String requirement, String shown) {
    this.requirement = requirement;
    this.shown = shown;
  }

  /** Its row in {@code docs/requirements.md}. */
  String requirement() {
    return requirement;
  }

  /** What of it can be seen in a home. */
  String shown() {
    return shown;
  }

  /** What a message between hub and device shows. */
  static Optional<Clause> of(ZclMessage message) {
    if (message instanceof ImageBlockResponse response) {
      return response instanceof ImageBlockResponse.Success
          ? Optional.of(BLOCK)
          : response instanceof ImageBlockResponse.WaitForData
              ? Optional.of(WAIT)
              : Optional.empty();
    } else if (message instanceof ImageBlockRequest) {
      return Optional.of(BLOCK_REQUEST);
    } else if (message instanceof ImageNotify) {
      return Optional.of(NOTIFY);
    } else if (message instanceof QueryNextImageRequest) {
      return Optional.of(QUERY);
    } else if (message instanceof QueryNextImageResponse) {
      return Optional.of(ANSWER);
    } else if (message instanceof ImagePageRequest) {
      return Optional.of(PAGE_REQUEST);
    } else if (message instanceof UpgradeEndRequest end) {
      return Optional.of(end.status().equals(ZclStatus.SUCCESS) ? END : GIVES_UP);
    } else if (message instanceof UpgradeEndResponse) {
      return Optional.of(END_ANSWER);
    } else if (message instanceof DefaultResponse) {
      return Optional.of(DEFAULT_RESPONSE);
    } else if (message instanceof ReadAttributesResponse) {
      return Optional.of(FLAGS);
    }
    return message instanceof Tunnelled ? Optional.of(TUNNELLED) : Optional.empty();
  }

  /** What a message between home and head end shows. */
  static Optional<Clause> of(Message message) {
    if (message.payload() instanceof ActivateFirmware.Command) {
      return Optional.of(ACTIVATE);
    }
    if (message.payload() instanceof FirmwareDistributionReceiptAlert) {
      return Optional.of(RECEIPT);
    }
    return message.header().messageCode() == MessageCode.CS09
        ? Optional.of(PPMID_OUTCOME)
        : Optional.empty();
  }

  /** What an event of an update shows. */
  static Optional<Clause> of(UpdateEvent event) {
    return event instanceof UpdateEvent.Waiting ? Optional.of(HELD) : Optional.empty();
  }
}
