// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Parameter;
import org.hanota.api.Width;

/**
 * Times and limits of a device; all times in milliseconds.
 *
 * @param queryIntervalMs between two queries of its own accord
 * @param queryStartJitterMs the first query after a start waits a random part of this
 * @param discoveryRetryMs after no server was found
 * @param responseTimeoutMs how long an answer may take
 * @param retryBackOffMs by how much each further try waits longer
 * @param resendMs how soon a request goes out again that was not acknowledged
 * @param blockRetryLimit tries of one request after the first, before the device rests
 * @param restMs the first rest after that; doubles each time
 * @param restCapMs the longest rest
 * @param endRequestRetryMs between two Upgrade End Requests while told to wait or not answered
 * @param endRequestTries unanswered ones before the time-out policy decides
 * @param waitForDataCapMs the longest wait that a server may ask for
 * @param invalidWaitMs the wait when a server's times make no sense
 * @param maximumDataSize octets of data in a block, uint8
 * @param maximumImageOctets the longest image that is taken
 * @param journalOctets the position is stored whenever this many octets have come
 * @param pageSizeOctets page requests of this size; 0 for block requests only
 * @param pageResponseSpacingMs least time between the blocks of a page
 * @param pollPeriodMs a sleepy device hears its parent this often at worst; 0 if always
 * @param notificationPollMs how often a gas meter reads its hub's Functional Notification Flags
 * @param partWaitMs how long a device asks for the next part of an image that its server lacks
 * @param blockPeriodInSeconds whether MinimumBlockPeriod counts seconds, as in cluster revision 2
 * @param minimumPowerPercent with less no download begins and no image is put in place
 * @param powerRetryMs when an image is tried again that lacked the power to be put in place
 * @param limits what the device puts up with
 */
public record DeviceParameters(
    long queryIntervalMs,
    long queryStartJitterMs,
    long discoveryRetryMs,
    long responseTimeoutMs,
    long retryBackOffMs,
    long resendMs,
    int blockRetryLimit,
    long restMs,
    long restCapMs,
    long endRequestRetryMs,
    int endRequestTries,
    long waitForDataCapMs,
    long invalidWaitMs,
    int maximumDataSize,
    long maximumImageOctets,
    int journalOctets,
    int pageSizeOctets,
    int pageResponseSpacingMs,
    long pollPeriodMs,
    long notificationPollMs,
    long partWaitMs,
    boolean blockPeriodInSeconds,
    int minimumPowerPercent,
    long powerRetryMs,
    DeviceLimits limits) {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  /** 64 KiB: pages beyond a uint16 cannot be asked for. */
  private static final int PAGE_SIZE_MAX = Width.UINT16_MAX;

  /** What {@link #parameters} documents. */
  public static final DeviceParameters DEFAULT =
      new DeviceParameters(
          24 * HOUR,
          5 * MINUTE,
          10 * MINUTE,
          3 * SECOND,
          2 * SECOND,
          SECOND / 2,
          10,
          MINUTE,
          HOUR,
          HOUR,
          3,
          24 * HOUR,
          5 * MINUTE,
          48,
          768_000,
          4_096,
          0,
          50,
          0,
          30 * MINUTE,
          7 * 24 * HOUR,
          false,
          25,
          HOUR,
          DeviceLimits.DEFAULT);

  /** Checks widths and that nothing waits less than no time. */
  public DeviceParameters {
    Width.range("maximumDataSize", maximumDataSize, 1, Width.UINT8_MAX);
    Width.range("maximumImageOctets", maximumImageOctets, 1, Width.UINT32_MAX);
    Width.range("blockRetryLimit", blockRetryLimit, 0, 1_000);
    Width.range("endRequestTries", endRequestTries, 1, 1_000);
    Width.range("journalOctets", journalOctets, 1, Integer.MAX_VALUE);
    Width.range("pageSizeOctets", pageSizeOctets, 0, PAGE_SIZE_MAX);
    Width.uint16("pageResponseSpacingMs", pageResponseSpacingMs);
    Width.range("queryIntervalMs", queryIntervalMs, 1, Long.MAX_VALUE);
    Width.range("responseTimeoutMs", responseTimeoutMs, 1, Long.MAX_VALUE);
    Width.range("minimumPowerPercent", minimumPowerPercent, 0, 100);
    Width.range("powerRetryMs", powerRetryMs, 1, Long.MAX_VALUE);
    Width.range("restMs", restMs, 1, Long.MAX_VALUE);
  }

  /** The same with another maximum data size. */
  public DeviceParameters withMaximumDataSize(int size) {
    return copy(
        queryIntervalMs,
        queryStartJitterMs,
        discoveryRetryMs,
        endRequestRetryMs,
        size,
        maximumImageOctets,
        journalOctets,
        pageSizeOctets,
        pollPeriodMs);
  }

  /** The same with other query times. */
  public DeviceParameters withQueries(long intervalMs, long startJitterMs) {
    return copy(
        intervalMs,
        startJitterMs,
        discoveryRetryMs,
        endRequestRetryMs,
        maximumDataSize,
        maximumImageOctets,
        journalOctets,
        pageSizeOctets,
        pollPeriodMs);
  }

  /** The same with another limit for images. */
  public DeviceParameters withMaximumImageOctets(long octets) {
    return copy(
        queryIntervalMs,
        queryStartJitterMs,
        discoveryRetryMs,
        endRequestRetryMs,
        maximumDataSize,
        octets,
        journalOctets,
        pageSizeOctets,
        pollPeriodMs);
  }

  /** The same with another distance of the stored positions. */
  public DeviceParameters withJournalOctets(int octets) {
    return copy(
        queryIntervalMs,
        queryStartJitterMs,
        discoveryRetryMs,
        endRequestRetryMs,
        maximumDataSize,
        maximumImageOctets,
        octets,
        pageSizeOctets,
        pollPeriodMs);
  }

  /** The same with page requests of {@code octets}. */
  public DeviceParameters withPages(int octets) {
    return copy(
        queryIntervalMs,
        queryStartJitterMs,
        discoveryRetryMs,
        endRequestRetryMs,
        maximumDataSize,
        maximumImageOctets,
        journalOctets,
        octets,
        pollPeriodMs);
  }

  /** The same for a sleepy device. */
  public DeviceParameters withPollPeriod(long millis) {
    return copy(
        queryIntervalMs,
        queryStartJitterMs,
        discoveryRetryMs,
        endRequestRetryMs,
        maximumDataSize,
        maximumImageOctets,
        journalOctets,
        pageSizeOctets,
        millis);
  }

  /** The same with other pauses after no server was found, or none answered how an update ended. */
  public DeviceParameters withServerRetries(long discoveryMs, long endRequestMs) {
    return copy(
        queryIntervalMs,
        queryStartJitterMs,
        discoveryMs,
        endRequestMs,
        maximumDataSize,
        maximumImageOctets,
        journalOctets,
        pageSizeOctets,
        pollPeriodMs);
  }

  private DeviceParameters copy(
      long interval,
      long jitter,
      long discovery,
      long endRequest,
      int dataSize,
      long imageOctets,
      int journal,
      int page,
      long poll) {
    return new DeviceParameters(
        interval,
        jitter,
        discovery,
        responseTimeoutMs,
        retryBackOffMs,
        resendMs,
        blockRetryLimit,
        restMs,
        restCapMs,
        endRequest,
        endRequestTries,
        waitForDataCapMs,
        invalidWaitMs,
        dataSize,
        imageOctets,
        journal,
        page,
        pageResponseSpacingMs,
        poll,
        notificationPollMs,
        partWaitMs,
        blockPeriodInSeconds,
        minimumPowerPercent,
        powerRetryMs,
        limits);
  }

  /** The same with other limits. */
  public DeviceParameters withLimits(DeviceLimits other) {
    return new DeviceParameters(
        queryIntervalMs,
        queryStartJitterMs,
        discoveryRetryMs,
        responseTimeoutMs,
        retryBackOffMs,
        resendMs,
        blockRetryLimit,
        restMs,
        restCapMs,
        endRequestRetryMs,
        endRequestTries,
        waitForDataCapMs,
        invalidWaitMs,
        maximumDataSize,
        maximumImageOctets,
        journalOctets,
        pageSizeOctets,
        pageResponseSpacingMs,
        pollPeriodMs,
        notificationPollMs,
        partWaitMs,
        blockPeriodInSeconds,
        minimumPowerPercent,
        powerRetryMs,
        other);
  }

  /** Every value that the sources leave open, with its default. */
  public static List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(times());
    all.addAll(DeviceLimits.parameters());
    return List.copyOf(all);
  }

  private static List<Parameter> times() {
    DeviceParameters d = DEFAULT;
    return List.of(
        of(
            "queryInterval",
            d.queryIntervalMs,
            "ms",
            Parameter.Mark.U,
            "between two queries of the device's own accord"),
        of(
            "queryStartJitter",
            d.queryStartJitterMs,
            "ms",
            Parameter.Mark.C,
            "the first query after a start waits a random part of this"),
        of(
            "discoveryRetry",
            d.discoveryRetryMs,
            "ms",
            Parameter.Mark.C,
            "between two searches for a server"),
        of(
            "responseTimeout",
            d.responseTimeoutMs,
            "ms",
            Parameter.Mark.C,
            "how long an answer may take"),
        of(
            "retryBackOff",
            d.retryBackOffMs,
            "ms",
            Parameter.Mark.C,
            "by how much each further try waits longer"),
        of(
            "resend",
            d.resendMs,
            "ms",
            Parameter.Mark.U,
            "how soon an unacknowledged request goes out again"),
        of(
            "blockRetryLimit",
            d.blockRetryLimit,
            "tries",
            Parameter.Mark.C,
            "tries of one request before the device rests"),
        of("rest", d.restMs, "ms", Parameter.Mark.U, "first rest after blockRetryLimit; doubles"),
        of("restCap", d.restCapMs, "ms", Parameter.Mark.U, "longest rest"),
        of(
            "endRequestRetry",
            d.endRequestRetryMs,
            "ms",
            Parameter.Mark.C,
            "between two Upgrade End Requests while waiting"),
        of(
            "endRequestTries",
            d.endRequestTries,
            "tries",
            Parameter.Mark.C,
            "unanswered Upgrade End Requests before the time-out policy decides"),
        of(
            "waitForDataCap",
            d.waitForDataCapMs,
            "ms",
            Parameter.Mark.U,
            "longest wait that a server may ask for"),
        of(
            "invalidWait",
            d.invalidWaitMs,
            "ms",
            Parameter.Mark.C,
            "wait when a server's times make no sense"),
        of(
            "maximumDataSize",
            d.maximumDataSize,
            "octets",
            Parameter.Mark.C,
            "data in a block; 56 the most with APS security, 65 without"),
        of(
            "maximumImageOctets",
            d.maximumImageOctets,
            "octets",
            Parameter.Mark.U,
            "longest image that is taken: 750 x 1024"),
        of(
            "journalOctets",
            d.journalOctets,
            "octets",
            Parameter.Mark.U,
            "the position is stored whenever so many octets have come"),
        of(
            "pageSize",
            d.pageSizeOctets,
            "octets",
            Parameter.Mark.U,
            "size of page requests; 0 for block requests only"),
        of(
            "pageResponseSpacing",
            d.pageResponseSpacingMs,
            "ms",
            Parameter.Mark.U,
            "least time between the blocks of a page"),
        of(
            "pollPeriod",
            d.pollPeriodMs,
            "ms",
            Parameter.Mark.U,
            "how rarely a sleepy device hears its parent; 0 if always"),
        of(
            "notificationPoll",
            d.notificationPollMs,
            "ms",
            Parameter.Mark.U,
            "how often a gas meter reads its hub's notification flags"),
        of(
            "partWait",
            d.partWaitMs,
            "ms",
            Parameter.Mark.U,
            "how long the next part of an image is asked for that the server lacks"),
        of(
            "minimumPowerPercent",
            d.minimumPowerPercent,
            "%",
            Parameter.Mark.U,
            "with less no download begins and no image is put in place"),
        of(
            "powerRetry",
            d.powerRetryMs,
            "ms",
            Parameter.Mark.U,
            "when an image is tried again that lacked the power to be put in place"),
        new Parameter(
            "blockPeriodInSeconds",
            Boolean.toString(d.blockPeriodInSeconds),
            "",
            Parameter.Mark.C,
            "whether MinimumBlockPeriod counts seconds, as in revision 2 of the cluster"));
  }

  private static Parameter of(
      String name, long value, String unit, Parameter.Mark mark, String meaning) {
    return new Parameter(name, Long.toString(value), unit, mark, meaning);
  }
}
