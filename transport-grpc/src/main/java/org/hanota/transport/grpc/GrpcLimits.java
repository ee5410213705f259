// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import org.hanota.api.ParameterValues;

/**
 * What one side of a connection takes from the other, and how long it waits, as {@link
 * GrpcParameter} documents it. Immutable.
 */
public final class GrpcLimits {
  /** Addresses, sequence, options and tags of one frame take fewer octets than this. */
  static final int FRAME_OVERHEAD_OCTETS = 80;

  /** Sequence, result and tags of one result, without the reason, take no more than this. */
  static final int RESULT_OVERHEAD_OCTETS = 32;

  /** A message stops growing at the size that HTTP/2 carries in one frame. [RFC 9113, 4.2] */
  static final int MESSAGE_FILLED_OCTETS = 16_384;

  /** Frames of one message that are read; a message that is filled has less than half. */
  static final int FRAMES_TAKEN = 1_024;

  /** Results and events of one message that are read; likewise. */
  static final int PARTS_TAKEN = 16_384;

  /** Results and events beside the frames of a message. */
  static final int MESSAGE_EXTRA_OCTETS = 1 << 19;

  /** The defaults of the table. */
  public static final GrpcLimits DEFAULT =
      new GrpcLimits(ParameterValues.defaults(GrpcParameter.class));

  private final ParameterValues<GrpcParameter> values;

  private GrpcLimits(ParameterValues<GrpcParameter> values) {
    this.values = values;
  }

  /** Limits of these values. */
  public static GrpcLimits of(ParameterValues<GrpcParameter> values) {
    return new GrpcLimits(values);
  }

  /** The same with another value of one row, which is checked against its range. */
  public GrpcLimits with(GrpcParameter row, long value) {
    return new GrpcLimits(values.with(row, value));
  }

  /** The value of a row that counts something. */
  int count(GrpcParameter row) {
    return values.getInt(row);
  }

  /** The value of a row that is a time. */
  long millis(GrpcParameter row) {
    return values.get(row);
  }

  /** The same in nanoseconds. */
  long nanos(GrpcParameter row) {
    return millis(row) * 1_000_000;
  }

  int frameOctets() {
    return count(GrpcParameter.FRAME_OCTETS);
  }

  /** The most octets of one message that is read. */
  int messageOctets() {
    return MESSAGE_EXTRA_OCTETS + MESSAGE_FILLED_OCTETS + frameOctets() + FRAME_OVERHEAD_OCTETS;
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
