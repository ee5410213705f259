// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.zcl.Clusters;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.serial.Capture;
import org.hanota.transport.serial.ZnpTransport;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.znp.HostConfig;
import org.hanota.transport.serial.znp.StickEvent;
import org.hanota.transport.serial.znp.StickReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that serves through a stick, and the transport that they make. */
public final class StickOptions {
  /** What ZNP sticks speak unless they were built otherwise. */
  public static final int DEFAULT_BAUD = 115_200;

  /** The profiles a stick can be made to serve. */
  public enum Profile {
    /** Home Automation. */
    HA(Clusters.PROFILE_HOME_AUTOMATION),
    /** Smart Energy. */
    SE(Clusters.PROFILE_SMART_ENERGY);

    private final int id;

    Profile(int id) {
      this.id = id;
    }

    /** Its number, uint16. */
    public int id() {
      return id;
    }
  }

  @Option(
      names = "--serial",
      paramLabel = "PATH",
      description = "Radio stick: a serial port, or tcp://host:port.")
  private @Nullable String serial;

  @Option(
      names = "--baud",
      paramLabel = "BITS",
      description = "Bits per second of a serial port (default: ${DEFAULT-VALUE}).")
  private int baud = DEFAULT_BAUD;

  @Option(
      names = "--profile",
      description =
          "${COMPLETION-CANDIDATES}: Home Automation, or Smart Energy with APS"
              + " encryption (default: ${DEFAULT-VALUE}).")
  private Profile profile = Profile.HA;

  @Option(
      names = "--endpoint",
      paramLabel = "N",
      description = "Endpoint to register on the stick (default: ${DEFAULT-VALUE}).")
  private int endpoint = 1;

  @Option(
      names = "--capture",
      paramLabel = "FILE",
      description = "Records what goes over the radio as pcapng, with headers made up.")
  private @Nullable Path capture;

  /** Made by picocli. */
  public StickOptions() {}

  /**
   * A stick that is ready to be opened.
   *
   * @param self its address and endpoint
   * @param profileId of its messages
   * @param transport through it
   */
  public record Stick(Peer self, int profileId, ZnpTransport transport) {
    /** Whether unicast messages must be encrypted with a link key. */
    public boolean apsEncryption() {
      return profileId == Clusters.PROFILE_SMART_ENERGY;
    }
  }

  /** Whether a stick was named. */
  public boolean wanted() {
    return serial != null;
  }

  /**
   * Asks the stick for its address and makes the transport through it.
   *
   * @param scheduler runs one task at a time
   * @param listener hears of the stick, on the scheduler
   * @throws CommandFailed if there is no stick, or none that can be used
   * @throws IOException if the capture cannot be written
   */
  public Stick stick(Scheduler scheduler, TimeSource time, Consumer<StickEvent> listener)
      throws IOException {
    if (serial == null) {
      throw new CommandFailed(ExitCode.USAGE, "--serial PATH is missing");
    }
    BytePort.Opener opener = opener(serial, baud);
    StickReport report = ProbeCommand.probe(opener);
    if (!(report instanceof StickReport.Znp znp) || !report.usable()) {
      throw new CommandFailed(
          serial + ": " + report.summary() + "; " + String.join("; ", report.consequences()));
    }
    Peer self = new Peer(znp.address(), endpoint);
    Optional<Capture> recorder =
        capture == null ? Optional.empty() : Optional.of(capture(capture, serial));
    ZnpTransport transport =
        new ZnpTransport(
            HostConfig.otaServer(self, profile.id()),
            opener,
            scheduler,
            () -> time.now().monotonicNanos(),
            listener,
            recorder);
    return new Stick(self, profile.id(), transport);
  }

  /** The way to a stick that a user wrote. */
  static BytePort.Opener opener(String path, int baud) {
    try {
      return BytePort.Opener.of(path, baud);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
    }
  }

  /** A capture into that file; each message is in the file as soon as it is recorded. */
  static Capture capture(Path file, String portName) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new Capture(octets -> write(out, octets), StickOptions::utcNanos, portName);
  }

  private static void write(OutputStream out, Octets octets) {
    try {
      out.write(octets.toByteArray());
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static long utcNanos() {
    Instant now = Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
