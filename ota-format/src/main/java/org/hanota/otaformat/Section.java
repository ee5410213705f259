// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Objects;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** A part of a larger source, as a view. */
public record Section(OctetSource whole, long start, long size) implements OctetSource {
  /** The octets {@code start .. start + size - 1} of {@code whole}, not copied. */
  public static OctetSource of(OctetSource whole, long start, long size) {
    Objects.checkFromIndexSize(start, size, whole.size());
    if (whole instanceof Octets octets) {
      return octets.octets(start, (int) size);
    }
    if (whole instanceof Section section) {
      return new Section(section.whole, section.start + start, size);
    }
    return new Section(whole, start, size);
  }

  @Override
  public Octets octets(long offset, int length) {
    Objects.checkFromIndexSize(offset, (long) length, size);
    return whole.octets(start + offset, length);
  }
}
