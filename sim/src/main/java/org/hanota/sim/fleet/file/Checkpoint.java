// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.hanota.sim.fleet.FleetEngine;

/**
 * Keeps each finished shard in a folder, so that a run that was ended goes on where it was. Which
 * scenario and version it belongs to stands in it; a shard that was half written is computed again.
 */
public final class Checkpoint implements FleetEngine {
  private static final String IDENTITY = "fleet.id";

  private final FleetEngine engine;
  private final Path folder;
  private int passes;

  private Checkpoint(FleetEngine engine, Path folder) {
    this.engine = engine;
    this.folder = folder;
  }

  /** The folder belongs to something else, or is not one. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Computes by {@code engine} what is not in {@code folder}.
   *
   * @param identity of scenario and version, line by line
   * @param resumes whether the folder is there; otherwise it must be empty or not there
   * @throws Refused if the folder is not as {@code resumes} says, or of another identity
   */
  public static Checkpoint in(Path folder, FleetEngine engine, String identity, boolean resumes)
      throws IOException {
    Path file = folder.resolve(IDENTITY);
    if (resumes) {
      if (!Files.isRegularFile(file)) {
        throw new Refused(folder + " has no " + IDENTITY + ", allowed a folder of an ended run");
      }
      String found = Files.readString(file, StandardCharsets.UTF_8);
      if (!found.equals(identity)) {
        throw new Refused(
            folder
                + " is of another run, which has\n"
                + found.strip()
                + "\nand this one\n"
                + identity.strip());
      }
    } else {
      Files.createDirectories(folder);
      try (var entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new Refused(
              folder + " is not empty, allowed a new one, or --resume for an old one");
        }
      }
      Files.writeString(file, identity, StandardCharsets.UTF_8);
    }
    return new Checkpoint(engine, folder);
  }

  @Override
  public void run(Pass pass, Results results) throws InterruptedException {
    Path file = folder.resolve("pass-" + passes + ".shards");
    passes++;
    try {
      Map<Integer, long[]> kept = read(file);
      kept.forEach(results::arrived);
      int[] missing = missing(pass.shards(), kept);
      try (DataOutputStream out =
          new DataOutputStream(
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
        engine.run(
            new Missing(pass, missing),
            (shard, result) -> {
              append(out, missing[shard], result);
              results.arrived(missing[shard], result);
            });
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static int[] missing(int shards, Map<Integer, long[]> kept) {
    int[] missing = new int[shards - kept.size()];
    int found = 0;
    for (int shard = 0; shard < shards; shard++) {
      if (!kept.containsKey(shard)) {
        missing[found++] = shard;
      }
    }
    return missing;
  }

  private static final class Missing implements Pass {
    private final Pass pass;
    private final int[] numbers;

    Missing(Pass pass, int[] numbers) {
      this.pass = pass;
      this.numbers = numbers;
    }

    @Override
    public int shards() {
      return numbers.length;
    }

    @Override
    public long[] shard(int number) {
      return pass.shard(numbers[number]);
    }
  }

  private static void append(DataOutputStream out, int shard, long[] result) {
    try {
      ByteBuffer raw = ByteBuffer.allocate(result.length * Long.BYTES);
      raw.asLongBuffer().put(result);
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
        deflater.write(raw.array());
      }
      byte[] octets = packed.toByteArray();
      ByteBuffer record = ByteBuffer.allocate(3 * Integer.BYTES + Long.BYTES + octets.length);
      record
          .putInt(shard)
          .putInt(result.length)
          .putInt(octets.length)
          .putLong(check(shard, octets));
      out.write(record.put(octets).array());
      out.flush();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static long check(int shard, byte[] octets) {
    CRC32 sum = new CRC32();
    sum.update(octets);
    return sum.getValue() << Integer.SIZE | shard;
  }

  /** The shards of a file up to the first that is damaged, after which it is cut off. */
  private static Map<Integer, long[]> read(Path file) throws IOException {
    Map<Integer, long[]> kept = new TreeMap<>();
    if (!Files.exists(file)) {
      return kept;
    }
    long whole = 0;
    long size = Files.size(file);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (size - whole > 3 * Integer.BYTES + Long.BYTES) {
        int shard = in.readInt();
        int values = in.readInt();
        int length = in.readInt();
        long check = in.readLong();
        if (length < 0 || values < 0 || length > size - whole) {
          break;
        }
        byte[] octets = in.readNBytes(length);
        if (octets.length < length || check != check(shard, octets)) {
          break;
        }
        ByteBuffer raw =
            ByteBuffer.wrap(
                new InflaterInputStream(new ByteArrayInputStream(octets)).readAllBytes());
        long[] result = new long[values];
        raw.asLongBuffer().get(result);
        kept.put(shard, result);
        whole += 3 * Integer.BYTES + Long.BYTES + length;
      }
    }
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(whole);
    }
    return kept;
  }
}
