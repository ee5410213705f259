// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/**
 * Octets that may be more than fit an array: an image in a bank, a mapped file. {@link Octets} is
 * the source of everything that fits.
 */
public interface OctetSource {
  /** How many octets there are. */
  long size();

  /**
   * The octets {@code offset .. offset + length - 1}; a view where the source can give one.
   *
   * @throws IndexOutOfBoundsException if they do not all lie within the source
   */
  Octets octets(long offset, int length);
}
