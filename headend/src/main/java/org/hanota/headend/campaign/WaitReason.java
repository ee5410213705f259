// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/**
 * Why nothing goes out.
 *
 * @param kind which reason
 * @param detail what it is about: a region, a wave, or how many are missing
 * @param untilUtcMillis when that changes by itself; the largest number if it does not
 */
public record WaitReason(Kind kind, String detail, long untilUtcMillis) {
  /** Kinds of reason. */
  public enum Kind {
    /** Nobody has started the campaign. */
    NOT_STARTED,
    /** It rests. */
    CAMPAIGN_PAUSED,
    /** It is stopped. */
    CAMPAIGN_STOPPED,
    /** It has ended. */
    CAMPAIGN_ENDED,
    /** The wave before is not released. */
    EARLIER_WAVE,
    /** Too few can still succeed; a person may release it. */
    THRESHOLD_OUT_OF_REACH,
    /** Too many have failed. */
    TOO_MANY_FAILED,
    /** No window is open. */
    OUTSIDE_WINDOW,
    /** The next device's turn is later: jitter, or it was deferred. */
    TURN_LATER,
    /** As many requests as allowed are under way in a region. */
    REGION_FULL,
    /** The same in each cell in which somebody waits. */
    CELLS_FULL,
    /** As many requests as allowed went out in this period. */
    RATE_USED,
    /** The clock is not known. */
    NO_CLOCK,
    /** Every device had its turn; answers are awaited. */
    ANSWERS_AWAITED,
    /** Every device has its end. */
    DONE
  }

  static WaitReason of(Kind kind, String detail) {
    return new WaitReason(kind, detail, Long.MAX_VALUE);
  }
}
