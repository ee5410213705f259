// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.util.OptionalLong;
import org.hanota.api.Octets;
import org.hanota.gbcs.Verification.Check;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.keys.KeyPem;
import org.hanota.keys.PrivateKey;
import org.hanota.keys.ProviderPrivateKey;
import org.hanota.testing.SealedKeys;
import org.junit.jupiter.api.Test;

/** Messages that are signed, and get their MAC, by keys that never leave their provider. */
class SignedByATokenTest {
  private static final SealedKeys PROVIDER = new SealedKeys();

  private final Home home = Home.ofSeed(3);
  private final Octets hash = Home.sha256(Octets.EMPTY);

  private record Token(PrivateKey key, Certificate certificate) {
    /** A key of the provider, with the certificate of somebody else made out to it. */
    static Token insteadOf(Certificate certificate) {
      KeyPair pair = PROVIDER.generate();
      assertThat(pair.getPrivate().getEncoded()).isNull();
      PrivateKey key = new ProviderPrivateKey(PROVIDER, pair.getPrivate(), pair.getPublic());
      String before = KeyPem.der(certificate.publicKey()).toHex();
      String changed =
          certificate.encoded().toHex().replace(before, KeyPem.der(key.publicKey()).toHex());
      return new Token(key, Certificate.parse(Octets.fromHex(changed)));
    }
  }

  private Message command(PrivateKey supplier, PrivateKey broker) {
    return Message.of(
            GroupingHeader.command(
                MessageCode.CS06, 1000, home.supplier().subject(), home.esme().subject()),
            new ActivateFirmware.Command(hash, 1000, new ActivateFirmware.Activation.Now()))
        .sign(supplier)
        .addMac(broker, home.esme().keyAgreement().publicKey());
  }

  @Test
  void aDeviceAcceptsACommandOfASupplierAndABrokerWhoseKeysStayInATokenAndNoOther() {
    Token supplier = Token.insteadOf(home.supplier().digitalSignature());
    Token broker = Token.insteadOf(home.broker().keyAgreement());
    Octets octets = command(supplier.key(), broker.key()).octets();
    InMemoryKeyStore esme =
        new InMemoryKeyStore()
            .hold(home.esme())
            .trust(supplier.certificate())
            .trust(broker.certificate());
    assertThat(receiver(esme).accept(octets, OptionalLong.empty()))
        .isInstanceOf(Acceptance.Accepted.class);
    assertThat(receiver(home.esmeKeys()).accept(octets, OptionalLong.empty()))
        .isInstanceOf(Acceptance.Refused.class);
  }

  @Test
  void aDeviceWhoseOwnKeyStaysInATokenChecksAMacWithIt() {
    Token esme = Token.insteadOf(home.esme().keyAgreement());
    Message command =
        Message.of(
                GroupingHeader.command(
                    MessageCode.CS06, 1000, home.supplier().subject(), home.esme().subject()),
                new ActivateFirmware.Command(hash, 1000, new ActivateFirmware.Activation.Now()))
            .sign(home.supplier().digitalSignatureKey())
            .addMac(home.broker().keyAgreementKey(), esme.key().publicKey());
    InMemoryKeyStore keys =
        new InMemoryKeyStore()
            .hold(esme.certificate(), esme.key())
            .trust(home.supplier())
            .trust(home.broker());
    Verification verification = Verification.of(command, keys, home.broker().subject());
    assertThat(verification).isEqualTo(new Verification(Check.VERIFIED, Check.VERIFIED));
    assertThat(receiver(keys).accept(command.octets(), OptionalLong.empty()))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void aTokenWithTheCertificateOfAnotherKeyIsNamedBeforeAnythingIsSent() {
    PrivateKey one =
        new ProviderPrivateKey(
            PROVIDER, PROVIDER.generate().getPrivate(), PROVIDER.generate().getPublic());
    assertThatThrownBy(() -> command(one, home.broker().keyAgreementKey()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SealedKeys signs with another key");
  }

  private CommandReceiver receiver(InMemoryKeyStore keys) {
    return new CommandReceiver(
        home.esme().subject(), home.broker().subject(), keys, new InMemoryCounterStore());
  }
}
