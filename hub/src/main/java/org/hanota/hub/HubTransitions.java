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
import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.hub.update.HubStimulus.ANNOUNCE;
import static org.hanota.hub.update.HubStimulus.DISPLACED;
import static org.hanota.hub.update.HubStimulus.END_FAILED;
import static org.hanota.hub.update.HubStimulus.END_MORE;
import static org.hanota.hub.update.HubStimulus.END_SUCCESS;
import static org.hanota.hub.update.HubStimulus.EXPIRED;
import static org.hanota.hub.update.HubStimulus.LAST_BLOCK;
import static org.hanota.hub.update.HubStimulus.NOTIFY_DUE;
import static org.hanota.hub.update.HubStimulus.NO_SLOT;
import static org.hanota.hub.update.HubStimulus.OFFERED;
import static org.hanota.hub.update.HubStimulus.PAUSE;
import static org.hanota.hub.update.HubStimulus.PROGRESS_DUE;
import static org.hanota.hub.update.HubStimulus.QUERY;
import static org.hanota.hub.update.HubStimulus.QUERY_EARLY;
import static org.hanota.hub.update.HubStimulus.QUERY_IN_VAIN;
import static org.hanota.hub.update.HubStimulus.QUERY_MISMATCHED;
import static org.hanota.hub.update.HubStimulus.QUERY_OLD;
import static org.hanota.hub.update.HubStimulus.QUERY_UPDATED;
import static org.hanota.hub.update.HubStimulus.RESTARTED;
import static org.hanota.hub.update.HubStimulus.RESUME;
import static org.hanota.hub.update.HubStimulus.SERVED;
import static org.hanota.hub.update.HubStimulus.SLOT_FREE;
import static org.hanota.hub.update.HubStimulus.STOPPED;
import static org.hanota.hub.update.HubStimulus.TIME_CAME;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.TransitionTable;
import org.hanota.hub.update.HubStimulus;

/**
 * Every transition of an update at its hub. Requests are answered whatever the phase, by what they
 * ask for; the phases say where the update stands.
 */
final class HubTransitions {
  /** An update is under way. */
  private static final Set<Phase> OPEN =
      EnumSet.of(QUEUED, NOTIFIED, TRANSFERRING, PAUSED, VERIFYING, WAITING, ACTIVATING);

  /** None is. */
  private static final Set<Phase> CLOSED = EnumSet.of(IDLE, CONFIRMED, FAILED);

  /** The device has not got the whole image yet. */
  private static final Set<Phase> TRANSFER = EnumSet.of(QUEUED, NOTIFIED, TRANSFERRING, VERIFYING);

  /** It has, and does not run it yet. */
  private static final Set<Phase> RECEIVED = EnumSet.of(WAITING, ACTIVATING);

  static final TransitionTable<Phase, HubStimulus, UpdateStep> TABLE = table();

  private HubTransitions() {}

  private static TransitionTable<Phase, HubStimulus, UpdateStep> table() {
    TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table =
        TransitionTable.of(Phase.class, HubStimulus.class);
    restarts(table);
    offers(table);
    timers(table);
    queries(table);
    answersToQueries(table);
    blocks(table);
    ends(table);
    steering(table);
    return table.build();
  }

  private static Set<Phase> allBut(Set<Phase> phases) {
    return EnumSet.complementOf(EnumSet.copyOf(phases));
  }

  private static void restarts(TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table) {
    for (Phase phase : TRANSFER) {
      table.choose(
          phase,
          RESTARTED,
          OURS,
          "queue it again, as the device may have missed the notification; forget it without an"
              + " offer",
          UpdateStep::restarted,
          EnumSet.of(QUEUED, IDLE));
    }
    table.stay(PAUSED, RESTARTED, OURS, "hold it on", UpdateStep::restartedPaused);
    announce(table, RESTARTED, "say again when to run the image", UpdateStep::restartedWithImage);
    table.ignore(CLOSED, EnumSet.of(RESTARTED));
  }

  private static void announce(
      TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table,
      HubStimulus stimulus,
      String note,
      TransitionTable.Decision<Phase, UpdateStep> decision) {
    for (Phase phase : RECEIVED) {
      table.choose(phase, stimulus, "[ZCL 11.11.4]", note, decision, RECEIVED);
    }
  }

  private static void offers(TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table) {
    table
        .go(
            EnumSet.allOf(Phase.class),
            OFFERED,
            OURS,
            "queue it; a new offer takes the place of the old one",
            UpdateStep::offered,
            QUEUED)
        .go(QUEUED, SLOT_FREE, "[ZCL 11.13.3]", "notify the device", UpdateStep::slotFree, NOTIFIED)
        .ignore(allBut(EnumSet.of(QUEUED)), EnumSet.of(SLOT_FREE))
        .ignore(allBut(RECEIVED), EnumSet.of(ANNOUNCE));
    announce(table, ANNOUNCE, "say when to run the image, without a request", UpdateStep::announce);
  }

  private static void timers(TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table) {
    table
        .stay(
            NOTIFIED,
            NOTIFY_DUE,
            "[ZCL 11.13.3]",
            "notify again; after some tries await the device's own query",
            UpdateStep::notifyDevice)
        .ignore(allBut(EnumSet.of(NOTIFIED)), EnumSet.of(NOTIFY_DUE))
        .stay(
            EnumSet.of(TRANSFERRING, VERIFYING),
            PROGRESS_DUE,
            OURS,
            "give the slot of a transfer without progress away",
            UpdateStep::progressDue)
        .ignore(allBut(EnumSet.of(TRANSFERRING, VERIFYING)), EnumSet.of(PROGRESS_DUE))
        .go(
            WAITING,
            TIME_CAME,
            "[ZCL 11.11.4]",
            "the device runs the image now, without another word",
            UpdateStep::timeCame,
            ACTIVATING)
        .ignore(allBut(EnumSet.of(WAITING)), EnumSet.of(TIME_CAME))
        .go(OPEN, EXPIRED, OURS, "give it up", UpdateStep::fail, FAILED)
        .ignore(CLOSED, EnumSet.of(EXPIRED));
  }

  private static void queries(TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table) {
    Set<Phase> named = EnumSet.of(NOTIFIED, QUEUED);
    for (Phase phase : CLOSED) {
      table.choose(
          phase,
          QUERY,
          "[ZCL 11.13.5]",
          "name the image: an update begins",
          UpdateStep::queriedAnew,
          named);
    }
    for (Phase phase : EnumSet.of(NOTIFIED, TRANSFERRING, VERIFYING)) {
      table.choose(
          phase,
          QUERY,
          "[ZCL 11.13.5]",
          "name the image, as often as the device asks",
          UpdateStep::queried,
          named);
    }
    table
        .stay(
            QUEUED,
            QUERY,
            "[ZCL 11.13.5]",
            "name the image; there is no slot yet",
            UpdateStep::queriedInQueue)
        .stay(PAUSED, QUERY, "[ZCL 11.13.5]", "name the image", UpdateStep::queriedWhilePaused)
        .ignore(RECEIVED, EnumSet.of(QUERY));
  }

  private static void answersToQueries(
      TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table) {
    for (Phase phase : RECEIVED) {
      table.choose(
          phase,
          QUERY_EARLY,
          "[GBCS 11.2.1]",
          "name nothing; say when to run the image if the device did not hear that",
          UpdateStep::queriedEarly,
          RECEIVED);
    }
    table
        .ignore(allBut(RECEIVED), EnumSet.of(QUERY_EARLY))
        .go(
            ACTIVATING,
            QUERY_OLD,
            OURS,
            "the device has rolled back",
            UpdateStep::queriedOld,
            FAILED)
        .ignore(allBut(EnumSet.of(ACTIVATING)), EnumSet.of(QUERY_OLD))
        .go(OPEN, QUERY_UPDATED, OURS, "the new image runs", UpdateStep::updated, CONFIRMED)
        .go(
            FAILED,
            QUERY_UPDATED,
            "[hanota H39]",
            "it runs all the same: the device's word wins",
            UpdateStep::ranAfterAll,
            CONFIRMED)
        .ignore(EnumSet.of(IDLE, CONFIRMED), EnumSet.of(QUERY_UPDATED))
        .go(
            OPEN,
            QUERY_MISMATCHED,
            OURS,
            "what is offered can never be served to this device",
            UpdateStep::mismatched,
            FAILED)
        .ignore(CLOSED, EnumSet.of(QUERY_MISMATCHED))
        .stay(
            allBut(RECEIVED),
            QUERY_IN_VAIN,
            "[ZCL 11.13.5]",
            "name nothing",
            UpdateStep::nameNothing)
        .ignore(RECEIVED, EnumSet.of(QUERY_IN_VAIN));
  }

  private static void blocks(TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table) {
    Set<Phase> begins = EnumSet.of(IDLE, NOTIFIED, VERIFYING, CONFIRMED);
    Set<Phase> slotless = EnumSet.of(IDLE, NOTIFIED, TRANSFERRING, VERIFYING, CONFIRMED);
    table
        .go(
            begins,
            SERVED,
            "[ZCL 11.13.8]",
            "the transfer begins or goes on",
            UpdateStep::transferring,
            TRANSFERRING)
        .ignore(allBut(begins), EnumSet.of(SERVED))
        .go(
            slotless,
            NO_SLOT,
            "[ZCL 11.13.8]",
            "queue it; the device waits for data",
            UpdateStep::queue,
            QUEUED)
        .ignore(allBut(slotless), EnumSet.of(NO_SLOT))
        .go(
            TRANSFERRING,
            LAST_BLOCK,
            OURS,
            "the device has every octet now, or asks again",
            UpdateStep::lastBlock,
            VERIFYING)
        .ignore(allBut(EnumSet.of(TRANSFERRING)), EnumSet.of(LAST_BLOCK));
  }

  private static void ends(TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table) {
    for (Phase phase : allBut(EnumSet.of(CONFIRMED, FAILED))) {
      table.choose(
          phase,
          END_SUCCESS,
          "[ZCL 11.13.9]",
          "say when to run the image",
          UpdateStep::endSuccess,
          RECEIVED);
    }
    table
        .go(
            CONFIRMED,
            END_SUCCESS,
            "[ZCL 11.13.9]",
            "say that the image may run",
            UpdateStep::endSuccessAgain,
            ACTIVATING)
        .go(
            OPEN,
            END_FAILED,
            "[ZCL 11.13.9]",
            "remember how the device ended with the file",
            UpdateStep::fail,
            FAILED)
        .stay(
            EnumSet.of(QUEUED, PAUSED),
            END_MORE,
            "[ZCL 11.13.9]",
            "it waits for the next part now",
            UpdateStep::endMore)
        .go(
            EnumSet.of(IDLE, NOTIFIED, TRANSFERRING, VERIFYING, WAITING, ACTIVATING, CONFIRMED),
            END_MORE,
            "[ZCL 11.13.9]",
            "free its slot; the device will ask for the next part",
            UpdateStep::endMoreAndAwait,
            NOTIFIED)
        // A device that does not know that its update is over is told to drop the image.
        .ignore(EnumSet.of(FAILED), EnumSet.of(END_SUCCESS, END_MORE))
        .ignore(CLOSED, EnumSet.of(END_FAILED));
  }

  private static void steering(TransitionTable.Builder<Phase, HubStimulus, UpdateStep> table) {
    table
        .go(TRANSFER, PAUSE, OURS, "hold it", UpdateStep::pause, PAUSED)
        .ignore(allBut(TRANSFER), EnumSet.of(PAUSE))
        .go(PAUSED, RESUME, OURS, "queue it again", UpdateStep::queue, QUEUED)
        .ignore(allBut(EnumSet.of(PAUSED)), EnumSet.of(RESUME))
        .go(
            OPEN,
            STOPPED,
            OURS,
            "give up; withdraw an image that the device has; answer its next request ABORT",
            UpdateStep::fail,
            FAILED)
        .ignore(CLOSED, EnumSet.of(STOPPED));
    Set<Phase> needing = EnumSet.of(QUEUED, NOTIFIED, TRANSFERRING, PAUSED, VERIFYING);
    table
        .go(
            needing,
            DISPLACED,
            OURS,
            "forget it: its image made room for another one",
            UpdateStep::displaced,
            IDLE)
        .ignore(allBut(needing), EnumSet.of(DISPLACED));
  }
}
