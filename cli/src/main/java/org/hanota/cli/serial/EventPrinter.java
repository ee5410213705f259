// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.hub.EventJson;
import org.hanota.cli.hub.EventText;
import org.hanota.cli.hub.Tenths;

/** Prints what happens to emulated devices, a line each. */
final class EventPrinter {
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
    line(
        json
            ? JsonNodeFactory.instance
                .objectNode()
                .put("event", "ready")
                .put("time", InstantSource.system().instant().toString())
                .put("port", port)
                .put("stick", stick.toString())
                .toString()
            : "stick " + stick + " at " + port);
  }

  synchronized void warn(String text) {
    err.println("hanota: " + text);
  }

  void happened(Now now, Event event) {
    if (!(event instanceof UpdateEvent update)) {
      return;
    }
    if (json) {
      line(EventJson.of(update, Instant.ofEpochMilli(now.utcMillis())).toString());
    } else if (tenths.worthTelling(update)) {
      line(EventText.of(update));
    }
  }

  private synchronized void line(String text) {
    out.println(text);
    out.flush();
  }
}
