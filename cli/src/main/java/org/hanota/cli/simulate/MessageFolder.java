// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.hanota.cli.Existing;
import org.hanota.cli.RunFolder;
import org.hanota.gbcs.Message;
import org.hanota.sim.Home;
import org.jspecify.annotations.Nullable;

/** Writes the GBCS messages of a home, each into a numbered file that {@code gbcs} reads. */
final class MessageFolder {
  private static final String NAME = "[0-9]{4}-.*\\.HEX";

  private final @Nullable RunFolder folder;
  private int count;

  private MessageFolder(@Nullable RunFolder folder) {
    this.folder = folder;
  }

  /** Messages into {@code folder}, which may hold none of another run; or into none. */
  static MessageFolder in(@Nullable Path folder, Existing existing) throws IOException {
    return new MessageFolder(folder == null ? null : RunFolder.begin(folder, NAME, existing));
  }

  /** Writes, then tells {@code next}. */
  Home.Listener before(Home.Listener next) {
    if (folder == null) {
      return next;
    }
    RunFolder in = folder;
    return new PassedOn(next) {
      @Override
      public void gbcs(long virtualNanos, Message message) {
        write(in, message);
        super.gbcs(virtualNanos, message);
      }
    };
  }

  private void write(RunFolder in, Message message) {
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
      in.write(name, hex.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
