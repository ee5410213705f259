// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import org.hanota.api.Octets;
import org.hanota.testing.SealedKeys;
import org.junit.jupiter.api.Test;

/** Keys that a provider keeps sign and agree by name alone. */
class ProviderPrivateKeyTest {
  private static final SealedKeys PROVIDER = new SealedKeys();
  private static final P256PrivateKey OTHER = P256PrivateKey.fromSeed(Octets.fromHex("01"));

  private static ProviderPrivateKey key(KeyPair pair) {
    return new ProviderPrivateKey(PROVIDER, pair.getPrivate(), pair.getPublic());
  }

  @Test
  void aKeyWithoutAnEncodingSigns() {
    KeyPair pair = PROVIDER.generate();
    assertThat(pair.getPrivate().getEncoded()).isNull();
    ProviderPrivateKey key = key(pair);
    for (Octets message : new Octets[] {Octets.EMPTY, Octets.wrap(new byte[200_000])}) {
      P256Signature made = key.sign(message);
      assertThat(key.publicKey().verify(message, made)).isTrue();
      assertThat(OTHER.publicKey().verify(message, made)).isFalse();
    }
  }

  @Test
  void itAgreesOnTheSecretThatTheOtherPartyFinds() {
    ProviderPrivateKey key = key(PROVIDER.generate());
    assertThat(key.agree(OTHER.publicKey())).isEqualTo(OTHER.agree(key.publicKey()));
  }

  @Test
  void aSignatureByAnotherKeyThanTheNamedOneIsNotGivenOut() {
    ProviderPrivateKey confused =
        new ProviderPrivateKey(
            PROVIDER, PROVIDER.generate().getPrivate(), PROVIDER.generate().getPublic());
    assertThatThrownBy(() -> confused.sign(Octets.EMPTY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SealedKeys signs with another key");
  }
}
