// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.List;
import java.util.Objects;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/** Sources one behind the other, as a view. */
final class Concatenation implements OctetSource {
  private final List<OctetSource> sources;
  private final long size;

  Concatenation(List<OctetSource> sources) {
    this.sources = List.copyOf(sources);
    this.size = sources.stream().mapToLong(OctetSource::size).sum();
  }

  @Override
  public long size() {
    return size;
  }

  /** A view where the octets lie in one source, else a copy. */
  @Override
  public Octets octets(long offset, int length) {
    Objects.checkFromIndexSize(offset, (long) length, size);
    byte @Nullable [] copy = null;
    int filled = 0;
    long start = 0;
    for (OctetSource source : sources) {
      long from = offset + filled - start;
      if (from >= 0 && from < source.size() && filled < length) {
        int count = (int) Math.min(length - filled, source.size() - from);
        Octets piece = source.octets(from, count);
        if (count == length) {
          return piece;
        }
        copy = copy == null ? new byte[length] : copy;
        piece.copyTo(copy, filled);
        filled += count;
      }
      start += source.size();
    }
    return copy == null ? Octets.EMPTY : Octets.wrap(copy);
  }
}
