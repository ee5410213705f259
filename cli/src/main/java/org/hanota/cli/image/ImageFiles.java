// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.hanota.api.OctetSink;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;

/** Opens and writes the files that the commands name; {@code -} is standard input or output. */
final class ImageFiles {
  /** Files up to here are read at once; longer ones are mapped. */
  private static final long READ_MAX = 1 << 24;

  private static final long WINDOW = 1L << 30;

  private ImageFiles() {}

  /** A size for people, in groups of three digits. */
  static String count(long octets) {
    return String.format(Locale.ROOT, "%,d octets", octets);
  }

  /** The octets of {@code name}. */
  static OctetSource open(Path name) throws IOException {
    if (name.toString().equals("-")) {
      return Octets.wrap(System.in.readAllBytes());
    }
    if (Files.isDirectory(name)) {
      throw new IOException(name + ": is a folder, a file is wanted");
    }
    if (!Files.exists(name)) {
      throw new NoSuchFileException(name.toString());
    }
    if (!Files.isRegularFile(name) || Files.size(name) <= READ_MAX) {
      return Octets.wrap(Files.readAllBytes(name));
    }
    return new Mapped(name);
  }

  /** The octets of a file that has to fit an array. */
  static Octets read(Path name) throws IOException {
    OctetSource source = open(name);
    if (source.size() > Integer.MAX_VALUE - 8) {
      throw new IOException(name + ": " + source.size() + " octets, allowed less than 2 GiB");
    }
    return source.octets(0, (int) source.size());
  }

  /** Writes to {@code name} what {@code content} hands over. */
  static void write(Path name, Existing existing, Consumer<OctetSink> content) throws IOException {
    if (name.toString().equals("-")) {
      pour(System.out, content);
      System.out.flush();
      return;
    }
    try (OutputFile file = OutputFile.create(name, existing)) {
      pour(file.stream(), content);
      file.commit();
    }
  }

  private static void pour(OutputStream out, Consumer<OctetSink> content) {
    content.accept(
        octets -> {
          try {
            out.write(octets.toByteArray());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** A long file, mapped by gibibytes. */
  private static final class Mapped implements OctetSource {
    private final ByteBuffer[] windows;
    private final long size;

    Mapped(Path name) throws IOException {
      try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ)) {
        size = channel.size();
        windows = new ByteBuffer[(int) ((size + WINDOW - 1) / WINDOW)];
        for (int i = 0; i < windows.length; i++) {
          long start = i * WINDOW;
          windows[i] =
              channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(WINDOW, size - start));
        }
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
      int done = 0;
      while (done < length) {
        long at = offset + done;
        ByteBuffer window = windows[(int) (at / WINDOW)];
        int from = (int) (at % WINDOW);
        int count = Math.min(length - done, window.limit() - from);
        window.get(from, copy, done, count);
        done += count;
      }
      return Octets.wrap(copy);
    }
  }
}
