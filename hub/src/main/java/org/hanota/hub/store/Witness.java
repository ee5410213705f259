// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * Counts the saves of a store, beside it: a store that opens in an earlier state than the last one
 * that was saved, because its end is gone, is found out. Two places are written by turns.
 */
final class Witness implements AutoCloseable {
  private static final int PLACE_OCTETS = 16;

  private final FileChannel channel;

  Witness(Path file) throws IOException {
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** The count noted last; 0 if there is none that is right. */
  long count() throws IOException {
    return Math.max(place(0), place(1));
  }

  private long place(int number) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(PLACE_OCTETS);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, (long) number * PLACE_OCTETS + buffer.position()) < 0) {
        return 0;
      }
    }
    try {
      return Sealed.open(Octets.wrap(buffer.array())).int64be(0);
    } catch (FormatException e) {
      // Torn while it was written; the other place is right.
      return 0;
    }
  }

  void note(long count) throws IOException {
    ByteBuffer buffer =
        Sealed.seal(new OctetWriter(PLACE_OCTETS).int64be(count).toOctets()).asByteBuffer();
    long at = count % 2 * PLACE_OCTETS;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
