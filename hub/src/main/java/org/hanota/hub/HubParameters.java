// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.Map;
import org.hanota.api.Parameter;
import org.hanota.api.Width;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;

/**
 * Times and limits of a hub; all times in milliseconds.
 *
 * @param concurrentTransfers transfers under way at once; others wait for their turn
 * @param servesUnasked whether a device that queries gets the best image without an offer
 * @param relativeTimes whether times go out as offsets, with a current time of zero
 * @param notifyRetryMs the first repetition of an Image Notify; doubles each time
 * @param notifyTries Image Notifies before the hub waits for the device's own query
 * @param stallMs a transfer silent for so long gives its place away
 * @param queueWaitMs what a device is told to wait that has no place yet
 * @param timeouts how long each phase of an update may take; complete
 * @param activationGraceMs a device that queries with its old version so long after it was told to
 *     run the new one has rolled back
 * @param minimumBlockPeriodMs the pace that devices are asked to keep; 0 for none
 * @param pageSpacingMs least time between the blocks of a page
 * @param maximumDataSize most octets of data in a block, whatever the device asks for
 * @param maximumImageOctets longest image that is held
 * @param imageSlots images of one model that come over the WAN and are held at once
 * @param quarantineAfter devices in a row that refuse an image before it is no longer offered,
 *     until it is taken out of the images and put in again; and refusals of one device before it
 *     gets the image only by an offer
 * @param maximumDevices devices that are known at once; a new one takes the place of the one
 *     without an update that has been silent longest, and is not served where each has one
 * @param forgetDeviceMs a device without an offer and without an update that is silent for so long
 *     is forgotten
 * @param airtimeMsPerHour airtime of blocks in each sliding hour; 0 for no limit
 * @param airtimeMicrosPerOctet 32 at 2.4 GHz, 80 at 868 MHz
 * @param frameOverheadOctets octets of a block response on the air besides its data
 */
public record HubParameters(
    int concurrentTransfers,
    boolean servesUnasked,
    boolean relativeTimes,
    long notifyRetryMs,
    int notifyTries,
    long stallMs,
    long queueWaitMs,
    PhaseTimeouts timeouts,
    long activationGraceMs,
    int minimumBlockPeriodMs,
    int pageSpacingMs,
    int maximumDataSize,
    long maximumImageOctets,
    int imageSlots,
    int quarantineAfter,
    int maximumDevices,
    long forgetDeviceMs,
    long airtimeMsPerHour,
    int airtimeMicrosPerOctet,
    int frameOverheadOctets) {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /**
   * A sleepy device may come once a day, and some devices check an image for two days. A supplier
   * who does not use a verified image within a week sends it again.
   */
  private static final PhaseTimeouts TIMEOUTS =
      PhaseTimeouts.NONE
          .with(Timed.HOLDING, 7 * DAY)
          .with(Timed.QUERYING, 7 * DAY)
          .with(Timed.TRANSFERRING, 2 * DAY)
          .with(Timed.VERIFYING, 3 * DAY)
          .with(Timed.WAITING, 7 * DAY)
          .with(Timed.ACTIVATING, 2 * DAY);

  /** What {@link #parameters} documents. */
  public static final HubParameters DEFAULT =
      new HubParameters(
          4,
          true,
          true,
          30 * SECOND,
          5,
          2 * MINUTE,
          MINUTE,
          TIMEOUTS,
          HOUR,
          0,
          10,
          Width.UINT8_MAX,
          768_000,
          1,
          3,
          20_000,
          30 * DAY,
          0,
          32,
          68);

  /** Checks widths and that nothing waits less than no time. */
  public HubParameters {
    Width.range("concurrentTransfers", concurrentTransfers, 1, Integer.MAX_VALUE);
    Width.range("notifyRetryMs", notifyRetryMs, 1, Long.MAX_VALUE);
    Width.range("stallMs", stallMs, 1, Long.MAX_VALUE);
    for (Timed timed : Timed.values()) {
      timeouts.millis(timed, PhaseTimeouts.NONE);
    }
    Width.range("queueWaitMs", queueWaitMs, SECOND, 24 * HOUR);
    Width.uint16("minimumBlockPeriodMs", minimumBlockPeriodMs);
    Width.range("pageSpacingMs", pageSpacingMs, 1, Width.UINT16_MAX);
    Width.range("maximumDataSize", maximumDataSize, 1, Width.UINT8_MAX);
    Width.range("maximumImageOctets", maximumImageOctets, 1, Width.UINT32_MAX);
    Width.range("imageSlots", imageSlots, 1, Integer.MAX_VALUE);
    Width.range("quarantineAfter", quarantineAfter, 1, Integer.MAX_VALUE);
    Width.range("maximumDevices", maximumDevices, 1, Integer.MAX_VALUE);
    Width.range("forgetDeviceMs", forgetDeviceMs, 1, PhaseTimeouts.LONGEST_MS);
  }

  /** The same with another number of transfers at once. */
  public HubParameters withConcurrentTransfers(int transfers) {
    return copy(
        transfers,
        servesUnasked,
        minimumBlockPeriodMs,
        maximumImageOctets,
        imageSlots,
        airtimeMsPerHour,
        airtimeMicrosPerOctet,
        timeouts);
  }

  /** The same with or without service for devices to which nothing was offered. */
  public HubParameters withServesUnasked(boolean serves) {
    return copy(
        concurrentTransfers,
        serves,
        minimumBlockPeriodMs,
        maximumImageOctets,
        imageSlots,
        airtimeMsPerHour,
        airtimeMicrosPerOctet,
        timeouts);
  }

  /** The same with another pace. */
  public HubParameters withMinimumBlockPeriod(int millis) {
    return copy(
        concurrentTransfers,
        servesUnasked,
        millis,
        maximumImageOctets,
        imageSlots,
        airtimeMsPerHour,
        airtimeMicrosPerOctet,
        timeouts);
  }

  /** The same with another limit for images. */
  public HubParameters withMaximumImageOctets(long octets) {
    return copy(
        concurrentTransfers,
        servesUnasked,
        minimumBlockPeriodMs,
        octets,
        imageSlots,
        airtimeMsPerHour,
        airtimeMicrosPerOctet,
        timeouts);
  }

  /** The same with another number of slots for images from the WAN. */
  public HubParameters withImageSlots(int slots) {
    return copy(
        concurrentTransfers,
        servesUnasked,
        minimumBlockPeriodMs,
        maximumImageOctets,
        slots,
        airtimeMsPerHour,
        airtimeMicrosPerOctet,
        timeouts);
  }

  /** The same with a limit of airtime. */
  public HubParameters withAirtime(long millisPerHour, int microsPerOctet) {
    return copy(
        concurrentTransfers,
        servesUnasked,
        minimumBlockPeriodMs,
        maximumImageOctets,
        imageSlots,
        millisPerHour,
        microsPerOctet,
        timeouts);
  }

  /** The same with other time-outs where {@code changed} names them. */
  public HubParameters withTimeouts(PhaseTimeouts changed) {
    PhaseTimeouts limits = timeouts;
    for (Map.Entry<Timed, Long> entry : changed.millis().entrySet()) {
      limits = limits.with(entry.getKey(), entry.getValue());
    }
    return copy(
        concurrentTransfers,
        servesUnasked,
        minimumBlockPeriodMs,
        maximumImageOctets,
        imageSlots,
        airtimeMsPerHour,
        airtimeMicrosPerOctet,
        limits);
  }

  /** The same with another number of devices that are known at once. */
  public HubParameters withMaximumDevices(int devices) {
    return new HubParameters(
        concurrentTransfers,
        servesUnasked,
        relativeTimes,
        notifyRetryMs,
        notifyTries,
        stallMs,
        queueWaitMs,
        timeouts,
        activationGraceMs,
        minimumBlockPeriodMs,
        pageSpacingMs,
        maximumDataSize,
        maximumImageOctets,
        imageSlots,
        quarantineAfter,
        devices,
        forgetDeviceMs,
        airtimeMsPerHour,
        airtimeMicrosPerOctet,
        frameOverheadOctets);
  }

  private HubParameters copy(
      int transfers,
      boolean serves,
      int blockPeriodMs,
      long imageOctets,
      int slots,
      long airtimeMs,
      int microsPerOctet,
      PhaseTimeouts limits) {
    return new HubParameters(
        transfers,
        serves,
        relativeTimes,
        notifyRetryMs,
        notifyTries,
        stallMs,
        queueWaitMs,
        limits,
        activationGraceMs,
        blockPeriodMs,
        pageSpacingMs,
        maximumDataSize,
        imageOctets,
        slots,
        quarantineAfter,
        maximumDevices,
        forgetDeviceMs,
        airtimeMs,
        microsPerOctet,
        frameOverheadOctets);
  }

  /** Every value that the sources leave open, with its default. */
  public static List<Parameter> parameters() {
    HubParameters d = DEFAULT;
    return List.of(
        of(
            "concurrentTransfers",
            d.concurrentTransfers,
            "transfers",
            Parameter.Mark.U,
            "transfers under way at once; other devices wait for their turn"),
        of(
            "notifyRetry",
            d.notifyRetryMs,
            "ms",
            Parameter.Mark.U,
            "first repetition of an Image Notify; doubles"),
        of(
            "notifyTries",
            d.notifyTries,
            "tries",
            Parameter.Mark.U,
            "Image Notifies before the hub waits for the device's own query"),
        of(
            "stall",
            d.stallMs,
            "ms",
            Parameter.Mark.U,
            "a transfer silent for so long gives its place away"),
        of(
            "queueWait",
            d.queueWaitMs,
            "ms",
            Parameter.Mark.U,
            "what a device is told to wait that has no place yet"),
        of(
            "imageHoldTime",
            limit(Timed.HOLDING),
            "ms",
            Parameter.Mark.U,
            "an update that is not verified so long after its offer has failed"),
        of(
            "queryingTimeout",
            limit(Timed.QUERYING),
            "ms",
            Parameter.Mark.U,
            "from the notification or the last query until the first block"),
        of(
            "transferringTimeout",
            limit(Timed.TRANSFERRING),
            "ms",
            Parameter.Mark.U,
            "a transfer silent for so long has failed"),
        of(
            "verifyingTimeout",
            limit(Timed.VERIFYING),
            "ms",
            Parameter.Mark.U,
            "from the last block until the device tells how its checks ended"),
        of(
            "waitingTimeout",
            limit(Timed.WAITING),
            "ms",
            Parameter.Mark.U,
            "a verified image not told to run for so long has failed"),
        of(
            "activatingTimeout",
            limit(Timed.ACTIVATING),
            "ms",
            Parameter.Mark.U,
            "from the upgrade time until the device queries with the new version"),
        of(
            "activationGrace",
            d.activationGraceMs,
            "ms",
            Parameter.Mark.U,
            "an old version queried so long after activation counts as rolled back"),
        of(
            "minimumBlockPeriod",
            d.minimumBlockPeriodMs,
            "ms",
            Parameter.Mark.C,
            "the pace that devices are asked to keep; 0 for none"),
        of(
            "pageSpacing",
            d.pageSpacingMs,
            "ms",
            Parameter.Mark.C,
            "least time between the blocks of a page"),
        of(
            "hubMaximumDataSize",
            d.maximumDataSize,
            "octets",
            Parameter.Mark.C,
            "most data in a block, whatever the device asks for"),
        of(
            "hubImageSlots",
            d.imageSlots,
            "images",
            Parameter.Mark.U,
            "images of one model from the WAN that are held at once"),
        of(
            "quarantineAfter",
            d.quarantineAfter,
            "failures",
            Parameter.Mark.U,
            "refusals of an image in a row before it is no longer offered"),
        of(
            "maximumDevices",
            d.maximumDevices,
            "devices",
            Parameter.Mark.U,
            "devices that are known at once; the longest silent one without an update goes first"),
        of(
            "forgetDevice",
            d.forgetDeviceMs,
            "ms",
            Parameter.Mark.U,
            "a device without an offer or update that is silent for so long is forgotten"),
        of(
            "airtimePerHour",
            d.airtimeMsPerHour,
            "ms",
            Parameter.Mark.C,
            "airtime of blocks in each sliding hour; 0 for no limit, 54000 at 868 MHz"),
        of(
            "airtimePerOctet",
            d.airtimeMicrosPerOctet,
            "us",
            Parameter.Mark.C,
            "32 at 2.4 GHz, 80 at 868 MHz"),
        of(
            "frameOverhead",
            d.frameOverheadOctets,
            "octets",
            Parameter.Mark.I,
            "octets of a block response on the air besides its data"),
        new Parameter(
            "servesUnasked",
            Boolean.toString(d.servesUnasked),
            "",
            Parameter.Mark.U,
            "whether a device that queries gets the best image without an offer"),
        new Parameter(
            "relativeTimes",
            Boolean.toString(d.relativeTimes),
            "",
            Parameter.Mark.U,
            "whether times go out as offsets, with a current time of zero"));
  }

  private static long limit(Timed timed) {
    return TIMEOUTS.millis(timed, PhaseTimeouts.NONE);
  }

  private static Parameter of(
      String name, long value, String unit, Parameter.Mark mark, String meaning) {
    return new Parameter(name, Long.toString(value), unit, mark, meaning);
  }
}
