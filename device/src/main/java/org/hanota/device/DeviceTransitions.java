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
import static org.hanota.device.DeviceStimulus.BLOCK_REFUSED;
import static org.hanota.device.DeviceStimulus.CANCEL;
import static org.hanota.device.DeviceStimulus.DEFAULT_RESPONSE;
import static org.hanota.device.DeviceStimulus.DOWNLOAD_EXPIRED;
import static org.hanota.device.DeviceStimulus.END_DUE;
import static org.hanota.device.DeviceStimulus.ERASED;
import static org.hanota.device.DeviceStimulus.FILE_WHOLE;
import static org.hanota.device.DeviceStimulus.HEAD_DIFFERS;
import static org.hanota.device.DeviceStimulus.IMAGE_OFFERED;
import static org.hanota.device.DeviceStimulus.NOTIFIED;
import static org.hanota.device.DeviceStimulus.NO_IMAGE;
import static org.hanota.device.DeviceStimulus.NO_SERVER;
import static org.hanota.device.DeviceStimulus.PACED;
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
      EnumSet.of(IDLE, QUERYING, ERASING, DOWNLOADING, PAUSED, RESTING, SWAPPING);

  /** States in which a command's time may come although nothing verified is held. */
  private static final Set<DeviceState> WITHOUT_IMAGE =
      EnumSet.of(IDLE, DISCOVERING, QUERYING, ERASING, DOWNLOADING, PAUSED, RESTING);

  /** States in which the server has something to answer. */
  private static final Set<DeviceState> ASKING = EnumSet.of(QUERYING, DOWNLOADING, ENDING);

  /** States in which blocks are stored. */
  private static final Set<DeviceState> RECEIVING = EnumSet.of(DOWNLOADING, PAUSED, RESTING);

  /** States in which a verified image waits. */
  private static final Set<DeviceState> VERIFIED = EnumSet.of(WAITING, COUNTING_DOWN);

  static final TransitionTable<DeviceState, DeviceStimulus, DeviceStep> TABLE =
      new DeviceTransitions().whole();

  private final TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceStep> table =
      TransitionTable.of(DeviceState.class, DeviceStimulus.class);

  private DeviceTransitions() {}

  private TransitionTable<DeviceState, DeviceStimulus, DeviceStep> whole() {
    searching();
    querying();
    transferring();
    expiring();
    ending();
    waiting();
    activating();
    ignoring();
    return table.build();
  }

  /** What only some states act on; the others ignore it. */
  private void ignoring() {
    only(EnumSet.of(DISCOVERING, ENDING, WAITING, COUNTING_DOWN), SERVER_FOUND);
    only(EnumSet.of(DISCOVERING), NO_SERVER);
    only(EnumSet.of(IDLE, WAITING, COUNTING_DOWN), QUERY_DUE);
    only(EnumSet.of(IDLE, RESTING, WAITING, COUNTING_DOWN), NOTIFIED);
    only(EnumSet.of(QUERYING, WAITING), IMAGE_OFFERED);
    only(EnumSet.of(QUERYING), NO_IMAGE);
    only(ASKING, RESPONSE_OVERDUE, SEND_FAILED, DEFAULT_RESPONSE);
    only(EnumSet.of(DISCOVERING, IDLE, QUERYING, ERASING, ENDING), ERASED);
    only(EnumSet.of(DOWNLOADING), PACED, WAIT_FOR_DATA);
    only(RECEIVING, FILE_WHOLE, HEAD_DIFFERS);
    only(EnumSet.of(DOWNLOADING, PAUSED), BLOCK_REFUSED);
    only(EnumSet.of(PAUSED, RESTING), REQUEST_DUE);
    only(allBut(ERASING, WAITING, COUNTING_DOWN, SWAPPING, TRYING), DOWNLOAD_EXPIRED);
    only(EnumSet.of(VERIFYING), VERIFICATION_DONE, PART_CHECKED);
    only(allBut(DISCOVERING, TRYING), UPGRADE_END_RESPONSE);
    only(allBut(VERIFYING, WAITING, SWAPPING, TRYING), ACTIVATION_DUE);
    only(EnumSet.of(ENDING, WAITING, COUNTING_DOWN), ACTIVATE);
    only(VERIFIED, SCHEDULE, CANCEL, END_DUE);
    only(EnumSet.of(SWAPPING), SWAP_CHECKED, SWAP_REFUSED);
    only(EnumSet.of(TRYING), SELF_TESTED);
    only(allBut(SWAPPING, TRYING), ABORT);
  }

  private static EnumSet<DeviceState> allBut(DeviceState first, DeviceState... others) {
    return EnumSet.complementOf(EnumSet.of(first, others));
  }

  private void only(Set<DeviceState> handled, DeviceStimulus first, DeviceStimulus... others) {
    table.ignore(EnumSet.complementOf(EnumSet.copyOf(handled)), EnumSet.of(first, others));
  }

  private void searching() {
    Set<DeviceState> next = EnumSet.of(QUERYING, DISCOVERING);
    table
        .choose(IDLE, QUERY_DUE, CLIENT, "query, or look for a server", (m, s) -> m.query(), next)
        .choose(IDLE, NOTIFIED, NOTIFY, "query, or look for a server", (m, s) -> m.query(), next)
        .go(DISCOVERING, SERVER_FOUND, CLIENT, "query it", DeviceStep::serverFound, QUERYING)
        .go(DISCOVERING, NO_SERVER, CLIENT, "look again later", DeviceStep::noServer, IDLE)
        .go(
            EnumSet.of(IDLE, DISCOVERING, QUERYING),
            ABORT,
            OURS,
            "forget a download that is kept",
            DeviceStep::abort,
            IDLE);
  }

  private void querying() {
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
            m -> m.end().refuseUpgrade())
        .stay(
            WITHOUT_IMAGE,
            ACTIVATION_DUE,
            COMMAND,
            "report that no image is held, once the clock says so",
            m -> m.end().dueWithoutImage())
        .stay(
            EnumSet.of(IDLE, DISCOVERING, QUERYING, ENDING),
            ERASED,
            OURS,
            "the slot of a download that was given up is free",
            DeviceStep::eraseEnded);
  }

  private void transferring() {
    Set<DeviceState> next = EnumSet.of(QUERYING, DISCOVERING);
    for (DeviceState state : RECEIVING) {
      table.choose(
          state,
          HEAD_DIFFERS,
          END,
          "begin with the first of several parts, or tell the server that it is none",
          (m, s) -> m.headDiffers(),
          EnumSet.of(ERASING, ENDING));
    }
    table
        .choose(
            ERASING,
            ERASED,
            OURS,
            "ask for the first block; erase again if it was for another download",
            (m, s) -> m.erased(),
            EnumSet.of(DOWNLOADING, ERASING))
        .go(DOWNLOADING, PACED, BLOCKS, "ask for the next then", DeviceStep::pace, PAUSED)
        .go(RECEIVING, FILE_WHOLE, BLOCKS, "check it", DeviceStep::fileWhole, VERIFYING)
        .go(DOWNLOADING, WAIT_FOR_DATA, WAIT, "ask again then", DeviceStep::waitForData, PAUSED)
        .go(
            EnumSet.of(DOWNLOADING, PAUSED),
            BLOCK_REFUSED,
            BLOCKS,
            "give up; the next query begins anew",
            DeviceStep::blockRefused,
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
        .go(PAUSED, REQUEST_DUE, BLOCKS, "ask", DeviceStep::request, DOWNLOADING)
        .choose(RESTING, REQUEST_DUE, CLIENT, "query, to go on", (m, s) -> m.query(), next)
        .choose(RESTING, NOTIFIED, NOTIFY, "query, to go on", (m, s) -> m.query(), next)
        .go(
            EnumSet.of(ERASING, DOWNLOADING, PAUSED, RESTING, VERIFYING),
            ABORT,
            END,
            "forget the image and tell the server",
            DeviceStep::abortTransfer,
            ENDING);
  }

  private void expiring() {
    table
        .go(
            EnumSet.of(IDLE, DISCOVERING, QUERYING, RESTING),
            DOWNLOAD_EXPIRED,
            LIMIT,
            "give up what took too long",
            DeviceStep::expired,
            IDLE)
        .go(
            EnumSet.of(DOWNLOADING, PAUSED),
            DOWNLOAD_EXPIRED,
            LIMIT,
            "give up what took too long and tell the server",
            DeviceStep::expiredTransfer,
            ENDING)
        .stay(
            EnumSet.of(VERIFYING, ENDING),
            DOWNLOAD_EXPIRED,
            LIMIT,
            "look again once the part is told",
            DeviceStep::expiredBetween);
  }

  /** From the last octet until the server has answered. */
  private void ending() {
    table
        .choose(
            VERIFYING,
            VERIFICATION_DONE,
            END,
            "tell the server, or obey a command that is kept",
            (m, s) -> m.end().verificationDone(),
            EnumSet.of(ENDING, COUNTING_DOWN, SWAPPING))
        .stay(
            VERIFYING,
            UPGRADE_END_RESPONSE,
            UPGRADE,
            "keep the time that it sets, or that it says wait",
            m -> m.end().responseWhileVerifying())
        .go(VERIFYING, PART_CHECKED, END, "tell the server", m -> m.end().partChecked(), ENDING)
        .choose(
            ENDING,
            UPGRADE_END_RESPONSE,
            UPGRADE,
            "run it now, at a time, or wait",
            (m, s) -> m.end().upgradeEndResponse(s),
            EnumSet.of(ENDING, WAITING, COUNTING_DOWN, SWAPPING))
        .choose(
            ENDING,
            DEFAULT_RESPONSE,
            END,
            "the server knows, or gives up, which undoes no command; query the next part",
            (m, s) -> m.end().endAnswered(s),
            EnumSet.of(ENDING, COUNTING_DOWN, IDLE, QUERYING))
        .choose(
            ENDING,
            RESPONSE_OVERDUE,
            TIME,
            "tell again; then query the next part, or the time-out policy decides",
            (m, s) -> m.end().endOverdue(s),
            EnumSet.of(ENDING, WAITING, COUNTING_DOWN, SWAPPING, IDLE, QUERYING))
        .stay(ASKING, SEND_FAILED, OURS, "ask or tell again soon", DeviceStep::sooner)
        .stay(ENDING, SERVER_FOUND, CLIENT, "tell it", m -> m.end().requestEndOfFoundServer())
        .choose(
            ENDING,
            ACTIVATION_DUE,
            COMMAND,
            "obey a command, if the clock says so too; what the server set waits for its answer",
            (m, s) -> m.end().activationDueWhileAsking(),
            EnumSet.of(ENDING, COUNTING_DOWN, SWAPPING))
        .go(ENDING, ABORT, OURS, "forget the image", DeviceStep::abort, IDLE);
  }

  private void waiting() {
    for (DeviceState state : VERIFIED) {
      table.choose(
          state,
          UPGRADE_END_RESPONSE,
          UPGRADE,
          "run it now, at a time, or wait",
          (m, s) -> m.end().upgradeEndResponse(s),
          EnumSet.of(WAITING, COUNTING_DOWN, SWAPPING));
    }
    table
        .go(VERIFIED, END_DUE, TIME, "ask for the time", m -> m.end().requestEnd(), ENDING)
        .stay(VERIFIED, QUERY_DUE, CLIENT, "query beside", m -> m.end().queryBeside())
        .stay(VERIFIED, NOTIFIED, NOTIFY, "query beside", m -> m.end().queryBeside())
        .choose(
            WAITING,
            SERVER_FOUND,
            CLIENT,
            "ask it, unless another one has answered",
            (m, s) -> m.end().serverFound(),
            EnumSet.of(WAITING, ENDING))
        .stay(COUNTING_DOWN, SERVER_FOUND, CLIENT, "remember it", DeviceStep::rememberServer)
        .go(VERIFIED, ABORT, OURS, "forget the image", DeviceStep::abort, IDLE)
        .go(VERIFIED, SCHEDULE, COMMAND, "set the time", m -> m.end().schedule(), COUNTING_DOWN)
        .stay(WAITING, CANCEL, COMMAND, "nothing was set", m -> m.end().cancelNothing())
        .go(COUNTING_DOWN, CANCEL, COMMAND, "wait again", m -> m.end().cancel(), WAITING)
        .choose(
            WAITING,
            IMAGE_OFFERED,
            QUERY,
            "take another image instead",
            (m, s) -> m.offeredInstead(),
            EnumSet.of(WAITING, ERASING));
  }

  private void activating() {
    for (DeviceState state : EnumSet.of(ENDING, WAITING, COUNTING_DOWN)) {
      table.choose(
          state,
          ACTIVATE,
          COMMAND,
          "activate, as soon as there is power for it",
          (m, s) -> m.end().activate(s),
          EnumSet.of(COUNTING_DOWN, SWAPPING));
    }
    table
        .choose(
            COUNTING_DOWN,
            ACTIVATION_DUE,
            TIME,
            "activate, if the clock says so too and there is power",
            (m, s) -> m.end().activationDue(s),
            EnumSet.of(COUNTING_DOWN, SWAPPING))
        .stay(
            SWAPPING,
            SWAP_CHECKED,
            COMMAND,
            "put the image in place and start again",
            m -> m.end().swap())
        .go(
            SWAPPING,
            SWAP_REFUSED,
            COMMAND,
            "forget the image and report it",
            m -> m.end().swapRefused(),
            IDLE)
        .choose(
            TRYING,
            SELF_TESTED,
            OURS,
            "keep the new image, or start the old one",
            (m, s) -> m.end().selfTested(),
            EnumSet.of(IDLE, TRYING));
  }
}
