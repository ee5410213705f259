// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.pem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.P256PrivateKey;
import org.hanota.gbcs.key.PrivateKey;

/**
 * A folder of PEM files: {@code <EUI-64>-ds.pem} and {@code <EUI-64>-ka.pem} are certificates,
 * {@code .key} beside them the private keys, where the holder has them. Other files, such as those
 * for prepayment top up ({@code -pp-ka}), are left alone.
 */
public final class PemFolder {
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{16})-(ds|ka)\\.pem", Pattern.CASE_INSENSITIVE);

  private PemFolder() {}

  /**
   * Reads every certificate and private key of {@code folder}.
   *
   * @throws FormatException if a file does not hold what its name says; the field names the file
   */
  public static InMemoryKeyStore read(Path folder) throws IOException {
    return read(folder, Pem::privateKey);
  }

  /** Reads a folder whose private keys may be encrypted with {@code passPhrase}. */
  public static InMemoryKeyStore read(Path folder, String passPhrase) throws IOException {
    return read(folder, text -> Pem.privateKey(text, passPhrase));
  }

  private static InMemoryKeyStore read(Path folder, Function<String, P256PrivateKey> keyReader)
      throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted().toList();
    }
    InMemoryKeyStore keys = new InMemoryKeyStore();
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        Certificate certificate = certificate(file, name);
        Path keyFile = keyFile(file);
        if (Files.exists(keyFile)) {
          keys.hold(certificate, key(keyFile, certificate, keyReader));
        } else {
          keys.trust(certificate);
        }
      }
    }
    return keys;
  }

  /** Writes both certificates of {@code credentials}, and the private keys if {@code secrets}. */
  public static void write(Path folder, Credentials credentials, boolean secrets)
      throws IOException {
    write(folder, credentials.digitalSignature(), credentials.digitalSignatureKey(), secrets);
    write(folder, credentials.keyAgreement(), credentials.keyAgreementKey(), secrets);
  }

  private static void write(Path folder, Certificate certificate, PrivateKey key, boolean secrets)
      throws IOException {
    String usage = certificate.usage() == KeyUsage.DIGITAL_SIGNATURE ? "-ds" : "-ka";
    String name = certificate.subject().toString().toLowerCase(Locale.ROOT) + usage;
    Files.writeString(folder.resolve(name + ".pem"), Pem.write(certificate));
    if (secrets && key instanceof P256PrivateKey inMemory) {
      Files.writeString(folder.resolve(name + ".key"), Pem.write(inMemory));
    }
  }

  private static Certificate certificate(Path file, Matcher name) throws IOException {
    Certificate certificate = parse(file, Pem::certificate);
    Eui64 subject = Eui64.parse(name.group(1));
    KeyUsage usage = usage(name.group(2));
    if (!certificate.subject().equals(subject) || certificate.usage() != usage) {
      throw new FormatException(
          file.getFileName().toString(), 0, certificate.toString(), usage + " of " + subject);
    }
    return certificate;
  }

  private static Path keyFile(Path certificate) {
    String name = certificate.getFileName().toString();
    return certificate.resolveSibling(name.substring(0, name.length() - 4) + ".key");
  }

  private static P256PrivateKey key(
      Path file, Certificate certificate, Function<String, P256PrivateKey> keyReader)
      throws IOException {
    P256PrivateKey key = parse(file, keyReader);
    if (!key.publicKey().equals(certificate.publicKey())) {
      throw new FormatException(
          file.getFileName().toString(), 0, "another key", "the key of " + certificate);
    }
    return key;
  }

  private static <T> T parse(Path file, Function<String, T> parser) throws IOException {
    try {
      return parser.apply(Files.readString(file));
    } catch (FormatException e) {
      throw new FormatException(
          file.getFileName() + ", " + e.field(), e.offset(), e.found(), e.allowed());
    }
  }

  private static KeyUsage usage(String suffix) {
    return suffix.equalsIgnoreCase("ds") ? KeyUsage.DIGITAL_SIGNATURE : KeyUsage.KEY_AGREEMENT;
  }
}
