// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.hub.Tenths;

/** Prints what happens to emulated devices, a line each. */
final class EventPrinter {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final Tenths tenths = new Tenths();

  EventPrinter(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  void ready(String port, Eui64 stick) {
    if (json) {
      ObjectNode node = MAPPER.createObjectNode();
      node.put("event", "Ready").put("port", port).put("address", stick.toString());
      line(node.toString());
    } else {
      line("stick " + stick + " at " + port);
    }
  }

  synchronized void warn(String text) {
    err.println("hanota: " + text);
  }

  void happened(Now now, Event event) {
    if (!(event instanceof UpdateEvent update)) {
      return;
    }
    String name = event.getClass().getSimpleName();
    if (json) {
      ObjectNode node = MAPPER.createObjectNode();
      node.put("event", name).put("utc", Instant.ofEpochMilli(now.utcMillis()).toString());
      node.put("device", update.device().toString()).put("image", update.image().toString());
      if (event instanceof UpdateEvent.Transferring transferring) {
        node.put("fileOffset", transferring.fileOffset());
        node.put("imageSize", transferring.imageSizeOctets());
      } else if (event instanceof UpdateEvent.Failed failed) {
        node.put("failure", failed.failure().name()).put("detail", failed.detail());
      }
      line(node.toString());
    } else if (tenths.worthTelling(update)) {
      line(update.device() + " " + name + " " + update.image() + detail(event));
    }
  }

  private static String detail(Event event) {
    if (event instanceof UpdateEvent.Transferring transferring) {
      return " " + transferring.fileOffset() + " of " + transferring.imageSizeOctets();
    } else if (event instanceof UpdateEvent.Failed failed) {
      return " " + failed.failure() + ": " + failed.detail();
    } else if (event instanceof UpdateEvent.Paused paused) {
      return " " + paused.reason();
    } else if (event instanceof UpdateEvent.Verified verified) {
      return " " + verified.how();
    }
    return "";
  }

  private synchronized void line(String text) {
    out.println(text);
    out.flush();
  }
}
