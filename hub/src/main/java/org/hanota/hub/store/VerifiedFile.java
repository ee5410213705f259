// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.keys.Sha256;

/**
 * An image file, read by offset. Its hash is checked when it is opened, and each chunk is checked
 * again whenever it is read, so that not one octet that differs is ever handed out. Keeps the
 * hashes of the chunks and a few chunks, whatever its size and however many read it.
 */
final class VerifiedFile implements OctetSource, AutoCloseable {
  /** Long enough that hashing it for some eighty blocks at once costs little. */
  static final int CHUNK_OCTETS = 4096;

  /** Chunks kept in memory: a few devices at different places of one image. */
  private static final int CHUNKS_KEPT = 8;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private volatile boolean suspect;
  private final List<Octets> chunkHashes = new ArrayList<>();
  private final Map<Long, Octets> chunks =
      new LinkedHashMap<>(CHUNKS_KEPT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Octets> eldest) {
          return size() > CHUNKS_KEPT;
        }
      };

  private VerifiedFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  /** Opens a file and notes what its chunks are; the caller then compares the whole. */
  static VerifiedFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      VerifiedFile opened = new VerifiedFile(file, channel);
      for (long chunk = 0; chunk * CHUNK_OCTETS < opened.size; chunk++) {
        opened.chunkHashes.add(Sha256.of(opened.read(chunk)));
      }
      return opened;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Octets octets(long offset, int length) {
    Objects.checkFromIndexSize(offset, (long) length, size);
    if (length == 0) {
      return Octets.EMPTY;
    }
    long chunk = offset / CHUNK_OCTETS;
    int within = (int) (offset % CHUNK_OCTETS);
    if (within + length <= CHUNK_OCTETS) {
      return chunk(chunk).slice(within, length);
    }
    byte[] joined = new byte[length];
    int done = 0;
    while (done < length) {
      Octets source = chunk((offset + done) / CHUNK_OCTETS);
      int from = (int) ((offset + done) % CHUNK_OCTETS);
      int count = Math.min(length - done, source.length() - from);
      source.copyTo(from, joined, done, count);
      done += count;
    }
    return Octets.wrap(joined);
  }

  private synchronized Octets chunk(long number) {
    Octets kept = chunks.get(number);
    if (kept != null) {
      return kept;
    }
    try {
      Octets read = read(number);
      if (!Sha256.of(read).equals(chunkHashes.get((int) number))) {
        suspect = true;
        throw new IllegalStateException(
            "image file "
                + file
                + " has changed on the disk at "
                + number * CHUNK_OCTETS
                + ": nothing of it is served");
      }
      chunks.put(number, read);
      return read;
    } catch (IOException e) {
      suspect = true;
      throw new UncheckedIOException("image file " + file + " cannot be read: " + e, e);
    }
  }

  /** Whether something of it could not be read, or was not what it had been. */
  boolean isSuspect() {
    return suspect;
  }

  private Octets read(long chunk) throws IOException {
    long offset = chunk * CHUNK_OCTETS;
    byte[] octets = new byte[(int) Math.min(CHUNK_OCTETS, size - offset)];
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new IOException("it ends at " + (offset + buffer.position()));
      }
    }
    return Octets.wrap(octets);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
