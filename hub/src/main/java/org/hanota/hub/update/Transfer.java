// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Octets;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.jspecify.annotations.Nullable;

/** What is served in an update, and how far that has come. */
public final class Transfer {
  private @Nullable Serving serving;

  /** SHA-256 of the file of which the device may have octets. */
  private @Nullable Octets file;

  private boolean mustBeginAnew;
  private long fileOffset;
  private long blocks;
  private long lastRequestNanos;

  /** Whether the update has one of the slots for concurrent transfers. */
  private boolean hasSlot;

  /** How far it has come since the update has its slot. */
  private long farthest;

  /** When it came farther, or the update got its slot. */
  private long progressNanos;

  Transfer() {}

  /** Takes up what was stored. */
  void restore(Now now, Optional<Octets> stored) {
    file = stored.orElse(null);
    lastRequestNanos = now.monotonicNanos();
  }

  /** What is served to it now; null before its first block. */
  public @Nullable Serving serving() {
    return serving;
  }

  /** SHA-256 of the file of which the device may have octets. */
  public Optional<Octets> file() {
    return Optional.ofNullable(file);
  }

  /** A file is served from now on. Returns whether it is another one than before. */
  public boolean serve(Serving next) {
    boolean changed = file == null || !next.stored().sha256().equals(file);
    mustBeginAnew |= changed && file != null;
    serving = next;
    file = next.stored().sha256();
    return changed;
  }

  /** Nothing is served any more; what the device may have of the file is still of that file. */
  public void stopServing() {
    serving = null;
  }

  /**
   * Whether the device may have octets of another file, so that a block in the middle of this one
   * would make one of two. It has to begin with the first octet.
   */
  public boolean mustBeginAnew() {
    return mustBeginAnew;
  }

  /** The device begins with the first octet. */
  public void beginsAnew() {
    mustBeginAnew = false;
  }

  /** It begins, or goes on after a rest, at an offset. */
  public void begins(Now now) {
    if (serving != null) {
      serving.begin(now, fileOffset);
    }
  }

  /** A block goes out from that offset: it is what the device has come to. */
  public void blockFrom(long offset) {
    fileOffset = offset;
    blocks++;
  }

  /** The device asks for its next octets. */
  public void requested(Now now) {
    lastRequestNanos = now.monotonicNanos();
  }

  /**
   * The block has gone out. Only what the device asked for is progress: what follows in a page may
   * go out to nobody. Returns whether the transfer has come to another percent.
   */
  public boolean blockTo(Now now, Serving from, long before, long end, boolean requested) {
    from.sent(fileOffset, end);
    fileOffset = end;
    if (end > farthest) {
      farthest = end;
      if (requested) {
        progressNanos = now.monotonicNanos();
      }
    }
    return from.isNewPercent(now, before, end);
  }

  /** The end of the octets that went out last. */
  public long fileOffset() {
    return fileOffset;
  }

  /** Blocks that went out, repeated ones included. */
  public long blocks() {
    return blocks;
  }

  /** The next file begins at its first octet. */
  public void rewind() {
    fileOffset = 0;
  }

  /** Time left at the speed of the last few percent, while blocks go out. */
  OptionalLong remainingMillis() {
    if (serving == null || serving.pace() == null) {
      return OptionalLong.empty();
    }
    return serving.pace().remainingMillis(serving.file().size() - fileOffset);
  }

  /** When the device asked last for octets of it. */
  public long lastRequestNanos() {
    return lastRequestNanos;
  }

  /** An update begins. */
  void begun() {
    blocks = 0;
    fileOffset = 0;
  }

  /** The update has a slot from now on. */
  void slotBegins(Now now) {
    hasSlot = true;
    farthest = -1;
    progressNanos = now.monotonicNanos();
  }

  /** The update has no slot any more. */
  void slotEnds() {
    hasSlot = false;
  }

  boolean hasSlot() {
    return hasSlot;
  }

  /** When its transfer came farther since it has its slot, or got that. */
  public long progressNanos() {
    return progressNanos;
  }

  /** Writes what decides what happens next: when it was asked last only while a transfer lasts. */
  void describe(boolean isUnderWay, StateWriter out) {
    out.put("file offset", fileOffset).put("must begin anew", mustBeginAnew);
    if (isUnderWay) {
      out.putNanos("last request", lastRequestNanos);
    }
    if (hasSlot) {
      out.put("farthest", farthest).putNanos("progress", progressNanos);
    }
    if (serving != null) {
      serving.describe(out);
    }
  }
}
