// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.file.OwnFolder;
import org.hanota.api.file.WholeFile;
import org.hanota.device.bank.BankGeometry;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A bank in a folder of its own. What a journal speaks of is on the disk before the journal is; a
 * journal replaces the one before the last as a whole. Whoever opens a folder has it alone.
 */
public final class FileImageBank implements ImageBank, AutoCloseable {
  private static final List<String> SLOT_FILES = List.of("slot-a", "slot-b");

  private final Path folder;
  private final long capacityOctets;
  private final OwnFolder lock;
  private final JournalFiles journals;
  private final SlotFile slotA;
  private final SlotFile slotB;
  private Journal journal;

  private FileImageBank(Path folder, long capacityOctets, FileVersion factory, OwnFolder lock)
      throws IOException {
    this.folder = folder;
    this.capacityOctets = capacityOctets;
    this.lock = lock;
    clear(lock);
    this.journals = JournalFiles.open(folder);
    this.journal = begin(factory);
    this.slotA = new SlotFile(folder.resolve(SLOT_FILES.get(0)));
    this.slotB = new SlotFile(folder.resolve(SLOT_FILES.get(1)));
    WholeFile.forceFolder(folder);
  }

  /**
   * Opens the bank in {@code folder}, or makes it there.
   *
   * @param capacityOctets octets that each slot holds
   * @param factory the version in slot A of a bank that is new
   * @throws FormatException if no copy of the journal is undamaged
   * @throws IllegalStateException if the folder is in use, or has such files of somebody else
   * @throws UncheckedIOException if the folder cannot be written
   */
  public static FileImageBank open(Path folder, long capacityOctets, FileVersion factory) {
    @Nullable OwnFolder lock = null;
    try {
      lock = OwnFolder.hold(folder, "lock", FileImageBank::touches);
      return new FileImageBank(folder, capacityOctets, factory, lock);
    } catch (IOException e) {
      release(lock);
      throw new UncheckedIOException(
          "folder " + folder + " cannot be used as an image bank: " + e, e);
    } catch (FormatException e) {
      release(lock);
      throw e;
    }
  }

  /** What a process left that ended while it wrote. */
  private static void clear(OwnFolder own) throws IOException {
    if (!own.wasOurs()) {
      return;
    }
    try (Stream<Path> files = Files.list(own.path())) {
      for (Path file : files.filter(FileImageBank::isUnfinished).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean isUnfinished(Path file) {
    String name = String.valueOf(file.getFileName());
    return JournalFiles.NAMES.stream().anyMatch(own -> WholeFile.isUnfinished(name, own));
  }

  private static boolean touches(String name) {
    return SLOT_FILES.contains(name) || JournalFiles.NAMES.contains(name);
  }

  private static void release(@Nullable OwnFolder lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the lock cannot be released", e);
      }
    }
  }

  /** The journal that holds; both copies are right afterwards. */
  private Journal begin(FileVersion factory) throws IOException {
    if (journals.latest().isEmpty()) {
      refuseLostJournal();
      // Twice: from the first moment on there is a copy to fall back on.
      journals.write(Journal.factory(factory));
      journals.write(Journal.factory(factory));
    } else if (!journals.damage().isEmpty()) {
      journals.write(journals.latest().get());
    }
    return journals.latest().orElseThrow(AssertionError::new);
  }

  /** Slots are made after the journal: slots without one have lost it. */
  private void refuseLostJournal() {
    for (String slot : SLOT_FILES) {
      if (Files.exists(folder.resolve(slot))) {
        throw new FormatException(
            "journal in " + folder,
            0,
            "no journal beside " + slot,
            "a journal; the device needs service");
      }
    }
  }

  /** What was wrong with a copy of the journal when the bank was opened; empty if nothing was. */
  public List<String> damage() {
    return journals.damage();
  }

  @Override
  public BankGeometry geometry() {
    return BankGeometry.REWRITABLE;
  }

  @Override
  public long capacityOctets() {
    return capacityOctets;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public void save(Journal next) {
    try {
      slotA.force();
      slotB.force();
      journals.write(next);
    } catch (IOException e) {
      throw failed("its journal cannot be saved", e);
    }
    journal = next;
  }

  @Override
  public void erase(Slot slot, long fromOctet) {
    try {
      file(slot).erase(fromOctet);
    } catch (IOException e) {
      throw failed("slot " + slot + " cannot be erased", e);
    }
  }

  @Override
  public void write(Slot slot, long position, Octets data) {
    long end = position + data.length();
    if (position < 0 || end > capacityOctets) {
      throw new IllegalArgumentException(
          "data is at " + position + " to " + end + ", allowed 0 to " + capacityOctets);
    }
    try {
      file(slot).write(position, data);
    } catch (IOException e) {
      throw failed("slot " + slot + " cannot be written at " + position, e);
    }
  }

  @Override
  public OctetSource read(Slot slot, long size) {
    return file(slot).source(size);
  }

  private SlotFile file(Slot slot) {
    return slot == Slot.A ? slotA : slotB;
  }

  private UncheckedIOException failed(String what, IOException e) {
    return new UncheckedIOException("image bank " + folder + ": " + what + ": " + e, e);
  }

  @Override
  public void close() {
    try {
      slotA.close();
      slotB.close();
    } catch (IOException e) {
      throw failed("it cannot be closed", e);
    } finally {
      release(lock);
    }
  }
}
