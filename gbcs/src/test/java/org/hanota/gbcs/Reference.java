// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.testing.Shared;

/** The DCC's reference messages; a test that asks for them is skipped where they are absent. */
final class Reference {
  static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  static final Eui64 BROKER = Eui64.parse("90B3D51F30000002");
  static final Eui64 ESME = Eui64.parse("00DB1234567890A0");
  static final Eui64 GSME = Eui64.parse("00DB1234567890A1");
  static final Eui64 CHF = Eui64.parse("00DB1234567890A2");
  static final Eui64 PPMID = Eui64.parse("00DB1234567890A4");

  private static final String SUFFIX = "_GBCS.HEX";

  private Reference() {}

  /** A reference message and the name of its file without the common ending. */
  record Vector(String name, Octets octets) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Vector> vectors() {
    return vectors("vectors/rtds");
  }

  static List<Vector> vectors(String folder) {
    try (Stream<Path> files = Files.walk(Shared.require(folder))) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(Reference::vector)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Octets octets(String name) {
    return vectors().stream()
        .filter(vector -> vector.name().equals(name))
        .findFirst()
        .orElseThrow()
        .octets();
  }

  static KeyStore keys() {
    try {
      return PemFolder.read(Shared.require("vectors/rtds/keystore"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Vector vector(Path file) {
    try {
      String name = file.getFileName().toString();
      return new Vector(
          name.substring(0, name.length() - SUFFIX.length()),
          Octets.fromHex(Files.readString(file).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
