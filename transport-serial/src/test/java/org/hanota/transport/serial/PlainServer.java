// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;

/** The least that serves one image: for tests of the transport, not of a server. */
final class PlainServer implements Machine {
  /** Notifies this device. */
  record Notify(Peer device) implements Input {}

  private final Octets file;
  private final OtaHeader header;
  private final int dataMax;
  private final SendOptions options;
  int blocks;
  int failures;
  int ended;

  PlainServer(Octets file, int dataMax, boolean encrypted) {
    this.file = file;
    this.header = OtaHeader.read(file);
    this.dataMax = dataMax;
    this.options = SendOptions.ACKNOWLEDGED.withEncryption(encrypted);
  }

  @Override
  public void onStart(Now now, Effects effects) {}

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    if (received.message() instanceof QueryNextImageRequest query) {
      boolean newer = query.current().fileVersion().compareTo(header.image().fileVersion()) < 0;
      effects.reply(
          received,
          newer
              ? new QueryNextImageResponse.Success(header.image(), file.length())
              : new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE),
          options);
    } else if (received.message() instanceof ImageBlockRequest request) {
      blocks++;
      int from = (int) request.fileOffset();
      int count = Math.min(Math.min(dataMax, request.maximumDataSize()), file.length() - from);
      effects.reply(
          received,
          new ImageBlockResponse.Success(header.image(), from, file.slice(from, count)),
          options.withPriority(SendOptions.Priority.BULK));
    } else if (received.message() instanceof UpgradeEndRequest request) {
      ended++;
      effects.reply(
          received,
          new UpgradeEndResponse(request.image(), ZigBeeTime.ZERO, ZigBeeTime.ZERO),
          options);
    }
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    if (result != SendResult.DELIVERED) {
      failures++;
    }
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    if (input instanceof Notify notify) {
      effects.send(notify.device(), ImageNotify.of(header.image()), options);
    }
  }

  @Override
  public void onTimer(Now now, Effects effects) {}

  @Override
  public void describe(StateWriter out) {}
}
