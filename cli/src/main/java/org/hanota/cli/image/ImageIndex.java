// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.file.SavedText;
import org.hanota.otaformat.CatalogueEntry;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OfferConditions;

/**
 * An OTA index as gateways share it, in either of two forms: an array of objects, or an object with
 * the array {@code firmwares} whose fields have other names. What restricts an image becomes its
 * {@link OfferConditions}; a field that is neither in {@link #RESTRICTING} nor in {@link
 * #DESCRIPTIVE} is named there, and excludes the entry from every offer. Every field is kept as it
 * came, under the name of the first form. {@code docs/image-index.md} lists them.
 *
 * @param entries those that could be read, in their order
 * @param faults the others, by name
 */
public record ImageIndex(List<Entry> entries, List<Fault> faults) {
  /** Fields that say to which devices an image may be offered. */
  public static final Set<String> RESTRICTING =
      new TreeSet<>(
          List.of(
              "fileVersion",
              "hardwareVersionMax",
              "hardwareVersionMin",
              "imageType",
              "manufacturerCode",
              "manufacturerName",
              "maxFileVersion",
              "minFileVersion",
              "modelId",
              "upgradeFileDestination"));

  /** Fields that say something about an image and never restrict it. */
  public static final Set<String> DESCRIPTIVE =
      new TreeSet<>(
          List.of(
              "changelog",
              "checksum",
              "fileName",
              "fileSize",
              "force",
              "originalUrl",
              "otaHeaderString",
              "path",
              "releaseNotes",
              "sha512",
              "specificity",
              "url"));

  /** The index of all gateways' images has 2 MB. */
  private static final int FILE_MAX = 1 << 28;

  /** The other form's names, which are read and written as those of the first. */
  private static final Map<String, String> OTHER_NAMES = otherNames();

  /**
   * One image.
   *
   * @param image as far as it is understood
   * @param fields everything, as it came
   */
  public record Entry(CatalogueEntry image, ObjectNode fields) {}

  /**
   * An entry that could not be read.
   *
   * @param number its place in the index, from 1
   * @param fileName of the image that it is about, as far as it says so
   * @param sha512 likewise, in hexadecimal digits
   */
  public record Fault(int number, String fileName, String sha512, String reason) {
    private static Fault of(int number, JsonNode entry, String reason) {
      String name = entry.path("fileName").asText(entry.path("url").asText(""));
      return new Fault(number, name, entry.path("sha512").asText(""), reason);
    }

    @Override
    public String toString() {
      return "entry " + number + (fileName.isEmpty() ? "" : " (" + fileName + ")") + ": " + reason;
    }
  }

  /** Copies the lists. */
  public ImageIndex {
    entries = List.copyOf(entries);
    faults = List.copyOf(faults);
  }

  private static Map<String, String> otherNames() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("binary_url", "url");
    names.put("file_version", "fileVersion");
    names.put("file_size", "fileSize");
    names.put("image_type", "imageType");
    names.put("manufacturer_id", "manufacturerCode");
    names.put("manufacturer_names", "manufacturerName");
    names.put("model_names", "modelId");
    names.put("min_hardware_version", "hardwareVersionMin");
    names.put("max_hardware_version", "hardwareVersionMax");
    names.put("min_current_file_version", "minFileVersion");
    names.put("max_current_file_version", "maxFileVersion");
    names.put("release_notes", "releaseNotes");
    return names;
  }

  /** The text of an index, as an editor or a shell saved it. */
  public static String text(Path file) throws IOException {
    return SavedText.read(file, FILE_MAX);
  }

  /**
   * Reads an index.
   *
   * @throws FormatException if it is neither form; an entry that is wrong is a fault only
   */
  public static ImageIndex read(JsonNode json) {
    boolean other = json.isObject() && json.path("firmwares").isArray();
    JsonNode array = other ? json.get("firmwares") : json;
    if (!array.isArray()) {
      throw new FormatException(
          "OTA index",
          0,
          "" + json.getNodeType(),
          "an array of objects, or an object with the array \"firmwares\"");
    }
    List<Entry> entries = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode node = array.get(i);
      try {
        if (!(node instanceof ObjectNode object)) {
          throw new IllegalArgumentException("is no object");
        }
        ObjectNode fields = other ? renamed(object) : object;
        entries.add(new Entry(entry(fields), fields));
      } catch (IllegalArgumentException | FormatException e) {
        faults.add(Fault.of(i + 1, node, String.valueOf(e.getMessage())));
      }
    }
    return new ImageIndex(entries, faults);
  }

  /** The entry of an image at hand. */
  static Entry entry(CatalogueEntry entry) {
    ObjectNode node = KeyFiles.JSON.createObjectNode();
    node.put("fileName", entry.fileName());
    node.put("fileVersion", entry.image().fileVersion().value());
    entry.fileSize().ifPresent(size -> node.put("fileSize", size));
    node.put("imageType", entry.image().imageType().value());
    node.put("manufacturerCode", entry.image().manufacturerCode().value());
    entry.sha512().ifPresent(hash -> node.put("sha512", hash.toHex()));
    node.put("otaHeaderString", entry.otaHeaderString());
    entry
        .conditions()
        .hardwareVersions()
        .ifPresent(
            range -> {
              node.put("hardwareVersionMin", range.minimum().value());
              node.put("hardwareVersionMax", range.maximum().value());
            });
    entry
        .conditions()
        .destination()
        .ifPresent(device -> node.put("upgradeFileDestination", device.toString()));
    return new Entry(entry, node);
  }

  /** The entries as an array of the first form. */
  static ArrayNode write(List<Entry> entries) {
    ArrayNode array = KeyFiles.JSON.createArrayNode();
    entries.forEach(entry -> array.add(entry.fields()));
    return array;
  }

  private static ObjectNode renamed(ObjectNode object) {
    ObjectNode fields = KeyFiles.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      fields.set(OTHER_NAMES.getOrDefault(field.getKey(), field.getKey()), field.getValue());
    }
    return fields;
  }

  private static CatalogueEntry entry(ObjectNode node) {
    ImageId image =
        ImageId.of(
            narrow(number(node, "manufacturerCode").orElseThrow(() -> missing("manufacturerCode"))),
            narrow(number(node, "imageType").orElseThrow(() -> missing("imageType"))),
            number(node, "fileVersion").orElseThrow(() -> missing("fileVersion")));
    Optional<String> url = text(node, "url");
    return new CatalogueEntry(
        text(node, "fileName").or(() -> url).orElse(image.toString()),
        url,
        number(node, "fileSize"),
        text(node, "sha512").map(Octets::fromHex),
        image,
        text(node, "otaHeaderString").orElse(""),
        conditions(node));
  }

  private static OfferConditions conditions(ObjectNode node) {
    Optional<Long> lowest = number(node, "hardwareVersionMin");
    Optional<Long> highest = number(node, "hardwareVersionMax");
    List<String> unknown = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!RESTRICTING.contains(name) && !DESCRIPTIVE.contains(name)) {
                unknown.add(name);
              }
            });
    return new OfferConditions(
        lowest.isEmpty() && highest.isEmpty()
            ? Optional.empty()
            : Optional.of(
                HardwareVersionRange.of(
                    narrow(lowest.orElse(0L)), narrow(highest.orElse(0xFFFFL)))),
        number(node, "minFileVersion").map(FileVersion::new),
        number(node, "maxFileVersion").map(FileVersion::new),
        texts(node, "manufacturerName"),
        texts(node, "modelId"),
        text(node, "upgradeFileDestination").map(Eui64::parse),
        unknown);
  }

  private static Optional<String> text(ObjectNode node, String field) {
    if (!node.hasNonNull(field)) {
      return Optional.empty();
    }
    if (!node.get(field).isTextual()) {
      throw new IllegalArgumentException(field + " is no text");
    }
    return Optional.of(node.get(field).textValue());
  }

  /** One text or an array of them. */
  private static List<String> texts(ObjectNode node, String field) {
    if (!node.path(field).isArray()) {
      return text(node, field).map(List::of).orElse(List.of());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : node.get(field)) {
      if (!text.isTextual()) {
        throw new IllegalArgumentException(field + " holds something that is no text");
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  private static Optional<Long> number(ObjectNode node, String field) {
    if (!node.hasNonNull(field)) {
      return Optional.empty();
    }
    if (!node.get(field).isIntegralNumber() || !node.get(field).canConvertToLong()) {
      throw new IllegalArgumentException(field + " is no whole number");
    }
    return Optional.of(node.get(field).longValue());
  }

  private static IllegalArgumentException missing(String field) {
    return new IllegalArgumentException("has no " + field);
  }

  /** Keeps a number that no field can hold out of every field, instead of cutting it. */
  private static int narrow(long number) {
    return (int) Math.max(-1, Math.min(number, Integer.MAX_VALUE));
  }
}
