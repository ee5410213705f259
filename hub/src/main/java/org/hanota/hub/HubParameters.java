// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hanota.api.Parameter;
import org.hanota.api.Width;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;

/**
 * Times and limits of a hub; all times in milliseconds.
 *
 * @param concurrentTransfers transfers under way at once; others wait for a slot
 * @param servesUnasked whether a device that queries gets the best image without an offer
 * @param relativeTimes whether times go out as offsets, with a current time of zero
 * @param notifyRetryMs the first repetition of an Image Notify; doubles each time
 * @param notifyTries Image Notifies before the hub waits for the device's own query
 * @param stallMs a transfer without progress for so long gives its slot away
 * @param queueWaitMs what a device is told to wait that has no slot yet
 * @param timeouts how long each phase of an update may take; complete
 * @param activationGraceMs a device that queries with its old version so long after it was told to
 *     run the new one has rolled back
 * @param minimumBlockPeriodMs the pace that devices are asked to keep; 0 for none
 * @param pageSpacingMs least time between the blocks of a page
 * @param pageSpacingMaximumMs a page with a larger spacing is refused: it would keep the one page
 *     slot
 * @param pageTimeMs a page ends after so long; the device asks for the rest
 * @param maximumDataSize most octets of data in a block, whatever the device asks for
 * @param maximumImageOctets longest image that is held
 * @param imageSlots images of one model that come over the WAN and are held at once
 * @param quarantineAfter witnesses against an image before it is no longer offered, until it is
 *     taken out of the images and put in again
 * @param fileTries how often a device may fail with a file before it gets that only by an offer
 * @param fileRetryMs how long a device is not offered a file with which it failed; doubles each
 *     time
 * @param maximumDevices devices that are known at once; a new one takes the place of the one
 *     without an update that has been silent longest, and is not served where each has one
 * @param forgetDeviceMs a device without an offer and without an update that is silent for so long
 *     is forgotten
 * @param gatherMs what devices say of themselves is stored at most this often
 * @param clockCheckMs how often a hub with an upgrade time ahead looks at its clock
 * @param clockToleranceMs a clock that is off by more than this has been set
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
    int pageSpacingMaximumMs,
    long pageTimeMs,
    int maximumDataSize,
    long maximumImageOctets,
    int imageSlots,
    int quarantineAfter,
    int fileTries,
    long fileRetryMs,
    int maximumDevices,
    long forgetDeviceMs,
    long gatherMs,
    long clockCheckMs,
    long clockToleranceMs,
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
  public static final HubParameters DEFAULT = new Values().build();

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
    Width.range("pageSpacingMaximumMs", pageSpacingMaximumMs, pageSpacingMs, Width.UINT16_MAX);
    Width.range("pageTimeMs", pageTimeMs, 1, DAY);
    Width.range("quarantineAfter", quarantineAfter, 1, Integer.MAX_VALUE);
    Width.range("fileTries", fileTries, 1, Width.UINT8_MAX);
    Width.range("fileRetryMs", fileRetryMs, 1, 30 * DAY);
    Width.range("maximumDevices", maximumDevices, 1, Integer.MAX_VALUE);
    Width.range("forgetDeviceMs", forgetDeviceMs, 1, PhaseTimeouts.LONGEST_MS);
    Width.range("gatherMs", gatherMs, 0, HOUR);
    Width.range("clockCheckMs", clockCheckMs, SECOND, DAY);
    Width.range("clockToleranceMs", clockToleranceMs, SECOND, DAY);
  }

  /** The same with another number of transfers at once. */
  public HubParameters withConcurrentTransfers(int transfers) {
    return with(values -> values.concurrentTransfers(transfers));
  }

  /** The same with or without service for devices to which nothing was offered. */
  public HubParameters withServesUnasked(boolean serves) {
    return with(values -> values.servesUnasked(serves));
  }

  /** The same with another pace. */
  public HubParameters withMinimumBlockPeriod(int millis) {
    return with(values -> values.minimumBlockPeriodMs(millis));
  }

  /** The same with another limit for images. */
  public HubParameters withMaximumImageOctets(long octets) {
    return with(values -> values.maximumImageOctets(octets));
  }

  /** The same with another number of slots for images from the WAN. */
  public HubParameters withImageSlots(int slots) {
    return with(values -> values.imageSlots(slots));
  }

  /** The same with another number of devices that are known at once. */
  public HubParameters withMaximumDevices(int devices) {
    return with(values -> values.maximumDevices(devices));
  }

  /** The same with a limit of airtime. */
  public HubParameters withAirtime(long millisPerHour, int microsPerOctet) {
    return with(
        values -> values.airtimeMsPerHour(millisPerHour).airtimeMicrosPerOctet(microsPerOctet));
  }

  /** The same with other time-outs where {@code changed} names them. */
  public HubParameters withTimeouts(PhaseTimeouts changed) {
    PhaseTimeouts limits = timeouts;
    for (Map.Entry<Timed, Long> entry : changed.millis().entrySet()) {
      limits = limits.with(entry.getKey(), entry.getValue());
    }
    PhaseTimeouts all = limits;
    return with(values -> values.timeouts(all));
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
            "transfers under way at once; other devices wait for a slot"),
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
            "a transfer without progress for so long gives its slot away"),
        of(
            "queueWait",
            d.queueWaitMs,
            "ms",
            Parameter.Mark.U,
            "what a device is told to wait that has no slot yet"),
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
            "pageSpacingMaximum",
            d.pageSpacingMaximumMs,
            "ms",
            Parameter.Mark.U,
            "a page with a larger spacing is refused"),
        of(
            "pageTime",
            d.pageTimeMs,
            "ms",
            Parameter.Mark.U,
            "a page ends after so long; the device asks for the rest"),
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
            "witnesses against an image before it is no longer offered"),
        of(
            "fileTries",
            d.fileTries,
            "tries",
            Parameter.Mark.U,
            "failures of a device with a file before it gets that only by an offer"),
        of(
            "fileRetry",
            d.fileRetryMs,
            "ms",
            Parameter.Mark.U,
            "how long a file with which a device failed is not offered to it; doubles"),
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
            "gather",
            d.gatherMs,
            "ms",
            Parameter.Mark.U,
            "what devices say of themselves is stored at most this often"),
        of(
            "clockCheck",
            d.clockCheckMs,
            "ms",
            Parameter.Mark.U,
            "how often a hub with an upgrade time ahead looks at its clock"),
        of(
            "clockTolerance",
            d.clockToleranceMs,
            "ms",
            Parameter.Mark.U,
            "a hub's clock that is off by more than this has been set"),
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

  /** The same, with some of the values set to others. */
  public HubParameters with(Consumer<Values> change) {
    Values values = new Values(this);
    change.accept(values);
    return values.build();
  }

  /** Values to be set by name; each is documented at {@link HubParameters}. */
  public static final class Values {
    private int concurrentTransfers = 4;
    private boolean servesUnasked = true;
    private boolean relativeTimes = true;
    private long notifyRetryMs = 30 * SECOND;
    private int notifyTries = 5;
    private long stallMs = 2 * MINUTE;
    private long queueWaitMs = MINUTE;
    private PhaseTimeouts timeouts = TIMEOUTS;
    private long activationGraceMs = HOUR;
    private int minimumBlockPeriodMs = 0;
    private int pageSpacingMs = 10;
    private int pageSpacingMaximumMs = 5_000;
    private long pageTimeMs = 2 * MINUTE;
    private int maximumDataSize = Width.UINT8_MAX;
    private long maximumImageOctets = 768_000;
    private int imageSlots = 1;
    private int quarantineAfter = 3;
    private int fileTries = 5;
    private long fileRetryMs = HOUR;
    private int maximumDevices = 20_000;
    private long forgetDeviceMs = 30 * DAY;
    private long gatherMs = SECOND;
    private long clockCheckMs = 10 * MINUTE;
    private long clockToleranceMs = 5 * SECOND;
    private long airtimeMsPerHour = 0;
    private int airtimeMicrosPerOctet = 32;
    private int frameOverheadOctets = 68;

    private Values() {}

    private Values(HubParameters from) {
      concurrentTransfers = from.concurrentTransfers;
      servesUnasked = from.servesUnasked;
      relativeTimes = from.relativeTimes;
      notifyRetryMs = from.notifyRetryMs;
      notifyTries = from.notifyTries;
      stallMs = from.stallMs;
      queueWaitMs = from.queueWaitMs;
      timeouts = from.timeouts;
      activationGraceMs = from.activationGraceMs;
      minimumBlockPeriodMs = from.minimumBlockPeriodMs;
      pageSpacingMs = from.pageSpacingMs;
      pageSpacingMaximumMs = from.pageSpacingMaximumMs;
      pageTimeMs = from.pageTimeMs;
      maximumDataSize = from.maximumDataSize;
      maximumImageOctets = from.maximumImageOctets;
      imageSlots = from.imageSlots;
      quarantineAfter = from.quarantineAfter;
      fileTries = from.fileTries;
      fileRetryMs = from.fileRetryMs;
      maximumDevices = from.maximumDevices;
      forgetDeviceMs = from.forgetDeviceMs;
      gatherMs = from.gatherMs;
      clockCheckMs = from.clockCheckMs;
      clockToleranceMs = from.clockToleranceMs;
      airtimeMsPerHour = from.airtimeMsPerHour;
      airtimeMicrosPerOctet = from.airtimeMicrosPerOctet;
      frameOverheadOctets = from.frameOverheadOctets;
    }

    /** Sets {@link HubParameters#concurrentTransfers}. */
    public Values concurrentTransfers(int value) {
      concurrentTransfers = value;
      return this;
    }

    /** Sets {@link HubParameters#servesUnasked}. */
    public Values servesUnasked(boolean value) {
      servesUnasked = value;
      return this;
    }

    /** Sets {@link HubParameters#relativeTimes}. */
    public Values relativeTimes(boolean value) {
      relativeTimes = value;
      return this;
    }

    /** Sets {@link HubParameters#notifyRetryMs}. */
    public Values notifyRetryMs(long value) {
      notifyRetryMs = value;
      return this;
    }

    /** Sets {@link HubParameters#notifyTries}. */
    public Values notifyTries(int value) {
      notifyTries = value;
      return this;
    }

    /** Sets {@link HubParameters#stallMs}. */
    public Values stallMs(long value) {
      stallMs = value;
      return this;
    }

    /** Sets {@link HubParameters#queueWaitMs}. */
    public Values queueWaitMs(long value) {
      queueWaitMs = value;
      return this;
    }

    /** Sets {@link HubParameters#timeouts}. */
    public Values timeouts(PhaseTimeouts value) {
      timeouts = value;
      return this;
    }

    /** Sets {@link HubParameters#activationGraceMs}. */
    public Values activationGraceMs(long value) {
      activationGraceMs = value;
      return this;
    }

    /** Sets {@link HubParameters#minimumBlockPeriodMs}. */
    public Values minimumBlockPeriodMs(int value) {
      minimumBlockPeriodMs = value;
      return this;
    }

    /** Sets {@link HubParameters#pageSpacingMs}. */
    public Values pageSpacingMs(int value) {
      pageSpacingMs = value;
      return this;
    }

    /** Sets {@link HubParameters#pageSpacingMaximumMs}. */
    public Values pageSpacingMaximumMs(int value) {
      pageSpacingMaximumMs = value;
      return this;
    }

    /** Sets {@link HubParameters#pageTimeMs}. */
    public Values pageTimeMs(long value) {
      pageTimeMs = value;
      return this;
    }

    /** Sets {@link HubParameters#maximumDataSize}. */
    public Values maximumDataSize(int value) {
      maximumDataSize = value;
      return this;
    }

    /** Sets {@link HubParameters#maximumImageOctets}. */
    public Values maximumImageOctets(long value) {
      maximumImageOctets = value;
      return this;
    }

    /** Sets {@link HubParameters#imageSlots}. */
    public Values imageSlots(int value) {
      imageSlots = value;
      return this;
    }

    /** Sets {@link HubParameters#quarantineAfter}. */
    public Values quarantineAfter(int value) {
      quarantineAfter = value;
      return this;
    }

    /** Sets {@link HubParameters#fileTries}. */
    public Values fileTries(int value) {
      fileTries = value;
      return this;
    }

    /** Sets {@link HubParameters#fileRetryMs}. */
    public Values fileRetryMs(long value) {
      fileRetryMs = value;
      return this;
    }

    /** Sets {@link HubParameters#maximumDevices}. */
    public Values maximumDevices(int value) {
      maximumDevices = value;
      return this;
    }

    /** Sets {@link HubParameters#forgetDeviceMs}. */
    public Values forgetDeviceMs(long value) {
      forgetDeviceMs = value;
      return this;
    }

    /** Sets {@link HubParameters#gatherMs}. */
    public Values gatherMs(long value) {
      gatherMs = value;
      return this;
    }

    /** Sets {@link HubParameters#clockCheckMs}. */
    public Values clockCheckMs(long value) {
      clockCheckMs = value;
      return this;
    }

    /** Sets {@link HubParameters#clockToleranceMs}. */
    public Values clockToleranceMs(long value) {
      clockToleranceMs = value;
      return this;
    }

    /** Sets {@link HubParameters#airtimeMsPerHour}. */
    public Values airtimeMsPerHour(long value) {
      airtimeMsPerHour = value;
      return this;
    }

    /** Sets {@link HubParameters#airtimeMicrosPerOctet}. */
    public Values airtimeMicrosPerOctet(int value) {
      airtimeMicrosPerOctet = value;
      return this;
    }

    /** Sets {@link HubParameters#frameOverheadOctets}. */
    public Values frameOverheadOctets(int value) {
      frameOverheadOctets = value;
      return this;
    }

    private HubParameters build() {
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
          pageSpacingMaximumMs,
          pageTimeMs,
          maximumDataSize,
          maximumImageOctets,
          imageSlots,
          quarantineAfter,
          fileTries,
          fileRetryMs,
          maximumDevices,
          forgetDeviceMs,
          gatherMs,
          clockCheckMs,
          clockToleranceMs,
          airtimeMsPerHour,
          airtimeMicrosPerOctet,
          frameOverheadOctets);
    }
  }
}
