// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.announce;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.hub.HubParameters;
import org.hanota.hub.update.Announcement;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Deadlines;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.HubTimer;
import org.hanota.hub.update.PendingChanges;
import org.hanota.hub.update.Update;
import org.hanota.hub.update.UpdateSteps;
import org.jspecify.annotations.Nullable;

/**
 * Sends unsolicited Upgrade End Responses, and sends them again to devices that do not hear them.
 * [ZCL 11.13.10]
 */
public final class UnsolicitedResponses {
  private final HubParameters parameters;
  private final SendOptions options;
  private final PendingChanges pending;
  private final Deadlines deadlines;

  /** Whose frames nobody has acknowledged yet, by their numbers. */
  private final Map<Long, Update> unacknowledged = new HashMap<>();

  /** Nothing was sent yet. */
  public UnsolicitedResponses(
      HubParameters parameters,
      SendOptions options,
      PendingChanges pending,
      Timers<HubTimer> timers) {
    this.parameters = parameters;
    this.options = options;
    this.pending = pending;
    this.deadlines = Deadlines.ofAnnouncements(timers);
  }

  /** Sends a response. */
  public void send(Update update, UpgradeEndResponse response, Call call) {
    long frame = call.effects().send(update.client(), response, options);
    update.announcement().sent(frame);
    deadlines.set(update, Long.MAX_VALUE);
    unacknowledged.put(frame, update);
  }

  /**
   * Withdraws an image that its device may run as soon as its time comes: the device is told to
   * wait, and to drop the image once it asks for its time. [hanota H05]
   */
  public void withdraw(Update update, Call call) {
    update.announcement().withdraw();
    pending.add(update);
    send(update, UpgradeAnswer.HELD.response(), call);
  }

  /** What became of a frame: the response may have to go out again. */
  public void sent(Now now, long sendId, SendResult result) {
    Update update = unacknowledged.remove(sendId);
    if (update == null || update.announcement().sendId() != sendId) {
      return;
    }
    if (result == SendResult.DELIVERED) {
      known(update);
    } else if (update.announcement().isWithdrawn() || update.hasImage()) {
      lost(update, now);
    }
  }

  /** Whether {@link #sent} has something to do. */
  public boolean awaitsResults() {
    return !unacknowledged.isEmpty();
  }

  /** The device knows what it had to be told. */
  public void known(Update update) {
    if (update.announcement().isWithdrawn()) {
      pending.add(update);
    }
    update.announcement().known();
    deadlines.set(update, Long.MAX_VALUE);
  }

  /**
   * At the latest it is told again when it is heard of; who is notified is heard of then, and so is
   * who was told so often that it must be away.
   */
  private void lost(Update update, Now now) {
    Announcement announcement = update.announcement();
    announcement.lost();
    if (announcement.responses() < parameters.notifyTries() && update.phase() != Phase.NOTIFIED) {
      deadlines.set(
          update, now.plusMillis(parameters.notifyRetryMs() << (announcement.responses() - 1)));
    }
  }

  /** A device that was away queries: what was withdrawn it is told now, if it has not heard so. */
  public void queried(Update update, Call call) {
    if (update.announcement().isWithdrawn() && update.announcement().isUndelivered()) {
      send(update, UpgradeAnswer.HELD.response(), call);
    }
  }

  /** Sends again what is due. */
  public void timer(Call call, UpdateSteps steps) {
    for (@Nullable Update due = deadlines.take(call.now());
        due != null;
        due = deadlines.take(call.now())) {
      if (due.announcement().isWithdrawn()) {
        send(due, UpgradeAnswer.HELD.response(), call);
      } else if (due.hasImage()) {
        steps.fire(due, HubStimulus.ANNOUNCE, call);
      }
    }
  }

  /** Writes which frames nobody has acknowledged, in the order in which they went out. */
  public void describe(StateWriter out) {
    new TreeMap<>(unacknowledged)
        .forEach((frame, update) -> out.putSent("response to " + update.name(), frame));
  }
}
