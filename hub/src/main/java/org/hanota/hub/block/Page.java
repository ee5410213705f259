// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.block;

import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.hub.HubParameters;
import org.hanota.hub.update.Serving;
import org.hanota.hub.update.Update;

/** The page that goes out: one at a time, and not for long. */
final class Page {
  private final Update update;
  private final Serving serving;
  private final int blockSize;
  private final long end;
  private final long spacingMs;
  private final long overNanos;
  private long next;
  private long dueNanos;

  private Page(
      Update update,
      Serving serving,
      int blockSize,
      long next,
      long end,
      long spacingMs,
      long overNanos) {
    this.update = update;
    this.serving = serving;
    this.blockSize = blockSize;
    this.next = next;
    this.end = end;
    this.spacingMs = spacingMs;
    this.overNanos = overNanos;
  }

  static Page of(
      Update update,
      Serving serving,
      ImagePageRequest request,
      int blockSize,
      Now now,
      HubParameters parameters) {
    long end = request.fileOffset() + request.pageSizeOctets();
    return new Page(
        update,
        serving,
        blockSize,
        request.fileOffset(),
        Math.min(end, serving.file().size()),
        Math.max(request.responseSpacingMs(), parameters.pageSpacingMs()),
        now.plusMillis(parameters.pageTimeMs()));
  }

  Update update() {
    return update;
  }

  Serving serving() {
    return serving;
  }

  /** The offset of the next block. */
  long next() {
    return next;
  }

  /** Its length. */
  int length() {
    return (int) Math.min(blockSize, end - next);
  }

  /** When it is due. */
  long dueNanos() {
    return dueNanos;
  }

  /** Whether the page has had its time. */
  boolean isOver(Now now) {
    return now.monotonicNanos() >= overNanos;
  }

  /** The next block has gone out. Returns whether another one follows. */
  boolean sent(Now now, int length) {
    next += length;
    dueNanos = now.plusMillis(spacingMs);
    return next < end;
  }

  void describe(StateWriter out) {
    out.put("page of", update.name())
        .put("block size", blockSize)
        .put("next", next)
        .put("end", end)
        .put("spacing", spacingMs)
        .putNanos("due", dueNanos)
        .putNanos("over", overNanos)
        .put("still served", update.transfer().serving() == serving);
  }
}
