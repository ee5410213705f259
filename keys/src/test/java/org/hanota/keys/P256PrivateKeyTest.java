// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;

class P256PrivateKeyTest {
  /** RFC 6979, A.2.5: the key, its public key, and the signature of "sample" with SHA-256. */
  private static final P256PrivateKey RFC =
      P256PrivateKey.parse(
          Octets.fromHex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));

  private static final Octets X =
      Octets.fromHex("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6");
  private static final Octets Y =
      Octets.fromHex("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");

  @Test
  void itSignsAsThePublishedVectorSays() {
    assertThat(RFC.publicKey()).isEqualTo(P256PublicKey.parse(X.concat(Y)));
    assertThat(RFC.sign(Octets.wrap(new byte[] {'s', 'a', 'm', 'p', 'l', 'e'})).octets().toHex())
        .isEqualToIgnoringCase(
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
                + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
  }

  @Test
  void theThreeFormsOfAPointAreOneKey() {
    Octets uncompressed = Octets.copyOf((byte) 4).concat(X).concat(Y);
    Octets compressed = Octets.copyOf((byte) 3).concat(X);
    assertThat(P256PublicKey.parse(uncompressed)).isEqualTo(RFC.publicKey());
    assertThat(P256PublicKey.parse(compressed)).isEqualTo(RFC.publicKey());
    assertThat(P256PublicKey.parse(X.concat(Y)).octets()).isEqualTo(uncompressed);
  }

  @Test
  void whatIsNoPointOfTheCurveIsRefused() {
    for (Octets wrong :
        new Octets[] {
          Octets.EMPTY,
          Octets.copyOf((byte) 0),
          X,
          Octets.copyOf((byte) 5).concat(X).concat(Y),
          Octets.copyOf((byte) 4).concat(Y).concat(X),
          Octets.copyOf((byte) 2).concat(Octets.fromHex("ff".repeat(32)))
        }) {
      assertThatThrownBy(() -> P256PublicKey.parse(wrong))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("a point on P-256");
    }
  }

  @Test
  void numbersOutsideTheGroupAreRefusedAndNotShown() {
    for (String wrong : new String[] {"00".repeat(32), "ff".repeat(32), "11".repeat(31), ""}) {
      assertThatThrownBy(() -> P256PrivateKey.parse(Octets.fromHex(wrong)))
          .isInstanceOf(FormatException.class)
          .hasMessageNotContaining("ffff")
          .hasMessageNotContaining("1111");
    }
    assertThat(RFC.toString()).doesNotContainIgnoringCase("C9AFA9");
  }

  @Test
  void theSameSourceOfRandomnessMakesTheSameKeyAndAnotherAnother() {
    P256PrivateKey once = P256PrivateKey.generate(new SplittableRandom(1));
    assertThat(P256PrivateKey.generate(new SplittableRandom(1)).publicKey())
        .isEqualTo(once.publicKey());
    assertThat(P256PrivateKey.generate(new SplittableRandom(2)).publicKey())
        .isNotEqualTo(once.publicKey());
  }
}
