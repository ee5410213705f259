// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.AddDevice;
import org.hanota.gbcs.payload.DataAccessResult;
import org.hanota.gbcs.payload.JoinDevice;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.ReadDeviceLog;
import org.hanota.gbcs.payload.RemoveDevice;
import org.hanota.gbcs.payload.RestoreDeviceLog;
import org.hanota.gbcs.payload.SynchroniseClock;
import org.hanota.gbcs.payload.UnjoinDevice;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ResponseContent.DspInventory;
import org.hanota.headend.request.ResponseContent.GbcsPayload;

/** What the answer to a request of a replacement means for it. */
record StepAnswer(ReplacementStimulus stimulus, String reason) {
  /** No answer came, or the device cannot be reached: asking again may help. */
  private static final Set<String> SILENT = Set.of("E20", "E21");

  /** The device is in the inventory: somebody, or a request whose answer was lost, announced it. */
  private static final String ANNOUNCED = "E120201";

  static final StepAnswer NONE = new StepAnswer(ReplacementStimulus.UNANSWERED, "nothing came");

  /**
   * Reads an answer.
   *
   * @param replacement the new device
   */
  static StepAnswer of(Response response, Eui64 replacement) {
    String code = response.code().text();
    if (code.equals(ANNOUNCED)) {
      return new StepAnswer(ReplacementStimulus.DONE, code);
    }
    if (response.code().isError()) {
      return new StepAnswer(
          SILENT.contains(code) ? ReplacementStimulus.UNANSWERED : ReplacementStimulus.REFUSED,
          code);
    }
    Optional<ResponseContent> content =
        response.body() instanceof ResponseBody.ResponseMessage message
            ? message.content()
            : Optional.empty();
    if (content.isPresent() && content.get() instanceof DspInventory inventory) {
      return expected(inventory, replacement);
    } else if (content.isPresent() && content.get() instanceof GbcsPayload payload) {
      return device(payload, replacement);
    } else if (content.isPresent() && content.get() instanceof ResponseContent.PreCommand) {
      return new StepAnswer(
          ReplacementStimulus.REFUSED, "the pre-command is not what was asked for");
    }
    return new StepAnswer(ReplacementStimulus.DONE, code);
  }

  private static StepAnswer expected(DspInventory inventory, Eui64 replacement) {
    String status =
        inventory.devices().stream()
            .filter(row -> row.deviceId().equals(replacement))
            .findFirst()
            .flatMap(ResponseContent.InventoryDevice::deviceStatus)
            .map(DeviceStatus::word)
            .orElse("not in the inventory");
    return new StepAnswer(
        status.equals(DeviceStatus.PENDING.word())
            ? ReplacementStimulus.DONE
            : ReplacementStimulus.REFUSED,
        replacement + " is " + status);
  }

  private static StepAnswer device(GbcsPayload answer, Eui64 replacement) {
    Payload payload;
    try {
      payload = Message.parse(answer.octets()).payload();
    } catch (FormatException fault) {
      return new StepAnswer(ReplacementStimulus.REFUSED, String.valueOf(fault.getMessage()));
    }
    if (payload instanceof ReadDeviceLog.ActiveDevices log) {
      boolean isThere =
          log.activeDevices().stream().anyMatch(active -> active.device().equals(replacement));
      return new StepAnswer(
          isThere ? ReplacementStimulus.DONE : ReplacementStimulus.NOT_YET,
          isThere ? "it has come" : "it has not come yet");
    }
    return new StepAnswer(
        isDone(payload) ? ReplacementStimulus.DONE : ReplacementStimulus.REFUSED,
        payload.toString());
  }

  private static boolean isDone(Payload payload) {
    if (payload instanceof UnjoinDevice.Response unjoined) {
      // Not joined is what was wanted.
      return unjoined.unjoinResponseCode() != UnjoinDevice.UnjoinResponseCode.OTHER_FAILURE;
    } else if (payload instanceof JoinDevice.Response joined) {
      return joined.joinResponseCode() == JoinDevice.JoinResponseCode.SUCCESS;
    } else if (payload instanceof AddDevice.Response added) {
      return Stream.of(added.registerDevice(), added.joinTimeout(), added.enableJoining())
          .allMatch(DataAccessResult.SUCCESS::equals);
    } else if (payload instanceof RemoveDevice.Response removed) {
      return removed.result() == DataAccessResult.SUCCESS;
    } else if (payload instanceof RestoreDeviceLog.Response restored) {
      return restored.result() == DataAccessResult.SUCCESS;
    } else if (payload instanceof SynchroniseClock.EsmeResponse meter) {
      return meter.isDone();
    }
    return payload instanceof SynchroniseClock.GsmeResponse gas
        && gas.deviceTimeStatus() == SynchroniseClock.DeviceTimeStatus.RELIABLE;
  }
}
