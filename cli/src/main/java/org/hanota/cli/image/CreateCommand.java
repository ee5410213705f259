// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.PemFile;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.Disguise;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.IntegrityCode;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaFileName;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image create}. */
@Command(
    name = "create",
    description = "Makes an OTA file around a firmware image.",
    footer = {
      "",
      "Example:",
      "  hanota image create --manufacturer-code 0x1234 --image-type 1 \\",
      "    --file-version 0x00020000 firmware.bin"
    })
final class CreateCommand extends ImageTask {
  @Parameters(paramLabel = "IMAGE", description = "The firmware; - is standard input.")
  private Path image = Path.of("-");

  @Mixin private HeaderOptions header = new HeaderOptions();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = Converters.Kind.class,
      description = "zigbee (unless given), gb-meter or gb-ppmid.")
  private FileKind kind = FileKind.ZIGBEE;

  @Option(
      names = "--element",
      paramLabel = "TAG=FILE",
      description =
          "A manufacturer's element behind the image, as in 0xF000=notes.bin; repeatable.")
  private Map<String, Path> elements = new LinkedHashMap<>();

  @Option(
      names = "--integrity",
      paramLabel = "RANGE",
      description = "Adds an integrity code; RANGE is tag_excluded or tag_included.")
  private IntegrityCode.@Nullable Range integrity;

  @Option(
      names = "--manufacturer-key",
      paramLabel = "PEM",
      description = "Ends the image with the manufacturer's signature over it and the header.")
  private @Nullable Path manufacturerKey;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Signs: a PEM key for gb-meter, a signer's JSON key for zigbee.")
  private @Nullable Path key;

  @Option(names = "--pass-file", paramLabel = "FILE", description = "Pass phrase of the PEM keys.")
  private @Nullable Path passFile;

  @Option(names = "--force-replace", description = "Sets forceReplace in a gb-meter file.")
  private boolean forceReplace;

  @Option(
      names = "--as-is",
      description = "Takes an IMAGE that looks like a text or like an OTA file.")
  private boolean asIs;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The file to write; the standard's name for it in this folder unless given.")
  private @Nullable Path out;

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Override
  int run(PrintWriter output) throws IOException {
    Octets octets = ImageFiles.read(image);
    if (kind == FileKind.ZIGBEE && key != null && manufacturerKey != null) {
      throw usage("--key and --manufacturer-key each sign the whole file; name one");
    }
    refuseNoFirmware(octets);
    OtaHeader head = header.header();
    if (kind != FileKind.ZIGBEE && (integrity != null || !elements.isEmpty())) {
      throw usage("--integrity and --element are for kind zigbee, a GB file has no elements");
    }
    OtaFile file =
        switch (kind) {
          case ZIGBEE -> plain(head, octets);
          case GB_METER -> meter(head, octets);
          case GB_PPMID -> ppmid(head, octets);
        };
    Path target = out == null ? Path.of(OtaFileName.of(file.image()).toString()) : out;
    ImageFiles.write(target, choice.existing(), file::write);
    if (!target.toString().equals("-")) {
      output.printf(
          "%s: image %s, %s, SHA-256 %s%n",
          target,
          file.image(),
          ImageFiles.count(file.octets().size()),
          Sha256.of(file.octets()).toHex());
    }
    return ExitCode.DONE;
  }

  private void refuseNoFirmware(Octets octets) {
    Disguise disguise = Disguise.of(octets).orElse(null);
    if (disguise == Disguise.EMPTY || (disguise != null && !asIs)) {
      throw new CommandFailed(
          image
              + ": is "
              + disguise.words()
              + "; "
              + disguise.cure()
              + (disguise == Disguise.EMPTY ? "" : "; --as-is takes it so"));
    }
  }

  private OtaFile plain(OtaHeader head, Octets octets) throws IOException {
    ZigBeeFile.Builder builder = ZigBeeFile.builder(head).upgradeImage(octets);
    for (Map.Entry<String, Path> element : elements.entrySet()) {
      long tag = Math.min(Converters.number(element.getKey()), Integer.MAX_VALUE);
      builder.element(new ElementTag((int) tag), ImageFiles.read(element.getValue()));
    }
    if (integrity != null) {
      builder.integrityCode(integrity);
    }
    if (key != null) {
      builder.sign(Signing.signer(key));
    }
    if (manufacturerKey != null) {
      builder.signAsManufacturer(p256(manufacturerKey));
    }
    return builder.build();
  }

  private OtaFile meter(OtaHeader head, Octets octets) throws IOException {
    if (key == null) {
      throw usage("a gb-meter file is signed; name the supplier's private key with --key");
    }
    Octets image =
        manufacturerKey == null
            ? octets
            : GbMeterFile.manufacturerImage(head, octets, p256(manufacturerKey));
    return GbMeterFile.sign(head, image, forceReplace, p256(key));
  }

  private OtaFile ppmid(OtaHeader head, Octets octets) throws IOException {
    if (key != null) {
      throw usage("a gb-ppmid file has no place for --key's signature; use --manufacturer-key");
    }
    return manufacturerKey == null
        ? GbPpmidFile.of(head, octets)
        : GbPpmidFile.sign(head, octets, p256(manufacturerKey));
  }

  private P256PrivateKey p256(Path pem) throws IOException {
    return PemFile.privateKey(pem, Optional.ofNullable(passFile));
  }
}
