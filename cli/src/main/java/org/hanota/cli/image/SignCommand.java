// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.otaformat.CryptoSuite;
import org.hanota.otaformat.Element;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.IntegrityCode;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.Sha256;
import org.hanota.otaformat.ZigBeeFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image sign}. */
@Command(
    name = "sign",
    description = {
      "Signs a file anew, in place of the signature that it has.",
      "A gb-meter file takes a PEM key, a plain file a signer's JSON key (see keygen)."
    },
    footer = {"", "Example:", "  hanota image sign --key signer.json -o signed.ota plain.ota"})
final class SignCommand extends ImageTask {
  @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
  private Path file = Path.of("-");

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = Converters.Kind.class,
      description = "zigbee or gb-meter, where the file does not tell.")
  private @Nullable FileKind kind;

  @Option(names = "--key", required = true, paramLabel = "FILE", description = "The private key.")
  private Path key = Path.of("-");

  @Option(names = "--pass-file", paramLabel = "FILE", description = "Pass phrase of a PEM key.")
  private @Nullable Path passFile;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write; - is standard output.")
  private Path out = Path.of("-");

  @Override
  int run(PrintWriter output) throws IOException {
    OtaFile signed;
    try {
      Octets octets = ImageFiles.read(file);
      OtaFile read =
          kind == null
              ? OtaFile.readAny(octets, OtaFile.NO_LIMIT)
              : OtaFile.read(octets, kind, OtaFile.NO_LIMIT);
      signed = sign(read);
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
    ImageFiles.write(out, signed::write);
    if (!out.toString().equals("-")) {
      output.printf(
          "%s: %d octets, SHA-256 %s%n",
          out, signed.octets().size(), Sha256.of(signed.octets()).toHex());
    }
    return ExitCode.DONE;
  }

  private OtaFile sign(OtaFile read) throws IOException {
    if (read instanceof ZigBeeFile plain) {
      return plain(plain);
    }
    if (read instanceof GbMeterFile meter) {
      Octets image =
          meter.manufacturerImage().octets(0, Math.toIntExact(meter.manufacturerImage().size()));
      return GbMeterFile.sign(
          meter.header(),
          image,
          meter.forceReplace() == 1,
          KeyFiles.p256Private(key, Optional.ofNullable(passFile)));
    }
    throw usage("a gb-ppmid file has no place for a signature; see create --manufacturer-key");
  }

  private OtaFile plain(ZigBeeFile plain) throws IOException {
    ZigBeeFile.Builder builder = ZigBeeFile.builder(plain.header());
    for (Element element : plain.elements()) {
      boolean isMade = element.tag().equals(ElementTag.INTEGRITY_CODE);
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
              file + ": its integrity code is wrong, so what it covers is not signed");
    }
    return builder.sign(Signing.signer(key)).build();
  }
}
