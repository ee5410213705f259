// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** How far a device got in a campaign. Different ends have different words. */
public enum DeviceState {
  /** It has not had its turn. */
  WAITING(Kind.WAITING),
  /** It was not possible at that time, and will be tried again. */
  DEFERRED(Kind.WAITING),
  /** A request was put, and nobody has acknowledged it. */
  ORDERED(Kind.UNDER_WAY),
  /** The request is acknowledged. */
  REQUESTED(Kind.UNDER_WAY),
  /** Anomaly detection holds it back. */
  HELD(Kind.UNDER_WAY),
  /** The new version has confirmed itself. */
  UPDATED(Kind.ENDED),
  /** It came to nothing, for a reason. */
  FAILED(Kind.ENDED),
  /** It runs a version that is neither the old nor the new one. */
  WRONG_VERSION(Kind.ENDED),
  /** Nothing was heard for too long. */
  SILENT(Kind.ENDED),
  /** The DCC did not accept the request. */
  REFUSED(Kind.ENDED),
  /** A later request took its place. */
  SUPERSEDED(Kind.ENDED),
  /** It had the version without this campaign: nothing to do, and it counts nowhere. */
  CURRENT(Kind.ASIDE);

  /** What a state means for its group. */
  enum Kind {
    WAITING,
    UNDER_WAY,
    ENDED,
    ASIDE
  }

  private final Kind kind;

  DeviceState(Kind kind) {
    this.kind = kind;
  }

  /** Whether a request may go out for it. */
  public boolean isWaiting() {
    return kind == Kind.WAITING;
  }

  /** Whether a request is under way. */
  public boolean isUnderWay() {
    return kind == Kind.UNDER_WAY;
  }

  /** Whether it came to an end through this campaign; never left. */
  public boolean isEnded() {
    return kind == Kind.ENDED;
  }

  /** Whether it is an end that is no success. */
  public boolean isFailure() {
    return isEnded() && this != UPDATED;
  }
}
