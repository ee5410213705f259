// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/** Takes a file's octets in order: a stream, a digest, a buffer of the caller. */
@FunctionalInterface
public interface OctetSink {
  /** Octets handed over at once: large enough to be quick, small enough for any heap. */
  int PIECE = 1 << 16;

  /** The next octets; the view is valid as long as what it was read from. */
  void accept(Octets octets);

  /** All of {@code source}, piece by piece. */
  default void acceptAll(OctetSource source) {
    long size = source.size();
    for (long offset = 0; offset < size; offset += PIECE) {
      accept(source.octets(offset, (int) Math.min(PIECE, size - offset)));
    }
  }
}
