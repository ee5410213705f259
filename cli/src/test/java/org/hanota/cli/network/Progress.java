// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How far each device is, by the lines of all hubs that served it one after the other. */
final class Progress implements Consumer<String> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A block that went down with its hub is asked for again; no device has two under way. */
  private static final int BLOCK_OCTETS = 48;

  private final Map<String, Long> offsets = new TreeMap<>();
  private final List<String> wentBack = new ArrayList<>();
  private int resumed;
  private int servings;

  @Override
  public synchronized void accept(String line) {
    JsonNode event;
    try {
      event = JSON.readTree(line);
    } catch (JsonProcessingException cut) {
      // The last line of a hub that was killed, or a word on standard error.
      return;
    }
    if (event.path("event").asText().equals("serving") && event.path("images").asInt() == 1) {
      servings++;
    }
    if (!event.has("fileOffset")) {
      return;
    }
    String device = event.path("device").asText();
    long offset = event.path("fileOffset").asLong();
    Long before = offsets.put(device, offset);
    if (before != null && offset < before - BLOCK_OCTETS) {
      wentBack.add(line + " after " + before);
    }
    if (event.path("event").asText().equals("started") && offset > 0) {
      resumed++;
    }
  }

  /** How often a transfer was told to have started where it was and not at the beginning. */
  synchronized int resumed() {
    return resumed;
  }

  /** How often a hub said that it serves the image. */
  synchronized int servings() {
    return servings;
  }

  /** Lines that tell of a transfer further back than the line before. */
  synchronized List<String> wentBack() {
    return List.copyOf(wentBack);
  }
}
