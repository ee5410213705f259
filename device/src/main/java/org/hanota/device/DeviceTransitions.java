// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.DISCOVERING;
import static org.hanota.device.DeviceState.DOWNLOADING;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.ERASING;
import static org.hanota.device.DeviceState.IDLE;
import static org.hanota.device.DeviceState.PAUSED;
import static org.hanota.device.DeviceState.QUERYING;
import static org.hanota.device.DeviceState.RESTING;
import static org.hanota.device.DeviceState.SWAPPING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.VERIFYING;
import static org.hanota.device.DeviceState.WAITING;
import static org.hanota.device.DeviceStimulus.ABORT;
import static org.hanota.device.DeviceStimulus.ACTIVATE;
import static org.hanota.device.DeviceStimulus.ACTIVATION_DUE;
import static org.hanota.device.DeviceStimulus.BLOCK;
import static org.hanota.device.DeviceStimulus.BLOCK_REFUSED;
import static org.hanota.device.DeviceStimulus.CANCEL;
import static org.hanota.device.DeviceStimulus.DEFAULT_RESPONSE;
import static org.hanota.device.DeviceStimulus.DOWNLOAD_EXPIRED;
import static org.hanota.device.DeviceStimulus.END_DUE;
import static org.hanota.device.DeviceStimulus.ERASED;
import static org.hanota.device.DeviceStimulus.IMAGE_OFFERED;
import static org.hanota.device.DeviceStimulus.NOTIFIED;
import static org.hanota.device.DeviceStimulus.NO_IMAGE;
import static org.hanota.device.DeviceStimulus.NO_SERVER;
import static org.hanota.device.DeviceStimulus.PART_CHECKED;
import static org.hanota.device.DeviceStimulus.QUERY_DUE;
import static org.hanota.device.DeviceStimulus.REQUEST_DUE;
import static org.hanota.device.DeviceStimulus.RESPONSE_OVERDUE;
import static org.hanota.device.DeviceStimulus.SCHEDULE;
import static org.hanota.device.DeviceStimulus.SELF_TESTED;
import static org.hanota.device.DeviceStimulus.SEND_FAILED;
import static org.hanota.device.DeviceStimulus.SERVER_FOUND;
import static org.hanota.device.DeviceStimulus.SWAP_CHECKED;
import static org.hanota.device.DeviceStimulus.SWAP_REFUSED;
import static org.hanota.device.DeviceStimulus.UPGRADE_END_RESPONSE;
import static org.hanota.device.DeviceStimulus.VERIFICATION_DONE;
import static org.hanota.device.DeviceStimulus.WAIT_FOR_DATA;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/**
 * Every transition of the device, to be read beside the standard: each names its clause, or is
 * {@link TransitionTable#OURS}. [ZCL 11.16]
 */
final class DeviceTransitions {
  private static final String CLIENT = "[ZCL 11.16]";
  private static final String NOTIFY = "[ZCL 11.13.3]";
  private static final String QUERY = "[ZCL 11.13.5]";
  private static final String BLOCKS = "[ZCL 11.13.8]";
  private static final String WAIT = "[ZCL 11.13.8.2]";
  private static final String END = "[ZCL 11.13.9]";
  private static final String UPGRADE = "[ZCL 11.13.10]";
  private static final String TIME = "[ZCL 11.11.4]";
  private static final String LIMIT = "[hanota H33]";
  private static final String COMMAND = "[GBCS 11.5]";

  /** States without a verified image in which the server is known. */
  private static final Set<DeviceState> NOT_VERIFIED =
      EnumSet.of(IDLE, QUERYING, ERASING, DOWNLOADING, PAUSED, RESTING, VERIFYING, SWAPPING);

  /** States in which a command's time may come although nothing verified is held. */
  private static final Set<DeviceState> WITHOUT_IMAGE =
      EnumSet.of(IDLE, DISCOVERING, QUERYING, ERASING, DOWNLOADING, PAUSED, RESTING);

  /** States in which a verified image waits. */
  private static final Set<DeviceState> VERIFIED = EnumSet.of(WAITING, COUNTING_DOWN);

  static final TransitionTable<DeviceState, DeviceStimulus, DeviceActions> TABLE = table();

  private DeviceTransitions() {}

  private static TransitionTable<DeviceState, DeviceStimulus, DeviceActions> table() {
    TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table =
        TransitionTable.of(DeviceState.class, DeviceStimulus.class);
    searching(table);
    querying(table);
    transferring(table);
    expiring(table);
    verifying(table);
    ending(table);
    waiting(table);
    activating(table);
    ignoring(table);
    return table.build();
  }

  /** What each state acts on; it ignores everything else. */
  private static void ignoring(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    EnumMap<DeviceState, Set<DeviceStimulus>> handled = new EnumMap<>(DeviceState.class);
    handled.put(
        DISCOVERING,
        EnumSet.of(SERVER_FOUND, NO_SERVER, ABORT, ACTIVATION_DUE, DOWNLOAD_EXPIRED, ERASED));
    handled.put(
        IDLE,
        EnumSet.of(
            QUERY_DUE,
            NOTIFIED,
            ABORT,
            UPGRADE_END_RESPONSE,
            ACTIVATION_DUE,
            DOWNLOAD_EXPIRED,
            ERASED));
    handled.put(
        QUERYING,
        EnumSet.of(
            IMAGE_OFFERED,
            NO_IMAGE,
            RESPONSE_OVERDUE,
            SEND_FAILED,
            DEFAULT_RESPONSE,
            ABORT,
            UPGRADE_END_RESPONSE,
            ACTIVATION_DUE,
            DOWNLOAD_EXPIRED,
            ERASED));
    handled.put(ERASING, EnumSet.of(ERASED, ABORT, UPGRADE_END_RESPONSE, ACTIVATION_DUE));
    handled.put(
        DOWNLOADING,
        EnumSet.of(
            BLOCK,
            WAIT_FOR_DATA,
            BLOCK_REFUSED,
            DEFAULT_RESPONSE,
            RESPONSE_OVERDUE,
            SEND_FAILED,
            ABORT,
            UPGRADE_END_RESPONSE,
            ACTIVATION_DUE,
            DOWNLOAD_EXPIRED));
    handled.put(
        PAUSED,
        EnumSet.of(
            BLOCK,
            BLOCK_REFUSED,
            REQUEST_DUE,
            ABORT,
            UPGRADE_END_RESPONSE,
            ACTIVATION_DUE,
            DOWNLOAD_EXPIRED));
    handled.put(
        RESTING,
        EnumSet.of(
            BLOCK,
            REQUEST_DUE,
            NOTIFIED,
            ABORT,
            UPGRADE_END_RESPONSE,
            ACTIVATION_DUE,
            DOWNLOAD_EXPIRED));
    handled.put(
        VERIFYING,
        EnumSet.of(VERIFICATION_DONE, PART_CHECKED, UPGRADE_END_RESPONSE, DOWNLOAD_EXPIRED));
    handled.put(
        ENDING,
        EnumSet.of(
            UPGRADE_END_RESPONSE,
            DEFAULT_RESPONSE,
            RESPONSE_OVERDUE,
            SEND_FAILED,
            SERVER_FOUND,
            ACTIVATE,
            ACTIVATION_DUE,
            ABORT,
            DOWNLOAD_EXPIRED,
            ERASED));
    handled.put(
        WAITING,
        EnumSet.of(
            UPGRADE_END_RESPONSE,
            ACTIVATE,
            SCHEDULE,
            CANCEL,
            END_DUE,
            QUERY_DUE,
            NOTIFIED,
            IMAGE_OFFERED,
            SERVER_FOUND,
            ABORT));
    handled.put(
        COUNTING_DOWN,
        EnumSet.of(
            UPGRADE_END_RESPONSE,
            ACTIVATE,
            SCHEDULE,
            CANCEL,
            END_DUE,
            ACTIVATION_DUE,
            QUERY_DUE,
            NOTIFIED,
            SERVER_FOUND,
            ABORT));
    handled.put(SWAPPING, EnumSet.of(SWAP_CHECKED, SWAP_REFUSED, UPGRADE_END_RESPONSE));
    handled.put(TRYING, EnumSet.of(SELF_TESTED));
    handled.forEach(
        (state, stimuli) ->
            table.ignore(EnumSet.of(state), EnumSet.complementOf(EnumSet.copyOf(stimuli))));
  }

  private static void searching(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    Set<DeviceState> next = EnumSet.of(QUERYING, DISCOVERING);
    table
        .choose(IDLE, QUERY_DUE, CLIENT, "query, or look for a server", (m, s) -> m.query(), next)
        .choose(IDLE, NOTIFIED, NOTIFY, "query, or look for a server", (m, s) -> m.query(), next)
        .go(DISCOVERING, SERVER_FOUND, CLIENT, "query it", DeviceActions::serverFound, QUERYING)
        .go(DISCOVERING, NO_SERVER, CLIENT, "look again later", DeviceActions::noServer, IDLE)
        .go(
            EnumSet.of(IDLE, DISCOVERING, QUERYING),
            ABORT,
            OURS,
            "forget a download that is kept",
            DeviceActions::abort,
            IDLE);
  }

  private static void querying(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .choose(
            QUERYING,
            IMAGE_OFFERED,
            QUERY,
            "take it, go on with it, or let it be",
            (m, s) -> m.offered(),
            EnumSet.of(ERASING, DOWNLOADING, IDLE, QUERYING))
        .choose(
            QUERYING,
            NO_IMAGE,
            QUERY,
            "query at the interval; rest if a part is awaited",
            (m, s) -> m.noImage(),
            EnumSet.of(IDLE, RESTING))
        .choose(
            QUERYING,
            RESPONSE_OVERDUE,
            CLIENT,
            "ask again, then rest or look for the server anew",
            (m, s) -> m.queryOverdue(),
            EnumSet.of(QUERYING, RESTING, IDLE))
        .stay(QUERYING, SEND_FAILED, OURS, "ask again soon", DeviceActions::sooner)
        .choose(
            QUERYING,
            DEFAULT_RESPONSE,
            QUERY,
            "the server has no such command, or will answer",
            (m, s) -> m.queryRefused(),
            EnumSet.of(IDLE, QUERYING))
        .stay(
            NOT_VERIFIED,
            UPGRADE_END_RESPONSE,
            UPGRADE,
            "refuse: nothing verified waits",
            DeviceActions::refuseUpgrade)
        .stay(
            WITHOUT_IMAGE,
            ACTIVATION_DUE,
            COMMAND,
            "report that no image is held, once the clock says so",
            DeviceActions::dueWithoutImage)
        .stay(
            EnumSet.of(IDLE, DISCOVERING, QUERYING, ENDING),
            ERASED,
            OURS,
            "the slot of a download that was given up is free",
            DeviceActions::eraseEnded);
  }

  private static void transferring(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    String store = "store it; ask for the next, verify, or begin with the first of several parts";
    String late = "store it; the pause goes on, unless it was the last";
    Set<DeviceState> next = EnumSet.of(QUERYING, DISCOVERING);
    table
        .choose(
            ERASING,
            ERASED,
            OURS,
            "ask for the first block; erase again if it was for another download",
            (m, s) -> m.erased(),
            EnumSet.of(DOWNLOADING, ERASING))
        .choose(
            DOWNLOADING,
            BLOCK,
            BLOCKS,
            store,
            DeviceActions::block,
            EnumSet.of(DOWNLOADING, PAUSED, VERIFYING, ERASING, ENDING))
        .choose(
            PAUSED,
            BLOCK,
            BLOCKS,
            late,
            DeviceActions::block,
            EnumSet.of(PAUSED, VERIFYING, ERASING, ENDING))
        .choose(
            RESTING,
            BLOCK,
            BLOCKS,
            late,
            DeviceActions::block,
            EnumSet.of(RESTING, VERIFYING, ERASING, ENDING))
        .go(DOWNLOADING, WAIT_FOR_DATA, WAIT, "ask again then", DeviceActions::waitForData, PAUSED)
        .go(
            EnumSet.of(DOWNLOADING, PAUSED),
            BLOCK_REFUSED,
            BLOCKS,
            "give up; the next query begins anew",
            DeviceActions::blockRefused,
            IDLE)
        .choose(
            DOWNLOADING,
            DEFAULT_RESPONSE,
            BLOCKS,
            "without pages, or later",
            (m, s) -> m.requestRefused(),
            EnumSet.of(DOWNLOADING, RESTING))
        .choose(
            DOWNLOADING,
            RESPONSE_OVERDUE,
            CLIENT,
            "ask for the same block again; rest after many tries",
            (m, s) -> m.blockOverdue(),
            EnumSet.of(DOWNLOADING, RESTING))
        .stay(DOWNLOADING, SEND_FAILED, OURS, "ask again soon", DeviceActions::sooner)
        .go(PAUSED, REQUEST_DUE, BLOCKS, "ask", DeviceActions::request, DOWNLOADING)
        .choose(RESTING, REQUEST_DUE, CLIENT, "query, to go on", (m, s) -> m.query(), next)
        .choose(RESTING, NOTIFIED, NOTIFY, "query, to go on", (m, s) -> m.query(), next)
        .go(
            EnumSet.of(ERASING, DOWNLOADING, PAUSED, RESTING),
            ABORT,
            END,
            "tell the server",
            DeviceActions::abortTransfer,
            ENDING);
  }

  private static void expiring(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .go(
            EnumSet.of(IDLE, DISCOVERING, QUERYING, RESTING),
            DOWNLOAD_EXPIRED,
            LIMIT,
            "give up what took too long",
            DeviceActions::expired,
            IDLE)
        .go(
            EnumSet.of(DOWNLOADING, PAUSED),
            DOWNLOAD_EXPIRED,
            LIMIT,
            "give up what took too long and tell the server",
            DeviceActions::expiredTransfer,
            ENDING)
        .stay(
            EnumSet.of(VERIFYING, ENDING),
            DOWNLOAD_EXPIRED,
            LIMIT,
            "look again once the part is told",
            DeviceActions::expiredBetween);
  }

  private static void verifying(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .choose(
            VERIFYING,
            VERIFICATION_DONE,
            END,
            "tell the server, or obey a command that is kept",
            (m, s) -> m.verificationDone(),
            EnumSet.of(ENDING, COUNTING_DOWN, SWAPPING))
        .go(
            VERIFYING,
            PART_CHECKED,
            END,
            "tell the server, which may let the part go",
            DeviceActions::partChecked,
            ENDING);
  }

  private static void ending(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .choose(
            ENDING,
            UPGRADE_END_RESPONSE,
            UPGRADE,
            "run it now, at a time, or wait",
            DeviceActions::upgradeEndResponse,
            EnumSet.of(ENDING, WAITING, COUNTING_DOWN, SWAPPING))
        .choose(
            ENDING,
            DEFAULT_RESPONSE,
            END,
            "the server knows, or gives up; query the next part",
            (m, s) -> m.endAnswered(),
            EnumSet.of(ENDING, IDLE, QUERYING))
        .choose(
            ENDING,
            RESPONSE_OVERDUE,
            TIME,
            "tell again; then query the next part, or the time-out policy decides",
            DeviceActions::endOverdue,
            EnumSet.of(ENDING, WAITING, COUNTING_DOWN, SWAPPING, IDLE, QUERYING))
        .stay(ENDING, SEND_FAILED, OURS, "tell again soon", DeviceActions::sooner)
        .stay(ENDING, SERVER_FOUND, CLIENT, "tell it", DeviceActions::tellServer)
        .choose(
            ENDING,
            ACTIVATION_DUE,
            COMMAND,
            "activate, if the clock says so too; or report that no image is held",
            DeviceActions::activationDue,
            EnumSet.of(ENDING, COUNTING_DOWN, SWAPPING))
        .go(ENDING, ABORT, OURS, "forget the image", DeviceActions::abort, IDLE);
  }

  private static void waiting(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    for (DeviceState state : VERIFIED) {
      table.choose(
          state,
          UPGRADE_END_RESPONSE,
          UPGRADE,
          "run it now, at a time, or wait",
          DeviceActions::upgradeEndResponse,
          EnumSet.of(WAITING, COUNTING_DOWN, SWAPPING));
    }
    table
        .go(VERIFIED, END_DUE, TIME, "ask for the time", DeviceActions::tellServer, ENDING)
        .stay(VERIFIED, QUERY_DUE, CLIENT, "query beside", DeviceActions::queryBeside)
        .stay(VERIFIED, NOTIFIED, NOTIFY, "query beside", DeviceActions::queryBeside)
        .stay(VERIFIED, SERVER_FOUND, CLIENT, "remember it", DeviceActions::rememberServer)
        .go(VERIFIED, ABORT, OURS, "forget the image", DeviceActions::abort, IDLE)
        .go(VERIFIED, SCHEDULE, COMMAND, "set the time", DeviceActions::schedule, COUNTING_DOWN)
        .stay(WAITING, CANCEL, COMMAND, "nothing was set", DeviceActions::cancelNothing)
        .go(COUNTING_DOWN, CANCEL, COMMAND, "wait again", DeviceActions::cancel, WAITING)
        .choose(
            WAITING,
            IMAGE_OFFERED,
            QUERY,
            "take another image instead",
            (m, s) -> m.offeredInstead(),
            EnumSet.of(WAITING, ERASING));
  }

  private static void activating(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    for (DeviceState state : EnumSet.of(ENDING, WAITING, COUNTING_DOWN)) {
      table.choose(
          state,
          ACTIVATE,
          COMMAND,
          "activate, as soon as there is power for it",
          (m, s) -> m.activate(),
          EnumSet.of(COUNTING_DOWN, SWAPPING));
    }
    table
        .choose(
            COUNTING_DOWN,
            ACTIVATION_DUE,
            TIME,
            "activate, if the clock says so too and there is power",
            DeviceActions::activationDue,
            EnumSet.of(COUNTING_DOWN, SWAPPING))
        .stay(
            SWAPPING,
            SWAP_CHECKED,
            COMMAND,
            "put the image in place and start again",
            DeviceActions::swap)
        .go(
            SWAPPING,
            SWAP_REFUSED,
            COMMAND,
            "forget the image and report it",
            DeviceActions::swapRefused,
            IDLE)
        .choose(
            TRYING,
            SELF_TESTED,
            OURS,
            "keep the new image, or start the old one",
            (m, s) -> m.selfTested(),
            EnumSet.of(IDLE, TRYING));
  }
}
