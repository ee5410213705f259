// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/**
 * Reads fields from octets one after the other; a field that is cut off is refused by its name.
 * Never reads past the octets it was given.
 */
public final class OctetReader {
  private final Octets octets;
  private int position;

  /** Reads {@code octets} from their first. */
  public OctetReader(Octets octets) {
    this.octets = octets;
  }

  /** Octets read so far, which is the offset of the next field. */
  public int position() {
    return position;
  }

  /** Octets not yet read. */
  public int remaining() {
    return octets.length() - position;
  }

  /** A uint8. */
  public int uint8(String field) {
    return octets.at(advance(field, 1));
  }

  /** A little-endian uint16. */
  public int uint16le(String field) {
    return octets.uint16le(advance(field, 2));
  }

  /** A little-endian uint32. */
  public long uint32le(String field) {
    return octets.uint32le(advance(field, 4));
  }

  /** Little-endian 64 bits. */
  public long int64le(String field) {
    return octets.int64le(advance(field, 8));
  }

  /** A big-endian uint16. */
  public int uint16be(String field) {
    return octets.uint16be(advance(field, 2));
  }

  /** A big-endian uint32. */
  public long uint32be(String field) {
    return octets.uint32be(advance(field, 4));
  }

  /** Big-endian 64 bits. */
  public long int64be(String field) {
    return octets.int64be(advance(field, 8));
  }

  /** A view of the next {@code count} octets. */
  public Octets octets(String field, int count) {
    return octets.slice(advance(field, count), count);
  }

  /** Refuses octets behind the last field of {@code whole}. */
  public void end(String whole) {
    if (remaining() > 0) {
      throw new FormatException(
          "end of " + whole, position, remaining() + " more octets", "no more octets");
    }
  }

  private int advance(String field, int count) {
    if (count > remaining()) {
      throw new FormatException(field, position, remaining() + " octets left", count + " octets");
    }
    int at = position;
    position += count;
    return at;
  }
}
