// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.machine.TransitionTable;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.OtaAttribute;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ReadAttributesResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.download.BlockOutcome;
import org.hanota.device.download.Downloads;
import org.hanota.device.gbcs.GbcsEndpoint;
import org.hanota.device.gbcs.GbcsEndpoint.Standing;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.device.search.Notifications;
import org.hanota.device.search.Server;
import org.jspecify.annotations.Nullable;

/**
 * An OTA client: finds its server, queries, downloads, verifies, waits, activates, and tries the
 * new image before it keeps it. All that outlives a restart is in its {@link ImageBank}.
 */
public final class DeviceMachine implements Machine {
  private final DeviceParts parts;
  private final DeviceJournal journal;
  private final Downloads downloads;
  private final Server server;
  private final Timers<DeviceTimer> timers;
  private final @Nullable GbcsEndpoint gbcs;
  private final DeviceAttributes attributes;
  private final TransitionTable<DeviceState, DeviceStimulus, DeviceStep> table;
  private DeviceState state = DeviceState.IDLE;
  private long ignored;

  /**
   * Makes a device that has not started yet.
   *
   * @param bank its storage, which outlives this object
   * @param random for jitter
   * @param selfTest whether a new image works, asked once after its first start
   */
  public DeviceMachine(
      DeviceConfig config, ImageBank bank, SeededRandom random, BooleanSupplier selfTest) {
    this(config, bank, random, selfTest, PowerSource.MAINS);
  }

  /** The same for a device that may run on a battery. */
  public DeviceMachine(
      DeviceConfig config,
      ImageBank bank,
      SeededRandom random,
      BooleanSupplier selfTest,
      PowerSource power) {
    this(config, bank, random, selfTest, power, DeviceTransitions.TABLE);
  }

  /** The same with a table that somebody watches. */
  DeviceMachine(
      DeviceConfig config,
      ImageBank bank,
      SeededRandom random,
      BooleanSupplier selfTest,
      PowerSource power,
      TransitionTable<DeviceState, DeviceStimulus, DeviceStep> table) {
    this.table = table;
    this.parts = new DeviceParts(config, bank, random, selfTest, power);
    this.journal = parts.journal();
    this.downloads = parts.downloads();
    this.server = parts.server();
    this.timers = parts.timers();
    this.gbcs = parts.gbcs().orElse(null);
    this.attributes = new DeviceAttributes(parts);
  }

  /** Where the device stands. */
  public DeviceState state() {
    return state;
  }

  /** What it counted since it started. */
  public DeviceCounts counts() {
    return new DeviceCounts(
        downloads.blocks(),
        server.retries(),
        downloads.rests(),
        ignored + downloads.ignored(),
        parts.queries().sent());
  }

  /** The image that runs. */
  public ImageId runningImage() {
    return journal.runningImage();
  }

  @Override
  public void onStart(Now now, Effects effects) {
    journal.read(now, effects);
    state = new DeviceStep(parts, now, Cause.TIME, effects).start();
    settle(now, effects);
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    journal.read(now, effects);
    if (received.message() instanceof ImageBlockResponse.Success block
        && server.isSource(received)) {
      onBlock(now, block, effects);
    } else if (received.message() instanceof Tunnelled tunnelled && gbcs != null) {
      onCommand(now, tunnelled.octets(), gbcs, effects);
    } else {
      DeviceStimulus stimulus = stimulus(received, effects);
      if (stimulus == null) {
        ignored++;
      } else {
        fire(now, stimulus, new Cause.Message(received), effects);
      }
    }
    settle(now, effects);
  }

  /** What a block leads to beside the next request, the table says. */
  private void onBlock(Now now, ImageBlockResponse.Success block, Effects effects) {
    boolean asks = state == DeviceState.DOWNLOADING;
    if (!asks && state != DeviceState.PAUSED && state != DeviceState.RESTING) {
      return;
    }
    BlockOutcome outcome = downloads.block(now, block, effects);
    switch (outcome) {
      case UNWANTED -> {}
      case NEXT -> {
        if (asks) {
          downloads.request(now, effects);
        }
      }
      case MORE_OF_PAGE -> {
        if (asks) {
          downloads.awaitPage(now);
        }
      }
      case PACED -> {
        // A late block while pausing or resting: stored, and the pause goes on.
        if (asks) {
          fire(now, DeviceStimulus.PACED, Cause.TIME, effects);
        }
      }
      case FILE_WHOLE -> fire(now, DeviceStimulus.FILE_WHOLE, Cause.TIME, effects);
      case FIRST_PART, ANOTHER_FILE ->
          fire(now, DeviceStimulus.HEAD_DIFFERS, new Cause.Block(outcome), effects);
    }
  }

  private void onCommand(Now now, Octets octets, GbcsEndpoint endpoint, Effects effects) {
    switch (endpoint.command(now, octets, standing(), effects)) {
      case NONE -> ignored++;
      case CANCEL -> {
        parts.time().stop();
        fire(now, DeviceStimulus.CANCEL, Cause.TIME, effects);
      }
      case SCHEDULE -> {
        parts.time().await(now);
        fire(now, DeviceStimulus.SCHEDULE, Cause.TIME, effects);
      }
      case ACTIVATE -> fire(now, DeviceStimulus.ACTIVATE, Cause.TIME, effects);
    }
  }

  private Standing standing() {
    if (state == DeviceState.SWAPPING || state == DeviceState.TRYING) {
      return new Standing.Fixed();
    }
    if (state == DeviceState.VERIFYING
        && journal.current().download().filter(Download::isComplete).isPresent()) {
      return new Standing.Verifying();
    }
    return parts
        .end()
        .image()
        .<Standing>map(held -> new Standing.Held(held.download().sizeOctets()))
        .orElseGet(Standing.NoImage::new);
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    if (gbcs != null && gbcs.hasSent(sendId)) {
      journal.read(now, effects);
      gbcs.result(now, result == SendResult.DELIVERED);
      settle(now, effects);
    } else if (result != SendResult.DELIVERED && server.isOutstanding(sendId)) {
      journal.read(now, effects);
      fire(now, DeviceStimulus.SEND_FAILED, Cause.TIME, effects);
      settle(now, effects);
    }
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    journal.read(now, effects);
    if (isLate(input)) {
      ignored++;
    } else {
      fire(now, stimulus(input), new Cause.Given(input), effects);
    }
    settle(now, effects);
  }

  /** The end of a check of what was given up since: it says nothing of what is checked now. */
  private boolean isLate(Input input) {
    return (input instanceof DeviceInput.VerificationDone done && !parts.check().isLast(done))
        || (input instanceof DeviceInput.PartChecked part && !downloads.parts().isLast(part));
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    timers.woken();
    Optional<DeviceTimer> due = timers.take(now);
    while (due.isPresent()) {
      journal.read(now, effects);
      switch (due.get()) {
        case QUERY -> fire(now, DeviceStimulus.QUERY_DUE, Cause.TIME, effects);
        case RESPONSE -> fire(now, DeviceStimulus.RESPONSE_OVERDUE, Cause.TIME, effects);
        case REQUEST -> fire(now, DeviceStimulus.REQUEST_DUE, Cause.TIME, effects);
        case END -> fire(now, DeviceStimulus.END_DUE, Cause.TIME, effects);
        case ACTIVATION -> fire(now, DeviceStimulus.ACTIVATION_DUE, Cause.TIME, effects);
        case EXPIRY -> fire(now, DeviceStimulus.DOWNLOAD_EXPIRED, Cause.TIME, effects);
        case OUTBOX -> parts.gbcs().ifPresent(GbcsEndpoint::retry);
        case FLAGS -> parts.queries().readFlags(now, effects);
      }
      settle(now, effects);
      due = timers.take(now);
    }
    timers.arm(effects);
  }

  private void fire(Now now, DeviceStimulus stimulus, Cause cause, Effects effects) {
    state = table.fire(state, stimulus, new DeviceStep(parts, now, cause, effects));
  }

  /** After every call: messages that wait, and the next wake-up. */
  private void settle(Now now, Effects effects) {
    if (gbcs != null) {
      gbcs.flush(now, server.peer(), effects);
    }
    timers.arm(effects);
  }

  private static DeviceStimulus stimulus(Input input) {
    if (input instanceof Input.ServerFound) {
      return DeviceStimulus.SERVER_FOUND;
    } else if (input instanceof Input.NoServer) {
      return DeviceStimulus.NO_SERVER;
    } else if (input instanceof DeviceInput.QueryNow) {
      return DeviceStimulus.QUERY_DUE;
    } else if (input instanceof DeviceInput.Abort) {
      return DeviceStimulus.ABORT;
    } else if (input instanceof DeviceInput.Erased) {
      return DeviceStimulus.ERASED;
    } else if (input instanceof DeviceInput.VerificationDone) {
      return DeviceStimulus.VERIFICATION_DONE;
    } else if (input instanceof DeviceInput.PartChecked) {
      return DeviceStimulus.PART_CHECKED;
    } else if (input instanceof DeviceInput.SwapChecked) {
      return DeviceStimulus.SWAP_CHECKED;
    } else if (input instanceof DeviceInput.SwapRefused) {
      return DeviceStimulus.SWAP_REFUSED;
    } else if (input instanceof DeviceInput.SelfTested) {
      return DeviceStimulus.SELF_TESTED;
    }
    throw new IllegalArgumentException("input is " + input + ", allowed those of a device");
  }

  private @Nullable DeviceStimulus stimulus(Received received, Effects effects) {
    ZclMessage message = received.message();
    if (!server.isSource(received) && (server.isKnown() || !(message instanceof ImageNotify))) {
      // Another server than the one that was chosen; or nobody was asked anything yet, and whoever
      // speaks first is not the server for that.
      return null;
    }
    if (message instanceof ImageBlockResponse response) {
      return response instanceof ImageBlockResponse.WaitForData
          ? DeviceStimulus.WAIT_FOR_DATA
          : DeviceStimulus.BLOCK_REFUSED;
    } else if (message instanceof ImageNotify notify) {
      return parts.notifications().wakes(notify, received.delivery())
          ? DeviceStimulus.NOTIFIED
          : null;
    } else if (message instanceof QueryNextImageResponse response) {
      return response instanceof QueryNextImageResponse.Success offer
          ? offered(received, offer)
          : DeviceStimulus.NO_IMAGE;
    } else if (message instanceof UpgradeEndResponse response) {
      return upgrade(received, response, effects);
    } else if (message instanceof ReadAttributesResponse response) {
      return Notifications.announcesFirmware(response) ? DeviceStimulus.NOTIFIED : null;
    } else if (message instanceof DefaultResponse) {
      return server.isAnswer(received) ? DeviceStimulus.DEFAULT_RESPONSE : null;
    }
    return null;
  }

  /** An answer to an earlier query, for the part before this one, may come late. [hanota H175] */
  private @Nullable DeviceStimulus offered(
      Received received, QueryNextImageResponse.Success offer) {
    boolean isLate =
        !server.isAnswer(received)
            && !offer.image().imageType().equals(parts.queries().queried().imageType());
    return isLate ? null : DeviceStimulus.IMAGE_OFFERED;
  }

  private @Nullable DeviceStimulus upgrade(
      Received received, UpgradeEndResponse response, Effects effects) {
    Optional<Download> download = journal.current().download();
    if (download.isPresent()
        && !response.image().matches(download.get().file())
        && !response.image().matches(download.get().image())) {
      server.reply(received, ZclStatus.INVALID_VALUE, effects);
      return null;
    }
    return DeviceStimulus.UPGRADE_END_RESPONSE;
  }

  @Override
  public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    return clusterId == Clusters.OTA_UPGRADE && side == Direction.CLIENT_TO_SERVER
        ? OtaAttribute.of(attributeId).flatMap(attribute -> attributes.value(attribute, state))
        : Optional.empty();
  }

  @Override
  public void describe(StateWriter out) {
    out.put("state", state);
    journal.describe(out);
    server.describe(out);
    downloads.describe(out);
    parts.check().describe(out);
    parts.time().describe(out);
    parts.end().describe(out);
    if (gbcs != null) {
      gbcs.describe(out);
    }
    timers.describe(out);
  }
}
