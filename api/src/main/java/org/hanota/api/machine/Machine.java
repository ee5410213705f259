// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.Optional;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Direction;

/**
 * One node in one role, without input or output of its own. One caller at a time; never called
 * again before a call has returned. Early or repeated calls of {@code onTimer} do nothing. A call
 * that throws, because a storage port did, has no effects; whoever drives the machine drops it and
 * makes a new one, which starts from storage.
 */
public interface Machine {
  /** Power-on and every restart: all state comes from the storage ports. */
  void onStart(Now now, Effects effects);

  /** A message came. */
  void onReceive(Now now, Received received, Effects effects);

  /** What became of a message. */
  void onSent(Now now, long sendId, SendResult result, Effects effects);

  /** Something else happened. */
  void onInput(Now now, Input input, Effects effects);

  /** The time asked for by {@link Effects#wakeAt} has come. */
  void onTimer(Now now, Effects effects);

  /**
   * From now on calls may leave what they have to store to {@link #settle}, so that several calls
   * are stored in one step. Nothing that a call wanted is done while the machine owes something.
   */
  default void gather() {}

  /**
   * How many changes calls have left to store; 0 unless the machine {@linkplain #gather gathers}.
   */
  default int owed() {
    return 0;
  }

  /** Stores what calls have left. */
  default void settle(Now now) {}

  /** Writes the state down, for an explorer, a check of the journal or a report of a fault. */
  void describe(StateWriter out);

  /**
   * An attribute's value at this moment.
   *
   * @param side which side of the cluster has the attribute: the server's travel {@code
   *     SERVER_TO_CLIENT}
   * @return empty if there is no such attribute
   */
  default Optional<AttributeValue> attribute(int clusterId, Direction side, int attributeId) {
    return Optional.empty();
  }
}
