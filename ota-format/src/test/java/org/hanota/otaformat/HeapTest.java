// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapTest {
  private static final long TWO_GIB = 1L << 31;

  /** All that inspecting may allocate, garbage included, however long the file is. */
  private static final long HEAP_MAX = 4 << 20;

  @TempDir Path folder;

  @Test
  void aFileOfTwoGibibytesIsInspectedInConstantHeap() throws IOException {
    OtaHeader header = OtaHeader.of(ImageId.of(1, 2, 3));
    Octets head = header.withBodyOf(TWO_GIB - header.headerLength()).write();
    long length = TWO_GIB - header.headerLength() - Element.HEADER_LENGTH;
    Octets element = new Element(ElementTag.UPGRADE_IMAGE, 0, length, Octets.EMPTY).header();
    try (Mapped file = new Mapped(folder.resolve("large.ota"), head.concat(element), TWO_GIB)) {
      long before = allocated();
      Inspection inspection = Inspection.of(file);
      assertThat(inspection.kind()).contains(FileKind.ZIGBEE);
      assertThat(inspection.diagnostics()).isEmpty();
      assertThat(inspection.integrity()).isEqualTo(IntegrityCode.Result.ABSENT);
      assertThat(inspection.elements().first(ElementTag.UPGRADE_IMAGE))
          .hasValueSatisfying(e -> assertThat(e.data().size()).isEqualTo(length));
      assertThat(OtaFile.read(file, FileKind.ZIGBEE).header().totalImageSize()).isEqualTo(TWO_GIB);
      assertThat(allocated() - before).isLessThan(HEAP_MAX);
    }
  }

  @Test
  void aFileOfMillionsOfEmptyElementsTakesNoMoreHeapThanItsWindows() {
    allocatedReading(10); // loads the classes
    assertThat(allocatedReading(3_000_000)).isLessThan(HEAP_MAX);
  }

  private static long allocatedReading(int elements) {
    Octets head = OtaHeader.of(ImageId.of(1, 2, 3)).withBodyOf(6L * elements).write();
    Octets file = head.concat(Octets.wrap(new byte[6 * elements]));
    long before = allocated();
    Inspection inspection = Inspection.of(file);
    assertThat(inspection.elements().count()).isEqualTo(elements);
    assertThat(inspection.diagnostics())
        .hasSize(2); // a tag that repeats, and an image without octets
    assertThat(ZigBeeFile.read(file).elements().count()).isEqualTo(elements);
    return allocated() - before;
  }

  @Test
  void hashingAllocatesNothingForItsBlocks() {
    Octets message = Octets.wrap(new byte[1 << 20]);
    AesMmo hash = new AesMmo();
    hash.accept(message);
    Octets first = hash.finish();
    long before = allocated();
    hash.accept(message);
    Octets second = hash.finish();
    assertThat(allocated() - before)
        .isLessThan(4096); // of 65,537 blocks, while the code may be interpreted
    assertThat(second).isEqualTo(first);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** A sparse file, mapped by gibibytes; pieces are copied, since views are of arrays. */
  private static final class Mapped implements OctetSource, AutoCloseable {
    private static final long WINDOW = 1L << 30;

    private final RandomAccessFile file;
    private final MappedByteBuffer[] windows;
    private final long size;

    Mapped(Path path, Octets start, long size) throws IOException {
      this.file = new RandomAccessFile(path.toFile(), "rw");
      this.size = size;
      file.write(start.toByteArray());
      file.setLength(size);
      windows = new MappedByteBuffer[(int) ((size + WINDOW - 1) / WINDOW)];
      for (int i = 0; i < windows.length; i++) {
        windows[i] =
            file.getChannel()
                .map(
                    FileChannel.MapMode.READ_ONLY, i * WINDOW, Math.min(WINDOW, size - i * WINDOW));
      }
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public Octets octets(long offset, int length) {
      Objects.checkFromIndexSize(offset, (long) length, size);
      byte[] copy = new byte[length];
      for (int i = 0; i < length; i++) {
        long at = offset + i;
        copy[i] = windows[(int) (at / WINDOW)].get((int) (at % WINDOW));
      }
      return Octets.wrap(copy);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
