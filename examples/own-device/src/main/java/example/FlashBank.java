// SPDX-License-Identifier: Apache-2.0
package example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import org.hanota.api.FileVersion;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.file.WholeFile;
import org.hanota.device.bank.BankGeometry;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;

/** A bank of one's own: two files as a flash has them, 8 octets a write and 4 KiB an erase. */
final class FlashBank implements ImageBank {
  private static final BankGeometry GEOMETRY = new BankGeometry(8, 4096, 0xFF);
  private static final int CAPACITY = 256 * 4096;

  private final Path journalFile;
  private final FileChannel slotA;
  private final FileChannel slotB;
  private Journal journal;

  FlashBank(Path folder, FileVersion factory) throws IOException {
    Files.createDirectories(folder);
    journalFile = folder.resolve("journal");
    slotA = opened(folder.resolve("slot-a"));
    slotB = opened(folder.resolve("slot-b"));
    journal =
        Files.exists(journalFile)
            ? Journal.decode(Octets.wrap(Files.readAllBytes(journalFile)))
            : Journal.factory(factory);
  }

  private static FileChannel opened(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.write(file, erased(CAPACITY));
    }
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static byte[] erased(int octets) {
    byte[] array = new byte[octets];
    Arrays.fill(array, (byte) GEOMETRY.erasedValue());
    return array;
  }

  @Override
  public BankGeometry geometry() {
    return GEOMETRY;
  }

  @Override
  public long capacityOctets() {
    return CAPACITY;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  /** As a whole or not at all, and after all that was written before. */
  @Override
  public void save(Journal next) {
    try {
      slotA.force(false);
      slotB.force(false);
      WholeFile.replace(journalFile, next.encode());
    } catch (IOException e) {
      throw new UncheckedIOException("the journal is not saved", e);
    }
    journal = next;
  }

  @Override
  public void erase(Slot slot, long fromOctet) {
    put(slot, fromOctet, erased((int) (CAPACITY - fromOctet)));
  }

  @Override
  public void write(Slot slot, long position, Octets data) {
    put(slot, position, data.toByteArray());
  }

  private void put(Slot slot, long position, byte[] octets) {
    ByteBuffer left = ByteBuffer.wrap(octets);
    try {
      while (left.hasRemaining()) {
        channel(slot).write(left, position + left.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("slot " + slot + " is not written at " + position, e);
    }
  }

  @Override
  public OctetSource read(Slot slot, long size) {
    return new OctetSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public Octets octets(long offset, int length) {
        Objects.checkFromIndexSize(offset, (long) length, size);
        ByteBuffer target = ByteBuffer.allocate(length);
        try {
          while (target.hasRemaining()) {
            channel(slot).read(target, offset + target.position());
          }
        } catch (IOException e) {
          throw new UncheckedIOException("slot " + slot + " is not read at " + offset, e);
        }
        return Octets.wrap(target.array());
      }
    };
  }

  private FileChannel channel(Slot slot) {
    return slot == Slot.A ? slotA : slotB;
  }
}
