// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.track;

/** How far a request got with one device. Different ends have different words. */
public enum TrackState {
  /** The checks passed; nothing has left yet. */
  ACCEPTED(false),
  /** Anomaly detection holds it back. */
  QUARANTINED(false),
  /** On its way to the hub. */
  ON_WAN(false),
  /** The hub has it. */
  AT_HUB(false),
  /** The device is taking it. */
  ON_HAN(false),
  /** The hub says that the device has the whole image. */
  RECEIVED(false),
  /** The device says that the image is good. */
  VERIFIED(false),
  /** The device will activate at a time. */
  ACTIVATION_PENDING(false),
  /** The device says that it runs the image. */
  ACTIVE(true),
  /** It came to nothing, for a reason. */
  FAILED(true),
  /** It was taken back. */
  CANCELLED(true),
  /** Nothing was heard for too long. */
  EXPIRED(true),
  /** A later request took its place. */
  SUPERSEDED(true);

  private final boolean isFinal;

  TrackState(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** Whether it is never left. */
  public boolean isFinal() {
    return isFinal;
  }
}
