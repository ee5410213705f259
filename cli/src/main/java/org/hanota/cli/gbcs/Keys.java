// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.PemFile;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.pem.PemFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The keys of a folder, and who among them is the access control broker. */
public record Keys(KeyStore store, Optional<Eui64> broker) {
  /** Of the tunnel between a hub and a device, which is assumed to be open. */
  public static final int TUNNEL_ID = 1;

  /** Where the keys are. */
  public static final class Folder {
    @Option(
        names = "--keystore",
        paramLabel = "DIR",
        description = "Folder of <EUI-64>-ds.pem and -ka.pem, private keys as .key beside them.")
    private @Nullable Path keystore;

    @Option(
        names = "--pass-file",
        paramLabel = "FILE",
        description = "Its first line opens private keys that are encrypted.")
    private @Nullable Path passPhraseFile;

    /** Made by picocli. */
    public Folder() {}

    /** Whether a folder was named. */
    public boolean isGiven() {
      return keystore != null;
    }

    /** Reads the folder; without one there are no keys. */
    Keys read() throws IOException {
      Path folder = keystore;
      if (folder == null) {
        return new Keys(new InMemoryKeyStore(), Optional.empty());
      }
      try {
        InMemoryKeyStore store =
            passPhraseFile == null
                ? PemFolder.read(folder)
                : PemFolder.read(folder, PemFile.passPhrase(passPhraseFile));
        return new Keys(store, broker(store));
      } catch (FormatException e) {
        throw CommandFailed.at(folder, e);
      }
    }

    /** Reads the folder, which must be given. */
    public Keys demand() throws IOException {
      if (keystore == null) {
        throw new CommandFailed(ExitCode.USAGE, "--keystore DIR is missing: the keys that sign");
      }
      return read();
    }

    @Override
    public String toString() {
      return String.valueOf(keystore);
    }
  }

  private static Optional<Eui64> broker(InMemoryKeyStore store) {
    return store.certificates().stream()
        .filter(
            certificate ->
                certificate.role().equals(Optional.of(RemotePartyRole.ACCESS_CONTROL_BROKER)))
        .map(Certificate::subject)
        .findFirst();
  }
}
