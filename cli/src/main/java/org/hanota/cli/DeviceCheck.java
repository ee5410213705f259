// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.keys.P256PublicKey;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Verifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How devices check an image: by the key that its user names, or without one by the integrity code
 * that it carries, if any.
 */
public final class DeviceCheck {
  private static final String NO_KEYS = "the keys of this image's makers are not known here";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--supplier",
      paramLabel = "PEM",
      description =
          "Key or certificate by which the devices check the signature of a gb-meter file.")
  private @Nullable Path supplier;

  @Option(
      names = "--manufacturer-key",
      paramLabel = "PEM",
      description =
          "Key or certificate by which the devices check the manufacturer's signature of any other"
              + " file, or of a gb-meter file for which no supplier is named.")
  private @Nullable Path manufacturer;

  @Option(
      names = "--keystore",
      paramLabel = "DIR",
      description =
          "Folder with the supplier's certificate, <EUI-64>-ds.pem, instead of --supplier. A device"
              + " whose own keys are there as well takes part in GBCS.")
  private @Nullable Path keystore;

  @Option(
      names = "--ignore-integrity-code",
      paramLabel = "REASON",
      description =
          "Takes images whose integrity code is not the standard's, as some makers' are; the reason"
              + " is logged with every image.")
  private @Nullable String ignoring;

  /** What was chosen. */
  public sealed interface Chosen {
    /** The devices'. */
    Verifier verifier();

    /** By what it checks. */
    String words();

    /** Whether the integrity code decides where there is one. */
    default boolean obeysIntegrityCode() {
      return false;
    }
  }

  /**
   * No key is named.
   *
   * @param obeysIntegrityCode whether the integrity code decides where there is one
   * @param reason why no more is checked
   */
  public record Keyless(boolean obeysIntegrityCode, String reason) implements Chosen {
    @Override
    public Verifier verifier() {
      return obeysIntegrityCode
          ? Verifier.integrityCodeIfCarried(reason)
          : Verifier.headerAndSizeOnly(reason);
    }

    @Override
    public String words() {
      return "header and size only: " + reason;
    }
  }

  /**
   * A key is named.
   *
   * @param authorising whether it is a supplier's, and not the maker's
   * @param path of the key or certificate
   */
  public record Signed(boolean authorising, Path path, P256PublicKey key, FileKind kind)
      implements Chosen {
    @Override
    public Verifier verifier() {
      return authorising ? Verifier.authorisingSignature(key) : Verifier.manufacturer(key, kind);
    }

    @Override
    public String words() {
      return verifier().name() + " with " + path;
    }
  }

  /** The folder that was named. */
  public Optional<Path> keystore() {
    return Optional.ofNullable(keystore);
  }

  /** Whether a key was named. */
  public boolean hasKey() {
    return supplier != null || manufacturer != null || keystore != null;
  }

  /** How devices check {@code image}, which is a file of that kind. */
  public Chosen of(Path image, FileKind kind) throws IOException {
    if (!hasKey()) {
      return ignoring == null ? new Keyless(true, NO_KEYS) : new Keyless(false, ignoring);
    }
    if (ignoring != null) {
      throw wrongUse("--ignore-integrity-code is given, allowed only where no key is named");
    }
    if (supplier != null && keystore != null) {
      throw wrongUse("--supplier and --keystore each name the supplier; name one");
    }
    if (kind == FileKind.GB_METER && supplier != null) {
      return signed(true, supplier, kind);
    }
    if (kind == FileKind.GB_METER && keystore != null) {
      return signed(true, supplierIn(keystore), kind);
    }
    if (manufacturer == null) {
      throw wrongUse(
          image
              + " is a "
              + kind.label()
              + " file, which no supplier signs; name its maker's key with --manufacturer-key");
    }
    return signed(false, manufacturer, kind);
  }

  private static Chosen signed(boolean authorising, Path path, FileKind kind) throws IOException {
    return new Signed(authorising, path, PemFile.publicKey(path), kind);
  }

  private static Path supplierIn(Path folder) throws IOException {
    List<Certificate> suppliers;
    try {
      suppliers =
          PemFolder.read(folder).certificates().stream()
              .filter(known -> known.role().equals(Optional.of(RemotePartyRole.SUPPLIER)))
              .filter(known -> known.usage() == KeyUsage.DIGITAL_SIGNATURE)
              .toList();
    } catch (FormatException wrong) {
      throw CommandFailed.at(folder, wrong);
    }
    if (suppliers.size() != 1) {
      throw new CommandFailed(
          folder
              + ": holds the certificates of "
              + suppliers.size()
              + " suppliers, allowed one; name it with --supplier");
    }
    return PemFolder.find(folder, suppliers.get(0));
  }

  private ParameterException wrongUse(String what) {
    return new ParameterException(command.commandLine(), what);
  }
}
