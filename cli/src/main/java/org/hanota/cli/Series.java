// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.hanota.api.machine.UpdateEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How the update of each device goes on in time, as CSV with a row for each event, which is in the
 * file as soon as it happens. Safe for calls from several threads.
 */
public final class Series implements AutoCloseable {
  private static final String HEADINGS =
      "seconds,device,event,image,fileOffset,imageSizeOctets,detail\n";

  /** Where it goes. */
  public static final class Choice {
    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description =
            "Writes a row for each event of each device's update: seconds since the start, device,"
                + " event, image, octets that have come, octets of the image, detail.")
    private @Nullable Path file;

    /** Made by picocli. */
    public Choice() {}

    /** Begins the file, or nothing. */
    public Series begin(Existing existing) throws IOException {
      Writer rows =
          file == null
              ? Writer.nullWriter()
              : new BufferedWriter(
                  new OutputStreamWriter(OutputFile.grow(file, existing), StandardCharsets.UTF_8));
      rows.write(HEADINGS);
      rows.flush();
      return new Series(rows);
    }
  }

  private final Writer rows;

  private Series(Writer rows) {
    this.rows = rows;
  }

  /**
   * Something happened to a device's update.
   *
   * @param nanos since the start
   */
  public synchronized void happened(long nanos, String device, UpdateEvent event) {
    String progress = ",";
    String detail = "";
    if (event instanceof UpdateEvent.Started started) {
      progress = started.fileOffset() + "," + started.imageSizeOctets();
    } else if (event instanceof UpdateEvent.Transferring transferring) {
      progress = transferring.fileOffset() + "," + transferring.imageSizeOctets();
    } else if (event instanceof UpdateEvent.Paused paused) {
      progress = paused.fileOffset() + ",";
      detail = paused.reason();
    } else if (event instanceof UpdateEvent.Waiting waiting) {
      detail = waiting.until();
    } else if (event instanceof UpdateEvent.Failed failed) {
      detail = failed.failure() + ": " + failed.detail();
    }
    String row =
        String.format(
            Locale.ROOT,
            "%d.%03d,%s,%s,%s,%s,%s\n",
            nanos / 1_000_000_000,
            nanos / 1_000_000 % 1_000,
            device,
            event.getClass().getSimpleName().toLowerCase(Locale.ROOT),
            event.image(),
            progress,
            quoted(detail));
    try {
      rows.write(row);
      rows.flush();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** As RFC 4180 has fields with commas, quotes or ends of lines. */
  private static String quoted(String field) {
    return field.matches("[^,\"\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
