// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.api.Parameter.DAY;
import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.LONGEST;
import static org.hanota.api.Parameter.MINUTE;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;
import org.hanota.api.Width;

/** The table of a device's times and limits. */
public enum DeviceParameter implements ParameterRow {
  QUERY_INTERVAL(
      row("queryInterval", 24 * HOUR, 1, "ms", Mark.U)
          .clause("ZCL 11.16")
          .means("between two queries of the device's own accord")
          .because(
              "implementations range from minutes to a day, no source rules; a day costs next to no airtime")),
  QUERY_START_JITTER(
      row("queryStartJitter", 5 * MINUTE, 0, "ms", Mark.I)
          .clause("ZCL 11.16")
          .means("the first query after a start waits a random part of this")
          .because(
              "the SDK of Silicon Labs quotes up to 5 minutes from the cluster; spreads the homes of a power cut")),
  DISCOVERY_RETRY(
      row("discoveryRetry", 10 * MINUTE, 1, "ms", Mark.I)
          .clause("ZCL 11.16")
          .means("between two searches for a server")
          .because("the SDK of Silicon Labs waits so long; others two minutes")),
  RESPONSE_TIMEOUT(
      row("responseTimeout", 3 * SECOND, 1, "ms", Mark.I)
          .clause("ZCL 11.16")
          .means("how long an answer may take")
          .because("Silicon Labs and Microchip wait 3 s, Telink 5 s; the cluster names no time")),
  RETRY_BACK_OFF(
      row("retryBackOff", 2 * SECOND, 0, "ms", Mark.I)
          .clause("ZCL 11.16")
          .means("by how much each further try waits longer")
          .because("the SDK of Silicon Labs adds 2 s")),
  RESEND(
      row("resend", SECOND / 2, 0, "ms", Mark.U)
          .clause("ZCL 11.16")
          .means("how soon an unacknowledged request goes out again")
          .because("a lost frame is no reason to wait for a whole responseTimeout")),
  BLOCK_RETRY_LIMIT(
      row("blockRetryLimit", 10, 0, 1_000, "tries", Mark.I)
          .clause("ZCL 11.16")
          .means("tries of one request before the device rests")
          .because("Silicon Labs, Exegin and Telink try 10 times; the cluster names no number")),
  REST(
      row("rest", MINUTE, 1, "ms", Mark.U)
          .clause("ZCL 11.16")
          .means("first rest after blockRetryLimit; doubles")
          .because("a server that restarts is back within a minute")),
  REST_CAP(
      row("restCap", HOUR, 1, "ms", Mark.U)
          .clause("ZCL 11.16")
          .means("longest rest")
          .because("a hub that was off for a day is found again within the hour")),
  END_REQUEST_RETRY(
      row("endRequestRetry", HOUR, 1, "ms", Mark.C)
          .clause("ZCL 11.11.4")
          .means("between two Upgrade End Requests while waiting")
          .because("the cluster lets a client ask again not more than once in 60 minutes")),
  END_REQUEST_TRIES(
      row("endRequestTries", 3, 1, 1_000, "tries", Mark.C)
          .clause("ZCL 11.11.4")
          .means("unanswered Upgrade End Requests before the time-out policy decides")
          .because("the cluster lets the time-out policy decide after three")),
  WAIT_FOR_DATA_CAP(
      row("waitForDataCap", 24 * HOUR, 1, "ms", Mark.U)
          .clause("ZCL 11.13.8.2")
          .means("longest wait that a server may ask for")
          .because(
              "no source names a cap, Silicon Labs takes an hour; a wrong time of the server may cost a day, not years")),
  INVALID_WAIT(
      row("invalidWait", 5 * MINUTE, 1, "ms", Mark.I)
          .clause("ZCL 11.13.8.2")
          .means("wait when a server's times make no sense")
          .because("the SDK of Silicon Labs waits so long")),
  MAXIMUM_DATA_SIZE(
      row("maximumDataSize", 48, 1, Width.UINT8_MAX, "octets", Mark.I)
          .clause("ZCL 11.13.6")
          .means("data in a block; 56 the most with APS security, 65 without")
          .because(
              "Telink and Microchip ask for 48: leaves room for APS security and a route over three relays")),
  MAXIMUM_IMAGE_OCTETS(
      row("maximumImageOctets", 768_000, 1, Width.UINT32_MAX, "octets", Mark.U)
          .clause("hanota H40")
          .means("longest image that is taken: 750 x 1024")
          .because("the consultation speaks of 750 kB; 1024 is the larger reading")),
  JOURNAL_OCTETS(
      row("journalOctets", 4_096, 1, Integer.MAX_VALUE, "octets", Mark.U)
          .clause("ZCL 11.16")
          .means("the position is stored whenever so many octets have come")
          .because("a page of flash: few writes, and little is fetched twice")),
  PAGE_SIZE(
      row("pageSize", 0, 0, Width.UINT16_MAX, "octets", Mark.U)
          .clause("ZCL 11.13.7")
          .means("size of page requests; 0 for block requests only")
          .because("page requests are optional, and many servers lack them")),
  PAGE_RESPONSE_SPACING(
      row("pageResponseSpacing", 50, 0, Width.UINT16_MAX, "ms", Mark.U)
          .clause("ZCL 11.13.7")
          .means("least time between the blocks of a page")
          .because("time to store a block")),
  POLL_PERIOD(
      row("pollPeriod", 0, 0, "ms", Mark.U)
          .clause("ZCL 11.16")
          .means("how rarely a sleepy device hears its parent; 0 if always")
          .because("most devices here have mains")),
  NOTIFICATION_POLL(
      row("notificationPoll", 30 * MINUTE, 1, "ms", Mark.U)
          .clause("ZSE D.3")
          .means("how often a gas meter reads its hub's notification flags")
          .because("a gas meter is said to wake every 30 minutes; not confirmed by a text")),
  PART_WAIT(
      row("partWait", 7 * DAY, 1, "ms", Mark.U)
          .clause("ZCL 11.13.9")
          .means("how long the next part of an image is asked for that the server lacks")
          .because("as long as a hub holds an image")),
  MINIMUM_POWER_PERCENT(
      row("minimumPowerPercent", 25, 0, 100, "%", Mark.U)
          .clause("hanota H41")
          .means("with less no download begins and no image is put in place")
          .because("a swap that runs out of power is the worst place to stop")),
  POWER_RETRY(
      row("powerRetry", HOUR, 1, "ms", Mark.U)
          .clause("hanota H41")
          .means("when an image is tried again that lacked the power to be put in place")
          .because("batteries recover, or are changed, in hours")),
  BLOCK_PERIOD_IN_SECONDS(
      Parameter.flag(
          "blockPeriodInSeconds",
          false,
          Mark.C,
          "ZCL 11.10.10",
          "whether MinimumBlockPeriod counts seconds, as in revision 2 of the cluster",
          "revision 3 and later count milliseconds")),
  QUICK_TRIES(
      row("quickTries", 3, 1, 1_000, "tries", Mark.U)
          .clause("ZCL 11.16")
          .means("unanswered requests that are repeated at once before pauses begin")
          .because("single losses are common, three in a row are not")),
  CLOCK_CHECK(
      row("deviceClockCheck", 5 * MINUTE, SECOND, DAY, "ms", Mark.U)
          .clause("hanota H12")
          .means("how often a device with an upgrade time ahead looks at its clock")
          .because("a clock that was set is noticed within minutes")),
  REPORT_RETRY(
      row("reportRetry", 10 * SECOND, 1, DAY, "ms", Mark.U)
          .clause("hanota H10")
          .means("how soon a GBCS message goes out again that was not delivered")
          .because("longer than a busy moment of the hub, short for a person")),
  PAGES_MISSED_MAXIMUM(
      row("pagesMissedMaximum", 3, 1, 1_000, "pages", Mark.U)
          .clause("ZCL 11.13.7")
          .means("pages in a row of which nothing came before blocks are asked for instead")
          .because("a server that lacks page requests need not say so")),
  ERASE_BURST(
      row("eraseBurst", 20, 1, Width.UINT16_MAX, "erases", Mark.U)
          .clause("hanota H32")
          .means("how often a slot may be erased in a row")
          .because("no honest server makes a device erase so often")),
  ERASE_REFILL(
      row("eraseRefill", 4 * HOUR, 1, "ms", Mark.U)
          .clause("hanota H32")
          .means("after so long one more erase is allowed")
          .because("ten thousand erases of a flash last for more than four years")),
  DOWNLOAD_LIMIT(
      row("downloadLimit", 30 * DAY, 1, "ms", Mark.U)
          .clause("hanota H33")
          .means("how long a download may take over every wait, rest and restart")
          .because("the slowest honest download takes days")),
  MINIMUM_BLOCK_PERIOD_CAP(
      row("minimumBlockPeriodCap", 10 * SECOND, 0, "ms", Mark.U)
          .clause("hanota H34")
          .means("longest MinimumBlockPeriod that a device keeps to")
          .because("a full image at this pace still comes within two days")),
  CLOCK_STEP(
      row("deviceClockStep", HOUR, 1, 10 * LONGEST, "ms", Mark.U)
          .clause("hanota H35")
          .means("largest step of the clock that is taken without confirmation")
          .because("covers drift and a change to summer time")),
  CLOCK_ABSENCE(
      row("deviceClockAbsence", 31 * DAY, 1, "ms", Mark.U)
          .clause("hanota H35")
          .means("how long a node may have been off before its clock has to be confirmed")
          .because("a longer power cut is rare, and costs only a confirmation")),
  CLOCK_CONFIRMATION(
      row("deviceClockConfirmation", 6 * HOUR, 1, "ms", Mark.U)
          .clause("hanota H35")
          .means("how long equal readings confirm a clock that is doubted")
          .because("longer than a short attack on the clock")),
  CLOCK_READINGS(
      row("deviceClockReadings", 4, 2, 1_000, "readings", Mark.U)
          .clause("hanota H35")
          .means("how many equal readings confirm a clock that is doubted")
          .because("spread over deviceClockConfirmation, one each two hours"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  DeviceParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }

  private static Parameter.Begun row(
      String name, long value, long minimum, String unit, Mark mark) {
    return Parameter.row(name, value, minimum, LONGEST, unit, mark);
  }

  private static Parameter.Begun row(
      String name, long value, long minimum, long maximum, String unit, Mark mark) {
    return Parameter.row(name, value, minimum, maximum, unit, mark);
  }
}
