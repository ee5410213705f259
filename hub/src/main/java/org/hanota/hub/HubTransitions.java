// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.hanota.api.control.Phase.ACTIVATING;
import static org.hanota.api.control.Phase.CONFIRMED;
import static org.hanota.api.control.Phase.FAILED;
import static org.hanota.api.control.Phase.IDLE;
import static org.hanota.api.control.Phase.NOTIFIED;
import static org.hanota.api.control.Phase.PAUSED;
import static org.hanota.api.control.Phase.QUEUED;
import static org.hanota.api.control.Phase.TRANSFERRING;
import static org.hanota.api.control.Phase.VERIFYING;
import static org.hanota.api.control.Phase.WAITING;
import static org.hanota.hub.HubStimulus.ABORT;
import static org.hanota.hub.HubStimulus.DUE;
import static org.hanota.hub.HubStimulus.END_ABORT;
import static org.hanota.hub.HubStimulus.END_INVALID;
import static org.hanota.hub.HubStimulus.END_MORE;
import static org.hanota.hub.HubStimulus.END_SUCCESS;
import static org.hanota.hub.HubStimulus.LAST_BLOCK;
import static org.hanota.hub.HubStimulus.NO_ROOM;
import static org.hanota.hub.HubStimulus.OFFERED;
import static org.hanota.hub.HubStimulus.PAUSE;
import static org.hanota.hub.HubStimulus.QUERY;
import static org.hanota.hub.HubStimulus.QUERY_IN_VAIN;
import static org.hanota.hub.HubStimulus.QUERY_MISMATCHED;
import static org.hanota.hub.HubStimulus.QUERY_UPDATED;
import static org.hanota.hub.HubStimulus.RESUME;
import static org.hanota.hub.HubStimulus.SERVED;
import static org.hanota.hub.HubStimulus.TURN;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.TransitionTable;

/**
 * Every transition of one device's update at its hub. Requests are answered whatever the phase, by
 * what they ask for; the phases say where the update stands. [ZCL 11.16]
 */
final class HubTransitions {
  /** An update is under way. */
  private static final Set<Phase> OPEN =
      EnumSet.of(QUEUED, NOTIFIED, TRANSFERRING, PAUSED, VERIFYING, WAITING, ACTIVATING);

  /** None is. */
  private static final Set<Phase> CLOSED = EnumSet.of(IDLE, CONFIRMED, FAILED);

  static final TransitionTable<Phase, HubStimulus, HubActions> TABLE = table();

  private HubTransitions() {}

  private static TransitionTable<Phase, HubStimulus, HubActions> table() {
    TransitionTable.Builder<Phase, HubStimulus, HubActions> table =
        TransitionTable.of(Phase.class, HubStimulus.class);
    offers(table);
    queries(table);
    blocks(table);
    ends(table);
    steering(table);
    return table.build();
  }

  private static void offers(TransitionTable.Builder<Phase, HubStimulus, HubActions> table) {
    table
        .on(
            EnumSet.allOf(Phase.class),
            OFFERED,
            "queue it; a new offer takes the place of the old one, a new time is told at once",
            HubActions::offered,
            EnumSet.of(QUEUED, NOTIFIED, WAITING, ACTIVATING))
        .on(QUEUED, TURN, "notify", HubActions::turn, EnumSet.of(NOTIFIED))
        .ignore(EnumSet.complementOf(EnumSet.of(QUEUED)), EnumSet.of(TURN))
        .on(
            QUEUED,
            DUE,
            "give the offer up when it expires",
            HubActions::due,
            EnumSet.of(QUEUED, FAILED))
        .on(
            NOTIFIED,
            DUE,
            "notify again, or give up when it expires",
            HubActions::notifyAgain,
            EnumSet.of(NOTIFIED, FAILED))
        .on(
            EnumSet.of(TRANSFERRING, VERIFYING),
            DUE,
            "give the place of a silent transfer away; give up when it expires",
            HubActions::silent,
            EnumSet.of(TRANSFERRING, VERIFYING, FAILED))
        .on(
            EnumSet.of(PAUSED, WAITING, ACTIVATING),
            DUE,
            "give up when it expires",
            HubActions::due,
            EnumSet.of(PAUSED, WAITING, ACTIVATING, FAILED))
        .on(
            CLOSED,
            DUE,
            "tell it again to wait that has an image which was taken back",
            HubActions::dueAfterwards,
            CLOSED);
  }

  private static void queries(TransitionTable.Builder<Phase, HubStimulus, HubActions> table) {
    table
        .on(
            EnumSet.of(IDLE, CONFIRMED, FAILED),
            QUERY,
            "name the image",
            HubActions::queriedUnasked,
            EnumSet.of(QUEUED, NOTIFIED))
        .on(
            EnumSet.of(QUEUED, NOTIFIED, TRANSFERRING, VERIFYING, PAUSED),
            QUERY,
            "name the image, as often as it asks",
            HubActions::queried,
            EnumSet.of(QUEUED, NOTIFIED, PAUSED))
        .on(
            EnumSet.of(WAITING, ACTIVATING),
            QUERY,
            "not again before its time; later it has rolled back",
            HubActions::queriedAfterEnd,
            EnumSet.of(WAITING, ACTIVATING, FAILED))
        .on(OPEN, QUERY_UPDATED, "the new image runs", HubActions::updated, EnumSet.of(CONFIRMED))
        .on(CLOSED, QUERY_UPDATED, "nothing newer", HubActions::nothingNew, CLOSED)
        .on(
            OPEN,
            QUERY_MISMATCHED,
            "the offer is not for this device",
            HubActions::mismatched,
            EnumSet.of(FAILED))
        .ignore(CLOSED, EnumSet.of(QUERY_MISMATCHED))
        .on(
            EnumSet.allOf(Phase.class),
            QUERY_IN_VAIN,
            "there is no image for it",
            HubActions::nothingNew,
            EnumSet.allOf(Phase.class));
  }

  private static void blocks(TransitionTable.Builder<Phase, HubStimulus, HubActions> table) {
    table
        .on(
            EnumSet.complementOf(EnumSet.of(TRANSFERRING, PAUSED, WAITING, ACTIVATING)),
            SERVED,
            "blocks go out",
            HubActions::transferring,
            EnumSet.of(TRANSFERRING))
        .ignore(EnumSet.of(TRANSFERRING, PAUSED, WAITING, ACTIVATING), EnumSet.of(SERVED))
        .on(
            EnumSet.of(IDLE, CONFIRMED, FAILED, NOTIFIED, VERIFYING),
            NO_ROOM,
            "queue it",
            HubActions::queue,
            EnumSet.of(QUEUED))
        .on(TRANSFERRING, NO_ROOM, "queue it again", HubActions::queue, EnumSet.of(QUEUED))
        .ignore(EnumSet.of(QUEUED, PAUSED, WAITING, ACTIVATING), EnumSet.of(NO_ROOM))
        .on(
            TRANSFERRING,
            LAST_BLOCK,
            "it has every octet now, or asks again",
            HubActions::lastBlock,
            EnumSet.of(VERIFYING))
        .ignore(EnumSet.complementOf(EnumSet.of(TRANSFERRING)), EnumSet.of(LAST_BLOCK));
  }

  private static void ends(TransitionTable.Builder<Phase, HubStimulus, HubActions> table) {
    table
        .on(
            EnumSet.allOf(Phase.class),
            END_SUCCESS,
            "say when to run it",
            HubActions::endSuccess,
            EnumSet.of(WAITING, ACTIVATING))
        .on(
            OPEN,
            END_INVALID,
            "count the failure; quarantine the image after several",
            HubActions::endInvalid,
            EnumSet.of(FAILED))
        .on(OPEN, END_ABORT, "the device gave up", HubActions::endAborted, EnumSet.of(FAILED))
        .on(
            EnumSet.complementOf(EnumSet.of(QUEUED, PAUSED)),
            END_MORE,
            "free its place; it will ask for the next part",
            HubActions::endMore,
            EnumSet.of(NOTIFIED))
        .on(
            EnumSet.of(QUEUED, PAUSED),
            END_MORE,
            "it waits for the next part now",
            HubActions::endMore,
            EnumSet.of(QUEUED, PAUSED))
        .ignore(CLOSED, EnumSet.of(END_INVALID, END_ABORT));
  }

  private static void steering(TransitionTable.Builder<Phase, HubStimulus, HubActions> table) {
    table
        .on(
            EnumSet.of(QUEUED, NOTIFIED, TRANSFERRING, VERIFYING),
            PAUSE,
            "hold it",
            HubActions::pause,
            EnumSet.of(PAUSED))
        .ignore(
            EnumSet.complementOf(EnumSet.of(QUEUED, NOTIFIED, TRANSFERRING, VERIFYING)),
            EnumSet.of(PAUSE))
        .on(PAUSED, RESUME, "queue it again", HubActions::resume, EnumSet.of(QUEUED))
        .ignore(EnumSet.complementOf(EnumSet.of(PAUSED)), EnumSet.of(RESUME))
        .on(
            OPEN,
            ABORT,
            "give up; its next request is answered ABORT",
            HubActions::abort,
            EnumSet.of(FAILED))
        .ignore(CLOSED, EnumSet.of(ABORT));
  }
}
