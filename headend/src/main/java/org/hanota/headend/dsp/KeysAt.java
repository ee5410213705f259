// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.keys.PrivateKey;

/**
 * Keys as they count at a time: what is not valid then is not there. [hanota H70]
 *
 * @param keys all of them
 * @param utcMillis Unix time in milliseconds
 */
record KeysAt(KeyStore keys, long utcMillis) implements KeyStore {
  @Override
  public Optional<Certificate> certificate(Eui64 party, KeyUsage usage) {
    return keys.certificate(party, usage).filter(found -> found.validAt(utcMillis));
  }

  @Override
  public Optional<PrivateKey> privateKey(Eui64 party, KeyUsage usage) {
    return keys.privateKey(party, usage);
  }

  /** What an error adds about those of {@code party}; empty if they count. */
  String fault(Eui64 party) {
    for (KeyUsage usage : KeyUsage.values()) {
      Optional<Certificate> found = keys.certificate(party, usage);
      if (found.filter(each -> !each.validAt(utcMillis)).isPresent()) {
        return ", " + found.get() + " is valid from " + found.get().validity();
      }
    }
    return "";
  }
}
