// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.gbcs.Message;
import org.hanota.sim.Home;
import org.jspecify.annotations.Nullable;

/** Writes the GBCS messages of a home, each into a numbered file that {@code gbcs} reads. */
final class MessageFolder {
  private static final String NAME = "[0-9]{4}-.*\\.HEX";

  private final @Nullable Path folder;
  private final Existing existing;
  private int count;

  private MessageFolder(@Nullable Path folder, Existing existing) {
    this.folder = folder;
    this.existing = existing;
  }

  /** Messages into {@code folder}, which may hold none of another run; or into none. */
  static MessageFolder in(@Nullable Path folder, Existing existing) throws IOException {
    if (folder != null) {
      OutputFile.makeFolder(folder);
      List<Path> before;
      try (Stream<Path> files = Files.list(folder)) {
        before =
            files
                .filter(file -> String.valueOf(file.getFileName()).matches(NAME))
                .sorted()
                .toList();
      }
      if (existing == Existing.KEEP && !before.isEmpty()) {
        throw new CommandFailed(
            before.get(0) + ": is there already; name another folder, or replace it with --force");
      }
      for (Path of : before) {
        // Messages of two runs in one folder would read as one.
        Files.delete(of);
      }
    }
    return new MessageFolder(folder, existing);
  }

  /** Writes, then tells {@code next}. */
  Home.Listener before(Home.Listener next) {
    if (folder == null) {
      return next;
    }
    Path in = folder;
    return new PassedOn(next) {
      @Override
      public void gbcs(long virtualNanos, Message message) {
        write(in, message);
        super.gbcs(virtualNanos, message);
      }
    };
  }

  private void write(Path in, Message message) {
    count++;
    String name =
        String.format(
            Locale.ROOT,
            "%04d-%s-%s.HEX",
            count,
            message.header().messageCode().useCase(),
            message.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    String hex = message.octets().toHex().toUpperCase(Locale.ROOT) + "\n";
    try {
      OutputFile.write(in.resolve(name), hex.getBytes(StandardCharsets.US_ASCII), existing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
