// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.Stored;

/**
 * The replacement of a damaged device and how far it got.
 *
 * @param plan what is to happen
 * @param state how far
 * @param request which request of the state, from 0
 * @param asked the request that is under way
 * @param tries how often the last request came to nothing
 * @param dueUtcMillis when it is asked again
 * @param heldIn in which state it was held; empty where it is not
 * @param reason what brought it where it is
 */
public record Replacement(
    ReplacementPlan plan,
    ReplacementState state,
    int request,
    Optional<MessageId> asked,
    int tries,
    Optional<Long> dueUtcMillis,
    Optional<ReplacementState> heldIn,
    String reason)
    implements Stored {
  static Replacement of(ReplacementPlan plan) {
    return new Replacement(
        plan,
        ReplacementState.PLANNED,
        0,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** Whether it has come to an end. */
  public boolean isOver() {
    return state == ReplacementState.REPLACED || state == ReplacementState.ABANDONED;
  }

  @Override
  public String key() {
    return key(plan.damaged());
  }

  /** The key of the replacement of that device. */
  static String key(Eui64 damaged) {
    return "replacement " + damaged;
  }
}
