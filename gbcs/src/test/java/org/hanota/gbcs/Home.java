// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.MessageCode;

/** The parties of one home with keys of their own, under the reference messages' EUI-64s. */
record Home(Credentials supplier, Credentials broker, Credentials esme, Credentials ppmid) {
  static Home ofSeed(long seed) {
    TestPki pki = TestPki.ofSeed(seed);
    return new Home(
        pki.organisation(Reference.SUPPLIER, RemotePartyRole.SUPPLIER),
        pki.organisation(Reference.BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER),
        pki.device(Reference.ESME),
        pki.device(Reference.PPMID));
  }

  /** What the electricity meter holds. */
  InMemoryKeyStore esmeKeys() {
    return new InMemoryKeyStore().hold(esme).trust(supplier).trust(broker);
  }

  CommandReceiver esmeReceiver(CounterStore counters) {
    return new CommandReceiver(esme.subject(), broker.subject(), esmeKeys(), counters);
  }

  Message activateNow(Octets hash, long counter) {
    return command(hash, counter, new Activation.Now());
  }

  Message command(Octets hash, long counter, Activation activation) {
    return Message.of(
            GroupingHeader.command(MessageCode.CS06, counter, supplier.subject(), esme.subject()),
            new ActivateFirmware.Command(hash, counter, activation))
        .sign(supplier.digitalSignatureKey())
        .addMac(broker.keyAgreementKey(), esme.keyAgreement().publicKey());
  }

  static Octets sha256(Octets octets) {
    try {
      return Octets.wrap(MessageDigest.getInstance("SHA-256").digest(octets.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
