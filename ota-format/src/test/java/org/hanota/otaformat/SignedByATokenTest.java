// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.keys.PrivateKey;
import org.hanota.keys.ProviderPrivateKey;
import org.hanota.testing.SealedKeys;
import org.junit.jupiter.api.Test;

/** Images signed by keys that stay where they are. */
class SignedByATokenTest {
  private static final ImageId IMAGE = ImageId.of(0x1234, 0x0001, 2);
  private static final OtaHeader HEADER =
      OtaHeader.of(IMAGE).withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF));
  private static final Octets FIRMWARE = Octets.fromHex("00112233445566778899");

  private static final SealedKeys PROVIDER = new SealedKeys();

  /** A key that never leaves its provider, as with PKCS#11. */
  private static PrivateKey token() {
    KeyPair pair = PROVIDER.generate();
    return new ProviderPrivateKey(PROVIDER, pair.getPrivate(), pair.getPublic());
  }

  @Test
  void aTokenSignsAMetersImageAsItsSupplier() {
    PrivateKey supplier = token();
    OtaFile file = GbMeterFile.sign(HEADER, FIRMWARE, false, supplier);
    assertAccepted(Verifier.authorisingSignature(supplier.publicKey()), file);
    assertRefused(Verifier.authorisingSignature(token().publicKey()), file);
  }

  @Test
  void aTokenSignsEachKindOfImageAsItsManufacturer() {
    PrivateKey manufacturer = token();
    OtaFile meter =
        GbMeterFile.sign(
            HEADER,
            GbMeterFile.manufacturerImage(HEADER, FIRMWARE, manufacturer),
            false,
            Samples.KEY);
    OtaFile ppmid = GbPpmidFile.sign(HEADER, FIRMWARE, manufacturer);
    OtaFile plain =
        ZigBeeFile.builder(HEADER).upgradeImage(FIRMWARE).signAsManufacturer(manufacturer).build();
    PrivateKey other = token();
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
