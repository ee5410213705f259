// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.MINUTE;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;

/**
 * The table of how long the host of a radio stick waits, and how many messages it holds. The
 * makers' documents say how a stick is spoken with and hardly ever for how long.
 */
public enum StickParameter implements ParameterRow {
  MAXIMUM_PAYLOAD(
      row("serialMaximumPayload", 65, 20, 230, "octets", Mark.I)
          .means("most octets of one ZCL frame in one piece")
          .because(
              "a header of 17 and a block of 48 fit under network and APS security on every stick"
                  + " heard of; without APS security some take a block of 65")),
  UNCONFIRMED(
      row("serialUnconfirmed", 4, 1, 128, "messages", Mark.U)
          .means("most messages that the stick holds at once")
          .because("its buffers are few; more only makes it answer that it is full")),
  CROWDING(
      row("serialCrowding", SECOND, 1, HOUR, "ms", Mark.U)
          .means("a message that the stick holds for longer no longer counts among these")
          .because("it waits for a sleepy node, or its confirm was lost")),
  ATTEMPTS(
      row("serialAttempts", 6, 1, 100, "attempts", Mark.U)
          .means("how often a message is given to a stick that is full")
          .because("with the pauses between them some three seconds")),
  FIRST_PAUSE(
      row("serialPause", 50, 1, MINUTE, "ms", Mark.U)
          .means("the first pause before a message is given to a stick again; it doubles")
          .because("a buffer is free after one message by radio")),
  LONGEST_PAUSE(
      row("serialPauseMaximum", 1_600, 1, MINUTE, "ms", Mark.U)
          .means("the longest such pause")
          .because("a device asks again within seconds")),
  CONFIRM_TIME(
      row("serialConfirm", 25 * SECOND, 1, HOUR, "ms", Mark.I)
          .means("how long the stick may take to tell what became of a message")
          .because("APS tries three times, and a sleepy node may take 7.68 s to fetch each")),
  WAITING(
      row("serialWaiting", 256, 1, 1 << 16, "messages", Mark.U)
          .means("messages that wait for the stick; one more ends as BUSY")
          .because("every device of a large home can be answered at once")),
  WAITING_OF_ONE(
      row("serialWaitingOfOne", 16, 1, 1 << 16, "messages", Mark.U)
          .means("the same to one node")
          .because("one that asks without end leaves room for answers to the others")),
  INBOX(
      row("serialInbox", 8, 1, 1 << 16, "messages", Mark.U)
          .means("messages of one node that wait for the hub; more are lost and told")
          .because("a node waits for an answer before it asks again")),
  LOSS_REPORT(
      row("serialLossReport", MINUTE, 1, HOUR, "ms", Mark.U)
          .means("what a node lost so is told at once, then summed for so long")
          .because("a line a minute is read, a line a message is not")),
  QUESTION(
      row("serialQuestion", 5 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("how long the network may take to answer for a node's address or for a server")
          .because("a broadcast question and its answer over several hops")),
  ANSWER(
      row("serialAnswer", 6 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("how long a stick may take to answer a request")
          .because("the hosts heard of wait 6 s for a synchronous answer")),
  ZNP_RESET(
      row("serialZnpReset", 30 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("how long a stick of Texas Instruments may take to restart")
          .because("one with much in its memory takes seconds")),
  ZNP_RESUME(
      row("serialZnpResume", MINUTE, 1, HOUR, "ms", Mark.U)
          .means("how long it may take to resume its network")
          .because("it looks through its channels and its memory first")),
  ZNP_FORM(
      row("serialZnpForm", 100 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("how long it may take to form one")
          .because("it measures the energy of each channel first")),
  EZSP_RESET(
      row("serialEzspReset", 3 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("how long a stick of Silicon Labs may take to restart, each of three times")
          .because(
              "it takes up to a second; some wait in their boot loader for another one before")),
  EZSP_RESUME(
      row("serialEzspResume", 30 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("how long it may take to resume its network")
          .because("it takes seconds; longer is a fault")),
  EZSP_FORM(
      row("serialEzspForm", 30 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("how long it may take to form one")
          .because("it takes seconds; longer is a fault")),
  RETRY(
      row("serialRetry", 10 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("the pause after a start that failed")
          .because("short for a person, and the stick is left alone meanwhile")),
  QUIET(
      row("serialQuiet", MINUTE, 1, HOUR, "ms", Mark.U)
          .means("a stick that says nothing for so long is asked whether it is there")
          .because("a stick may be silent for days; a dead TCP connection as well")),
  RESTARTS(
      row("serialRestarts", 5, 1, 1_000, "restarts", Mark.U)
          .means("a stick that restarts by itself more often is given a pause")
          .because("a watchdog bites once; more is a power supply that is too weak")),
  RESTARTS_WITHIN(
      row("serialRestartsWithin", MINUTE, 1, HOUR, "ms", Mark.U)
          .means("the time over which these are counted")
          .because("a loop of restarts takes seconds each")),
  REOPEN(
      row("serialReopen", 250, 1, HOUR, "ms", Mark.U)
          .means("the first pause before a port that was lost is opened again; it doubles")
          .because("a stick that was pulled out is back in moments")),
  REOPEN_MAXIMUM(
      row("serialReopenMaximum", 5 * SECOND, 1, HOUR, "ms", Mark.U)
          .means("the longest such pause")
          .because("a stick that is not plugged in may take days, its user waits seconds"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  StickParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  private static Parameter.Cited row(
      String name, long value, long minimum, long maximum, String unit, Mark mark) {
    return Parameter.row(name, value, minimum, maximum, unit, mark).clause("hanota H49");
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
