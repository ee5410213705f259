// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hanota.api.FileVersion;
import org.hanota.headend.estate.Device;
import org.hanota.headend.store.Stored;
import org.hanota.headend.track.Track;

/** What a DSP knows of its devices: what each runs, and what is under way for it. */
final class InventoryText {
  private InventoryText() {}

  private static List<Device> devices(List<Stored> kept) {
    return kept.stream()
        .filter(Device.class::isInstance)
        .map(Device.class::cast)
        .sorted((one, other) -> one.id().compareTo(other.id()))
        .toList();
  }

  private static List<Track> tracks(List<Stored> kept, Device device) {
    return kept.stream()
        .filter(Track.class::isInstance)
        .map(Track.class::cast)
        .filter(track -> track.device().equals(device.id()))
        .toList();
  }

  private static String firmware(Device device) {
    return device.firmware().map(FileVersion::toString).orElse("unknown");
  }

  /** For people: a line for each device and one for each request about it. */
  static List<String> lines(List<Stored> kept) {
    List<String> lines = new ArrayList<>();
    for (Device device : devices(kept)) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s  %-6s  runs %-8s  %s",
              device.id(),
              device.type().word(),
              firmware(device),
              device.standing().status().word()));
      for (Track track : tracks(kept, device)) {
        lines.add(
            "    "
                + track.kind()
                + " "
                + track.image().version()
                + " is "
                + track.state()
                + " ("
                + track.request()
                + ")");
      }
    }
    return lines;
  }

  /** For machines. */
  static String json(List<Stored> kept) {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode array = mapper.createArrayNode();
    for (Device device : devices(kept)) {
      ObjectNode object = array.addObject();
      object.put("device", device.id().toString());
      object.put("type", device.type().word());
      object.put("status", device.standing().status().word());
      object.put("manufacturer", device.model().manufacturer());
      object.put("model", device.model().name());
      object.put("firmware", firmware(device));
      object.put("hub", device.hub().toString());
      ArrayNode responsible = object.putArray("responsible");
      device.responsible().forEach(each -> responsible.add(each.user() + " as " + each.role()));
      ArrayNode requests = object.putArray("requests");
      for (Track track : tracks(kept, device)) {
        ObjectNode request = requests.addObject();
        request.put("request", track.request().toString());
        request.put("kind", track.kind().name());
        request.put("version", track.image().version().toString());
        request.put("hash", track.image().hash().toHex());
        request.put("state", track.state().name());
        request.put("accepted", Instant.ofEpochMilli(track.acceptedUtcMillis()).toString());
      }
    }
    return array.toPrettyString() + "\n";
  }
}
