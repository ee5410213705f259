// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.pem.PemFolder;
import org.jspecify.annotations.Nullable;

/** The keys of a folder, and who among them is the access control broker. */
record Keys(KeyStore store, Optional<Eui64> broker) {

  /** Reads {@code folder}; without one there are no keys. */
  static Keys read(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return new Keys(new InMemoryKeyStore(), Optional.empty());
    }
    try {
      InMemoryKeyStore store = PemFolder.read(folder);
      return new Keys(store, broker(store));
    } catch (FormatException e) {
      throw CommandFailed.at(folder, e);
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
