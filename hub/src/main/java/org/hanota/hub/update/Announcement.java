// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import org.hanota.api.machine.StateWriter;

/** What a device is told of its own update without having asked, and whether it has heard it. */
public final class Announcement {
  private int notifies;
  private int responses;
  private long sendId;
  private boolean undelivered;
  private boolean withdrawn;
  private long dueNanos = Long.MAX_VALUE;

  Announcement() {}

  /** How often the device was notified of its image. */
  public int notifies() {
    return notifies;
  }

  /** It is notified once more. */
  public void notified() {
    notifies++;
  }

  /** Notifies are counted anew: there is another image to tell of. */
  public void resetNotifies() {
    notifies = 0;
  }

  /** How often it was sent the present Upgrade End Response. */
  public int responses() {
    return responses;
  }

  /** There is another response to send: tries are counted anew. */
  public void resetResponses() {
    responses = 0;
  }

  /** An Upgrade End Response went out. */
  public void sent(long frame) {
    responses++;
    sendId = frame;
    undelivered = false;
  }

  /** The number of the frame that went out last. */
  public long sendId() {
    return sendId;
  }

  /** Whether the device did not get the last response. */
  public boolean isUndelivered() {
    return undelivered;
  }

  /** The device did not get it, or may not have. */
  public void lost() {
    undelivered = true;
  }

  /** The device knows by its own request what it has to know. */
  public void known() {
    undelivered = false;
    withdrawn = false;
  }

  /** Whether the device may still run, at its time, an image that was withdrawn. */
  public boolean isWithdrawn() {
    return withdrawn;
  }

  /** The image that the device has is withdrawn. */
  public void withdraw() {
    withdrawn = true;
    responses = 0;
  }

  /** When to send it again; {@link Long#MAX_VALUE} if at no time. */
  long dueNanos() {
    return dueNanos;
  }

  void setDueNanos(long nanos) {
    dueNanos = nanos;
  }

  /** Writes what decides what happens next. */
  void describe(StateWriter out) {
    out.put("notifies", notifies)
        .put("responses", responses)
        .putSent("response", sendId)
        .put("undelivered", undelivered)
        .put("withdrawn", withdrawn)
        .putNanos("again", dueNanos);
  }
}
