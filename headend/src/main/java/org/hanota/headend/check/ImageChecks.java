// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import static org.hanota.headend.HeadEndParameter.HEAD_END_IMAGE_OCTETS;
import static org.hanota.headend.HeadEndParameter.HEAD_END_IMAGE_PARTS;
import static org.hanota.headend.check.Check.unless;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.request.ListingStatus;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.Verifier;

/** What must hold of an image before it is sent to anybody, in the order of the checks. */
public final class ImageChecks {
  /** All of them. */
  public static final List<Check<Upload, Refusal>> ALL =
      List.of(
          new Check<>(Refusal.IMAGE_TOO_LARGE, ImageChecks::size),
          new Check<>(Refusal.IMAGE_UNREADABLE, ImageChecks::form),
          new Check<>(Refusal.IMAGE_VERSION, ImageChecks::version),
          new Check<>(Refusal.IMAGE_NOT_LISTED, ImageChecks::listing),
          new Check<>(Refusal.IMAGE_SIGNATURE, ImageChecks::signature));

  private ImageChecks() {}

  private static Optional<String> size(Upload upload) {
    long allowed = upload.asking().parameters().get(HEAD_END_IMAGE_OCTETS);
    return unless(
        upload.image().length() <= allowed
            || upload.asking().parameters().isTrue(HEAD_END_IMAGE_PARTS),
        "found " + upload.image().length() + " octets, allowed " + allowed);
  }

  private static Optional<String> form(Upload upload) {
    return unless(upload.file().isPresent(), upload.fault());
  }

  private static Optional<String> version(Upload upload) {
    String found = upload.version().text().toUpperCase(Locale.ROOT);
    return upload
        .file()
        .map(file -> file.image().fileVersion().toString())
        .filter(header -> !header.equals(found))
        .map(header -> "the request says " + found + ", the image " + header);
  }

  private static Optional<String> listing(Upload upload) {
    List<Listing> listings = upload.listings();
    if (listings.isEmpty()) {
      return Optional.of(
          "found "
              + upload.file().map(file -> file.image().toString()).orElse("nothing")
              + " with hash "
              + upload.hash().map(hash -> hash.toHex()).orElse("of nothing")
              + ", allowed an image of the Central Products List");
    }
    return unless(
        listings.stream().anyMatch(listing -> listing.status() == ListingStatus.ACTIVE),
        "found " + listings.get(0).status().word() + ", allowed Active");
  }

  /** The supplier authorises images for devices that a command activates. [GBCS 11.2.2] */
  private static Optional<String> signature(Upload upload) {
    if (upload.isPpmid() || upload.file().isEmpty()) {
      return Optional.empty();
    }
    Optional<Certificate> supplier =
        upload
            .keys()
            .certificate(upload.asking().request().id().originator(), KeyUsage.DIGITAL_SIGNATURE);
    if (supplier.isEmpty()) {
      return Optional.of("no certificate of the user is known");
    }
    Verification verification =
        Verifier.authorisingSignature(supplier.get().publicKey())
            .verify(upload.image(), upload.file().get().image());
    return verification instanceof Verification.Refused refused
        ? Optional.of(String.valueOf(refused))
        : Optional.empty();
  }
}
