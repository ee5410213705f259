// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.transport.serial.probe.StickReport;
import org.hanota.transport.serial.znp.FoundNetwork;

/**
 * A network's key and parameters in a file for its owner alone: in the open coordinator backup
 * format, which other programs restore, with the items of the stick's memory as they were.
 */
final class NetworkBackup {
  private static final int FIRST_CHANNEL = 11;
  private static final int LAST_CHANNEL = 26;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private NetworkBackup() {}

  /** Writes the file; it is on the disk when this returns. */
  static void write(Path file, StickReport.Znp stick, Instant now) throws IOException {
    String text =
        MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json(stick, now)) + "\n";
    try (OutputFile out = OutputFile.createSecret(file, Existing.KEEP)) {
      out.stream().write(text.getBytes(StandardCharsets.UTF_8));
      out.commit();
    }
  }

  private static ObjectNode json(StickReport.Znp stick, Instant now) {
    FoundNetwork found = stick.found();
    ObjectNode out = MAPPER.createObjectNode();
    ObjectNode metadata = out.putObject("metadata");
    metadata.put("format", "zigpy/open-coordinator-backup").put("version", 1);
    metadata.put("source", "hanota");
    ObjectNode internal = metadata.putObject("internal");
    internal.put("date", now.toString()).put("firmware", stick.firmware().toString());
    ObjectNode items = internal.putObject("items");
    found.items().forEach((item, value) -> items.put(item.label(), value.toHex()));
    ArrayNode counters = internal.putArray("frame_counters");
    for (FoundNetwork.FrameCounter counter : found.counters()) {
      counters
          .addObject()
          .put("extended_pan_id", counter.extendedPanId().toString())
          .put("frame_counter", counter.value());
    }
    out.put("coordinator_ieee", stick.address().toString());
    out.put("pan_id", Width.hex(found.panId(), 4));
    out.put("extended_pan_id", found.extendedPanId().toString());
    out.put("nwk_update_id", found.updateId()).put("security_level", found.securityLevel());
    out.put("channel", found.channel());
    ArrayNode channels = out.putArray("channel_mask");
    for (int channel = FIRST_CHANNEL; channel <= LAST_CHANNEL; channel++) {
      if ((found.channelMask() & 1L << channel) != 0) {
        channels.add(channel);
      }
    }
    out.putObject("network_key")
        .put("key", found.key().map(Octets::toHex).orElse(""))
        .put("sequence_number", found.keySequence())
        .put("frame_counter", found.frameCounter());
    out.putArray("devices");
    return out;
  }
}
