// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.track;

import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.headend.track.TrackState.ACCEPTED;
import static org.hanota.headend.track.TrackState.ACTIVATION_PENDING;
import static org.hanota.headend.track.TrackState.ACTIVE;
import static org.hanota.headend.track.TrackState.AT_HUB;
import static org.hanota.headend.track.TrackState.CANCELLED;
import static org.hanota.headend.track.TrackState.EXPIRED;
import static org.hanota.headend.track.TrackState.FAILED;
import static org.hanota.headend.track.TrackState.ON_HAN;
import static org.hanota.headend.track.TrackState.ON_WAN;
import static org.hanota.headend.track.TrackState.QUARANTINED;
import static org.hanota.headend.track.TrackState.RECEIVED;
import static org.hanota.headend.track.TrackState.SUPERSEDED;
import static org.hanota.headend.track.TrackState.VERIFIED;
import static org.hanota.headend.track.TrackStimulus.ACTIVATED;
import static org.hanota.headend.track.TrackStimulus.COMMAND_ACCEPTED;
import static org.hanota.headend.track.TrackStimulus.DELIVERED;
import static org.hanota.headend.track.TrackStimulus.FOUND_BAD;
import static org.hanota.headend.track.TrackStimulus.FOUND_GOOD;
import static org.hanota.headend.track.TrackStimulus.GIVEN_UP;
import static org.hanota.headend.track.TrackStimulus.HELD_BACK;
import static org.hanota.headend.track.TrackStimulus.NOT_ACTIVATED;
import static org.hanota.headend.track.TrackStimulus.NOT_DELIVERED;
import static org.hanota.headend.track.TrackStimulus.NOT_TRANSFERRED;
import static org.hanota.headend.track.TrackStimulus.PART_WANTED;
import static org.hanota.headend.track.TrackStimulus.RELEASED;
import static org.hanota.headend.track.TrackStimulus.REPLACED;
import static org.hanota.headend.track.TrackStimulus.SENT;
import static org.hanota.headend.track.TrackStimulus.TAKEN_BACK;
import static org.hanota.headend.track.TrackStimulus.TIME_OUT;
import static org.hanota.headend.track.TrackStimulus.TRANSFERRED;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/**
 * Every transition of a request for one device. No state goes back, no end is left, and messages
 * may overtake each other: each report is taken in every state in which it can come first.
 */
final class TrackTransitions {
  /** At its end. */
  private static final Set<TrackState> ENDS =
      EnumSet.of(ACTIVE, FAILED, CANCELLED, EXPIRED, SUPERSEDED);

  /** Not at its end. */
  private static final Set<TrackState> OPEN = EnumSet.complementOf(EnumSet.copyOf(ENDS));

  /** Nothing has left the head end. */
  private static final Set<TrackState> HERE = EnumSet.of(ACCEPTED, QUARANTINED);

  /** Between the head end and the whole image at its device. */
  private static final Set<TrackState> UNDER_WAY = EnumSet.of(ON_WAN, AT_HUB, ON_HAN);

  /** The image is at its device, or the command is. */
  private static final Set<TrackState> THERE = EnumSet.of(RECEIVED, VERIFIED, ACTIVATION_PENDING);

  /** What hub and device say. */
  private static final Set<TrackStimulus> REPORTS =
      EnumSet.of(
          DELIVERED,
          NOT_DELIVERED,
          PART_WANTED,
          TRANSFERRED,
          NOT_TRANSFERRED,
          FOUND_GOOD,
          FOUND_BAD,
          COMMAND_ACCEPTED,
          ACTIVATED,
          NOT_ACTIVATED);

  static final TransitionTable<TrackState, TrackStimulus, TrackMove> TABLE = table();

  private TrackTransitions() {}

  private static TransitionTable<TrackState, TrackStimulus, TrackMove> table() {
    TransitionTable.Builder<TrackState, TrackStimulus, TrackMove> table =
        TransitionTable.of(TrackState.class, TrackStimulus.class);
    headEnd(table);
    wan(table);
    hub(table);
    device(table);
    ends(table);
    return table.build();
  }

  private static void headEnd(TransitionTable.Builder<TrackState, TrackStimulus, TrackMove> table) {
    table
        .go(ACCEPTED, SENT, OURS, "it is on its way", TrackMove::goOn, ON_WAN)
        .go(ACCEPTED, HELD_BACK, "[DUIS schema]", "it waits", TrackMove::end, QUARANTINED)
        .go(QUARANTINED, RELEASED, "[DUIS schema]", "it is on its way", TrackMove::goOn, ON_WAN)
        .ignore(EnumSet.complementOf(EnumSet.of(ACCEPTED)), EnumSet.of(SENT, HELD_BACK))
        .ignore(EnumSet.complementOf(EnumSet.of(QUARANTINED)), EnumSet.of(RELEASED))
        // Nobody can report what has not left.
        .ignore(HERE, EnumSet.copyOf(REPORTS));
  }

  private static void wan(TransitionTable.Builder<TrackState, TrackStimulus, TrackMove> table) {
    table
        .go(ON_WAN, DELIVERED, OURS, "the hub has it", TrackMove::goOn, AT_HUB)
        .go(ON_WAN, NOT_DELIVERED, OURS, "it ends with the reason", TrackMove::end, FAILED)
        // The hub or the device was faster, or a later part of the same image came or did not.
        .ignore(EnumSet.of(AT_HUB, ON_HAN), EnumSet.of(DELIVERED))
        .go(
            EnumSet.of(AT_HUB, ON_HAN),
            NOT_DELIVERED,
            OURS,
            "a later part did not come: it ends with the reason",
            TrackMove::end,
            FAILED)
        .ignore(THERE, EnumSet.of(DELIVERED, NOT_DELIVERED));
  }

  private static void hub(TransitionTable.Builder<TrackState, TrackStimulus, TrackMove> table) {
    table
        .go(UNDER_WAY, PART_WANTED, OURS, "the device takes it", TrackMove::goOn, ON_HAN)
        .go(UNDER_WAY, TRANSFERRED, OURS, "the device has it", TrackMove::goOn, RECEIVED)
        .go(UNDER_WAY, NOT_TRANSFERRED, OURS, "it ends with the reason", TrackMove::end, FAILED)
        .ignore(THERE, EnumSet.of(PART_WANTED, TRANSFERRED))
        .stay(
            THERE,
            NOT_TRANSFERRED,
            OURS,
            "the device's own word is believed before the hub's; write it beside",
            TrackMove::beside);
  }

  private static void device(TransitionTable.Builder<TrackState, TrackStimulus, TrackMove> table) {
    Set<TrackState> unchecked = EnumSet.copyOf(UNDER_WAY);
    unchecked.add(RECEIVED);
    table
        .go(
            unchecked,
            FOUND_GOOD,
            "[GBCS 11.2.6]",
            "it can be activated",
            TrackMove::good,
            VERIFIED)
        .go(unchecked, FOUND_BAD, "[GBCS 11.2.6]", "it ends", TrackMove::bad, FAILED)
        .stay(
            EnumSet.of(VERIFIED, ACTIVATION_PENDING),
            FOUND_GOOD,
            "[GBCS 11.2.6]",
            "it can be activated",
            TrackMove::good)
        .stay(
            EnumSet.of(VERIFIED, ACTIVATION_PENDING),
            FOUND_BAD,
            OURS,
            "the device has said otherwise; write it beside",
            TrackMove::badBeside)
        .go(
            UNDER_WAY,
            COMMAND_ACCEPTED,
            "[GBCS 11.5]",
            "the device waits for the time",
            TrackMove::goOn,
            ACTIVATION_PENDING)
        .ignore(THERE, EnumSet.of(COMMAND_ACCEPTED));
    Set<TrackState> left = EnumSet.copyOf(UNDER_WAY);
    left.addAll(THERE);
    table
        .go(left, ACTIVATED, "[GBCS 11.5]", "the device runs it", TrackMove::goOn, ACTIVE)
        .go(left, NOT_ACTIVATED, "[GBCS 11.5]", "it ends with the reason", TrackMove::end, FAILED)
        .go(left, TAKEN_BACK, "[GBCS 11.5]", "it never happens", TrackMove::end, CANCELLED)
        .ignore(HERE, EnumSet.of(TAKEN_BACK));
  }

  private static void ends(TransitionTable.Builder<TrackState, TrackStimulus, TrackMove> table) {
    table
        .go(OPEN, TIME_OUT, OURS, "nothing was heard for too long", TrackMove::end, EXPIRED)
        .go(OPEN, REPLACED, OURS, "a later request is in its place", TrackMove::end, SUPERSEDED)
        .go(OPEN, GIVEN_UP, OURS, "it ends with the reason", TrackMove::end, FAILED)
        .ignore(ENDS, EnumSet.of(TAKEN_BACK, TIME_OUT, REPLACED, GIVEN_UP));
    String beside = "no end is left; write it beside";
    table
        .stay(ENDS, FOUND_GOOD, OURS, beside, TrackMove::goodBeside)
        .stay(ENDS, FOUND_BAD, OURS, beside, TrackMove::badBeside);
    Set<TrackStimulus> others = EnumSet.copyOf(REPORTS);
    others.removeAll(EnumSet.of(FOUND_GOOD, FOUND_BAD));
    for (TrackStimulus report : others) {
      table.stay(ENDS, report, OURS, beside, TrackMove::beside);
    }
  }
}
