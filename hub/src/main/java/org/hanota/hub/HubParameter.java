// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.hanota.api.Parameter.DAY;
import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.LONGEST;
import static org.hanota.api.Parameter.MINUTE;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;
import org.hanota.api.Width;

/** The table of a hub's times and limits. */
public enum HubParameter implements ParameterRow {
  CONCURRENT_TRANSFERS(
      Parameter.row("concurrentTransfers", 4, 1, Integer.MAX_VALUE, "transfers", Mark.U)
          .clause("hanota H20")
          .means("transfers under way at once; other devices wait for a slot")
          .because("every device of a home, or as many as the airtime of a channel carries")),
  NOTIFY_RETRY(
      Parameter.row("notifyRetry", 30 * SECOND, 1, LONGEST, "ms", Mark.U)
          .clause("ZCL 11.13.3")
          .means("first repetition of an Image Notify; doubles")
          .because("a sleepy device is awake again within minutes")),
  NOTIFY_TRIES(
      Parameter.row("notifyTries", 5, 0, 1_000, "tries", Mark.U)
          .clause("ZCL 11.13.3")
          .means("Image Notifies before the hub waits for the device's own query")
          .because("with the doubling they cover a quarter of an hour")),
  STALL(
      Parameter.row("stall", 2 * MINUTE, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H20")
          .means("a transfer without progress for so long gives its slot away")
          .because("longer than a device's own retries after a loss")),
  QUEUE_WAIT(
      Parameter.row("queueWait", MINUTE, SECOND, DAY, "ms", Mark.U)
          .clause("ZCL 11.13.8.2")
          .means("what a device is told to wait that has no slot yet")
          .because("short against a transfer, and few frames")),
  HOLDING_TIMEOUT(
      Parameter.row("imageHoldTime", 7 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H42")
          .means("an update that is not verified so long after its offer has failed")
          .because("a supplier who does not use an image within a week sends it again")),
  QUERYING_TIMEOUT(
      Parameter.row("queryingTimeout", 7 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H42")
          .means("from the notification or the last query until the first block")
          .because("a sleepy device may come once a day")),
  TRANSFERRING_TIMEOUT(
      Parameter.row("transferringTimeout", 2 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H42")
          .means("a transfer silent for so long has failed")
          .because("a sleepy device may come once a day")),
  VERIFYING_TIMEOUT(
      Parameter.row("verifyingTimeout", 3 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H42")
          .means("from the last block until the device tells how its checks ended")
          .because("some devices check an image for two days")),
  WAITING_TIMEOUT(
      Parameter.row("waitingTimeout", 7 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H42")
          .means("a verified image not told to run for so long has failed")
          .because("a supplier who does not use an image within a week sends it again")),
  ACTIVATING_TIMEOUT(
      Parameter.row("activatingTimeout", 2 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H42")
          .means("from the upgrade time until the device queries with the new version")
          .because("twice a device's query interval")),
  ACTIVATION_GRACE(
      Parameter.row("activationGrace", HOUR, 0, LONGEST, "ms", Mark.U)
          .clause("hanota H42")
          .means("an old version queried so long after activation counts as rolled back")
          .because("a swap and a restart take minutes")),
  MINIMUM_BLOCK_PERIOD(
      Parameter.row("minimumBlockPeriod", 0, 0, Width.UINT16_MAX, "ms", Mark.C)
          .clause("ZCL 11.10.10")
          .means("the pace that devices are asked to keep; 0 for none")
          .because("the default of the attribute")),
  PAGE_SPACING(
      Parameter.row("pageSpacing", 10, 1, Width.UINT16_MAX, "ms", Mark.I)
          .clause("ZCL 11.13.7")
          .means("least time between the blocks of a page")
          .because("the SDK of Silicon Labs goes no lower; NXP wants 300")),
  PAGE_SPACING_MAXIMUM(
      Parameter.row("pageSpacingMaximum", 5_000, 1, Width.UINT16_MAX, "ms", Mark.U)
          .clause("hanota H20")
          .means("a page with a larger spacing is refused")
          .because("it would keep the one page slot")),
  PAGE_TIME(
      Parameter.row("pageTime", 2 * MINUTE, 1, DAY, "ms", Mark.U)
          .clause("hanota H20")
          .means("a page ends after so long; the device asks for the rest")
          .because("it would keep the one page slot")),
  MAXIMUM_DATA_SIZE(
      Parameter.row("hubMaximumDataSize", Width.UINT8_MAX, 1, Width.UINT8_MAX, "octets", Mark.C)
          .clause("ZCL 11.13.6")
          .means("most data in a block, whatever the device asks for")
          .because("the field is a uint8")),
  MAXIMUM_IMAGE_OCTETS(
      Parameter.row("hubMaximumImageOctets", 768_000, 1, Width.UINT32_MAX, "octets", Mark.U)
          .clause("hanota H40")
          .means("longest image that is held: 750 x 1024")
          .because("the consultation speaks of 750 kB; 1024 is the larger reading")),
  IMAGE_SLOTS(
      Parameter.row("hubImageSlots", 1, 1, Integer.MAX_VALUE, "images", Mark.U)
          .clause("hanota H40")
          .means("images of one model from the WAN that are held at once")
          .because("the least that serves an update; no source names a number")),
  IMAGE_PARTS(
      Parameter.flag(
          "hubImageParts",
          true,
          Mark.U,
          "hanota H40",
          "whether an image may come in several files",
          "the consultation hints at it for images of 750 kB and more; SECMP0007 as approved has"
              + " none")),
  QUARANTINE_AFTER(
      Parameter.row("quarantineAfter", 3, 1, Integer.MAX_VALUE, "failures", Mark.U)
          .clause("hanota H19")
          .means("witnesses against an image before it is no longer offered")
          .because("one device may be broken itself")),
  FILE_TRIES(
      Parameter.row("fileTries", 5, 1, Width.UINT8_MAX, "tries", Mark.U)
          .clause("hanota H18")
          .means("failures of a device with a file before it gets that only by an offer")
          .because("a file that failed five times fails again")),
  FILE_RETRY(
      Parameter.row("fileRetry", HOUR, 1, 30 * DAY, "ms", Mark.U)
          .clause("hanota H18")
          .means("how long a file with which a device failed is not offered to it; doubles")
          .because("leaves the air to other devices")),
  MAXIMUM_DEVICES(
      Parameter.row("maximumDevices", 20_000, 1, Integer.MAX_VALUE, "devices", Mark.U)
          .clause("hanota H43")
          .means(
              "devices that are known at once; the longest silent one without an update goes first")
          .because("a test bench of thousands fits, a flood of strangers does not")),
  FORGET_DEVICE(
      Parameter.row("forgetDevice", 30 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H43")
          .means("a device without an offer or update that is silent for so long is forgotten")
          .because("many times a device's query interval")),
  GATHER(
      Parameter.row("gather", SECOND, 0, HOUR, "ms", Mark.U)
          .clause("hanota H09")
          .means("what devices say of themselves is stored at most this often")
          .because("thousands of queries cost one write")),
  CLOCK_CHECK(
      Parameter.row("clockCheck", 10 * MINUTE, SECOND, DAY, "ms", Mark.U)
          .clause("hanota H08")
          .means("how often a hub with an upgrade time ahead looks at its clock")
          .because("a clock that was set is noticed within minutes")),
  CLOCK_TOLERANCE(
      Parameter.row("clockTolerance", 5 * SECOND, SECOND, DAY, "ms", Mark.U)
          .clause("hanota H08")
          .means("a hub's clock that is off by more than this has been set")
          .because("more than a clock drifts between two looks")),
  CLOCK_STEP(
      Parameter.row("clockStep", HOUR, 1, 10 * LONGEST, "ms", Mark.U)
          .clause("hanota H35")
          .means("largest step of a hub's clock that is taken without confirmation")
          .because("covers drift and a change to summer time")),
  CLOCK_ABSENCE(
      Parameter.row("clockAbsence", 31 * DAY, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H35")
          .means("how long a hub may have been off before its clock has to be confirmed")
          .because("a longer power cut is rare, and costs only a confirmation")),
  CLOCK_CONFIRMATION(
      Parameter.row("clockConfirmation", 6 * HOUR, 1, LONGEST, "ms", Mark.U)
          .clause("hanota H35")
          .means("how long equal readings confirm a hub's clock that is doubted")
          .because("longer than a short attack on the clock")),
  CLOCK_READINGS(
      Parameter.row("clockReadings", 4, 2, 1_000, "readings", Mark.U)
          .clause("hanota H35")
          .means("how many equal readings confirm a hub's clock that is doubted")
          .because("spread over clockConfirmation, one each two hours")),
  AIRTIME_PER_HOUR(
      Parameter.row("airtimePerHour", 0, 0, HOUR, "ms", Mark.U)
          .clause("hanota H44")
          .means("airtime of blocks in each sliding hour; 0 for no limit, 54000 at 868 MHz")
          .because(
              "at 2.4 GHz no duty limit holds; 54 s are the 1.5 % at which a sub-GHz hub is"
                  + " limited")),
  AIRTIME_PER_OCTET(
      Parameter.row("airtimePerOctet", 32, 0, 1_000_000, "us", Mark.C)
          .clause("hanota H44")
          .means("32 at 2.4 GHz, 80 at 868 MHz")
          .because("250 kbit/s at 2.4 GHz, 100 kbit/s at 868 MHz")),
  FRAME_OVERHEAD(
      Parameter.row("frameOverhead", 68, 0, 1_000, "octets", Mark.I)
          .clause("hanota H44")
          .means("octets of a block response on the air besides its data")
          .because("counted from the layers below ZCL")),
  MESSAGE_RETRY(
      Parameter.row("messageRetry", 30 * SECOND, 1, DAY, "ms", Mark.U)
          .clause("hanota H45")
          .means("how soon a GBCS message is tried again that a device does not take now")
          .because("the device may be asleep")),
  HEAD_END_RETRY(
      Parameter.row("headEndRetry", 5 * MINUTE, 1, DAY, "ms", Mark.U)
          .clause("hanota H84")
          .means("how soon a message is said again that the head end has not confirmed")
          .because("as the head end does with what it has for a hub")),
  MESSAGES_WAITING_MAXIMUM(
      Parameter.row("messagesWaitingMaximum", 8, 1, 1_000, "messages", Mark.U)
          .clause("hanota H45")
          .means("GBCS messages that wait for one device")
          .because("the head end asks again for what is dropped")),
  STORAGE_PAUSE(
      Parameter.row("storagePause", SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H46")
          .means("a hub whose storage cannot be used looks again so much later; doubles")
          .because("a full disk may have room at any time")),
  STORAGE_PAUSE_MAXIMUM(
      Parameter.row("storagePauseMaximum", 10 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H46")
          .means("the longest such pause")
          .because("a look costs next to nothing")),
  SERVES_UNASKED(
      Parameter.flag(
          "servesUnasked",
          true,
          Mark.U,
          "ZCL 11.13.5",
          "whether a device that queries gets the best image without an offer",
          "what a server of the cluster does")),
  RELATIVE_TIMES(
      Parameter.flag(
          "relativeTimes",
          true,
          Mark.U,
          "ZCL 11.11.4",
          "whether times go out as offsets, with a current time of zero",
          "needs no clock that both sides share"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  HubParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
