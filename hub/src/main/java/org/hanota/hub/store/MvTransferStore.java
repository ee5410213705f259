// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.h2.mvstore.MVStoreException;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Phase;
import org.hanota.api.file.OwnFolder;
import org.hanota.api.file.WholeFile;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.store.StoreFile.Contents;
import org.hanota.hub.store.Witness.Testimony;
import org.jspecify.annotations.Nullable;

/**
 * What a hub must not forget, in a folder: an H2 MVStore and a witness of how often it was saved.
 * Each save is on the disk when it returns. The file is made anew whenever it is opened, from what
 * is right in it; a damaged one is kept aside and reported. From one that has lost saves, offers
 * are left out, since they may have been taken back: the images then speak for themselves. Whoever
 * opens a folder has it alone.
 *
 * <p>A save that fails leaves what was saved before. The file is then closed, since a full disk
 * makes an MVStore useless for good, and opened anew by the next call.
 */
public final class MvTransferStore implements TransferStore, AutoCloseable {
  private static final String FILE = "transfers.mv";
  private static final String WITNESS = "transfers.witness";

  private final Path folder;
  private final OwnFolder own;
  private final Witness witness;
  private final List<String> repairs = new ArrayList<>();

  /** Null while it must be opened anew. */
  private @Nullable StoreFile file;

  private long count;

  private MvTransferStore(OwnFolder own) throws IOException {
    this.folder = own.path();
    this.own = own;
    clear();
    this.witness = new Witness(folder.resolve(WITNESS));
    try {
      this.file = begin(folder.resolve(FILE));
    } catch (IOException | RuntimeException e) {
      witness.close();
      throw e;
    }
  }

  /** What a process left that ended while it made the file anew. */
  private void clear() throws IOException {
    if (!own.wasOurs()) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path left :
          files
              .filter(path -> WholeFile.isUnfinished(String.valueOf(path.getFileName()), FILE))
              .toList()) {
        Files.delete(left);
      }
    }
  }

  private StoreFile file() {
    StoreFile opened = file;
    if (opened == null) {
      try {
        opened = begin(folder.resolve(FILE));
      } catch (IOException | MVStoreException e) {
        throw fault(folder, "cannot be opened anew", e);
      }
      file = opened;
    }
    return opened;
  }

  /**
   * Opens the store in {@code folder}, or makes it there.
   *
   * @throws IllegalStateException if the folder is in use, or a newer version made the store
   * @throws UncheckedIOException if it cannot be read or written
   */
  public static MvTransferStore open(Path folder) {
    try {
      // What it does not know among its names is kept aside, so it may be anybody's.
      OwnFolder own = OwnFolder.hold(folder, "transfers.lock", name -> false);
      try {
        return new MvTransferStore(own);
      } catch (IOException | RuntimeException e) {
        own.close();
        throw e;
      }
    } catch (IOException | MVStoreException e) {
      throw fault(folder, "cannot be opened", e);
    }
  }

  /** Each opening makes the file anew from what is right in it: damage does not stay hidden. */
  private StoreFile begin(Path path) throws IOException {
    int repairsBefore = repairs.size();
    Testimony witnessed = witness.read();
    Contents kept = read(path, witnessed.count());
    count = Math.max(kept.count(), witnessed.count());
    boolean damaged = repairs.size() > repairsBefore;
    try (WholeFile fresh = WholeFile.beside(path)) {
      try (StoreFile made = new StoreFile(fresh.path())) {
        kept.records().values().forEach(made::put);
        kept.failures().forEach(made::put);
        kept.waiting().forEach(made::put);
        kept.orders().forEach((image, order) -> made.put(image, Optional.of(order)));
        made.commit(count, kept.clock());
      }
      if (damaged) {
        repairs.add(
            "kept " + kept.records().size() + " devices and " + kept.failures().size() + " counts");
        Aside.copy(path);
      }
      fresh.commit();
    }
    testify(witnessed, count);
    return new StoreFile(path);
  }

  /** A witness that is damaged is told of, kept aside and made anew. */
  private void testify(Testimony witnessed, long holds) throws IOException {
    boolean isLost = witnessed.known() && witnessed.count() == 0 && holds > 0;
    if (isLost || !witnessed.problems().isEmpty()) {
      repairs.addAll(witnessed.problems());
      repairs.add(
          isLost
              ? WITNESS + " is lost: whether transfers.mv has lost saves is not known"
              : WITNESS
                  + (witnessed.known()
                      ? " says " + witnessed.count() + " saves, which may have been one more"
                      : ": no place is right: whether transfers.mv has lost saves is not known"));
      Aside.copy(folder.resolve(WITNESS));
      witness.clear();
      witness.note(holds);
    } else if (holds != witnessed.count()) {
      witness.note(holds);
    }
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
      return new Contents(
          Schema.NEWEST, 0, Map.of(), Map.of(), Map.of(), Map.of(), StoredClock.NONE, List.of());
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
    Map<UpdateName, TransferRecord> records = new TreeMap<>();
    old.records().forEach((name, record) -> records.put(name, withoutOffer(record)));
    return new Contents(
        old.schema(),
        old.count(),
        records,
        old.failures(),
        old.waiting(),
        old.orders(),
        old.clock(),
        old.problems());
  }

  /** What runs without an offer runs no earlier than the offer said. */
  private static TransferRecord withoutOffer(TransferRecord record) {
    return new TransferRecord(
        record.name(),
        record.running(),
        record.hardwareVersion(),
        record.failure().filter(last -> last.failure() == Failure.STOPPED).isPresent()
            ? record.phase()
            : Phase.IDLE,
        Optional.empty(),
        record.notBefore(),
        record.turn(),
        record.sinceUtcMillis(),
        record.phaseUtcMillis(),
        record.failure(),
        record.series(),
        record.file(),
        Optional.empty(),
        record.withdrawn(),
        record.ends());
  }

  /**
   * What was damaged since the last call, whenever the store was opened, and what became of it, one
   * line each.
   */
  public List<String> repairs() {
    List<String> told = List.copyOf(repairs);
    repairs.clear();
    return told;
  }

  @Override
  public List<TransferRecord> records() {
    return List.copyOf(file().contents().records().values());
  }

  @Override
  public Map<Octets, Integer> failures() {
    return file().contents().failures();
  }

  @Override
  public Map<Peer, List<Octets>> waiting() {
    return file().contents().waiting();
  }

  @Override
  public List<ImageOrder> orders() {
    return List.copyOf(file().contents().orders().values());
  }

  @Override
  public StoredClock clock() {
    return file().contents().clock();
  }

  @Override
  public void save(Changes changes) {
    StoreFile opened = file();
    boolean saved = false;
    try {
      changes.forgotten().forEach(opened::forget);
      changes.records().forEach(opened::put);
      changes.failures().forEach(opened::put);
      changes.waiting().forEach(opened::put);
      changes.orders().forEach(opened::put);
      opened.commit(count + 1, changes.clock());
      count++;
      witness.note(count);
      saved = true;
    } catch (IOException | MVStoreException e) {
      throw fault(folder, "cannot be saved", e);
    } finally {
      if (!saved) {
        file = null;
        opened.abandon();
      }
    }
  }

  /** The system's own words are those of the innermost cause: the store does not repeat them. */
  private static UncheckedIOException fault(Path folder, String what, Exception fault) {
    Throwable inner = fault;
    for (Throwable next = inner.getCause(); next != null; next = next.getCause()) {
      inner = next;
    }
    return new UncheckedIOException(
        "transfer store " + folder + " " + what + ": " + inner.getMessage(),
        fault instanceof IOException known ? known : new IOException(fault));
  }

  @Override
  public void close() {
    StoreFile opened = file;
    if (opened != null) {
      opened.close();
    }
    try {
      witness.close();
      own.close();
    } catch (IOException e) {
      throw new UncheckedIOException("transfer store " + folder + " cannot be closed: " + e, e);
    }
  }
}
