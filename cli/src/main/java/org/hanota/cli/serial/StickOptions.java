// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.zcl.Clusters;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.transport.serial.StickFamily;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.probe.StickReport;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.NetworkPlan;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that serves through a stick, and the stick that they make. */
public final class StickOptions {
  /** What ZNP sticks speak unless they were built otherwise. */
  public static final int DEFAULT_BAUD = 115_200;

  private static final int FIRST_CHANNEL = 11;
  private static final int LAST_CHANNEL = 26;
  private static final int PERMIT_JOIN_MAX_SECONDS = 254;
  private static final int ENDPOINT = 1;
  private static final int PAN_IDS = 0xFFFF;
  private static final int KEY_OCTETS = 16;

  /** The profiles a stick can be made to serve. */
  public enum Profile {
    /** Home Automation. */
    HA(Clusters.PROFILE_HOME_AUTOMATION, "Home Automation"),
    /** Smart Energy. */
    SE(Clusters.PROFILE_SMART_ENERGY, "Smart Energy with APS encryption");

    private final int id;
    private final String words;

    Profile(int id, String words) {
      this.id = id;
      this.words = words;
    }

    /** Its number, uint16. */
    public int id() {
      return id;
    }

    /** Its name for people. */
    public String words() {
      return words;
    }

    /** Whether unicast messages must be encrypted with a link key. */
    public boolean apsEncryption() {
      return this == SE;
    }
  }

  /** What a stick may speak. */
  public enum Protocol {
    /** Whatever is found. */
    AUTO,
    /** TI's. */
    ZNP,
    /** Silicon Labs'. */
    EZSP;

    List<StickFamily> families() {
      return switch (this) {
        case AUTO -> List.of(StickFamily.values());
        case ZNP -> List.of(StickFamily.ZNP);
        case EZSP -> List.of(StickFamily.EZSP);
      };
    }
  }

  /** How a serial port holds octets back. */
  public enum FlowControl {
    /** Not at all. */
    NONE,
    /** By RTS and CTS. */
    HARDWARE
  }

  @Option(
      names = "--serial",
      paramLabel = "PATH",
      description =
          "Reaches devices by radio through a stick: a serial port, or HOST:PORT of a stick over"
              + " TCP.")
  private @Nullable String serial;

  @Option(
      names = "--application-profile",
      paramLabel = "PROFILE",
      description =
          "With --serial: ha for Home Automation, se for Smart Energy with APS encryption"
              + " (default: ha).")
  private @Nullable Profile profile;

  @Option(
      names = "--capture",
      paramLabel = "FILE",
      description =
          "With --serial: records what goes over the radio as pcapng, with headers made up.")
  private @Nullable Path capture;

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Option(
      names = "--form-network",
      paramLabel = "CHANNEL",
      description =
          "With --serial: forms a network on this channel, 11 to 26, if the stick has none. Its key"
              + " is random and stays on the stick. A network that another program formed is never"
              + " touched.")
  private @Nullable Integer formNetwork;

  @Option(
      names = "--pan-id",
      paramLabel = "PANID",
      description =
          "With --form-network: the network's PAN id, 0000 to FFFE hexadecimal (default: drawn"
              + " anew until no network nearby has it).")
  private @Nullable String panId;

  @Option(
      names = "--permit-join",
      paramLabel = "SECONDS",
      description = "With --serial: lets new devices join for so long, at most 254, once it runs.")
  private @Nullable Integer permitJoin;

  @Option(
      names = "--link-keys",
      paramLabel = "FILE",
      description =
          "With --serial: link keys and install codes, a line for each device: its EUI-64, then 32"
              + " or 36 hexadecimal digits.")
  private @Nullable Path linkKeys;

  @Option(
      names = "--baud",
      paramLabel = "BITS",
      description = "With --serial: bits per second of a serial port (default: 115200).")
  private @Nullable Integer baud;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description =
          "With --serial: what the stick speaks: auto, znp for Z-Stack, ezsp for EmberZNet (default:"
              + " auto).")
  private @Nullable Protocol protocol;

  @Option(
      names = "--flow-control",
      paramLabel = "KIND",
      description = "With --serial: of a serial port, none or hardware (default: none).")
  private @Nullable FlowControl flowControl;

  /** Made by picocli. */
  public StickOptions() {}

  /** Whether a stick was named. */
  public boolean wanted() {
    return serial != null;
  }

  /**
   * Checks the options before anything is opened.
   *
   * @throws CommandFailed with {@link ExitCode#USAGE} for options that say nothing without a stick,
   *     and for values out of their range
   */
  public void check() {
    if (serial == null) {
      needsStick("--application-profile", profile);
      needsStick("--capture", capture);
      needsStick("--form-network", formNetwork);
      needsStick("--pan-id", panId);
      needsStick("--permit-join", permitJoin);
      needsStick("--link-keys", linkKeys);
      needsStick("--baud", baud);
      needsStick("--protocol", protocol);
      needsStick("--flow-control", flowControl);
      return;
    }
    range("--form-network", formNetwork, FIRST_CHANNEL, LAST_CHANNEL);
    if (panId != null && formNetwork == null) {
      throw new CommandFailed(
          ExitCode.USAGE, "--pan-id is given, allowed only with --form-network CHANNEL");
    }
    if (panId != null && !panId.matches("(?!(?i)FFFF)[0-9A-Fa-f]{4}")) {
      throw new CommandFailed(
          ExitCode.USAGE, "--pan-id is \"" + panId + "\", allowed 0000 to FFFE");
    }
    range("--permit-join", permitJoin, 0, PERMIT_JOIN_MAX_SECONDS);
    range("--baud", baud, 1, Integer.MAX_VALUE);
    BytePort.Opener unused = opener(serial, DEFAULT_BAUD);
    if (capture != null) {
      OutputFile.refuseExisting(List.of(capture), choice.existing());
    }
  }

  private static void needsStick(String option, @Nullable Object value) {
    if (value != null) {
      throw new CommandFailed(ExitCode.USAGE, option + " is given, allowed only with --serial");
    }
  }

  private static void range(String option, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw new CommandFailed(
          ExitCode.USAGE, option + " is " + value + ", allowed " + least + " to " + most);
    }
  }

  /**
   * Asks the stick for its address and makes the transport through it.
   *
   * @param limits how long its host waits, and how much it holds
   * @param scheduler runs one task at a time
   * @param listener hears of the stick, on the scheduler
   * @param warn is told what goes wrong beside the updates
   * @throws CommandFailed if there is no stick, or none that can be used
   * @throws IOException if a file cannot be read or written
   */
  public Stick stick(
      StickLimits limits,
      Scheduler scheduler,
      TimeSource time,
      Consumer<StickEvent> listener,
      Consumer<String> warn)
      throws IOException {
    if (serial == null) {
      throw new CommandFailed(ExitCode.USAGE, "--serial PATH is missing");
    }
    BytePort.Opener opener =
        opener(
            serial,
            baud == null ? DEFAULT_BAUD : baud,
            flowControl == null ? FlowControl.NONE : flowControl);
    List<LinkKey> keys = linkKeys == null ? List.of() : LinkKeyFile.read(linkKeys);
    StickReport report =
        ProbeCommand.probe(opener, (protocol == null ? Protocol.AUTO : protocol).families(), warn);
    if (!report.usable()) {
      throw new CommandFailed(
          serial + ": " + report.summary() + "; " + String.join("; ", report.consequences()));
    }
    if (report instanceof StickReport.Ezsp ezsp) {
      tellWhose(ezsp, warn);
    }
    Profile served = profile == null ? Profile.HA : profile;
    StickFamily family = report instanceof StickReport.Ezsp ? StickFamily.EZSP : StickFamily.ZNP;
    HostConfig config = config(report, served).linkKeys(keys).limits(limits).build();
    return new Stick(
        family,
        config,
        served,
        permitJoin == null ? 0 : permitJoin,
        opener,
        scheduler,
        time,
        listener,
        capture == null ? null : CaptureFile.create(capture, choice.existing(), serial, warn));
  }

  /**
   * A stick of Silicon Labs bears no mark of the program that formed its network. The networks that
   * are formed here have the stick's own address as their other name.
   */
  private static void tellWhose(StickReport.Ezsp ezsp, Consumer<String> warn) {
    ezsp.found()
        .network()
        .filter(network -> !network.extendedPanId().equals(ezsp.found().address()))
        .ifPresent(
            network ->
                warn.accept(
                    "the stick's network "
                        + Width.hex(network.panId(), 4)
                        + ", extended "
                        + network.extendedPanId()
                        + ", channel "
                        + network.channel()
                        + ", is resumed; it was not formed by hanota"));
  }

  private HostConfig.Builder config(StickReport report, Profile served) {
    if (report instanceof StickReport.Znp znp) {
      return network(znp, server(znp.address(), served));
    } else if (report instanceof StickReport.Ezsp ezsp) {
      Eui64 address = ezsp.found().address();
      HostConfig.Builder config = server(address, served);
      return ezsp.found().network().isPresent()
          ? config
          : config.forming(newNetwork(channel(address), address));
    }
    throw new AssertionError(report);
  }

  private static HostConfig.Builder server(Eui64 address, Profile served) {
    return HostConfig.otaServer(new Peer(address, ENDPOINT), served.id());
  }

  /** The channel of a network that is to be formed. */
  private int channel(Eui64 stick) {
    if (formNetwork == null) {
      throw new CommandFailed(
          serial
              + ": stick "
              + stick
              + " has no network; form one with --form-network CHANNEL, 11 to 26");
    }
    return formNetwork;
  }

  private HostConfig.Builder network(StickReport.Znp znp, HostConfig.Builder config) {
    if (znp.configured()) {
      return config;
    }
    if (!znp.found().blank()) {
      throw new CommandFailed(
          serial
              + ": stick "
              + znp.address()
              + " holds "
              + znp.found().summary()
              + ", which another program formed: it is left as it is; use it with that program, or"
              + " see what giving it up would lose: hanota serial clear "
              + serial);
    }
    int channel = channel(znp.address());
    if (!znp.commissions()) {
      throw new CommandFailed(
          serial + ": " + znp.summary() + " cannot form a network: its firmware lacks that part");
    }
    return config.forming(newNetwork(channel, znp.address()));
  }

  /** What must be a secret comes from the system's source of them. */
  private NetworkPlan newNetwork(int channel, Eui64 stick) {
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[KEY_OCTETS];
    random.nextBytes(key);
    IntSupplier draw = () -> random.nextInt(PAN_IDS);
    int first = panId == null ? draw.getAsInt() : Integer.parseInt(panId, 16);
    return new NetworkPlan(
        NetworkParameters.onChannel(channel, first, stick, Octets.wrap(key)),
        panId == null ? Optional.of(draw) : Optional.empty());
  }

  /** The way to a stick that a user wrote. */
  static BytePort.Opener opener(String path, int baud) {
    return opener(path, baud, FlowControl.NONE);
  }

  /** The same, with that flow control where it is a serial port. */
  static BytePort.Opener opener(String path, int baud, FlowControl flowControl) {
    try {
      return BytePort.Opener.of(path, baud, flowControl == FlowControl.HARDWARE);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
    }
  }
}
