// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.TransferPace;
import org.hanota.hub.catalogue.StoredImage;
import org.jspecify.annotations.Nullable;

/** A file that is served to a device, and how far that has come. */
public final class Serving {
  private final ImageId image;
  private final StoredImage stored;
  private final OctetSource file;
  private final long sizeOctets;
  private final int maximumDataSize;

  /** The octets from here up to the next one went out without a gap; -1 before the first ones. */
  private long contiguousFrom = -1;

  private long contiguousTo;

  /** Whether the last octet went out. */
  private boolean complete;

  /** Offsets from here up to the next one are the same percent of the file. */
  private long percentFrom;

  private long percentTo;
  private @Nullable TransferPace pace;

  /**
   * A file of which nothing went out yet.
   *
   * @param image its name to the device
   * @param maximumDataSize most octets of data in a block
   */
  public Serving(ImageId image, StoredImage stored, OctetSource file, int maximumDataSize) {
    this.image = image;
    this.stored = stored;
    this.file = file;
    this.sizeOctets = file.size();
    this.maximumDataSize = maximumDataSize;
  }

  /** Its name to the device. */
  public ImageId image() {
    return image;
  }

  /** The image of the catalogue. */
  public StoredImage stored() {
    return stored;
  }

  /** Its octets. */
  public OctetSource file() {
    return file;
  }

  /** How many there are. */
  public long sizeOctets() {
    return sizeOctets;
  }

  /** Most octets of data in a block. */
  public int maximumDataSize() {
    return maximumDataSize;
  }

  /** The transfer begins, or goes on, at an offset. */
  void begin(Now now, long offset) {
    pace = new TransferPace(now, offset);
  }

  /** Octets went out. */
  void sent(long offset, long end) {
    if (contiguousFrom < 0 || (offset == 0 && contiguousFrom > 0)) {
      contiguousFrom = offset;
      contiguousTo = end;
    } else if (offset >= contiguousFrom && offset <= contiguousTo && end > contiguousTo) {
      contiguousTo = end;
    }
    if (end == sizeOctets) {
      complete = true;
    }
  }

  /** Whether the last octet went out. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether every octet went out, one after the other. */
  public boolean isWhole() {
    return contiguousFrom == 0 && contiguousTo == sizeOctets;
  }

  /** Whether the percent is another than before; notes how far the new one reaches. */
  boolean isNewPercent(Now now, long before, long end) {
    if (before >= percentFrom && end < percentTo) {
      return false;
    }
    long percent = end * 100 / sizeOctets;
    percentFrom = (percent * sizeOctets + 99) / 100;
    percentTo = ((percent + 1) * sizeOctets + 99) / 100;
    if (end <= before || percent == before * 100 / sizeOctets) {
      return false;
    }
    if (pace != null) {
      pace.mark(now, end);
    }
    return true;
  }

  @Nullable TransferPace pace() {
    return pace;
  }

  /** Writes what decides what happens next. */
  void describe(StateWriter out) {
    out.put("serves", image)
        .put("file", stored.sha256().toHex())
        .put("contiguous from", contiguousFrom)
        .put("contiguous to", contiguousTo)
        .put("last octet", complete)
        .put("percent from", percentFrom)
        .put("percent to", percentTo);
  }
}
