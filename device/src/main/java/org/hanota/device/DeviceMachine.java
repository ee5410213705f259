// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.SeededRandom;
import org.hanota.api.Width;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
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
import org.jspecify.annotations.Nullable;

/**
 * An OTA client: finds its server, queries, downloads, verifies, waits, activates, and tries the
 * new image before it keeps it. All that outlives a restart is in its {@link ImageBank}.
 */
public final class DeviceMachine implements Machine {
  private final DeviceConfig config;
  private final DeviceActions actions;
  private final SeededRandom random;
  private final TransitionTable<DeviceState, DeviceStimulus, DeviceActions> table;
  private DeviceState state = DeviceState.IDLE;

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
      TransitionTable<DeviceState, DeviceStimulus, DeviceActions> table) {
    this.config = config;
    this.random = random;
    this.table = table;
    this.actions = new DeviceActions(config, bank, random, selfTest, power);
  }

  /** Where the device stands. */
  public DeviceState state() {
    return state;
  }

  /** What it counted since it started. */
  public DeviceCounts counts() {
    return actions.counts();
  }

  /** The image that runs. */
  public ImageId runningImage() {
    return actions.runningImage();
  }

  @Override
  public void onStart(Now now, Effects effects) {
    actions.enter(now, effects, null, null);
    state = actions.start();
    settle(effects);
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    actions.enter(now, effects, received, null);
    DeviceStimulus stimulus =
        received.message() instanceof Tunnelled tunnelled && actions.gbcs != null
            ? actions.command(tunnelled.octets(), state)
            : stimulus(received);
    if (stimulus == null) {
      actions.ignored++;
      settle(effects);
      return;
    }
    fire(stimulus, effects);
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    if (actions.outbox != null && actions.outbox.sent(sendId)) {
      actions.enter(now, effects, null, null);
      actions.outbox.result(result == SendResult.DELIVERED);
      settle(effects);
    } else if (result != SendResult.DELIVERED && actions.isOutstanding(sendId)) {
      actions.enter(now, effects, null, null);
      fire(DeviceStimulus.SEND_FAILED, effects);
    }
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    actions.enter(now, effects, null, input);
    fire(stimulus(input), effects);
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    actions.timers.woken();
    Optional<DeviceTimer> due = actions.timers.take(now);
    while (due.isPresent()) {
      actions.enter(now, effects, null, null);
      if (due.get() == DeviceTimer.OUTBOX) {
        if (actions.outbox != null) {
          actions.outbox.retry();
        }
        due = actions.timers.take(now);
        continue;
      }
      if (due.get() == DeviceTimer.FLAGS) {
        actions.readFlags();
        due = actions.timers.take(now);
        continue;
      }
      fire(
          switch (due.get()) {
            case QUERY -> DeviceStimulus.QUERY_DUE;
            case RESPONSE -> DeviceStimulus.RESPONSE_OVERDUE;
            case REQUEST -> DeviceStimulus.REQUEST_DUE;
            case END -> DeviceStimulus.END_DUE;
            case ACTIVATION -> DeviceStimulus.ACTIVATION_DUE;
            case EXPIRY -> DeviceStimulus.DOWNLOAD_EXPIRED;
            case OUTBOX, FLAGS -> throw new AssertionError("handled before");
          },
          effects);
      due = actions.timers.take(now);
    }
    actions.timers.arm(effects);
  }

  private void fire(DeviceStimulus stimulus, Effects effects) {
    DeviceState next = table.fire(state, stimulus, actions);
    if (next != state) {
      state = next;
    }
    settle(effects);
  }

  /** After every call: messages that wait, and the next wake-up. */
  private void settle(Effects effects) {
    if (actions.outbox != null) {
      actions.outbox.flush();
    }
    actions.timers.arm(effects);
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

  private @Nullable DeviceStimulus stimulus(Received received) {
    ZclMessage message = received.message();
    if (actions.server == null && !(message instanceof ImageNotify)) {
      // Nobody was asked anything yet: whoever speaks first is not the server for that.
      return null;
    }
    if (actions.server != null && !received.source().address().equals(actions.server.address())) {
      // Another server than the one that was chosen. Its address alone names it: zigbee-herdsman
      // serves from another endpoint than the one that it is found at.
      return null;
    }
    if (message instanceof ImageBlockResponse.Success) {
      return DeviceStimulus.BLOCK;
    } else if (message instanceof ImageBlockResponse response) {
      return response instanceof ImageBlockResponse.WaitForData
          ? DeviceStimulus.WAIT_FOR_DATA
          : DeviceStimulus.BLOCK_REFUSED;
    } else if (message instanceof ImageNotify notify) {
      return wakes(notify, received.delivery()) ? DeviceStimulus.NOTIFIED : null;
    } else if (message instanceof QueryNextImageResponse response) {
      return response instanceof QueryNextImageResponse.Success
          ? DeviceStimulus.IMAGE_OFFERED
          : DeviceStimulus.NO_IMAGE;
    } else if (message instanceof UpgradeEndResponse response) {
      return upgrade(response);
    } else if (message instanceof ReadAttributesResponse response) {
      return DeviceActions.tellsOfFirmware(response) ? DeviceStimulus.NOTIFIED : null;
    } else if (message instanceof DefaultResponse) {
      return actions.answersOutstanding(received) ? DeviceStimulus.DEFAULT_RESPONSE : null;
    }
    return null;
  }

  /** A unicast always does; a broadcast if it fits and the draw allows. [ZCL 11.13.3] */
  private boolean wakes(ImageNotify notify, Delivery delivery) {
    if (delivery != Delivery.BROADCAST) {
      return true;
    }
    ImageId running = actions.runningImage();
    if (!notify.image().manufacturerCode().matches(running.manufacturerCode())
        || !notify.image().imageType().matches(running.imageType())) {
      return false;
    }
    if (notify.payloadType() == ImageNotify.PayloadType.NEW_FILE_VERSION
        && (notify.image().fileVersion().equals(running.fileVersion())
            || actions
                .journal()
                .download()
                .filter(d -> d.isComplete() && d.image().equals(notify.image()))
                .isPresent())) {
      return false;
    }
    return 1 + random.below(ImageNotify.QUERY_JITTER_MAX) <= notify.queryJitter();
  }

  private @Nullable DeviceStimulus upgrade(UpgradeEndResponse response) {
    Optional<Download> download = actions.journal().download();
    if (download.isPresent()
        && !response.image().matches(download.get().file())
        && !response.image().matches(download.get().image())) {
      actions.reply(ZclStatus.INVALID_VALUE);
      return null;
    }
    return DeviceStimulus.UPGRADE_END_RESPONSE;
  }

  @Override
  public Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    if (clusterId != Clusters.OTA_UPGRADE || side != Direction.CLIENT_TO_SERVER) {
      return Optional.empty();
    }
    return OtaAttribute.of(attributeId).flatMap(this::attribute);
  }

  private Optional<AttributeValue> attribute(OtaAttribute attribute) {
    return Optional.ofNullable(
        switch (attribute) {
          case UPGRADE_SERVER_ID ->
              AttributeValue.eui64(
                  actions.server == null ? Eui64.UNKNOWN : actions.server.address());
          case FILE_OFFSET -> AttributeValue.uint32(actions.fileOffset().orElse(Width.UINT32_MAX));
          case CURRENT_FILE_VERSION -> AttributeValue.uint32(actions.journal().running().value());
          case CURRENT_ZIGBEE_STACK_VERSION -> AttributeValue.uint16(config.zigBeeStackVersion());
          case DOWNLOADED_FILE_VERSION ->
              AttributeValue.uint32(
                  actions.verified == null
                      ? Width.UINT32_MAX
                      : actions.verified.image().fileVersion().value());
          case DOWNLOADED_ZIGBEE_STACK_VERSION ->
              AttributeValue.uint16(
                  actions.verified == null ? Width.UINT16_MAX : actions.downloadedStackVersion);
          case IMAGE_UPGRADE_STATUS -> AttributeValue.enum8(imageUpgradeStatus());
          case MANUFACTURER_ID -> AttributeValue.uint16(config.manufacturerCode().value());
          case IMAGE_TYPE_ID ->
              AttributeValue.uint16(
                  actions
                      .fileUnderWay()
                      .map(image -> image.imageType().value())
                      .orElse(Width.UINT16_MAX));
          case MINIMUM_BLOCK_PERIOD -> AttributeValue.uint16(actions.minimumBlockPeriod());
          case UPGRADE_ACTIVATION_POLICY -> AttributeValue.enum8(config.upgradeActivationPolicy());
          case UPGRADE_TIMEOUT_POLICY -> AttributeValue.enum8(config.upgradeTimeoutPolicy());
          case CLUSTER_REVISION -> AttributeValue.uint16(OtaAttribute.REVISION);
          case IMAGE_STAMP -> null;
        });
  }

  /** Value 6 is for whoever waits for something outside of the cluster. [ZCL 11.10.7] */
  private int imageUpgradeStatus() {
    if (state == DeviceState.WAITING && config.upgradeActivationPolicy() != 0) {
      return OtaAttribute.STATUS_WAITING_FOR_EXTERNAL_EVENT;
    }
    if (actions.isBetweenParts(state)) {
      return OtaAttribute.STATUS_WAIT_FOR_MORE;
    }
    if (actions.fileUnderWay().isPresent() && state.imageUpgradeStatus() == 0) {
      return OtaAttribute.STATUS_DOWNLOAD_IN_PROGRESS;
    }
    return state.imageUpgradeStatus();
  }

  @Override
  public void describe(StateWriter out) {
    out.put("state", state).put("journal", actions.journal());
    if (actions.server != null) {
      out.put("server", actions.server);
    }
    actions.fileOffset().ifPresent(offset -> out.put("fileOffset", offset));
    out.put("minimumBlockPeriod", actions.minimumBlockPeriod());
    actions.timers.describe(out);
  }
}
