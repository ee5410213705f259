// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.Diagnostic;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Region;

/** Prints an inspection for people: the header's fields, a map of the file, the diagnosis. */
final class InspectionTable {
  /** A map longer than a screen is no map. */
  private static final int REGIONS_SHOWN = 40;

  private InspectionTable() {}

  static void print(
      PrintWriter out, Path file, Inspection inspection, TrustOptions.State signature) {
    OtaHeader header = inspection.header();
    out.println(file);
    field(out, "size", ImageFiles.count(inspection.size()));
    field(out, "SHA-256", Sha256.of(inspection.octets()).toHex());
    field(out, "kind", inspection.kind().map(FileKind::label).orElse("unknown"));
    manufacturerImageHash(inspection).ifPresent(hash -> field(out, "image hash for CS06", hash));
    field(out, "manufacturer code", "0x" + header.image().manufacturerCode());
    field(out, "image type", "0x" + header.image().imageType());
    field(out, "file version", "0x" + header.image().fileVersion());
    field(out, "stack version", Integer.toString(header.zigBeeStackVersion()));
    field(out, "header string", "\"" + header.headerString().text() + "\"");
    field(out, "total image size", ImageFiles.count(header.totalImageSize()));
    header
        .securityCredentialVersion()
        .ifPresent(version -> field(out, "security credential", "" + version.value()));
    header.upgradeFileDestination().ifPresent(device -> field(out, "only for device", "" + device));
    header.hardwareVersions().ifPresent(range -> field(out, "hardware versions", "" + range));
    field(out, "integrity code", inspection.integrity().label());
    field(out, "signature", signature.words());
    map(out, inspection);
    diagnosis(out, inspection);
    out.println();
  }

  /** The hash that a CS06 names, of a file that holds a Manufacturer Image. [GBCS 11.2.4] */
  static Optional<String> manufacturerImageHash(Inspection inspection) {
    if (!inspection.kind().equals(Optional.of(FileKind.GB_METER))) {
      return Optional.empty();
    }
    try {
      return OtaFile.read(inspection.octets(), FileKind.GB_METER) instanceof GbMeterFile meter
          ? Optional.of(meter.manufacturerImageHash().toHex())
          : Optional.empty();
    } catch (FormatException told) {
      return Optional.empty(); // the diagnosis says what is wrong
    }
  }

  private static void field(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "  %-20s %s%n", name, value);
  }

  private static void map(PrintWriter out, Inspection inspection) {
    out.println();
    out.printf(Locale.ROOT, "  %13s  %13s  %s%n", "offset", "octets", "what stands there");
    long[] count = {0};
    inspection.regions(
        region -> {
          if (count[0]++ < REGIONS_SHOWN) {
            row(out, region, inspection.size());
          }
        });
    if (count[0] > REGIONS_SHOWN) {
      out.printf(Locale.ROOT, "  and %,d more; --json shows them all%n", count[0] - REGIONS_SHOWN);
    }
  }

  private static void row(PrintWriter out, Region region, long size) {
    long share = Math.round(region.length() * 20.0 / size);
    String bar = "#".repeat((int) Math.max(1, share));
    out.printf(
        Locale.ROOT,
        "  %,13d  %,13d  %-38s %s%n",
        region.offset(),
        region.length(),
        region.name(),
        bar);
  }

  private static void diagnosis(PrintWriter out, Inspection inspection) {
    out.println();
    if (inspection.diagnostics().isEmpty()) {
      out.println("  nothing odd found");
    }
    for (Diagnostic diagnostic : inspection.diagnostics()) {
      out.printf(
          Locale.ROOT,
          "  %-5s at %,d: %s [%s]%n",
          diagnostic.severity().label(),
          diagnostic.offset(),
          diagnostic.message(),
          diagnostic.code().label());
    }
  }
}
