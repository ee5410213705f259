// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.pem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.file.SavedText;
import org.hanota.api.file.WholeFile;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.PrivateKey;

/**
 * A folder of PEM files: {@code <EUI-64>-ds.pem} and {@code <EUI-64>-ka.pem} are certificates,
 * {@code .key} beside them the private keys, where the holder has them. Other files, such as those
 * for prepayment top up ({@code -pp-ka}), are left alone.
 */
public final class PemFolder {
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{16})-(ds|ka)\\.pem", Pattern.CASE_INSENSITIVE);

  private static final String KEY = ".key";

  /** No key or certificate is longer. */
  private static final int FILE_MAX = 1 << 16;

  private PemFolder() {}

  /**
   * Reads every certificate and private key of {@code folder}.
   *
   * @throws FormatException if a file does not hold what its name says; the field names the file
   */
  public static InMemoryKeyStore read(Path folder) throws IOException {
    return read(folder, Optional.empty());
  }

  /** Reads a folder whose private keys may be encrypted with {@code passPhrase}. */
  public static InMemoryKeyStore read(Path folder, String passPhrase) throws IOException {
    return read(folder, Optional.of(passPhrase));
  }

  /** The file of {@code folder} that {@code certificate}, one of those read, stands in. */
  public static Path find(Path folder, Certificate certificate) throws IOException {
    for (Path file : files(folder)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()
          && Eui64.parse(name.group(1)).equals(certificate.subject())
          && usage(name.group(2)) == certificate.usage()) {
        return file;
      }
    }
    throw new NoSuchFileException(folder.toString(), null, "no longer holds " + certificate);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.sorted().toList();
    }
  }

  private static InMemoryKeyStore read(Path folder, Optional<String> passPhrase)
      throws IOException {
    InMemoryKeyStore keys = new InMemoryKeyStore();
    for (Path file : files(folder)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        Certificate certificate = certificate(file, name);
        Path keyFile = keyFile(file);
        if (Files.exists(keyFile)) {
          keys.hold(certificate, key(keyFile, certificate, passPhrase));
        } else {
          keys.trust(certificate);
        }
      }
    }
    return keys;
  }

  /**
   * Writes both certificates of {@code credentials}, and the private keys if {@code secrets}: those
   * for their owner alone, where the file system knows owners.
   *
   * @throws FileAlreadyExistsException if one of the files is there; nothing is written then
   * @throws IllegalArgumentException if a private key is asked for that is not in memory
   */
  public static void write(Path folder, Credentials credentials, boolean secrets)
      throws IOException {
    Map<Path, String> files = new LinkedHashMap<>();
    add(files, folder, credentials.digitalSignature(), credentials.digitalSignatureKey(), secrets);
    add(files, folder, credentials.keyAgreement(), credentials.keyAgreementKey(), secrets);
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(
            file.toString(), null, "is there already; name another folder, or move it away");
      }
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      boolean isSecret = file.getKey().toString().endsWith(KEY);
      WholeFile.create(
          file.getKey(),
          Octets.wrap(file.getValue().getBytes(StandardCharsets.US_ASCII)),
          isSecret ? WholeFile.ownerOnly(file.getKey()) : new FileAttribute<?>[0]);
    }
  }

  private static void add(
      Map<Path, String> files,
      Path folder,
      Certificate certificate,
      PrivateKey key,
      boolean secrets) {
    String usage = certificate.usage() == KeyUsage.DIGITAL_SIGNATURE ? "-ds" : "-ka";
    String name = certificate.subject().toString().toLowerCase(Locale.ROOT) + usage;
    if (secrets) {
      if (!(key instanceof P256PrivateKey inMemory)) {
        throw new IllegalArgumentException("secrets: the key of " + certificate + " stays hidden");
      }
      files.put(folder.resolve(name + KEY), KeyPem.text(inMemory));
    }
    files.put(folder.resolve(name + ".pem"), certificate.pem());
  }

  private static Certificate certificate(Path file, Matcher name) throws IOException {
    Certificate certificate = parse(file, Certificate::parsePem);
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
    return certificate.resolveSibling(name.substring(0, name.length() - 4) + KEY);
  }

  private static P256PrivateKey key(Path file, Certificate certificate, Optional<String> passPhrase)
      throws IOException {
    P256PrivateKey key = parse(file, text -> KeyPem.privateKey(text, passPhrase));
    if (!key.publicKey().equals(certificate.publicKey())) {
      throw new FormatException(
          file.getFileName().toString(), 0, "another key", "the key of " + certificate);
    }
    return key;
  }

  private static <T> T parse(Path file, Function<String, T> parser) throws IOException {
    try {
      return parser.apply(SavedText.read(file, FILE_MAX));
    } catch (FormatException e) {
      throw new FormatException(
          file.getFileName() + ", " + e.field(), e.offset(), e.found(), e.allowed());
    }
  }

  private static KeyUsage usage(String suffix) {
    return suffix.equalsIgnoreCase("ds") ? KeyUsage.DIGITAL_SIGNATURE : KeyUsage.KEY_AGREEMENT;
  }
}
