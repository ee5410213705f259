// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.file.WholeFile;

/** One slot: a file that is read and written by offset and forced when a journal asks for it. */
final class SlotFile implements AutoCloseable {
  private final FileChannel channel;
  private boolean dirty;

  SlotFile(Path file) throws IOException {
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  void erase(long fromOctet) throws IOException {
    channel.truncate(fromOctet);
    channel.force(true);
    dirty = false;
  }

  void write(long fileOffset, Octets data) throws IOException {
    dirty = true;
    WholeFile.writeFully(channel, fileOffset, data);
  }

  /** Whatever was written is durable when this returns. */
  void force() throws IOException {
    if (dirty) {
      channel.force(true);
      dirty = false;
    }
  }

  /** The first {@code size} octets; zeros where nothing was ever written. */
  OctetSource source(long size) {
    return new OctetSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public Octets octets(long offset, int length) {
        Objects.checkFromIndexSize(offset, (long) length, size);
        byte[] octets = new byte[length];
        try {
          read(ByteBuffer.wrap(octets), offset);
        } catch (IOException e) {
          throw new UncheckedIOException("a slot cannot be read at " + offset, e);
        }
        return Octets.wrap(octets);
      }
    };
  }

  private void read(ByteBuffer into, long offset) throws IOException {
    long at = offset;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        return;
      }
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
