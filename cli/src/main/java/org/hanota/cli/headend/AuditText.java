// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.hanota.cli.Printable;
import org.hanota.headend.dsp.AuditEntry;
import org.hanota.headend.store.Stored;

/** A DSP's audit log: who did what, line by line. */
final class AuditText {
  private AuditText() {}

  private static List<AuditEntry> entries(List<Stored> kept) {
    return kept.stream()
        .filter(AuditEntry.class::isInstance)
        .map(AuditEntry.class::cast)
        .sorted(Comparator.comparing(AuditEntry::number))
        .toList();
  }

  /** For people. */
  static List<String> lines(List<Stored> kept) {
    return entries(kept).stream()
        .map(
            entry ->
                Printable.line(
                    entry.number()
                        + "  "
                        + Instant.ofEpochMilli(entry.utcMillis())
                        + "  "
                        + entry.who()
                        + "  "
                        + entry.what()))
        .toList();
  }

  /** For machines. */
  static String json(List<Stored> kept) {
    ArrayNode array = new ObjectMapper().createArrayNode();
    for (AuditEntry entry : entries(kept)) {
      ObjectNode object = array.addObject();
      object.put("number", entry.number());
      object.put("time", Instant.ofEpochMilli(entry.utcMillis()).toString());
      object.put("who", entry.who().toString());
      object.put("what", entry.what());
    }
    return array.toPrettyString() + "\n";
  }
}
