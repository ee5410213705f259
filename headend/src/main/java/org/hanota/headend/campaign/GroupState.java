// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** How far a wave got. */
public enum GroupState {
  /** Another wave is before it. */
  WAITING,
  /** Requests go out; too few have succeeded yet. */
  RUNNING,
  /** Enough have succeeded; it is watched for a while. */
  SOAKING,
  /** Somebody outside has to let the next wave follow. */
  AT_GATE,
  /** The next wave may follow; the rest of this one goes on. */
  RELEASED,
  /** Its success threshold is out of reach: no request goes out until a person releases it. */
  SHORT,
  /** Too many have failed. */
  FAILED;

  /** Whether requests of this wave may go out. */
  public boolean isGoing() {
    return this == RUNNING || this == SOAKING || this == AT_GATE || this == RELEASED;
  }
}
