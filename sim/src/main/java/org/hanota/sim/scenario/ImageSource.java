// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import org.hanota.api.Octets;
import org.hanota.otaformat.FileKind;

/** Where the image for a device comes from, and how the device checks it. */
public sealed interface ImageSource {
  /**
   * An image of our own in the form that the device's type takes, signed with keys of a seed.
   *
   * @param seed its firmware and the keys follow from it
   * @param firmwareOctets size of the firmware in it
   * @param flaw what is wrong with it
   */
  record Sample(long seed, int firmwareOctets, Flaw flaw) implements ImageSource {
    /** Octets of the firmware of a small display: enough to see progress, and quick. */
    public static final int USUAL_OCTETS = 48 * 1024;

    /** Checks the size. */
    public Sample {
      if (firmwareOctets < 1) {
        throw new IllegalArgumentException(
            "firmwareOctets is " + firmwareOctets + ", allowed 1 and more");
      }
    }
  }

  /** What may be wrong with a sample. */
  enum Flaw {
    /** Nothing. */
    NONE,
    /** It is for other hardware than the device has. */
    OTHER_HARDWARE,
    /** The last octet, one of a signature, is not as it was signed. */
    WRONG_SIGNATURE,
    /** It is signed with the keys of the seed after its own, which the device does not know. */
    OTHER_SIGNER,
    /** The supplier signed it whom a device has before it changes to the home's; it is older. */
    FORMER_SUPPLIER;

    /** Whether the device finds it, once it has the whole image. */
    public boolean isFoundByDevice() {
      return this == WRONG_SIGNATURE || this == OTHER_SIGNER || this == FORMER_SUPPLIER;
    }
  }

  /**
   * A file, for a device made to fit it.
   *
   * @param path as whoever runs the scenario finds it
   * @param kind what stands behind its header
   * @param sha256 of its octets, so that another file is refused
   * @param check how the device checks it
   */
  record File(String path, FileKind kind, Octets sha256, Check check) implements ImageSource {}

  /** What a device without keys checks. */
  enum Kind {
    /** The integrity code, if the image carries one. */
    INTEGRITY_CODE,
    /** Header and size only. */
    HEADER_AND_SIZE
  }

  /** Whose signature a device with a key checks. */
  enum Signature {
    /** That of the supplier, who authorises a meter's image. */
    AUTHORISING,
    /** That of the image's maker. */
    MANUFACTURER
  }

  /** How a device checks an image. */
  sealed interface Check {}

  /**
   * What a device without keys checks, and why no more than that.
   *
   * @param reason is logged with the image
   */
  record Keyless(Kind kind, String reason) implements Check {}

  /**
   * A device that knows one key.
   *
   * @param path of the key or certificate, as whoever runs the scenario finds it
   * @param sha256 of the public key's octets, so that another key is refused
   */
  record Signed(Signature signature, String path, Octets sha256) implements Check {}
}
