// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.HashMap;
import java.util.Map;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.SendResult;
import org.hanota.api.zcl.UpgradeEndResponse;

/** When to run an image, told to devices that did not ask, and again to one that did not hear. */
final class UnaskedWords {
  private final HubContext actions;

  /** Whom the frames tell a time that nobody has acknowledged yet, by their numbers. */
  private final Map<Long, DeviceEntry> told = new HashMap<>();

  UnaskedWords(HubContext actions) {
    this.actions = actions;
  }

  void tell(DeviceEntry about, UpgradeEndResponse word) {
    about.untold = false;
    about.tells++;
    about.tellId = actions.effects().send(about.device, word, actions.options);
    told.put(about.tellId, about);
  }

  /**
   * Takes an image back that its device may run as soon as its time comes: it is told to wait, and
   * to drop the image once it asks for its time. [hanota H05]
   */
  void recall(DeviceEntry about) {
    about.recalled = true;
    about.tells = 0;
    hold(about);
  }

  void hold(DeviceEntry about) {
    tell(about, UpgradeAnswer.HELD.response());
  }

  /** What became of a frame: one that tells a device its time may have to go out again. */
  void sent(long sendId, SendResult result) {
    DeviceEntry about = told.remove(sendId);
    if (about == null || about.tellId != sendId) {
      return;
    }
    if (result == SendResult.DELIVERED) {
      heard(about);
    } else if (about.recalled || about.hasImage()) {
      again(about);
    }
  }

  private void heard(DeviceEntry about) {
    if (about.recalled) {
      about.recalled = false;
      actions.unsaved.add(about);
    }
  }

  /** At the latest when it is heard of again; who is notified is heard of then. */
  private void again(DeviceEntry about) {
    about.untold = true;
    if (mayComeAgain(about) && about.phase != Phase.NOTIFIED) {
      actions.entry = about;
      actions.timer(about.phase, actions.parameters.notifyRetryMs() << (about.tells - 1));
    }
  }

  /** Whether it must be told again, and was not told so often that it is away. */
  boolean mayComeAgain(DeviceEntry about) {
    return about.untold && about.tells < actions.parameters.notifyTries();
  }

  /** Whether {@link #sent} has something to do. */
  boolean awaitsResults() {
    return !told.isEmpty();
  }
}
