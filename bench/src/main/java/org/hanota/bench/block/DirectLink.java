// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import org.hanota.api.OctetWriter;
import org.hanota.api.Width;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclMessage;
import org.jspecify.annotations.Nullable;

/**
 * One machine's end of a link that keeps one frame, encoded, in an array that is used again: what
 * an integrator does who wants no object besides the messages.
 */
final class DirectLink implements Effects {
  private static final int FRAME_MAX = 128;

  private final Peer self;
  private final ZclCodec codec = new ZclCodec();
  private final OctetWriter out = new OctetWriter(FRAME_MAX);
  private boolean pending;
  private int sequence;
  private int pendingSequence;
  private long sends;
  private @Nullable Job job;

  DirectLink(Peer self) {
    this.self = self;
  }

  @Override
  public long send(Peer destination, ZclMessage message, SendOptions options) {
    sequence = (sequence + 1) & Width.UINT8_MAX;
    return encode(message, sequence, false);
  }

  @Override
  public long reply(Received request, ZclMessage message, SendOptions options) {
    return encode(message, request.transactionSequence(), true);
  }

  private long encode(ZclMessage message, int number, boolean disableDefaultResponse) {
    if (pending) {
      throw new AssertionError("two frames in one call");
    }
    out.clear();
    ZclCodec.encode(message, number, disableDefaultResponse, out);
    pending = true;
    pendingSequence = number;
    return ++sends << Byte.SIZE | number;
  }

  /** Decodes the frame that waits at the other end; null if there is none. */
  @Nullable Received receive(DirectLink other) {
    if (!other.pending) {
      return null;
    }
    other.pending = false;
    ZclMessage message = codec.decode(Clusters.OTA_UPGRADE, other.out.view());
    return new Received(other.self, message, other.pendingSequence, Delivery.UNICAST);
  }

  Job takeJob() {
    Job taken = job;
    job = null;
    if (taken == null) {
      throw new AssertionError("no job was started");
    }
    return taken;
  }

  @Override
  public void start(Job started) {
    job = started;
  }

  @Override
  public void wakeAt(long monotonicNanos) {}

  @Override
  public void pollFast(boolean wanted) {}

  @Override
  public void discover(int profileId, int clusterId) {}

  @Override
  public void toWan(ToWan what) {}

  @Override
  public void report(Event event) {}
}
