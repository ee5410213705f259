// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hanota.api.Eui64;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.control.HubStatus;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.ForwardingMachine;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.TransferRecord;
import org.hanota.hub.store.TransferStore;

/**
 * A hub that rests while its storage cannot be used, as on a full disk. While it rests, requests
 * for image data are answered with WAIT_FOR_DATA and nothing else is answered, so that nothing is
 * said that the storage does not hold. It looks again after growing pauses; once the storage can be
 * used, the node starts again.
 */
public final class RestingHub extends ForwardingMachine {
  private final HubMachine hub;
  private final ImageStore images;
  private final TransferStore transfers;
  private final SendOptions options;
  private final long waitMs;
  private final long pauseMaximumMs;
  private final Eui64 self;
  private boolean rests;
  private String outage = "";
  private long pauseMs;
  private long wakeAtNanos;

  /**
   * Makes a hub that has not started yet.
   *
   * @param hub what it does while it does not rest
   * @param images that of {@code hub}
   * @param transfers that of {@code hub}
   */
  public RestingHub(HubMachine hub, HubConfig config, ImageStore images, TransferStore transfers) {
    super(hub);
    this.hub = hub;
    this.images = images;
    this.transfers = transfers;
    this.options = SendOptions.ACKNOWLEDGED.withEncryption(config.apsEncryption());
    this.self = config.self().address();
    this.waitMs = config.parameters().queueWaitMs();
    this.pauseMs = config.parameters().storagePauseMs();
    this.pauseMaximumMs = config.parameters().storagePauseMaximumMs();
  }

  /** The hub, unless it rests. */
  Optional<HubMachine> working() {
    return rests ? Optional.empty() : Optional.of(hub);
  }

  /** Its status while it rests. */
  HubStatus resting() {
    return HubStatus.outOfService(self, outage);
  }

  @Override
  public void onStart(Now now, Effects effects) {
    if (mayWork(now, effects)) {
      super.onStart(now, effects);
      effects.report(new HubEvent.Works());
    }
  }

  /** Tries to read both stores. If that fails, the hub stops work and tries again after a pause. */
  private boolean mayWork(Now now, Effects effects) {
    try {
      List<StoredImage> unusedImages = images.images();
      List<TransferRecord> unusedRecords = transfers.records();
      return true;
    } catch (PowerLost lost) {
      throw lost;
    } catch (RuntimeException fault) {
      rests = true;
      outage = Outage.reason(fault);
      effects.report(new HubEvent.Rests(fault, pauseMs));
      wakeAtNanos = now.plusMillis(pauseMs);
      effects.wakeAt(wakeAtNanos);
      pauseMs = Math.min(2 * pauseMs, pauseMaximumMs);
      return false;
    }
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    if (!rests) {
      super.onTimer(now, effects);
    } else if (now.monotonicNanos() >= wakeAtNanos && mayWork(now, effects)) {
      effects.start(Job.reboot());
    }
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    if (!rests) {
      super.onReceive(now, received, effects);
    } else if (received.message() instanceof ImageBlockRequest
        || received.message() instanceof ImagePageRequest) {
      effects.reply(
          received,
          new ImageBlockResponse.WaitForData(
              ZigBeeTime.ZERO, new ZigBeeTime((waitMs + 999) / 1000), OptionalInt.empty()),
          options);
    }
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    if (!rests) {
      super.onSent(now, sendId, result, effects);
    }
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    if (!rests) {
      super.onInput(now, input, effects);
    }
  }

  @Override
  public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    return rests ? Optional.empty() : super.attribute(clusterId, side, attributeId);
  }
}
