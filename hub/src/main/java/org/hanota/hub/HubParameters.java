// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Map;
import org.hanota.api.ParameterValues;
import org.hanota.api.Width;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.machine.TrustedClock;

/**
 * Times and limits of a hub, as {@link HubParameter} documents them; all times in milliseconds.
 * Immutable.
 */
public final class HubParameters {
  /** The defaults of the table. */
  public static final HubParameters DEFAULT =
      new HubParameters(ParameterValues.defaults(HubParameter.class));

  private final ParameterValues<HubParameter> values;
  private final PhaseTimeouts timeouts;

  private HubParameters(ParameterValues<HubParameter> values) {
    this.values = values;
    Width.range("pageSpacing", pageSpacingMs(), 1, pageSpacingMaximumMs());
    PhaseTimeouts all = PhaseTimeouts.NONE;
    for (Timed timed : Timed.values()) {
      all = all.with(timed, values.get(row(timed)));
    }
    this.timeouts = all;
  }

  private static HubParameter row(Timed timed) {
    return switch (timed) {
      case HOLDING -> HubParameter.HOLDING_TIMEOUT;
      case QUERYING -> HubParameter.QUERYING_TIMEOUT;
      case TRANSFERRING -> HubParameter.TRANSFERRING_TIMEOUT;
      case VERIFYING -> HubParameter.VERIFYING_TIMEOUT;
      case WAITING -> HubParameter.WAITING_TIMEOUT;
      case ACTIVATING -> HubParameter.ACTIVATING_TIMEOUT;
    };
  }

  /** The value of a row. */
  public long get(HubParameter row) {
    return values.get(row);
  }

  /** The same with another value of one row, which is checked against its range. */
  public HubParameters with(HubParameter row, long value) {
    return new HubParameters(values.with(row, value));
  }

  /** The same with another value of a row that is true or false. */
  public HubParameters with(HubParameter row, boolean value) {
    return with(row, value ? 1 : 0);
  }

  /** The same with other time-outs where {@code changed} names them. */
  public HubParameters with(PhaseTimeouts changed) {
    HubParameters result = this;
    for (Map.Entry<Timed, Long> entry : changed.millis().entrySet()) {
      result = result.with(row(entry.getKey()), entry.getValue());
    }
    return result;
  }

  /** How long each phase of an update may take; complete. */
  public PhaseTimeouts timeouts() {
    return timeouts;
  }

  /** {@link HubParameter#CONCURRENT_TRANSFERS}. */
  public int concurrentTransfers() {
    return values.getInt(HubParameter.CONCURRENT_TRANSFERS);
  }

  /** {@link HubParameter#NOTIFY_RETRY}. */
  public long notifyRetryMs() {
    return values.get(HubParameter.NOTIFY_RETRY);
  }

  /** {@link HubParameter#NOTIFY_TRIES}. */
  public int notifyTries() {
    return values.getInt(HubParameter.NOTIFY_TRIES);
  }

  /** {@link HubParameter#STALL}. */
  public long stallMs() {
    return values.get(HubParameter.STALL);
  }

  /** {@link HubParameter#QUEUE_WAIT}. */
  public long queueWaitMs() {
    return values.get(HubParameter.QUEUE_WAIT);
  }

  /** {@link HubParameter#ACTIVATION_GRACE}. */
  public long activationGraceMs() {
    return values.get(HubParameter.ACTIVATION_GRACE);
  }

  /** {@link HubParameter#MINIMUM_BLOCK_PERIOD}. */
  public int minimumBlockPeriodMs() {
    return values.getInt(HubParameter.MINIMUM_BLOCK_PERIOD);
  }

  /** {@link HubParameter#PAGE_SPACING}. */
  public int pageSpacingMs() {
    return values.getInt(HubParameter.PAGE_SPACING);
  }

  /** {@link HubParameter#PAGE_SPACING_MAXIMUM}. */
  public int pageSpacingMaximumMs() {
    return values.getInt(HubParameter.PAGE_SPACING_MAXIMUM);
  }

  /** {@link HubParameter#PAGE_TIME}. */
  public long pageTimeMs() {
    return values.get(HubParameter.PAGE_TIME);
  }

  /** {@link HubParameter#MAXIMUM_DATA_SIZE}. */
  public int maximumDataSize() {
    return values.getInt(HubParameter.MAXIMUM_DATA_SIZE);
  }

  /** {@link HubParameter#MAXIMUM_IMAGE_OCTETS}. */
  public long maximumImageOctets() {
    return values.get(HubParameter.MAXIMUM_IMAGE_OCTETS);
  }

  /** {@link HubParameter#IMAGE_SLOTS}. */
  public int imageSlots() {
    return values.getInt(HubParameter.IMAGE_SLOTS);
  }

  /** {@link HubParameter#IMAGE_PARTS}. */
  public boolean imageParts() {
    return values.isTrue(HubParameter.IMAGE_PARTS);
  }

  /** {@link HubParameter#QUARANTINE_AFTER}. */
  public int quarantineAfter() {
    return values.getInt(HubParameter.QUARANTINE_AFTER);
  }

  /** {@link HubParameter#FILE_TRIES}. */
  public int fileTries() {
    return values.getInt(HubParameter.FILE_TRIES);
  }

  /** {@link HubParameter#FILE_RETRY}. */
  public long fileRetryMs() {
    return values.get(HubParameter.FILE_RETRY);
  }

  /** {@link HubParameter#MAXIMUM_DEVICES}. */
  public int maximumDevices() {
    return values.getInt(HubParameter.MAXIMUM_DEVICES);
  }

  /** {@link HubParameter#FORGET_DEVICE}. */
  public long forgetDeviceMs() {
    return values.get(HubParameter.FORGET_DEVICE);
  }

  /** {@link HubParameter#GATHER}. */
  public long gatherMs() {
    return values.get(HubParameter.GATHER);
  }

  /** {@link HubParameter#CLOCK_CHECK}. */
  public long clockCheckMs() {
    return values.get(HubParameter.CLOCK_CHECK);
  }

  /** {@link HubParameter#CLOCK_TOLERANCE}. */
  public long clockToleranceMs() {
    return values.get(HubParameter.CLOCK_TOLERANCE);
  }

  /** How far the hub's clock is believed. */
  public TrustedClock.Limits clock() {
    return new TrustedClock.Limits(
        values.get(HubParameter.CLOCK_STEP),
        values.get(HubParameter.CLOCK_ABSENCE),
        values.get(HubParameter.CLOCK_CONFIRMATION),
        values.getInt(HubParameter.CLOCK_READINGS));
  }

  /** {@link HubParameter#AIRTIME_PER_HOUR}. */
  public long airtimeMsPerHour() {
    return values.get(HubParameter.AIRTIME_PER_HOUR);
  }

  /** {@link HubParameter#AIRTIME_PER_OCTET}. */
  public int airtimeMicrosPerOctet() {
    return values.getInt(HubParameter.AIRTIME_PER_OCTET);
  }

  /** {@link HubParameter#FRAME_OVERHEAD}. */
  public int frameOverheadOctets() {
    return values.getInt(HubParameter.FRAME_OVERHEAD);
  }

  /** {@link HubParameter#HEAD_END_RETRY}. */
  public long headEndRetryMs() {
    return values.get(HubParameter.HEAD_END_RETRY);
  }

  /** {@link HubParameter#MESSAGE_RETRY}. */
  public long messageRetryMs() {
    return values.get(HubParameter.MESSAGE_RETRY);
  }

  /** {@link HubParameter#MESSAGES_WAITING_MAXIMUM}. */
  public int messagesWaitingMaximum() {
    return values.getInt(HubParameter.MESSAGES_WAITING_MAXIMUM);
  }

  /** {@link HubParameter#STORAGE_PAUSE}. */
  public long storagePauseMs() {
    return values.get(HubParameter.STORAGE_PAUSE);
  }

  /** {@link HubParameter#STORAGE_PAUSE_MAXIMUM}. */
  public long storagePauseMaximumMs() {
    return values.get(HubParameter.STORAGE_PAUSE_MAXIMUM);
  }

  /** {@link HubParameter#SERVES_UNASKED}. */
  public boolean servesUnasked() {
    return values.isTrue(HubParameter.SERVES_UNASKED);
  }

  /** {@link HubParameter#RELATIVE_TIMES}. */
  public boolean relativeTimes() {
    return values.isTrue(HubParameter.RELATIVE_TIMES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HubParameters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Names what differs from the defaults. */
  @Override
  public String toString() {
    return values.toString();
  }
}
