// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

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
import static org.hanota.device.DeviceStimulus.SWAPPED;
import static org.hanota.device.DeviceStimulus.SWAP_REFUSED;
import static org.hanota.device.DeviceStimulus.UPGRADE_END_RESPONSE;
import static org.hanota.device.DeviceStimulus.VERIFICATION_DONE;
import static org.hanota.device.DeviceStimulus.WAIT_FOR_DATA;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/** Every transition of the device, to be read beside the standard. [ZCL 11.16] */
final class DeviceTransitions {
  /** States with a download under way. */
  private static final Set<DeviceState> TRANSFER =
      EnumSet.of(ERASING, DOWNLOADING, PAUSED, RESTING);

  /** States in which a verified image waits. */
  private static final Set<DeviceState> VERIFIED = EnumSet.of(WAITING, COUNTING_DOWN);

  /** States in which nothing verified is held that a command could activate. */
  private static final Set<DeviceState> WITHOUT_IMAGE =
      EnumSet.of(IDLE, DISCOVERING, QUERYING, ERASING, DOWNLOADING, PAUSED, RESTING);

  /** Where the answer to an Upgrade End Request may lead. */
  private static final Set<DeviceState> DECIDED =
      EnumSet.of(WAITING, COUNTING_DOWN, SWAPPING, ENDING, IDLE);

  static final TransitionTable<DeviceState, DeviceStimulus, DeviceActions> TABLE = table();

  private DeviceTransitions() {}

  private static TransitionTable<DeviceState, DeviceStimulus, DeviceActions> table() {
    TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table =
        TransitionTable.of(DeviceState.class, DeviceStimulus.class);
    searching(table);
    querying(table);
    transferring(table);
    ending(table);
    activating(table);
    table
        .ignore(EnumSet.of(DOWNLOADING, PAUSED), EnumSet.of(NOTIFIED))
        .on(
            WITHOUT_IMAGE,
            ACTIVATION_DUE,
            "report that no image is held, once the clock says so",
            DeviceActions::activationDue,
            WITHOUT_IMAGE)
        .on(
            SWAPPING,
            SWAP_REFUSED,
            "forget the image and report it",
            DeviceActions::swapRefused,
            EnumSet.of(IDLE))
        .ignore(EnumSet.complementOf(EnumSet.of(SWAPPING)), EnumSet.of(SWAP_REFUSED));
    return table.build();
  }

  private static void searching(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .on(IDLE, QUERY_DUE, "query", DeviceActions::query, EnumSet.of(QUERYING, DISCOVERING))
        .on(IDLE, NOTIFIED, "query", DeviceActions::query, EnumSet.of(QUERYING, DISCOVERING))
        .on(IDLE, ABORT, "forget a download kept", DeviceActions::abort, EnumSet.of(IDLE))
        .ignore(
            EnumSet.of(IDLE),
            EnumSet.complementOf(
                EnumSet.of(
                    QUERY_DUE,
                    NOTIFIED,
                    ABORT,
                    UPGRADE_END_RESPONSE,
                    ACTIVATION_DUE,
                    SWAP_REFUSED)))
        .on(DISCOVERING, SERVER_FOUND, "query it", DeviceActions::serverFound, EnumSet.of(QUERYING))
        .on(DISCOVERING, NO_SERVER, "search later", DeviceActions::noServer, EnumSet.of(IDLE))
        .on(DISCOVERING, ABORT, "forget a download kept", DeviceActions::abort, EnumSet.of(IDLE))
        .ignore(
            EnumSet.of(DISCOVERING),
            EnumSet.complementOf(
                EnumSet.of(
                    SERVER_FOUND,
                    NO_SERVER,
                    ABORT,
                    UPGRADE_END_RESPONSE,
                    ACTIVATION_DUE,
                    SWAP_REFUSED)));
  }

  private static void querying(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .on(
            QUERYING,
            IMAGE_OFFERED,
            "take it, go on with it, or let it be",
            DeviceActions::offered,
            EnumSet.of(ERASING, DOWNLOADING, PAUSED, VERIFYING, IDLE, QUERYING))
        .on(
            QUERYING,
            NO_IMAGE,
            "query at the interval; rest if a part is awaited",
            DeviceActions::noImage,
            EnumSet.of(IDLE, RESTING))
        .on(
            QUERYING,
            RESPONSE_OVERDUE,
            "ask again, then rest or look for the server anew",
            DeviceActions::queryOverdue,
            EnumSet.of(QUERYING, RESTING, IDLE))
        .on(QUERYING, SEND_FAILED, "ask again soon", DeviceActions::hurry, EnumSet.of(QUERYING))
        .on(
            QUERYING,
            DEFAULT_RESPONSE,
            "the server has no such command",
            DeviceActions::queryRefused,
            EnumSet.of(IDLE, QUERYING))
        .on(QUERYING, ABORT, "forget a download kept", DeviceActions::abort, EnumSet.of(IDLE))
        .ignore(
            EnumSet.of(QUERYING),
            EnumSet.complementOf(
                EnumSet.of(
                    IMAGE_OFFERED,
                    NO_IMAGE,
                    RESPONSE_OVERDUE,
                    SEND_FAILED,
                    DEFAULT_RESPONSE,
                    ABORT,
                    UPGRADE_END_RESPONSE,
                    ACTIVATION_DUE,
                    SWAP_REFUSED)))
        .on(
            EnumSet.of(IDLE, DISCOVERING, QUERYING, VERIFYING, TRYING, SWAPPING),
            UPGRADE_END_RESPONSE,
            "refuse: nothing verified waits",
            DeviceActions::refuseUpgrade,
            EnumSet.of(IDLE, DISCOVERING, QUERYING, VERIFYING, TRYING, SWAPPING));
  }

  private static void transferring(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .on(
            ERASING,
            ERASED,
            "ask for the first block",
            DeviceActions::erased,
            EnumSet.of(DOWNLOADING, ERASING))
        .ignore(
            EnumSet.of(ERASING),
            EnumSet.complementOf(
                EnumSet.of(ERASED, ABORT, UPGRADE_END_RESPONSE, ACTIVATION_DUE, SWAP_REFUSED)))
        .on(
            EnumSet.of(DOWNLOADING, PAUSED, RESTING),
            BLOCK,
            "store it; ask for the next, verify, or begin with the first of several parts",
            DeviceActions::block,
            EnumSet.of(DOWNLOADING, PAUSED, RESTING, VERIFYING, ERASING, ENDING))
        .on(
            DOWNLOADING,
            WAIT_FOR_DATA,
            "ask again when told",
            DeviceActions::waitForData,
            EnumSet.of(PAUSED))
        .on(
            EnumSet.of(DOWNLOADING, PAUSED),
            BLOCK_REFUSED,
            "give up",
            DeviceActions::blockRefused,
            EnumSet.of(IDLE))
        .on(
            DOWNLOADING,
            DEFAULT_RESPONSE,
            "without pages, or later",
            DeviceActions::requestRefused,
            EnumSet.of(DOWNLOADING, RESTING))
        .on(
            DOWNLOADING,
            RESPONSE_OVERDUE,
            "ask for the same block again; rest after many tries",
            DeviceActions::blockOverdue,
            EnumSet.of(DOWNLOADING, RESTING))
        .on(
            DOWNLOADING,
            SEND_FAILED,
            "ask again soon",
            DeviceActions::hurry,
            EnumSet.of(DOWNLOADING))
        .on(PAUSED, REQUEST_DUE, "ask", DeviceActions::request, EnumSet.of(DOWNLOADING))
        .on(
            RESTING,
            REQUEST_DUE,
            "query, to go on where it was",
            DeviceActions::query,
            EnumSet.of(QUERYING, DISCOVERING))
        .on(
            RESTING,
            NOTIFIED,
            "query, to go on where it was",
            DeviceActions::query,
            EnumSet.of(QUERYING, DISCOVERING))
        .on(TRANSFER, ABORT, "tell the server", DeviceActions::abortTransfer, EnumSet.of(ENDING))
        .on(
            TRANSFER,
            UPGRADE_END_RESPONSE,
            "refuse: nothing verified waits",
            DeviceActions::refuseUpgrade,
            TRANSFER)
        .ignore(
            EnumSet.of(DOWNLOADING),
            EnumSet.of(QUERY_DUE, REQUEST_DUE, END_DUE, IMAGE_OFFERED, NO_IMAGE))
        .ignore(
            EnumSet.of(PAUSED),
            EnumSet.of(
                QUERY_DUE,
                RESPONSE_OVERDUE,
                END_DUE,
                SEND_FAILED,
                IMAGE_OFFERED,
                NO_IMAGE,
                WAIT_FOR_DATA,
                DEFAULT_RESPONSE))
        .ignore(
            EnumSet.of(RESTING),
            EnumSet.of(
                QUERY_DUE,
                RESPONSE_OVERDUE,
                END_DUE,
                SEND_FAILED,
                IMAGE_OFFERED,
                NO_IMAGE,
                WAIT_FOR_DATA,
                BLOCK_REFUSED,
                DEFAULT_RESPONSE))
        .ignore(
            EnumSet.of(DOWNLOADING, PAUSED, RESTING),
            EnumSet.of(
                SERVER_FOUND,
                NO_SERVER,
                ERASED,
                VERIFICATION_DONE,
                PART_CHECKED,
                SWAPPED,
                SELF_TESTED,
                ACTIVATE,
                SCHEDULE,
                CANCEL));
  }

  private static void ending(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .on(
            VERIFYING,
            VERIFICATION_DONE,
            "tell the server, or obey a command that is kept",
            DeviceActions::verificationDone,
            EnumSet.of(ENDING, COUNTING_DOWN, SWAPPING))
        .on(
            VERIFYING,
            PART_CHECKED,
            "tell the server, which may let the part go",
            DeviceActions::partChecked,
            EnumSet.of(ENDING))
        .ignore(
            EnumSet.of(VERIFYING),
            EnumSet.complementOf(
                EnumSet.of(VERIFICATION_DONE, PART_CHECKED, UPGRADE_END_RESPONSE, SWAP_REFUSED)))
        .on(
            EnumSet.of(ENDING, WAITING, COUNTING_DOWN),
            UPGRADE_END_RESPONSE,
            "run it now, at a time, or wait",
            DeviceActions::upgradeEndResponse,
            DECIDED)
        .on(
            ENDING,
            DEFAULT_RESPONSE,
            "the server knows, or gives up; query the next part",
            DeviceActions::endAnswered,
            EnumSet.of(ENDING, IDLE, QUERYING, DISCOVERING))
        .on(
            ENDING,
            RESPONSE_OVERDUE,
            "tell again; then query the next part, or the time-out policy decides",
            DeviceActions::endOverdue,
            EnumSet.of(ENDING, WAITING, COUNTING_DOWN, SWAPPING, IDLE, QUERYING, DISCOVERING))
        .on(ENDING, SEND_FAILED, "tell again soon", DeviceActions::hurry, EnumSet.of(ENDING))
        .on(ENDING, SERVER_FOUND, "tell it", DeviceActions::tellServer, EnumSet.of(ENDING))
        .on(
            EnumSet.of(ENDING, WAITING, COUNTING_DOWN),
            ACTIVATE,
            "a command activates, as soon as there is power for it",
            DeviceActions::activate,
            EnumSet.of(COUNTING_DOWN, SWAPPING))
        .on(
            EnumSet.of(WAITING, COUNTING_DOWN),
            SCHEDULE,
            "a command sets the time",
            DeviceActions::schedule,
            EnumSet.of(COUNTING_DOWN))
        .on(ENDING, ABORT, "forget the image", DeviceActions::abort, EnumSet.of(IDLE))
        .ignore(
            EnumSet.of(ENDING),
            EnumSet.of(
                QUERY_DUE,
                REQUEST_DUE,
                END_DUE,
                SCHEDULE,
                NOTIFIED,
                IMAGE_OFFERED,
                NO_IMAGE,
                BLOCK,
                WAIT_FOR_DATA,
                BLOCK_REFUSED,
                NO_SERVER,
                ERASED,
                VERIFICATION_DONE,
                PART_CHECKED,
                SWAPPED,
                SELF_TESTED,
                CANCEL));
  }

  private static void activating(
      TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceActions> table) {
    table
        .on(
            VERIFIED,
            END_DUE,
            "ask for the upgrade time",
            DeviceActions::tellServer,
            EnumSet.of(ENDING))
        .on(
            COUNTING_DOWN,
            ACTIVATION_DUE,
            "the time has come, if the clock says so too and there is power",
            DeviceActions::activationDue,
            EnumSet.of(COUNTING_DOWN, SWAPPING))
        .on(
            ENDING,
            ACTIVATION_DUE,
            "likewise, or report that no image is held",
            DeviceActions::activationDue,
            EnumSet.of(ENDING, COUNTING_DOWN, SWAPPING))
        .on(
            VERIFIED,
            QUERY_DUE,
            "query beside",
            DeviceActions::queryBeside,
            EnumSet.of(WAITING, COUNTING_DOWN))
        .on(
            VERIFIED,
            NOTIFIED,
            "query beside",
            DeviceActions::queryBeside,
            EnumSet.of(WAITING, COUNTING_DOWN))
        .on(
            WAITING,
            IMAGE_OFFERED,
            "take another image instead",
            DeviceActions::offeredInstead,
            EnumSet.of(WAITING, ERASING))
        .on(COUNTING_DOWN, CANCEL, "wait again", DeviceActions::cancel, EnumSet.of(WAITING))
        .on(WAITING, CANCEL, "nothing was set", DeviceActions::cancel, EnumSet.of(WAITING))
        .on(VERIFIED, ABORT, "forget the image", DeviceActions::abort, EnumSet.of(IDLE))
        .ignore(
            EnumSet.of(WAITING),
            EnumSet.of(
                RESPONSE_OVERDUE,
                REQUEST_DUE,
                ACTIVATION_DUE,
                SEND_FAILED,
                NO_IMAGE,
                BLOCK,
                WAIT_FOR_DATA,
                BLOCK_REFUSED,
                DEFAULT_RESPONSE,
                NO_SERVER,
                ERASED,
                VERIFICATION_DONE,
                PART_CHECKED,
                SWAPPED,
                SELF_TESTED))
        .ignore(
            EnumSet.of(COUNTING_DOWN),
            EnumSet.of(
                RESPONSE_OVERDUE,
                REQUEST_DUE,
                SEND_FAILED,
                IMAGE_OFFERED,
                NO_IMAGE,
                BLOCK,
                WAIT_FOR_DATA,
                BLOCK_REFUSED,
                DEFAULT_RESPONSE,
                NO_SERVER,
                ERASED,
                VERIFICATION_DONE,
                PART_CHECKED,
                SWAPPED,
                SELF_TESTED))
        .on(
            VERIFIED,
            SERVER_FOUND,
            "remember it",
            DeviceActions::rememberServer,
            EnumSet.of(WAITING, COUNTING_DOWN))
        .on(SWAPPING, SWAPPED, "start again", DeviceActions::reboot, EnumSet.of(SWAPPING))
        .ignore(
            EnumSet.of(SWAPPING),
            EnumSet.complementOf(EnumSet.of(SWAPPED, UPGRADE_END_RESPONSE, SWAP_REFUSED)))
        .on(
            TRYING,
            SELF_TESTED,
            "keep the new image, or start the old one",
            DeviceActions::selfTested,
            EnumSet.of(IDLE, TRYING))
        .ignore(
            EnumSet.of(TRYING),
            EnumSet.complementOf(EnumSet.of(SELF_TESTED, UPGRADE_END_RESPONSE, SWAP_REFUSED)));
  }
}
