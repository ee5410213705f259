// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.List;

/**
 * How a campaign went on, from its first request until it ended or until now. It follows from what
 * is kept of each device, and is the same after a restart. [hanota H164]
 *
 * @param put devices to which a request had gone out by each time
 * @param updated devices that had confirmed the version by then
 * @param notUpdated devices that had ended otherwise by then
 */
public record CampaignProgress(
    List<Long> utcMillis, List<Long> put, List<Long> updated, List<Long> notUpdated) {
  /** Keeps copies of the lists. */
  public CampaignProgress {
    utcMillis = List.copyOf(utcMillis);
    put = List.copyOf(put);
    updated = List.copyOf(updated);
    notUpdated = List.copyOf(notUpdated);
  }

  /** At so many times; none if no request has gone out. */
  static CampaignProgress of(Campaign campaign, int points, long nowUtcMillis) {
    long first = Long.MAX_VALUE;
    long last = campaign.isOpen() ? nowUtcMillis : Long.MIN_VALUE;
    for (Group group : campaign.groups()) {
      for (Entry each : group.entries()) {
        if (each.orderedUtcMillis() > 0) {
          first = Math.min(first, each.orderedUtcMillis());
          last = Math.max(last, Math.max(each.orderedUtcMillis(), each.endedUtcMillis()));
        }
      }
    }
    if (first == Long.MAX_VALUE) {
      return new CampaignProgress(List.of(), List.of(), List.of(), List.of());
    }
    long span = Math.max(1, (last - first + points - 2) / (points - 1));
    Counts put = new Counts(first, span, points);
    Counts updated = new Counts(first, span, points);
    Counts notUpdated = new Counts(first, span, points);
    for (Group group : campaign.groups()) {
      for (Entry each : group.entries()) {
        if (each.orderedUtcMillis() > 0) {
          put.add(each.orderedUtcMillis());
        }
        if (each.state() == DeviceState.UPDATED) {
          updated.add(each.endedUtcMillis());
        } else if (each.state().isFailure()) {
          notUpdated.add(each.endedUtcMillis());
        }
      }
    }
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      times.add(first + i * span);
    }
    return new CampaignProgress(times, put.sums(), updated.sums(), notUpdated.sums());
  }

  /** How many came by each of so many times. */
  private static final class Counts {
    private final long first;
    private final long span;
    private final long[] counts;

    Counts(long first, long span, int points) {
      this.first = first;
      this.span = span;
      this.counts = new long[points];
    }

    void add(long utcMillis) {
      long after = Math.max(0, utcMillis - first + span - 1) / span;
      counts[(int) Math.min(counts.length - 1, after)]++;
    }

    List<Long> sums() {
      List<Long> all = new ArrayList<>();
      long sum = 0;
      for (long each : counts) {
        sum += each;
        all.add(sum);
      }
      return all;
    }
  }
}
