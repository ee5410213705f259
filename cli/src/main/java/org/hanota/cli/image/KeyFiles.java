// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.cli.PemFile;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256PublicKey;

/**
 * Reads and writes keys of suites 1 and 2 as JSON, since no tool reads those in PEM; writes PEM.
 */
final class KeyFiles {
  static final ObjectMapper JSON = new ObjectMapper();

  private KeyFiles() {}

  /** Suites 1 and 2: the JSON that {@code keygen} writes. */
  static JsonNode suiteKey(Path file) throws IOException {
    try {
      JsonNode key = JSON.readTree(PemFile.text(file));
      if (key != null && key.path("suite").isInt()) {
        return key;
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException(file + ": is no JSON; keygen --suite 1 or 2 writes such keys", e);
    }
    throw new IOException(file + ": has no \"suite\"; keygen --suite 1 or 2 writes such keys");
  }

  static Octets hex(Path file, JsonNode key, String field) throws IOException {
    if (!key.path(field).isTextual()) {
      throw new IOException(file + ": has no \"" + field + "\"");
    }
    try {
      return Octets.fromHex(key.get(field).asText());
    } catch (FormatException e) {
      throw new IOException(file + ": " + field + ": " + withoutContent(e), e);
    }
  }

  static Eui64 eui64(Path file, JsonNode key) throws IOException {
    try {
      return Eui64.parse(key.path("eui64").asText());
    } catch (FormatException e) {
      throw new IOException(file + ": eui64: " + e.getMessage(), e);
    }
  }

  /** The complaint without what was found, which is part of a key. */
  private static String withoutContent(FormatException fault) {
    return "wrong at digit " + fault.offset() + ", allowed " + fault.allowed();
  }

  /** Whether a file holds PEM; the others hold JSON. */
  static boolean isPem(Path file) throws IOException {
    return PemFile.text(file).contains("-----BEGIN ");
  }

  /** Writes a private key; unencrypted, for its owner alone. */
  static void write(Path file, P256PrivateKey key, Existing existing) throws IOException {
    write(file, KeyPem.text(key), true, existing);
  }

  /** Writes a public key. */
  static void write(Path file, P256PublicKey key, Existing existing) throws IOException {
    write(file, KeyPem.text(key), false, existing);
  }

  static void writeJson(Path file, ObjectNode key, boolean isSecret, Existing existing)
      throws IOException {
    write(
        file,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(key) + "\n",
        isSecret,
        existing);
  }

  /** Secret files are made for their owner alone, where the file system knows owners. */
  private static void write(Path file, String text, boolean isSecret, Existing existing)
      throws IOException {
    try (OutputFile out =
        isSecret ? OutputFile.createSecret(file, existing) : OutputFile.create(file, existing)) {
      out.stream().write(text.getBytes(StandardCharsets.UTF_8));
      out.commit();
    }
  }
}
