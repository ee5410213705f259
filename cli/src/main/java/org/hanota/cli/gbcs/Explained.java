// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.Field;
import org.hanota.gbcs.payload.MessageCode;

/** A message in words for people. */
final class Explained {
  /** Octets shown of one field; a hash still fits. */
  private static final int SHOWN = 32;

  private Explained() {}

  /** Every field in a line of its own, then what is proven. */
  static void print(Inspected inspected, PrintWriter out) {
    out.println(inspected.file() + ": " + inspected.kind() + " " + title(inspected));
    fields(inspected.fields(), out);
    out.println("  signature " + Inspected.word(inspected.verification().signature()));
    out.println("  mac       " + Inspected.word(inspected.verification().mac()));
  }

  private static String title(Inspected inspected) {
    return inspected
        .code()
        .map(code -> code + ", " + code.useCase() + " " + code.officialName())
        .orElseGet(() -> unknown(inspected));
  }

  private static String unknown(Inspected inspected) {
    return inspected.codeHex() + ", a use case that is not known here";
  }

  /** What could be read of a message that was refused behind it. */
  static void print(Path file, List<Field> fields, PrintWriter out) {
    if (!fields.isEmpty()) {
      out.println(file + ": no message; these fields stand before the fault");
      fields(fields, out);
    }
  }

  private static void fields(List<Field> fields, PrintWriter out) {
    out.println("  offset  field                                 meaning [octets]");
    for (Field field : fields) {
      out.println(
          String.format(
              Locale.ROOT, "  %6d  %-36s  %s", field.offset(), field.name(), meaning(field)));
    }
  }

  /** One line: what it is and what is proven. */
  static String summary(Inspected inspected) {
    return inspected.file()
        + ": "
        + inspected.kind()
        + " "
        + inspected.code().map(MessageCode::useCase).orElseGet(() -> unknown(inspected))
        + ", signature "
        + Inspected.word(inspected.verification().signature())
        + ", mac "
        + Inspected.word(inspected.verification().mac())
        + (inspected.lacks() ? ", but it must have what is absent" : "");
  }

  /** What the field says, and its octets where they say it otherwise. */
  private static String meaning(Field field) {
    String octets = shown(field.octets());
    return octets.endsWith(field.meaning()) ? octets : field.meaning() + " [" + octets + "]";
  }

  private static String shown(Octets octets) {
    return octets.length() > SHOWN + 2
        ? octets.slice(0, SHOWN).toHex() + ".. " + octets.length() + " octets"
        : octets.toHex();
  }
}
