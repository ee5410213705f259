// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.util.BigIntegers;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;

/** Images signed by keys that stay where they are. */
class P256SignerTest {
  private static final ImageId IMAGE = ImageId.of(0x1234, 0x0001, 2);
  private static final OtaHeader HEADER =
      OtaHeader.of(IMAGE).withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF));
  private static final Octets FIRMWARE = Octets.fromHex("00112233445566778899");

  /** Like a PKCS#11 token: it gives out a public key and signatures, never its private key. */
  private static final class Token implements P256Signer {
    private final KeyPair keys;

    Token() throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    }

    P256PublicKey publicKey() {
      ECPublicKey key = (ECPublicKey) keys.getPublic();
      return P256PublicKey.of(
          fixed(key.getW().getAffineX()).concat(fixed(key.getW().getAffineY())));
    }

    @Override
    public P256Signature sign(OctetSource message) {
      try {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(keys.getPrivate());
        signature.update(message.octets(0, (int) message.size()).toByteArray());
        return new P256Signature(Octets.wrap(signature.sign()));
      } catch (GeneralSecurityException e) {
        throw new AssertionError("the JDK signs with P-256", e);
      }
    }

    private static Octets fixed(BigInteger number) {
      return Octets.wrap(BigIntegers.asUnsignedByteArray(32, number));
    }
  }

  @Test
  void aTokenSignsAMetersImageAsItsSupplier() throws Exception {
    Token supplier = new Token();
    OtaFile file = GbMeterFile.sign(HEADER, FIRMWARE, false, supplier);
    assertAccepted(Verifier.authorisingSignature(supplier.publicKey()), file);
    assertRefused(Verifier.authorisingSignature(new Token().publicKey()), file);
  }

  @Test
  void aTokenSignsEachKindOfImageAsItsManufacturer() throws Exception {
    Token manufacturer = new Token();
    OtaFile meter =
        GbMeterFile.sign(
            HEADER,
            GbMeterFile.manufacturerImage(HEADER, FIRMWARE, manufacturer),
            false,
            Samples.KEY);
    OtaFile ppmid = GbPpmidFile.sign(HEADER, FIRMWARE, manufacturer);
    OtaFile plain =
        ZigBeeFile.builder(HEADER).upgradeImage(FIRMWARE).signAsManufacturer(manufacturer).build();
    Token other = new Token();
    for (OtaFile file : new OtaFile[] {meter, ppmid, plain}) {
      assertAccepted(Verifier.manufacturer(manufacturer.publicKey(), file.kind()), file);
      assertRefused(Verifier.manufacturer(other.publicKey(), file.kind()), file);
    }
  }

  private static void assertAccepted(Verifier verifier, OtaFile file) {
    assertThat(verifier.verify(file.octets(), IMAGE)).isInstanceOf(Verification.Verified.class);
  }

  private static void assertRefused(Verifier verifier, OtaFile file) {
    assertThat(verifier.verify(file.octets(), IMAGE)).isNotInstanceOf(Verification.Verified.class);
  }
}
