// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.VerificationStep;
import org.hanota.otaformat.Verifier;

/** Files of rising versions, all of one length, of which each has a sound and a damaged form. */
final class SignedFiles {
  private static final int VERSIONS = 24;
  private static final int FIRMWARE_OCTETS = 120;
  private static final List<GbMeterFile> SOUND = new ArrayList<>();

  static {
    P256PrivateKey key = P256PrivateKey.fromSeed(Octets.fromHex("01"));
    for (int i = 0; i < VERSIONS; i++) {
      ImageId image = Desk.IMAGE.withVersion(version(i));
      SOUND.add(
          GbMeterFile.sign(
              OtaHeader.of(image).withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF)),
              SeededRandom.of(i, 0, 0).octets(FIRMWARE_OCTETS),
              false,
              key));
    }
  }

  static final int OCTETS = octets(0).length();

  private SignedFiles() {}

  private static FileVersion version(int number) {
    return new FileVersion(Desk.BEFORE.value() + ((number + 1L) << 16));
  }

  /** The number of the file with this version; -1 for that of the factory. */
  static int number(FileVersion version) {
    return (int) ((version.value() - Desk.BEFORE.value()) >> 16) - 1;
  }

  static ImageId image(int number) {
    return Desk.IMAGE.withVersion(version(number));
  }

  static Octets octets(int number) {
    OctetSource file = SOUND.get(number).octets();
    return file.octets(0, (int) file.size());
  }

  /** The same with a bit changed in its Manufacturer Image. */
  static Octets damaged(int number) {
    byte[] octets = octets(number).toByteArray();
    octets[OtaHeader.MINIMUM_LENGTH + 20] ^= 1;
    return Octets.wrap(octets);
  }

  static Octets hash(int number) {
    return SOUND.get(number).manufacturerImageHash();
  }

  /** Which sound file these octets are; empty if they are none. */
  static Optional<Integer> find(Octets slot) {
    for (int i = 0; i < VERSIONS; i++) {
      if (octets(i).equals(slot)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Takes the sound files and no others; it is quicker than a signature. */
  static final class OnlySound extends Verifier {
    OnlySound() {
      super("only sound");
    }

    @Override
    protected Check check(OctetSource file, OtaHeader header) {
      return find(file.octets(0, (int) file.size())).isPresent()
          ? new Check.Passed("it is one of the sound files", Optional.empty())
          : new Check.Failed(VerificationStep.FORM, "it is none of the sound files");
    }
  }

  /** Takes whatever comes. */
  static final class Careless extends Verifier {
    Careless() {
      super("careless");
    }

    @Override
    protected Check check(OctetSource file, OtaHeader header) {
      return new Check.Passed("it looks good", Optional.empty());
    }
  }
}
