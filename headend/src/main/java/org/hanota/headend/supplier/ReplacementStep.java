// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.List;

/** What the table asks for, for one replacement. */
final class ReplacementStep {
  private final Replacement before;
  private final int triesMaximum;
  private int request;
  private int tries;
  private boolean isAsking;
  private boolean isWaiting;

  ReplacementStep(Replacement before, int triesMaximum) {
    this.before = before;
    this.triesMaximum = triesMaximum;
    this.request = before.request();
    this.tries = before.tries();
  }

  /** The next request of this state, or the next state. */
  ReplacementState next(ReplacementState state) {
    isAsking = true;
    tries = 0;
    if (request + 1 < before.plan().requestsIn(state)) {
      request++;
      return state;
    }
    request = 0;
    List<ReplacementState> way = before.plan().way();
    ReplacementState next = way.get(way.indexOf(state) + 1);
    isAsking = next != ReplacementState.REPLACED;
    return next;
  }

  /** The same where one state alone can follow. */
  void goOn() {
    isAsking = true;
    tries = 0;
    request = 0;
  }

  void end() {}

  /** Ask again later, unless that was tried often enough. */
  ReplacementState later(ReplacementState state) {
    tries++;
    isWaiting = tries < triesMaximum;
    return isWaiting ? state : ReplacementState.HELD;
  }

  void ask() {
    isAsking = true;
  }

  ReplacementState resume(ReplacementState held) {
    isAsking = true;
    tries = 0;
    return before.heldIn().orElseThrow();
  }

  boolean isAsking() {
    return isAsking;
  }

  boolean isWaiting() {
    return isWaiting;
  }

  int request() {
    return request;
  }

  int tries() {
    return tries;
  }
}
