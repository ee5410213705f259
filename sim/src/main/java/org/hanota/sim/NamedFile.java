// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.Octets;
import org.hanota.keys.Sha256;

/**
 * A file that a scenario names, read and hashed once for all devices that get it.
 *
 * @param octets all of it
 * @param sha256 of {@code octets}
 */
public record NamedFile(Octets octets, Octets sha256) {
  /** A file with these octets. */
  public static NamedFile of(Octets octets) {
    return new NamedFile(octets, Sha256.of(octets));
  }
}
