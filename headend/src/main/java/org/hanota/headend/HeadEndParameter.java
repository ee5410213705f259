// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend;

import static org.hanota.api.Parameter.DAY;
import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.LONGEST;
import static org.hanota.api.Parameter.MINUTE;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;
import org.hanota.api.Width;

/** The table of the head end's times and limits. */
public enum HeadEndParameter implements ParameterRow {
  HEAD_END_CLOCK_STEP(
      Parameter.row("headEndClockStep", HOUR, 1, 10 * LONGEST, "ms", Mark.U)
          .clause("hanota H130")
          .means("largest step of a head end's clock that is taken without confirmation")
          .because("covers drift and a change to summer time")),
  HEAD_END_CLOCK_ABSENCE(
      Parameter.row("headEndClockAbsence", 31 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H130")
          .means("how long a head end may have been off before its clock has to be confirmed")
          .because("as long as hubs and devices; a wrong clock at a start is believed so far")),
  HEAD_END_CLOCK_CONFIRMATION(
      Parameter.row("headEndClockConfirmation", 6 * HOUR, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H130")
          .means("how long equal readings confirm a head end's clock that is doubted")
          .because("longer than a short attack on the clock, or a person needs to set it right")),
  HEAD_END_CLOCK_READINGS(
      Parameter.row("headEndClockReadings", 4, 2, 1_000, "readings", Mark.U)
          .clause("hanota H130")
          .means("how many equal readings confirm a head end's clock that is doubted")
          .because("spread over headEndClockConfirmation, one each two hours")),
  HEAD_END_CLOCK_CHECK(
      Parameter.row("headEndClockCheck", 10 * MINUTE, SECOND, DAY, "ms", Mark.U)
          .clause("hanota H130")
          .means("how often a head end in doubt looks at its clock")
          .because("a clock that was set right is noticed within minutes")),
  MESSAGE_TIME_TOLERANCE(
      Parameter.row("messageTimeTolerance", 15 * MINUTE, 0, LONGEST, "ms", Mark.U)
          .clause("hanota H88")
          .means("how far a message's own time may be from the clock of who receives it")
          .because("longer than a queue of a user's system, shorter than a replay is worth")),
  LARGEST_COUNTER_STEP(
      Parameter.row("largestCounterStep", DAY, 1, LONGEST, "counts", Mark.U)
          .clause("hanota H80")
          .means("how far a RequestID's counter may be beyond the last one and the clock in ms")
          .because("users count in ms since 1970; a wrong clock must not use the counters up")),
  LARGEST_VERSION_STEP(
      Parameter.row("largestVersionStep", 0x1000_0000L, 1, Width.UINT32_MAX, "versions", Mark.U)
          .clause("hanota H80")
          .means("how far an image's version may be beyond the one that its device runs")
          .because("a sixteenth of all versions: one wrong file leaves room for honest ones")),
  HEAD_END_IMAGE_OCTETS(
      Parameter.row("headEndImageOctets", 768_000, 1, 10_240_000, "octets", Mark.C)
          .clause("hanota H81")
          .means("the largest image of an 11.1 or 11.4 that the DCC sends to a hub")
          .because("750 x 1024, the limit of the consultation and of hubs")),
  HEAD_END_IMAGE_PARTS(
      Parameter.flag(
          "headEndImageParts",
          false,
          Mark.U,
          "hanota H81",
          "whether a larger image is sent to hubs in parts",
          "the solution as approved has one image; the consultation had several")),
  FUTURE_DATED_MAXIMUM(
      Parameter.row("futureDatedMaximum", 30 * DAY, 0, LONGEST, "ms", Mark.U)
          .clause("hanota H80")
          .means("how far ahead an activation may be dated")
          .because("longer than any campaign's window, and a wrong century is refused")),
  HUB_FIRMWARE_MINIMUM(
      Parameter.row("hubFirmwareMinimum", 0, 0, Width.UINT32_MAX, "version", Mark.U)
          .clause("hanota H81")
          .means("the lowest firmware of a hub that serves images to PPMID and HCALCS")
          .because("only hubs with the firmware of SECMP0007 can; its number is not known")),
  LOCAL_UPDATES(
      Parameter.row("localUpdates", 0, 0, 3, "rule", Mark.U)
          .clause("hanota H87")
          .means(
              "what becomes of a device that runs what nobody sent: 0 it is taken as it is, 1 it is"
                  + " suspended, 2 the same but for devices that take no images over the air, 3 the"
                  + " same but for devices installed before localUpdatesBannedFrom")
          .because("the consultation left open whether local updates are banned, and for whom")),
  REFUSALS_WINDOW(
      Parameter.row("requestRefusalsWindow", HOUR, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H112")
          .means("over how long refused requests of one user are written one by one")
          .because("soon enough for whoever looks")),
  REFUSALS_OF_ONE(
      Parameter.row("requestRefusalsOfOne", 100, 1, 1_000_000, "requests", Mark.U)
          .clause("hanota H112")
          .means("refused requests of one user in the audit log within requestRefusalsWindow")
          .because("the others are counted: nobody fills the log, which is kept for ever")),
  ENDED_REQUEST_KEPT(
      Parameter.row("endedRequestKept", 30 * DAY, 0, LONGEST, "ms", Mark.U)
          .clause("hanota H131")
          .means("how long a request is known after it has ended: its repeats, and late reports")
          .because("as long as a verified image waits; later repeats are refused by the counter")),
  FORGOTTEN_AT_ONCE(
      Parameter.row("forgottenAtOnce", 1_000, 1, 1_000_000, "requests", Mark.U)
          .clause("hanota H131")
          .means("the most ended requests that are forgotten in one step")
          .because("one commit of a database stays short")),
  UNTAKEN_ANSWER_KEPT(
      Parameter.row("untakenAnswerKept", 14 * DAY, 0, LONGEST, "ms", Mark.U)
          .clause("hanota H131")
          .means("what its user has not taken so long after it was said is dropped")
          .because("longer than a system is away over holidays; a user can ask again")),
  OPEN_IMAGE_OCTETS_OF_USER(
      Parameter.row("openImageOctetsOfUser", 67_108_864, 1, 1L << 40, "octets", Mark.U)
          .clause("hanota H131")
          .means("octets of different images in open requests of one user; more are refused")
          .because("87 of the largest images at once; they are held in memory")),
  LOCAL_UPDATES_BANNED_FROM(
      Parameter.row("localUpdatesBannedFrom", 0, 0, Long.MAX_VALUE, "ms since 1970", Mark.U)
          .clause("hanota H87")
          .means("devices installed before may be updated locally where localUpdates is 3")
          .because("a ban must not hit devices in homes that nobody can update otherwise")),
  ANOMALY_WINDOW(
      Parameter.row("anomalyWindow", HOUR, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H82")
          .means("over how long critical commands are counted")
          .because("the SEC asks for thresholds and leaves them to users and the DCC")),
  USER_ANOMALY_THRESHOLD(
      Parameter.row("userAnomalyThreshold", 10_000, 1, Integer.MAX_VALUE, "commands", Mark.U)
          .clause("hanota H82")
          .means("critical commands of one user within the window before more are quarantined")
          .because("three a second: more than a campaign needs, less than all devices")),
  DCC_ANOMALY_THRESHOLD(
      Parameter.row("dccAnomalyThreshold", 50_000, 1, Integer.MAX_VALUE, "commands", Mark.U)
          .clause("hanota H82")
          .means("critical commands of all users within the window before more are quarantined")
          .because("five users at their own threshold")),
  ACCEPTED_TIMEOUT(
      Parameter.row("acceptedTimeout", DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H83")
          .means("a request that is not on the WAN so long after it was accepted has expired")
          .because("the longest target response time of a request")),
  QUARANTINE_TIMEOUT(
      Parameter.row("quarantineTimeout", 7 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H83")
          .means("a quarantined command that nobody released for so long has expired")
          .because("somebody looks within a working week")),
  WAN_TIMEOUT(
      Parameter.row("wanTimeout", DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H83")
          .means("what a hub has not taken so long after it was sent has expired")
          .because("the longest target response time of a request")),
  HUB_TIMEOUT(
      Parameter.row("hubTimeout", 8 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H83")
          .means("an image of whose transfer nothing is heard so long after the hub took it")
          .because("a day more than hubs hold an image, so that the hub's word comes first")),
  RECEIVED_TIMEOUT(
      Parameter.row("receivedTimeout", 4 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H83")
          .means("a device that does not say what it thinks of an image that it has")
          .because("a day more than devices take for their checks")),
  VERIFIED_TIMEOUT(
      Parameter.row("verifiedTimeout", 30 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H83")
          .means("a verified image that nobody activated for so long is of no use any more")
          .because("as far ahead as an activation may be dated")),
  ACTIVATION_TIMEOUT(
      Parameter.row("activationTimeout", 2 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H83")
          .means("an activation of which nothing is heard so long after its time")
          .because("twice a day: a sleepy device, and a hub that was off")),
  SECURITY_SHARE(
      Parameter.row("securityShare", 50, 1, 100, "%", Mark.U)
          .clause("hanota H83")
          .means("the share of these deadlines that an update for security has")
          .because("half: an open hole is looked after first, and sooner given up and repeated")),
  REPLACEMENT_RETRY(
      Parameter.row("replacementRetry", HOUR, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H125")
          .means("a step of a replacement that came to no answer is asked again so much later")
          .because("somebody is on the way with the new device; a hub is off for minutes")),
  REPLACEMENT_TRIES(
      Parameter.row("replacementTries", 24, 1, 1_000, "times", Mark.U)
          .clause("hanota H125")
          .means("so often is a step of a replacement asked before a person must look")
          .because("a day, with an hour between")),
  LETTER_RETRY(
      Parameter.row("letterRetry", 30 * SECOND, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H84")
          .means("what a machine of the head end has not confirmed is handed over again")
          .because("longer than a restart of a server")),
  WAN_RETRY(
      Parameter.row("wanRetry", 5 * MINUTE, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H84")
          .means("what a hub has not confirmed is sent again")
          .because("longer than an image of 750 kB takes at 20 kbit/s")),
  DELIVERIES_PER_HUB(
      Parameter.row("deliveriesPerHub", 1, 1, 100, "images", Mark.U)
          .clause("hanota H84")
          .means("images on the WAN to one hub at once; commands pass them")
          .because("the WAN of a home is narrow: one after the other is done first")),
  CAMPAIGN_STEP(
      Parameter.row("campaignStep", 1_000, 1, 1_000_000, "requests", Mark.U)
          .clause("hanota H90")
          .means("the most requests of a campaign that one call puts and keeps in one step")
          .because("one commit of a database stays short, and a stop waits for no more")),
  CAMPAIGN_DEFERRAL(
      Parameter.row("campaignDeferral", MINUTE, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H90")
          .means("the least time before a device is asked again that was not possible now")
          .because("an answer that names a time that has passed must not lead to a loop")),
  CAMPAIGN_KEPT(
      Parameter.row("campaignKept", 400 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H166")
          .means("how long a campaign is known after its time is over and its last device ended")
          .because("a year of campaigns can be compared; the audit log is kept for ever"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  HeadEndParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
