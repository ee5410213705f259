// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.Printable;
import org.hanota.cli.RunFolder;
import org.hanota.cli.simulate.GbcsLine;
import org.hanota.gbcs.Message;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.edge.DuisWire;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.Request;
import org.hanota.sim.GbParties;
import org.hanota.sim.Home;
import org.jspecify.annotations.Nullable;

/**
 * Prints a time line of a run, and writes what users and the DCC say to each other into a folder.
 */
final class RunListener implements Home.Listener, DuisWire.Listener {
  private final PrintWriter out;
  private final @Nullable RunFolder folder;
  private int count;
  private long virtualUtcMillis;

  RunListener(PrintWriter out, @Nullable RunFolder folder) {
    this.out = out;
    this.folder = folder;
  }

  @Override
  public void message(Eui64 from, Eui64 to, Octets xml, long utcMillis) {
    virtualUtcMillis = utcMillis;
    DuisMessage message = Duis.read(xml);
    line(name(from) + " to " + name(to), DuisLine.of(message));
    if (folder != null) {
      write(folder, message instanceof Request ? "request" : "response", xml);
    }
  }

  private static String name(Eui64 party) {
    return party.equals(GbParties.BROKER) ? "DCC" : "user " + party;
  }

  private void write(RunFolder in, String kind, Octets xml) {
    count++;
    try {
      in.write(String.format(Locale.ROOT, "%04d-%s.xml", count, kind), xml.toByteArray());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  @Override
  public void gbcs(long virtualNanos, Message message) {
    virtualUtcMillis = Home.utcMillis(virtualNanos);
    line("DCC and home", GbcsLine.of(message));
  }

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {
    virtualUtcMillis = Home.utcMillis(virtualNanos);
    if (event instanceof UpdateEvent.Started started) {
      line(device, "takes " + started.image());
    } else if (event instanceof UpdateEvent.Verified verified) {
      line(device, "verified by " + verified.how());
    } else if (event instanceof UpdateEvent.Waiting waiting) {
      line(device, "waits for " + waiting.until());
    } else if (event instanceof UpdateEvent.Confirmed confirmed) {
      line(device, "runs " + confirmed.image());
    } else if (event instanceof UpdateEvent.Failed failed) {
      line(device, "FAILED, " + failed.failure() + ": " + failed.detail());
    }
  }

  private void line(String who, String what) {
    out.println(
        Printable.line(
            String.format(
                Locale.ROOT, "%s  %-28s %s", Instant.ofEpochMilli(virtualUtcMillis), who, what)));
  }
}
