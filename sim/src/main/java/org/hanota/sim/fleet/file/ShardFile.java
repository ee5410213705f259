// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Results of shards, one record after the other: u32 shard, u32 values, u32 octets, u64 check, the
 * values as deflated big-endian 64-bit numbers. A record is written at once; what follows the last
 * whole one is cut off when the file is opened. Of what is kept only places are held in memory.
 */
final class ShardFile implements AutoCloseable {
  private static final int HEADER = 3 * Integer.BYTES + Long.BYTES;

  private final Path path;
  private final FileChannel channel;
  private final Map<Integer, Long> places = new TreeMap<>();
  private long end;

  private ShardFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file, or makes it; whoever has it open keeps others out.
   *
   * @param shards that there are at most
   */
  static ShardFile open(Path path, int shards) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    ShardFile file = new ShardFile(path, channel);
    try {
      if (!file.isLocked()) {
        throw new Checkpoint.Refused(path + " is in use by another run");
      }
      file.scan(shards);
      return file;
    } catch (IOException | RuntimeException fault) {
      channel.close();
      throw fault;
    }
  }

  private boolean isLocked() throws IOException {
    try {
      // It ends with the channel.
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    }
  }

  private void scan(int shards) throws IOException {
    long size = channel.size();
    ByteBuffer header = header(0, size);
    while (header != null) {
      int shard = header.getInt(0);
      if (shard < 0 || shard >= shards || read(header, end) == null) {
        break;
      }
      places.putIfAbsent(shard, end);
      end += HEADER + header.getInt(2 * Integer.BYTES);
      header = header(end, size);
    }
    FileChannel unused = channel.truncate(end);
  }

  /** The header at a place; null where no whole record is. */
  private @Nullable ByteBuffer header(long place, long size) throws IOException {
    if (size - place < HEADER) {
      return null;
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    fill(header, place);
    int octets = header.getInt(2 * Integer.BYTES);
    return octets < 0 || octets > size - place - HEADER ? null : header;
  }

  private void fill(ByteBuffer into, long place) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, place + into.position()) < 0) {
        throw new IOException(path + " became shorter while it was read");
      }
    }
  }

  /** The values of a record; null if they are not as they were written. */
  private long @Nullable [] read(ByteBuffer header, long place) throws IOException {
    ByteBuffer packed = ByteBuffer.allocate(header.getInt(2 * Integer.BYTES));
    fill(packed, place + HEADER);
    if (header.getLong(3 * Integer.BYTES) != check(header, packed.array())) {
      return null;
    }
    byte[] raw = new byte[header.getInt(Integer.BYTES) * Long.BYTES];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed.array());
      int found = inflater.inflate(raw);
      if (found < raw.length) {
        return null;
      }
    } catch (DataFormatException damaged) {
      return null;
    } finally {
      inflater.end();
    }
    long[] values = new long[raw.length / Long.BYTES];
    ByteBuffer.wrap(raw).asLongBuffer().get(values);
    return values;
  }

  /** Of the header as well: a wrong length must not become an array. */
  private static long check(ByteBuffer header, byte[] packed) {
    CRC32 sum = new CRC32();
    sum.update(header.duplicate().position(0).limit(3 * Integer.BYTES));
    sum.update(packed);
    return sum.getValue();
  }

  boolean has(int shard) {
    return places.containsKey(shard);
  }

  /** Reads a shard that it has. */
  long[] read(int shard) throws IOException {
    Long place = places.get(shard);
    if (place == null) {
      throw new IllegalArgumentException("shard is " + shard + ", which is not kept");
    }
    ByteBuffer header = header(place, channel.size());
    long[] values = header == null ? null : read(header, place);
    if (values == null) {
      throw new IOException(path + " was changed while it was read");
    }
    return values;
  }

  /** Adds a shard at the end; what was written half is cut off by whoever opens the file next. */
  void append(int shard, long[] values) throws IOException {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES);
    raw.asLongBuffer().put(values);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(raw.array());
    }
    byte[] octets = packed.toByteArray();
    ByteBuffer record = ByteBuffer.allocate(HEADER + octets.length);
    record.putInt(shard).putInt(values.length).putInt(octets.length);
    record.putLong(check(record, octets)).put(octets).flip();
    long place = end;
    while (record.hasRemaining()) {
      end += channel.write(record, end);
    }
    places.put(shard, place);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
