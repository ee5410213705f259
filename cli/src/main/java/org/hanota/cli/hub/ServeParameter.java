// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.hanota.api.Parameter.DAY;
import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.MINUTE;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;

/** The table of what belongs to the process of a hub: when it ends, its page and its log. */
public enum ServeParameter implements ParameterRow {
  OUTAGE_PATIENCE(
      Parameter.row("outagePatience", 10 * MINUTE, 1, DAY, "ms", Mark.U)
          .clause("hanota H48")
          .means("a process whose hub does not serve for so long ends")
          .because("a full disk may be freed; what lasts longer needs somebody")),
  FAILURES_IN_A_ROW(
      Parameter.row("failuresInARow", 20, 1, 1_000_000, "failures", Mark.U)
          .clause("hanota H48")
          .means("so does one whose hub failed so often without a call that went well")
          .because("a hub that serves for moments only serves nobody")),
  PAGE_CONNECTIONS(
      Parameter.row("pageConnections", 64, 1, 65_535, "connections", Mark.U)
          .clause("hanota H47")
          .means("connections to the page at once; with so many, idle ones are closed sooner")
          .because("a browser opens six, and few people look at once")),
  PAGE_THREADS(
      Parameter.row("pageThreads", 8, 4, 1_024, "threads", Mark.U)
          .clause("hanota H47")
          .means("threads that answer requests for the page; two accept and read")
          .because("each answer takes milliseconds")),
  PAGE_HEADER_OCTETS(
      Parameter.row("pageHeaderOctets", 4_096, 512, 1 << 20, "octets", Mark.U)
          .clause("hanota H47")
          .means("the longest header of a request for the page")
          .because("browsers send some hundred octets")),
  PAGE_IDLE(
      Parameter.row("pageIdle", 10 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H47")
          .means("a connection to the page on which nothing happens for so long is closed")
          .because("the page asks every few seconds")),
  PAGE_IDLE_WHILE_FULL(
      Parameter.row("pageIdleWhileFull", SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H47")
          .means("the same while there are pageConnections")
          .because("whoever waits is let in within a second")),
  PAGE_REQUEST_WITHIN(
      Parameter.row("pageRequestWithin", 15 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H47")
          .means("a connection on which no request becomes whole for so long is closed")
          .because("a request that comes octet by octet is never idle")),
  REFUSALS_WINDOW(
      Parameter.row("refusalsWindow", 10 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H47")
          .means("the time over which refusals in the log are counted")
          .because("soon enough for whoever looks, and a flood is six lines a minute")),
  REFUSALS_OF_ONE(
      Parameter.row("refusalsOfOne", 5, 1, 1_000_000, "refusals", Mark.U)
          .clause("hanota H47")
          .means("refusals of one address that the log tells one by one within refusalsWindow")
          .because("enough to see what it is about")),
  REFUSALS_OF_ALL(
      Parameter.row("refusalsOfAll", 20, 1, 1_000_000, "refusals", Mark.U)
          .clause("hanota H47")
          .means("the same of all addresses; the others are counted")
          .because("a page of a terminal")),
  LIBRARY_LOG_WINDOW(
      Parameter.row("libraryLogWindow", MINUTE, 1, HOUR, "ms", Mark.U)
          .clause("hanota H47")
          .means("what a library of the network logs again within this time is only counted")
          .because("most of it is about strangers, whom the hub names itself")),
  LIBRARY_LOG_KINDS(
      Parameter.row("libraryLogKinds", 64, 1, 65_535, "kinds", Mark.U)
          .clause("hanota H47")
          .means("kinds of such messages that are told apart; the oldest makes room for a new one")
          .because("the libraries have fewer, and strangers must not fill the memory")),
  FOLDER_INTERVAL(
      Parameter.row("folderInterval", 2 * SECOND, 10, HOUR, "ms", Mark.U)
          .clause("hanota H73")
          .means(
              "the folder of images is looked at so often; what changed in it is taken once it is"
                  + " the same the next time")
          .because("a file that is still being copied grows from one look to the next"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  ServeParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
