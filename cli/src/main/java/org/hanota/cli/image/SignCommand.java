// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.PemFile;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.CryptoSuite;
import org.hanota.otaformat.Element;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.IntegrityCode;
import org.hanota.otaformat.ManufacturerSignature;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.ZigBeeFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hanota image sign}. */
@Command(
    name = "sign",
    description = {
      "Signs a file anew, in place of the signatures that it has.",
      "--key takes the supplier's PEM key for a gb-meter file, a signer's JSON key (see keygen)",
      "for a plain one; --manufacturer-key signs image and header of any kind, and of a gb-meter",
      "file together with --key, since the supplier's signature covers the manufacturer's."
    },
    footer = {"", "Example:", "  hanota image sign --key signer.json -o signed.ota plain.ota"})
final class SignCommand extends ImageTask {
  @Mixin private final OneFile one = new OneFile();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Private key of the supplier, or of a plain file's signer.")
  private @Nullable Path key;

  @Option(
      names = "--manufacturer-key",
      paramLabel = "PEM",
      description = "Private key of the manufacturer.")
  private @Nullable Path manufacturerKey;

  @Option(names = "--pass-file", paramLabel = "FILE", description = "Pass phrase of a PEM key.")
  private @Nullable Path passFile;

  @Override
  int run(PrintWriter output) throws IOException {
    OtaFile signed;
    try {
      Octets octets = ImageFiles.read(one.file());
      signed = sign(one.strict(octets));
    } catch (FormatException e) {
      throw CommandFailed.at(one.file(), e);
    }
    one.write(
        signed::write,
        output,
        ImageFiles.count(signed.octets().size())
            + ", SHA-256 "
            + Sha256.of(signed.octets()).toHex());
    return ExitCode.DONE;
  }

  private OtaFile sign(OtaFile read) throws IOException {
    if (key == null && manufacturerKey == null) {
      throw usage("name a private key with --key or --manufacturer-key");
    }
    if (read instanceof ZigBeeFile plain) {
      return plain(plain);
    }
    return read instanceof GbMeterFile meter ? meter(meter) : ppmid((GbPpmidFile) read);
  }

  private OtaFile meter(GbMeterFile meter) throws IOException {
    if (key == null) {
      throw usage("a gb-meter file needs the supplier's --key, whose signature covers its image");
    }
    Octets image =
        manufacturerKey == null
            ? all(meter.manufacturerImage())
            : GbMeterFile.manufacturerImage(
                meter.header(), firmware(meter.manufacturerImage()), p256(manufacturerKey));
    return GbMeterFile.sign(meter.header(), image, meter.forceReplace() == 1, p256(key));
  }

  private OtaFile ppmid(GbPpmidFile ppmid) throws IOException {
    if (key != null || manufacturerKey == null) {
      throw usage("a gb-ppmid file has no place for --key's signature; use --manufacturer-key");
    }
    return GbPpmidFile.sign(
        ppmid.header(), firmware(ppmid.manufacturerImage()), p256(manufacturerKey));
  }

  private OtaFile plain(ZigBeeFile plain) throws IOException {
    if (key != null && manufacturerKey != null) {
      throw usage("--key and --manufacturer-key each sign the whole of a plain file; name one");
    }
    ZigBeeFile.Builder builder = ZigBeeFile.builder(plain.header());
    for (Element element : plain.elements()) {
      boolean isMade =
          element.tag().equals(ElementTag.INTEGRITY_CODE)
              || element.tag().equals(ManufacturerSignature.TAG);
      for (CryptoSuite suite : CryptoSuite.values()) {
        isMade |= element.tag().equals(suite.signatureTag());
        isMade |= element.tag().equals(suite.certificateTag());
      }
      if (!isMade) {
        builder.element(element.tag(), element.octets());
      }
    }
    switch (IntegrityCode.check(plain)) {
      case ABSENT -> {}
      case MATCH_TAG_EXCLUDED -> builder.integrityCode(IntegrityCode.Range.TAG_EXCLUDED);
      case MATCH_TAG_INCLUDED -> builder.integrityCode(IntegrityCode.Range.TAG_INCLUDED);
      case MISMATCH ->
          throw new CommandFailed(
              one.file() + ": its integrity code is wrong, so what it covers is not signed");
    }
    if (manufacturerKey != null) {
      builder.signAsManufacturer(p256(manufacturerKey));
    } else if (key != null) {
      builder.sign(Signing.signer(key));
    }
    return builder.build();
  }

  /** What stands in {@code image} before a manufacturer's signature of format 2. */
  private static Octets firmware(OctetSource image) {
    return all(ManufacturerSignature.firmware(image));
  }

  private static Octets all(OctetSource source) {
    return source.octets(0, Math.toIntExact(source.size()));
  }

  private P256PrivateKey p256(Path pem) throws IOException {
    return PemFile.privateKey(pem, Optional.ofNullable(passFile));
  }
}
