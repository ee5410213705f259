// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.otaformat.Catalogue;
import org.hanota.otaformat.CatalogueEntry;
import org.hanota.otaformat.HardwareVersionRange;

/**
 * The OTA index that gateways share: an array of objects in which absent fields are left out. A
 * destination EUI-64 is our addition and found only in our own.
 */
final class IndexJson {
  private IndexJson() {}

  static ArrayNode write(Catalogue catalogue) {
    ArrayNode array = KeyFiles.JSON.createArrayNode();
    for (CatalogueEntry entry : catalogue.entries()) {
      ObjectNode node = array.addObject();
      node.put("fileName", entry.fileName());
      node.put("fileVersion", entry.image().fileVersion().value());
      node.put("fileSize", entry.fileSize());
      entry.url().ifPresent(url -> node.put("url", url));
      node.put("imageType", entry.image().imageType().value());
      node.put("manufacturerCode", entry.image().manufacturerCode().value());
      entry.sha512().ifPresent(hash -> node.put("sha512", hash.toHex()));
      node.put("otaHeaderString", entry.otaHeaderString());
      entry
          .hardwareVersions()
          .ifPresent(
              range -> {
                node.put("hardwareVersionMin", range.minimum().value());
                node.put("hardwareVersionMax", range.maximum().value());
              });
      entry.minimumFileVersion().ifPresent(from -> node.put("minFileVersion", from.value()));
      entry.maximumFileVersion().ifPresent(to -> node.put("maxFileVersion", to.value()));
      entry.modelId().ifPresent(model -> node.put("modelId", model));
      entry
          .destination()
          .ifPresent(device -> node.put("upgradeFileDestination", device.toString()));
    }
    return array;
  }

  /**
   * Reads an index.
   *
   * @throws FormatException if it is none; the offset is that of the entry
   */
  static Catalogue read(JsonNode array) {
    if (!array.isArray()) {
      throw new FormatException("OTA index", 0, "" + array.getNodeType(), "an array of objects");
    }
    List<CatalogueEntry> entries = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      try {
        entries.add(entry(array.get(i)));
      } catch (IllegalArgumentException | FormatException e) {
        throw new FormatException(
            "entry of the OTA index", i, String.valueOf(e.getMessage()), "fields that fit");
      }
    }
    return new Catalogue(entries);
  }

  private static CatalogueEntry entry(JsonNode node) {
    ImageId image =
        ImageId.of(
            narrow(number(node, "manufacturerCode")),
            narrow(number(node, "imageType")),
            number(node, "fileVersion"));
    Optional<HardwareVersionRange> hardware = Optional.empty();
    if (node.hasNonNull("hardwareVersionMin") || node.hasNonNull("hardwareVersionMax")) {
      hardware =
          Optional.of(
              HardwareVersionRange.of(
                  node.path("hardwareVersionMin").asInt(0),
                  node.path("hardwareVersionMax").asInt(0xFFFF)));
    }
    Optional<String> url = text(node, "url");
    return new CatalogueEntry(
        text(node, "fileName").or(() -> url).orElse(image.toString()),
        url,
        node.path("fileSize").asLong(0),
        text(node, "sha512").map(Octets::fromHex),
        image,
        text(node, "otaHeaderString").orElse(""),
        hardware,
        version(node, "minFileVersion"),
        version(node, "maxFileVersion"),
        text(node, "modelId"),
        text(node, "upgradeFileDestination").map(Eui64::parse));
  }

  private static Optional<FileVersion> version(JsonNode node, String field) {
    return node.hasNonNull(field)
        ? Optional.of(new FileVersion(number(node, field)))
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode node, String field) {
    return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
  }

  private static long number(JsonNode node, String field) {
    if (!node.path(field).isIntegralNumber()) {
      throw new IllegalArgumentException(field + " is no number");
    }
    return node.get(field).asLong();
  }

  /** Keeps a number that no field can hold out of every field, instead of cutting it. */
  private static int narrow(long number) {
    return (int) Math.max(-1, Math.min(number, Integer.MAX_VALUE));
  }
}
