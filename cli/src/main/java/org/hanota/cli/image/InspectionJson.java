// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.Diagnostic;
import org.hanota.otaformat.Element;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.OtaHeader;

/** Writes inspections as JSON, element by element, since a file can have millions. */
final class InspectionJson {
  private static final String[] HEADER_FIELDS = {
    "wrap",
    "headerVersion",
    "headerLength",
    "fieldControl",
    "manufacturerCode",
    "imageType",
    "fileVersion",
    "zigBeeStackVersion",
    "headerString",
    "headerStringHex",
    "totalImageSize",
    "securityCredentialVersion",
    "upgradeFileDestination",
    "minimumHardwareVersion",
    "maximumHardwareVersion"
  };

  private static final String HASH = "manufacturerImageHash";

  private InspectionJson() {}

  static void write(JsonGenerator json, Path file, Inspection inspection, String signature)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("file", file.toString());
    json.writeNumberField("size", inspection.size());
    json.writeStringField("sha256", Sha256.of(inspection.octets()).toHex());
    json.writeNumberField("wrap", inspection.wrap());
    header(json, inspection.header());
    json.writeArrayFieldStart("elements");
    for (Element element : inspection.elements()) {
      json.writeStartObject();
      json.writeNumberField("tag", element.tag().value());
      json.writeNumberField("length", element.length());
      json.writeNumberField("offset", element.offset());
      json.writeBooleanField("overrun", element.overrun());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("kind", inspection.kind().map(FileKind::label).orElse("unknown"));
    json.writeStringField(HASH, InspectionTable.manufacturerImageHash(inspection).orElse(null));
    json.writeArrayFieldStart("diagnostics");
    for (Diagnostic diagnostic : inspection.diagnostics()) {
      diagnostic(
          json,
          diagnostic.code().label(),
          diagnostic.severity().label(),
          diagnostic.offset(),
          diagnostic.message());
    }
    json.writeEndArray();
    json.writeStringField("integrity", inspection.integrity().label());
    json.writeStringField("signature", signature);
    json.writeEndObject();
  }

  /** What can be said of a file without a header: the same fields, absent. */
  static void writeUnreadable(
      JsonGenerator json, Path file, OctetSource octets, FormatException fault) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", file.toString());
    json.writeNumberField("size", octets.size());
    json.writeStringField("sha256", Sha256.of(octets).toHex());
    for (String field : HEADER_FIELDS) {
      json.writeNullField(field);
    }
    json.writeArrayFieldStart("elements");
    json.writeEndArray();
    json.writeStringField("kind", "unknown");
    json.writeNullField(HASH);
    json.writeArrayFieldStart("diagnostics");
    diagnostic(
        json, "unreadableHeader", "error", fault.offset(), String.valueOf(fault.getMessage()));
    json.writeEndArray();
    json.writeStringField("integrity", "absent");
    json.writeStringField("signature", "absent");
    json.writeEndObject();
  }

  private static void header(JsonGenerator json, OtaHeader header) throws IOException {
    json.writeNumberField("headerVersion", header.headerVersion());
    json.writeNumberField("headerLength", header.headerLength());
    json.writeNumberField("fieldControl", header.fieldControl());
    json.writeNumberField("manufacturerCode", header.image().manufacturerCode().value());
    json.writeNumberField("imageType", header.image().imageType().value());
    json.writeNumberField("fileVersion", header.image().fileVersion().value());
    json.writeNumberField("zigBeeStackVersion", header.zigBeeStackVersion());
    json.writeStringField("headerString", header.headerString().text());
    json.writeStringField("headerStringHex", header.headerString().octets().toHex());
    json.writeNumberField("totalImageSize", header.totalImageSize());
    optional(
        json,
        "securityCredentialVersion",
        header.securityCredentialVersion().map(version -> version.value()));
    if (header.upgradeFileDestination().isPresent()) {
      json.writeStringField(
          "upgradeFileDestination", header.upgradeFileDestination().get().toString());
    } else {
      json.writeNullField("upgradeFileDestination");
    }
    optional(
        json,
        "minimumHardwareVersion",
        header.hardwareVersions().map(range -> range.minimum().value()));
    optional(
        json,
        "maximumHardwareVersion",
        header.hardwareVersions().map(range -> range.maximum().value()));
  }

  private static void optional(JsonGenerator json, String field, Optional<Integer> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.get());
    } else {
      json.writeNullField(field);
    }
  }

  private static void diagnostic(
      JsonGenerator json, String code, String severity, long offset, String message)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("code", code);
    json.writeStringField("severity", severity);
    json.writeNumberField("offset", offset);
    json.writeStringField("message", message);
    json.writeEndObject();
  }
}
