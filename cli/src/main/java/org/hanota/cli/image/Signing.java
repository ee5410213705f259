// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.hanota.otaformat.CryptoSuite;
import org.hanota.otaformat.ImplicitCertificate;
import org.hanota.otaformat.SuitePrivateKey;
import org.hanota.otaformat.ZigBeeSigner;

/** Reads the credentials with which plain files are signed. */
final class Signing {
  private Signing() {}

  static CryptoSuite suite(Path file, JsonNode key) throws IOException {
    return switch (key.path("suite").asInt()) {
      case 1 -> CryptoSuite.SUITE_1;
      case 2 -> CryptoSuite.SUITE_2;
      default -> throw new IOException(file + ": suite " + key.path("suite") + ", allowed 1 or 2");
    };
  }

  static ZigBeeSigner signer(Path file) throws IOException {
    JsonNode key = KeyFiles.suiteKey(file);
    CryptoSuite suite = suite(file, key);
    if (!key.has("certificate")) {
      throw new IOException(
          file + ": has no certificate; an authority's key does not sign images, a signer's does");
    }
    return new ZigBeeSigner(
        new ImplicitCertificate(suite, KeyFiles.hex(file, key, "certificate")),
        SuitePrivateKey.of(suite, KeyFiles.hex(file, key, "privateKey")));
  }
}
