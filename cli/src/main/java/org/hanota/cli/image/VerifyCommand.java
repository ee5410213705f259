// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.FolderFiles;
import org.hanota.otaformat.Diagnostic;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Inspection;
import org.hanota.otaformat.IntegrityCode;
import org.hanota.otaformat.OtaFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota image verify}. */
@Command(
    name = "verify",
    description = "Checks form, integrity code and signature.",
    footer = {
      "",
      "Example:",
      "  hanota image verify --supplier supplier.pem meter.ota",
      "",
      "Ends with 1 when one of them is wrong, or cannot be checked for want of a key; with",
      "--permit-unchecked a signature that no key was given for is passed over."
    })
final class VerifyCommand extends ImageTask {
  private static final TrustOptions.State NO_SIGNATURE = new TrustOptions.State("absent", "");

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

  @Option(
      names = "--maximum-octets",
      paramLabel = "N",
      converter = Converters.Numeral.class,
      description = "Longest file to accept; 768000 is the limit of the GB profiles.")
  private long maximumOctets = OtaFile.NO_LIMIT;

  @Option(
      names = "--permit-unchecked",
      description = "Does not mind signatures that no key was given for.")
  private boolean permitUnchecked;

  @Option(names = "--json", description = "Prints an array with one object per file.")
  private boolean json;

  @Mixin private TrustOptions trust = new TrustOptions();

  @Override
  int run(PrintWriter out) throws IOException {
    if (maximumOctets < 0) {
      throw usage("--maximum-octets is " + maximumOctets + ", allowed 0 and more");
    }
    ArrayNode array = KeyFiles.JSON.createArrayNode();
    boolean wrong = false;
    for (Path file : FolderFiles.each(files, err())) {
      Result result = check(file);
      wrong |= result.verdict() == Verdict.WRONG;
      wrong |= result.verdict() == Verdict.UNCHECKED && !permitUnchecked;
      if (json) {
        array.add(object(file, result));
      } else {
        out.println(result.line(file));
      }
    }
    if (json) {
      array.toPrettyString().lines().forEach(out::println);
    }
    return wrong ? ExitCode.WRONG : ExitCode.DONE;
  }

  private enum Verdict {
    /** Signed by somebody whose key was given. */
    RIGHT,
    /** Right as far as it goes, but no signature says who made it. */
    UNAUTHENTICATED,
    WRONG,
    UNCHECKED
  }

  /**
   * What was found of a file.
   *
   * @param form ok, or what is wrong with it
   * @param read how far it was read
   * @param keys whether a key was given
   */
  private record Result(
      String form,
      Read read,
      String integrity,
      TrustOptions.State signature,
      boolean keys,
      List<String> notes) {
    Verdict verdict() {
      if (isWrong()) {
        return Verdict.WRONG;
      }
      return switch (signature.label()) {
        case "unchecked" -> Verdict.UNCHECKED;
        case "valid" -> Verdict.RIGHT;
        default -> Verdict.UNAUTHENTICATED;
      };
    }

    private boolean isWrong() {
      return !form.equals("ok")
          || integrity.equals(IntegrityCode.Result.MISMATCH.label())
          || signature.isFailure()
          || (keys && !signature.label().equals("valid"));
    }

    private String words() {
      return switch (verdict()) {
        case WRONG -> "WRONG";
        case UNAUTHENTICATED -> "form right, nothing proves who made it";
        case RIGHT, UNCHECKED -> label();
      };
    }

    String label() {
      return verdict().name().toLowerCase(Locale.ROOT);
    }

    /** The line about it, which tells of a part only what was seen of it. */
    String line(Path file) {
      return switch (read) {
        case NOTHING -> form;
        case FORM -> "%s: %s; form %s".formatted(file, words(), form);
        case WHOLE -> {
          String noted = notes.isEmpty() ? "" : "; note: " + String.join("; ", notes);
          yield "%s: %s; form %s; integrity code %s; signature %s%s"
              .formatted(file, words(), form, integrity, signature.words(), noted);
        }
      };
    }
  }

  private enum Read {
    /** The file could not be read. */
    NOTHING,
    /** Its octets are no OTA file, whose parts one could tell apart. */
    FORM,
    WHOLE
  }

  private Result check(Path file) throws IOException {
    OctetSource octets;
    try {
      octets = ImageFiles.open(file);
    } catch (IOException e) {
      // The other files are still checked.
      return new Result(
          CommandFailed.reason(e),
          Read.NOTHING,
          "absent",
          NO_SIGNATURE,
          trust.isGiven(),
          List.of());
    }
    return check(octets);
  }

  private Result check(OctetSource octets) throws IOException {
    String form = "ok";
    try {
      if (kind == null) {
        OtaFile.readAny(octets, maximumOctets);
      } else {
        OtaFile.read(octets, kind, maximumOctets);
      }
    } catch (FormatException e) {
      form = String.valueOf(e.getMessage());
    }
    try {
      Inspection inspection = kind == null ? Inspection.of(octets) : Inspection.of(octets, kind);
      return new Result(
          form,
          Read.WHOLE,
          inspection.integrity().label(),
          trust.check(inspection),
          trust.isGiven(),
          notes(inspection));
    } catch (FormatException e) {
      return new Result(form, Read.FORM, "absent", NO_SIGNATURE, trust.isGiven(), List.of());
    }
  }

  private static List<String> notes(Inspection inspection) {
    return inspection.diagnostics().stream()
        .filter(diagnostic -> diagnostic.code() == Diagnostic.Code.CONTENT)
        .map(Diagnostic::message)
        .toList();
  }

  private static ObjectNode object(Path file, Result result) {
    ObjectNode object = KeyFiles.JSON.createObjectNode();
    object.put("file", file.toString());
    object.put("result", result.label());
    boolean unreadable = result.read() == Read.NOTHING;
    object.put("form", (unreadable ? "unreadable: " : "") + result.form());
    object.put("integrity", result.integrity());
    object.put("signature", result.signature().label());
    object.put("signatureReason", result.signature().reason());
    ArrayNode notes = object.putArray("notes");
    result.notes().forEach(notes::add);
    return object;
  }
}
