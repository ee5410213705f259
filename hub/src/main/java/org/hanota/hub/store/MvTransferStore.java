// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Octets;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Peer;
import org.hanota.hub.TransferRecord;
import org.hanota.hub.TransferStore;
import org.hanota.hub.store.StoreFile.Contents;
import org.jspecify.annotations.Nullable;

/**
 * What a hub must not forget, in a folder: an H2 MVStore and a witness of how often it was saved.
 * Each save is on the disk when it returns. The file is made anew whenever it is opened, from what
 * is right in it; a damaged one is kept aside and reported. From one that has lost saves, offers
 * are left out, since they may have been taken back: the images then speak for themselves. Whoever
 * opens a folder has it alone.
 */
public final class MvTransferStore implements TransferStore, AutoCloseable {
  private final Path folder;
  private final FileChannel lock;
  private final Witness witness;
  private final StoreFile file;
  private final List<String> repairs = new ArrayList<>();
  private long count;

  private MvTransferStore(Path folder, FileChannel lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.witness = new Witness(folder.resolve("transfers.witness"));
    this.file = begin(folder.resolve("transfers.mv"));
  }

  /**
   * Opens the store in {@code folder}, or makes it there.
   *
   * @throws IllegalStateException if the folder is in use, or a newer version made the store
   * @throws UncheckedIOException if it cannot be read or written
   */
  public static MvTransferStore open(Path folder) {
    try {
      FileChannel lock = Durable.lock(folder, "transfers.lock");
      try {
        return new MvTransferStore(folder, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "folder " + folder + " cannot be used as a transfer store: " + e, e);
    }
  }

  /** Each opening makes the file anew from what is right in it: damage does not stay hidden. */
  private StoreFile begin(Path path) throws IOException {
    long witnessed = witness.count();
    Contents kept = read(path, witnessed);
    count = Math.max(kept.count(), witnessed);
    Path fresh = path.resolveSibling(path.getFileName() + Durable.UNFINISHED);
    Files.deleteIfExists(fresh);
    try (StoreFile made = new StoreFile(fresh)) {
      kept.records().values().forEach(made::put);
      kept.failures().forEach(made::put);
      kept.waiting().forEach(made::put);
      made.commit(count);
    }
    if (!repairs.isEmpty()) {
      repairs.add(
          "kept " + kept.records().size() + " devices and " + kept.failures().size() + " counts");
      Durable.copyAside(path);
    }
    Durable.finish(fresh, path);
    if (count != witnessed) {
      witness.note(count);
    }
    return new StoreFile(path);
  }

  private Contents read(Path path, long witnessed) throws IOException {
    @Nullable StoreFile opened = null;
    if (!Files.exists(path) || Files.size(path) == 0) {
      if (witnessed > 0) {
        repairs.add("transfers.mv is lost");
      }
    } else {
      opened = tryOpen(path);
    }
    if (opened == null) {
      return new Contents(Schema.NEWEST, 0, Map.of(), Map.of(), Map.of(), List.of());
    }
    try {
      Contents contents = opened.contents();
      refuseNewer(contents);
      repairs.addAll(contents.problems());
      if (contents.count() >= witnessed) {
        return contents;
      }
      repairs.add(
          "transfers.mv holds "
              + contents.count()
              + " of "
              + witnessed
              + " saves: offers left out");
      return withoutOffers(contents);
    } finally {
      opened.abandon();
    }
  }

  /** Damage makes the store throw almost anything, an AssertionError where they are enabled. */
  private @Nullable StoreFile tryOpen(Path path) {
    try {
      return new StoreFile(path);
    } catch (RuntimeException | AssertionError e) {
      repairs.add("transfers.mv cannot be opened: " + e);
      return null;
    }
  }

  private void refuseNewer(Contents contents) {
    if (contents.schema() > Schema.NEWEST && contents.problems().isEmpty()) {
      throw new IllegalStateException(
          "transfers.mv in "
              + folder
              + " has schema "
              + contents.schema()
              + ", allowed 1 to "
              + Schema.NEWEST
              + ": a newer hanota made it; use that one");
    }
  }

  /**
   * In an old state, an offer may stand that was taken back since. A message may stand that was
   * delivered since, which its device knows by its counter.
   */
  private static Contents withoutOffers(Contents old) {
    Map<Peer, TransferRecord> records = new TreeMap<>();
    old.records()
        .forEach(
            (device, record) ->
                records.put(
                    device,
                    new TransferRecord(
                        device,
                        record.running(),
                        record.hardwareVersion(),
                        Phase.IDLE,
                        Optional.empty(),
                        record.turn(),
                        record.sinceUtcMillis(),
                        record.phaseUtcMillis(),
                        record.failure(),
                        record.series(),
                        Optional.empty(),
                        record.recalled(),
                        record.blame())));
    return new Contents(
        old.schema(), old.count(), records, old.failures(), old.waiting(), old.problems());
  }

  /** What was damaged when the store was opened and what became of it, one line each. */
  public List<String> repairs() {
    return List.copyOf(repairs);
  }

  @Override
  public List<TransferRecord> records() {
    return List.copyOf(file.contents().records().values());
  }

  @Override
  public Map<Octets, Integer> failures() {
    return file.contents().failures();
  }

  @Override
  public Map<Peer, List<Octets>> waiting() {
    return file.contents().waiting();
  }

  @Override
  public void save(Changes changes) {
    changes.forgotten().forEach(file::remove);
    changes.records().forEach(file::put);
    changes.failures().forEach(file::put);
    changes.waiting().forEach(file::put);
    commit();
  }

  private void commit() {
    count++;
    file.commit(count);
    try {
      witness.note(count);
    } catch (IOException e) {
      throw new UncheckedIOException("transfer store " + folder + " cannot be saved: " + e, e);
    }
  }

  @Override
  public void close() {
    file.close();
    try {
      witness.close();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("transfer store " + folder + " cannot be closed: " + e, e);
    }
  }
}
