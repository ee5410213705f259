// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;

/**
 * The proof that an image was verified: whoever activates demands one, and only {@link
 * Verifier#verify} makes them.
 */
public final class VerifiedImage {
  private final ImageId image;
  private final long sizeOctets;
  private final Octets sha256;
  private final Optional<Octets> manufacturerImageHash;
  private final String verifier;
  private final String reason;

  /** For {@link Verifier#verify} alone. */
  VerifiedImage(
      ImageId image,
      long sizeOctets,
      Octets sha256,
      Optional<Octets> manufacturerImageHash,
      String verifier,
      String reason) {
    this.image = image;
    this.sizeOctets = sizeOctets;
    this.sha256 = sha256;
    this.manufacturerImageHash = manufacturerImageHash;
    this.verifier = verifier;
    this.reason = reason;
  }

  /** The image's name: the one that was expected, also where the header has a wild card. */
  public ImageId image() {
    return image;
  }

  /** Octets of the whole file. */
  public long sizeOctets() {
    return sizeOctets;
  }

  /** SHA-256 of the whole file. */
  public Octets sha256() {
    return sha256;
  }

  /** SHA-256 of the Manufacturer Image, where the file is a GB image. [GBCS 11.2.4] */
  public Optional<Octets> manufacturerImageHash() {
    return manufacturerImageHash;
  }

  /** Which verifier decided. */
  public String verifier() {
    return verifier;
  }

  /** On what the verifier relied: the key, or why it checked no signature. */
  public String reason() {
    return reason;
  }

  @Override
  public String toString() {
    return image + ", " + sizeOctets + " octets, verified by " + verifier + ": " + reason;
  }
}
