// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.KeyStore;

/** Whether a recipient notices that a message was changed. */
final class Changed {
  private Changed() {}

  static boolean isDetected(Octets octets, KeyStore keys) {
    try {
      Message message = Message.parse(octets);
      return !Verification.of(message, keys, Reference.BROKER).proves(message);
    } catch (FormatException e) {
      return true;
    }
  }
}
