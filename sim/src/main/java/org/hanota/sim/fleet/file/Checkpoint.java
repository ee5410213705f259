// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.hanota.sim.fleet.FleetEngine;

/**
 * Keeps each finished shard in a folder, so that a run that was ended goes on where it was. Which
 * scenario and version it belongs to stands in it; a shard that was half written is computed again.
 * [hanota H140]
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
                + " is of another run, which has "
                + found.strip().replace("\n", "; ")
                + "; and this one "
                + identity.strip().replace("\n", "; "));
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
  public void run(Pass pass, int[] shards, Results results) throws InterruptedException {
    Path path = folder.resolve("pass-" + passes + ".shards");
    passes++;
    try (ShardFile file = ShardFile.open(path, pass.shards())) {
      Merge merge = new Merge(file, shards, results);
      merge.giveKept();
      engine.run(pass, merge.missing(), merge);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /**
   * Joins what was kept with what is computed: a kept shard is read when each missing one before it
   * is there, so that whoever adds them in their order holds few.
   */
  private static final class Merge implements Results {
    private final ShardFile file;
    private final Results results;
    private final BitSet kept = new BitSet();
    private final BitSet missing = new BitSet();

    Merge(ShardFile file, int[] shards, Results results) {
      this.file = file;
      this.results = results;
      for (int each : shards) {
        (file.has(each) ? kept : missing).set(each);
      }
    }

    int[] missing() {
      return missing.stream().toArray();
    }

    /** Gives each kept shard that comes before the first missing one. */
    void giveKept() throws IOException {
      int end = missing.isEmpty() ? Integer.MAX_VALUE : missing.nextSetBit(0);
      for (int each = kept.nextSetBit(0); each >= 0 && each < end; each = kept.nextSetBit(0)) {
        kept.clear(each);
        results.arrived(each, file.read(each));
      }
    }

    @Override
    public void arrived(int shard, long[] result) {
      try {
        if (missing.get(shard)) {
          file.append(shard, result);
          missing.clear(shard);
        }
        results.arrived(shard, result);
        giveKept();
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }
  }
}
