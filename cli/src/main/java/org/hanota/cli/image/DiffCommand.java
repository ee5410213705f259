// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.Element;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.OtaHeader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image diff}. */
@Command(
    name = "diff",
    description = "Shows in which fields and elements two files differ; ends with 1 when they do.",
    footer = {"", "Example:", "  hanota image diff old.ota new.ota"})
final class DiffCommand extends ImageTask {
  /** Elements compared one by one; a file can have a billion, and the whole's hash covers them. */
  private static final int ELEMENTS_MAX = 1000;

  @Parameters(index = "0", paramLabel = "ONE", description = "A file.")
  private Path one = Path.of("-");

  @Parameters(index = "1", paramLabel = "OTHER", description = "Another.")
  private Path other = Path.of("-");

  @Option(names = "--json", description = "Prints an array of differences.")
  private boolean json;

  @Override
  int run(PrintWriter out) throws IOException {
    Map<String, String> left = facts(one);
    Map<String, String> right = facts(other);
    Set<String> names = new LinkedHashSet<>(left.keySet());
    names.addAll(right.keySet());
    ArrayNode differences = KeyFiles.JSON.createArrayNode();
    for (String name : names) {
      String a = left.getOrDefault(name, "-");
      String b = right.getOrDefault(name, "-");
      if (!a.equals(b)) {
        ObjectNode difference = differences.addObject();
        difference.put("field", name);
        difference.put("one", a);
        difference.put("other", b);
        if (!json) {
          out.printf(Locale.ROOT, "%-24s %s%n%-24s %s%n", name, a, "", b);
        }
      }
    }
    if (json) {
      differences.toPrettyString().lines().forEach(out::println);
    } else if (differences.isEmpty()) {
      out.println("no difference");
    }
    return differences.isEmpty() ? ExitCode.DONE : ExitCode.WRONG;
  }

  private static Map<String, String> facts(Path file) throws IOException {
    Inspection inspection;
    try {
      inspection = Inspection.of(ImageFiles.open(file));
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
    OtaHeader header = inspection.header();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kind", inspection.kind().map(FileKind::label).orElse("unknown"));
    facts.put("wrap", Long.toString(inspection.wrap()));
    facts.put("header version", "0x" + Integer.toHexString(header.headerVersion()));
    facts.put("header length", Integer.toString(header.headerLength()));
    facts.put("field control", "0x" + Integer.toHexString(header.fieldControl()));
    facts.put("manufacturer code", "0x" + header.image().manufacturerCode());
    facts.put("image type", "0x" + header.image().imageType());
    facts.put("file version", "0x" + header.image().fileVersion());
    facts.put("stack version", Integer.toString(header.zigBeeStackVersion()));
    facts.put("header string", header.headerString().octets().toHex());
    facts.put("total image size", Long.toString(header.totalImageSize()));
    header
        .securityCredentialVersion()
        .ifPresent(version -> facts.put("security credential", "" + version.value()));
    header.upgradeFileDestination().ifPresent(device -> facts.put("destination", "" + device));
    header.hardwareVersions().ifPresent(range -> facts.put("hardware versions", "" + range));
    facts.put("elements", Long.toString(inspection.elements().count()));
    int number = 1;
    for (Element element : inspection.elements()) {
      if (number > ELEMENTS_MAX) {
        break;
      }
      facts.put(
          "element " + number++,
          "%s %s, SHA-256 %s"
              .formatted(
                  element.tag(),
                  ImageFiles.count(element.data().size()),
                  Sha256.of(element.data()).toHex()));
    }
    facts.put("whole file, SHA-256", Sha256.of(inspection.octets()).toHex());
    return facts;
  }
}
