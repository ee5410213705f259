// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.file.WholeFile;

/**
 * Counts the saves of a store, beside it: a store that opens in an earlier state than the last one
 * that was saved, because its end is gone, is found out. Two places are written by turns.
 */
final class Witness implements AutoCloseable {
  private static final int PLACE_OCTETS = 16;
  private static final int PLACES = 2;

  private final FileChannel channel;

  Witness(Path file) throws IOException {
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * What it says.
   *
   * @param count the highest count that is right; 0 if there is none
   * @param known whether the last count noted is that one; false if no place is right
   * @param problems what is not right, one line each
   */
  record Testimony(long count, boolean known, List<String> problems) {}

  /** Reads both places. */
  Testimony read() throws IOException {
    long size = channel.size();
    long count = 0;
    int right = 0;
    int empty = 0;
    List<String> problems = new ArrayList<>();
    for (int place = 0; place < PLACES; place++) {
      Octets octets = octets(place);
      if (octets.equals(Octets.wrap(new byte[octets.length()]))) {
        // Not written yet: the first save goes to the second place.
        empty++;
        continue;
      }
      try {
        count = Math.max(count, Sealed.open(octets).int64be(0));
        right++;
      } catch (FormatException damaged) {
        problems.add("transfers.witness: place " + place + " is damaged: " + damaged.getMessage());
      }
    }
    if (size != 0 && size != (long) PLACES * PLACE_OCTETS) {
      problems.add("transfers.witness: is " + size + " octets, allowed " + PLACES * PLACE_OCTETS);
    }
    return new Testimony(count, right > 0 || empty == PLACES, problems);
  }

  private Octets octets(int place) throws IOException {
    long at = (long) place * PLACE_OCTETS;
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.max(0, Math.min(PLACE_OCTETS, channel.size() - at)));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("transfers.witness ends at " + (at + buffer.position()));
      }
    }
    return Octets.wrap(buffer.array());
  }

  void note(long count) throws IOException {
    WholeFile.writeFully(
        channel,
        count % PLACES * PLACE_OCTETS,
        Sealed.seal(new OctetWriter(PLACE_OCTETS).int64be(count).toOctets()));
    channel.force(false);
  }

  /** Begins anew, with nothing noted. */
  void clear() throws IOException {
    channel.truncate(0);
    WholeFile.writeFully(channel, 0, Octets.wrap(new byte[PLACES * PLACE_OCTETS]));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
