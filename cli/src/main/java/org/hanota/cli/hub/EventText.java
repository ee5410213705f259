// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.Locale;
import java.util.OptionalLong;
import org.hanota.api.machine.UpdateEvent;

/** What happens to updates, in words. */
public final class EventText {
  private EventText() {}

  /** One line without its end. */
  public static String of(UpdateEvent event) {
    String words = event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    if (event instanceof UpdateEvent.Querying) {
      words = "runs, asks for an update";
    } else if (event instanceof UpdateEvent.Queued e) {
      words += " at position " + e.position();
    } else if (event instanceof UpdateEvent.Started e) {
      words += e.fileOffset() == 0 ? "" : " again at octet " + e.fileOffset();
    } else if (event instanceof UpdateEvent.Transferring e) {
      words += " " + percent(e.fileOffset(), e.imageSizeOctets()) + left(e.remainingMillis());
    } else if (event instanceof UpdateEvent.Paused e) {
      words += ": " + e.reason();
    } else if (event instanceof UpdateEvent.Verified e) {
      words += " by " + e.how();
    } else if (event instanceof UpdateEvent.Waiting e) {
      words += " until " + e.until();
    } else if (event instanceof UpdateEvent.PartReceived e) {
      words = "received, goes on with " + e.next();
    } else if (event instanceof UpdateEvent.Failed e) {
      words += ": " + e.failure().name() + ", " + e.detail();
    }
    return event.device() + "  " + event.image() + "  " + words;
  }

  /** How much of a whole; a whole of nothing counts as none. */
  static String percent(long part, long whole) {
    return whole == 0 ? "0 %" : String.format(Locale.ROOT, "%d %%", 100 * part / whole);
  }

  /** The time left, or nothing. */
  static String left(OptionalLong millis) {
    if (millis.isEmpty()) {
      return "";
    }
    long seconds = millis.getAsLong() / 1_000;
    return seconds < 100 ? ", " + seconds + " s left" : ", " + seconds / 60 + " min left";
  }
}
