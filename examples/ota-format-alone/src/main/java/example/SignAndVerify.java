// SPDX-License-Identifier: Apache-2.0
package example;

import java.nio.charset.StandardCharsets;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.Verifier;

/** Builds, signs and verifies a GB meter image. */
public final class SignAndVerify {
  private SignAndVerify() {}

  public static void main(String[] arguments) {
    ImageId name = ImageId.of(0x1234, 0x0001, 0x00020000);
    OtaHeader header =
        OtaHeader.of(name).withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF));
    Octets image = Octets.copyOf("the firmware".getBytes(StandardCharsets.US_ASCII));
    P256PrivateKey supplier = P256PrivateKey.fromSeed(Octets.fromHex("00112233"));
    GbMeterFile file = GbMeterFile.sign(header, image, false, supplier);
    Verifier verifier = Verifier.authorisingSignature(supplier.publicKey());
    Verification verification = verifier.verify(file.octets(), name);
    System.out.println(verification);
  }
}
