// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.util.List;
import java.util.function.UnaryOperator;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.Now;

/** The forms that records had, and how each becomes the next. */
final class Schema {
  /** The form that {@link RecordCodec} reads and writes. */
  static final int NEWEST = 8;

  /** At index n, what makes a record of version n + 2 from one of version n + 1. */
  private static final List<UnaryOperator<Octets>> MIGRATIONS =
      List.of(
          Schema::withoutFailure,
          Schema::withoutTimeouts,
          Schema::withoutSeries,
          Schema::withoutTaken,
          Schema::byDevice,
          Schema::withoutOrders,
          Schema::withoutPredecessors);

  private Schema() {}

  /** A record of an older version in the newest form. */
  static Octets migrate(int version, Octets record) {
    Octets result = record;
    for (int from = version; from < NEWEST; from++) {
      result = MIGRATIONS.get(from - 1).apply(result);
    }
    return result;
  }

  /** Version 1 did not keep why the last update failed. */
  private static Octets withoutFailure(Octets record) {
    return record.concat(new OctetWriter(1).uint8(0).toOctets());
  }

  /** Version 2 did not keep since when a phase lasts, nor time-outs of an offer's own. */
  private static Octets withoutTimeouts(Octets record) {
    return record.concat(new OctetWriter(9).int64be(Now.UTC_UNKNOWN).uint8(0).toOctets());
  }

  /** Version 3 did not keep which files of an image a device has. */
  private static Octets withoutSeries(Octets record) {
    return record.concat(new OctetWriter(1).uint8(0).toOctets());
  }

  /**
   * Version 4 did not keep what a device took without an offer, what was taken back, nor the file
   * that a device failed with.
   */
  private static Octets withoutTaken(Octets record) {
    return record.concat(new OctetWriter(3).uint8(0).uint8(0).uint8(0).toOctets());
  }

  /** Version 6 did not keep what operators said of images, which is beside the records. */
  private static Octets withoutOrders(Octets record) {
    return record;
  }

  /** Version 5 had one record for each device, and remembered one file that it failed with. */
  private static Octets byDevice(Octets record) {
    Octets newest = RecordCodec.encode(RecordCodec.decode5(record));
    return newest.slice(0, newest.length() - WITHOUT_PREDECESSORS.length());
  }

  /** Version 7 did not keep which versions an offer may follow. */
  private static Octets withoutPredecessors(Octets record) {
    return record.concat(WITHOUT_PREDECESSORS);
  }

  private static final Octets WITHOUT_PREDECESSORS = new OctetWriter(1).uint8(0).toOctets();
}
