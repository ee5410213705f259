// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.PemFile;
import org.hanota.cli.SimulatedSlot;
import org.hanota.keys.P256PublicKey;
import org.hanota.sim.Fittings;
import org.hanota.sim.NamedFile;

/** The files of images and keys that a scenario names, each of which is read once. */
public class ImageFiles implements Fittings {
  private final Map<String, NamedFile> read = new HashMap<>();
  private final Map<String, P256PublicKey> keys = new HashMap<>();

  /** Has read nothing yet. */
  public ImageFiles() {}

  @Override
  public NamedFile file(String path) {
    NamedFile before = read.get(path);
    if (before != null) {
      return before;
    }
    try {
      NamedFile file = NamedFile.of(read(Path.of(path)));
      read.put(path, file);
      return file;
    } catch (IOException fault) {
      throw new CommandFailed(CommandFailed.reason(fault));
    }
  }

  @Override
  public P256PublicKey key(String path) {
    P256PublicKey before = keys.get(path);
    if (before != null) {
      return before;
    }
    try {
      P256PublicKey key = PemFile.publicKey(Path.of(path));
      keys.put(path, key);
      return key;
    } catch (IOException fault) {
      throw new CommandFailed(CommandFailed.reason(fault));
    }
  }

  /** Never more than the largest image allowed. */
  private static Octets read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new CommandFailed(path + ": is a folder, allowed an OTA file");
    }
    long size = Files.size(path);
    if (size > SimulatedSlot.OCTETS) {
      throw CommandFailed.at(
          path,
          new FormatException("file size", 0, size + " octets", "at most " + SimulatedSlot.OCTETS));
    }
    return Octets.wrap(Files.readAllBytes(path));
  }
}
