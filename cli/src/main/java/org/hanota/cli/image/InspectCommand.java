// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.FolderFiles;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Inspection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image inspect}. */
@Command(
    name = "inspect",
    description = "Shows what a file holds, with a map of it and a diagnosis.",
    footer = {
      "",
      "Example:",
      "  hanota image inspect --json firmware.ota",
      "",
      "Ends with 0 when every file could be read, else with 1."
    })
final class InspectCommand extends ImageTask {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "OTA files, or folders of them; - is standard input.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = Converters.Kind.class,
      description = "zigbee, gb-meter or gb-ppmid; a GB PPMID file cannot be told without.")
  private @Nullable FileKind kind;

  @Option(names = "--json", description = "Prints an array with one object per file.")
  private boolean json;

  @Mixin private TrustOptions trust = new TrustOptions();

  @Override
  int run(PrintWriter out) throws IOException {
    if (!json) {
      return inspectAll(null, out);
    }
    int code;
    // Made only where it is written: it takes as long to load as all the rest.
    try (JsonGenerator array = KeyFiles.JSON.getFactory().createGenerator(out)) {
      array.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      array.useDefaultPrettyPrinter();
      array.writeStartArray();
      code = inspectAll(array, out);
      array.writeEndArray();
    }
    out.println();
    return code;
  }

  private int inspectAll(@Nullable JsonGenerator array, PrintWriter out) throws IOException {
    boolean all = true;
    for (Path file : FolderFiles.each(files, err())) {
      all &= inspect(file, array, out);
    }
    return all ? ExitCode.DONE : ExitCode.WRONG;
  }

  private boolean inspect(Path file, @Nullable JsonGenerator array, PrintWriter out)
      throws IOException {
    OctetSource octets;
    try {
      octets = ImageFiles.open(file);
    } catch (IOException e) {
      err().println("hanota: " + CommandFailed.reason(e)); // the other files are still shown
      return false;
    }
    Inspection inspection;
    try {
      inspection = kind == null ? Inspection.of(octets) : Inspection.of(octets, kind);
    } catch (FormatException e) {
      err().println("hanota: " + CommandFailed.at(file, e).getMessage());
      if (array != null) {
        InspectionJson.writeUnreadable(array, file, octets, e);
      }
      return false;
    }
    TrustOptions.State signature = trust.check(inspection);
    if (array != null) {
      InspectionJson.write(array, file, inspection, signature.label());
    } else {
      InspectionTable.print(out, file, inspection, signature);
    }
    return true;
  }
}
