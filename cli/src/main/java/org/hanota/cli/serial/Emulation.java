// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.DeviceCheck;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.SimulatedSlot;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceNode;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.transport.serial.emulator.EmulatedDevice;
import org.hanota.transport.serial.emulator.Emulator;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.LineFaults;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.port.HostPort;
import org.hanota.transport.serial.port.TcpListener;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of a command that emulates a stick of any family, and what it does; the schema of its
 * output is {@code docs/schema/hub-serve.json}.
 */
final class Emulation {
  private static final Eui64 DEFAULT_STICK = Eui64.parse("00124B0000E31C00");
  private static final Eui64 DEFAULT_DEVICE = Eui64.parse("00124B0000E31D01");

  /** A network that a stick may hold already; its key is no secret. */
  static final NetworkParameters PRESENT =
      NetworkParameters.onChannel(
          15,
          0x5A5A,
          Eui64.parse("DDDDDDDDDDDDDDDD"),
          Octets.fromHex("000102030405060708090a0b0c0d0e0f"));

  private static final int FIRST_SHORT_ADDRESS = 0x1001;
  private static final int DEVICE_ENDPOINT = 1;
  private static final long QUERY_INTERVAL_MS = 60_000;
  private static final long QUERY_JITTER_MS = 2_000;

  static final class Place {
    @Option(
        names = "--listen",
        paramLabel = "HOST:PORT",
        description = "Where hosts reach it; port 0 takes a free one and prints it.")
    @Nullable String listen;

    @Option(
        names = "--pty",
        paramLabel = "PATH",
        description = "One end of a pair of pseudo-terminals, or a serial port.")
    @Nullable String pty;
  }

  @ArgGroup(multiplicity = "1")
  private Place place = new Place();

  @Mixin private final DeviceCheck check = new DeviceCheck();

  private Verifier verifier = Verifier.headerAndSizeOnly("no image yet");

  @Option(
      names = "--address",
      paramLabel = "EUI64",
      description = "The stick's EUI-64 (default: 00124B0000E31C00).")
  private @Nullable Eui64 address;

  @Option(
      names = "--device",
      paramLabel = "EUI64",
      description = "A device; may be given several times (default: 00124B0000E31D01).")
  private List<Eui64> devices = new ArrayList<>();

  @Option(
      names = "--image-of",
      paramLabel = "FILE",
      required = true,
      description = "OTA file whose manufacturer and image type the devices have.")
  private Path imageOf = Path.of("");

  @Option(
      names = "--running",
      paramLabel = "VERSION",
      description = "File version that the devices run, hexadecimal (default: 0).")
  private String running = "0";

  @Option(
      names = "--application-profile",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private StickOptions.Profile profile = StickOptions.Profile.HA;

  @Option(
      names = "--capture",
      paramLabel = "FILE",
      description = "Records what goes over the radio as pcapng, with headers made up.")
  private @Nullable Path capture;

  @Option(
      names = "--bank-dir",
      paramLabel = "DIR",
      description = "Writes the image that a device runs in the end to DIR/<EUI-64>.ota.")
  private @Nullable Path bankDir;

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Option(
      names = "--until-updated",
      description =
          "Ends with 0 once every device has told its host of a new image, with 1 if one failed.")
  private boolean untilUpdated;

  @Option(names = "--json", description = "Prints a JSON object for each event, one a line.")
  private boolean json;

  private final Set<Eui64> open = new HashSet<>();
  private final Set<Eui64> updated = new HashSet<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.DONE;

  /**
   * Emulates until it is interrupted, or all devices are updated where that is wanted.
   *
   * @param command to which it prints
   * @param model makes the stick that is wanted of one from the shop
   * @param faults of its serial line
   */
  int run(
      CommandLine command, UnaryOperator<EmulatorConfig.Builder> model, Optional<LineFaults> faults)
      throws IOException, InterruptedException {
    checkOptions();
    EmulatorConfig config =
        model.apply(EmulatorConfig.blank(address == null ? DEFAULT_STICK : address)).build();
    OtaHeader header = header();
    refuseOutputs();
    EventPrinter printer = new EventPrinter(command.getOut(), command.getErr(), json);
    String pty = place.pty;
    String listen = place.listen;
    if (pty != null) {
      run(config, faults, header, StickOptions.opener(pty, StickOptions.DEFAULT_BAUD), printer);
    } else if (listen != null) {
      try (TcpListener listener = TcpListener.at(hostPort(listen))) {
        run(config, faults, header, listener, printer);
      }
    }
    return exitCode;
  }

  private void refuseOutputs() throws IOException {
    List<Path> outputs = new ArrayList<>();
    if (capture != null) {
      outputs.add(capture);
    }
    if (bankDir != null) {
      OutputFile.makeFolder(bankDir);
      for (Eui64 device : devices()) {
        outputs.add(bankDir.resolve(device + ".ota"));
      }
    }
    OutputFile.refuseExisting(outputs, choice.existing());
  }

  private static HostPort hostPort(String text) {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(ExitCode.USAGE, "--listen: " + wrong.getMessage());
    }
  }

  private OtaHeader header() throws IOException {
    try {
      Octets file = Octets.wrap(Files.readAllBytes(imageOf));
      OtaHeader header = OtaHeader.read(file);
      verifier = check.of(imageOf, FileKind.detect(file).orElse(FileKind.ZIGBEE)).verifier();
      return header;
    } catch (FormatException wrong) {
      throw CommandFailed.at(imageOf, wrong);
    }
  }

  private void run(
      EmulatorConfig config,
      Optional<LineFaults> faults,
      OtaHeader header,
      BytePort.Opener opener,
      EventPrinter printer)
      throws IOException, InterruptedException {
    List<Driver> drivers = new ArrayList<>();
    try (PortThread thread = new PortThread();
        CaptureFile recorded =
            capture == null
                ? null
                : CaptureFile.create(capture, choice.existing(), opener.name(), printer::warn);
        Emulator emulator = new Emulator(config, opener, thread.scheduler(), thread.time())) {
      faults.ifPresent(emulator::lineFaults);
      if (recorded != null) {
        emulator.capture(recorded.capture());
      }
      int shortAddress = FIRST_SHORT_ADDRESS;
      for (Eui64 device : devices()) {
        open.add(device);
        drivers.add(add(emulator, device, shortAddress++, header, printer));
      }
      emulator.start();
      printer.ready(opener.name(), config.address());
      done.await();
    } finally {
      drivers.forEach(Driver::close);
    }
  }

  private List<Eui64> devices() {
    return devices.isEmpty() ? List.of(DEFAULT_DEVICE) : devices;
  }

  private void checkOptions() {
    Set<Eui64> given = new HashSet<>();
    for (Eui64 device : devices()) {
      if (!given.add(device)) {
        throw new CommandFailed(
            ExitCode.USAGE, "--device " + device + " is given twice, allowed once each");
      }
    }
    if (place.pty != null && !Files.exists(Path.of(place.pty))) {
      throw new CommandFailed("--pty " + place.pty + ": no such serial port");
    }
  }

  private FileVersion running() {
    try {
      return new FileVersion(Long.parseUnsignedLong(running, 16));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(
          ExitCode.USAGE, "--running is \"" + running + "\", allowed 0 to FFFFFFFF");
    }
  }

  private Driver add(
      Emulator emulator, Eui64 device, int shortAddress, OtaHeader header, EventPrinter printer) {
    boolean encrypted = profile == StickOptions.Profile.SE;
    DeviceConfig config =
        DeviceConfig.builder(device, DeviceType.IHD, verifier)
            .takes(header)
            .network(profile.id(), encrypted)
            .parameters(
                DeviceParameters.DEFAULT
                    .with(DeviceParameter.QUERY_INTERVAL, QUERY_INTERVAL_MS)
                    .with(DeviceParameter.QUERY_START_JITTER, QUERY_JITTER_MS))
            .build();
    InMemoryImageBank bank = new InMemoryImageBank(SimulatedSlot.OCTETS, running());
    DeviceNode node = DeviceNode.of(config, bank, () -> true);
    return emulator.add(
        EmulatedDevice.otaClient(
            new Peer(device, DEVICE_ENDPOINT),
            shortAddress,
            profile.id(),
            config.manufacturerCode()),
        () -> new Answered(node.machine(), () -> answered(device)),
        (now, event) -> {
          if (event instanceof UpdateEvent.Confirmed) {
            write(device, bank, printer);
          }
          happened(now, event, printer);
        });
  }

  private void write(Eui64 device, InMemoryImageBank bank, EventPrinter printer) {
    if (bankDir == null) {
      return;
    }
    try {
      // What was there before the first device ran was refused, so this run made what is there.
      OutputFile.write(
          bankDir.resolve(device + ".ota"),
          SimulatedSlot.running(bank).toByteArray(),
          Existing.REPLACE);
    } catch (IOException failure) {
      printer.warn(CommandFailed.reason(failure));
      exitCode = ExitCode.WRONG;
    }
  }

  private void happened(Now now, Event event, EventPrinter printer) {
    printer.happened(now, event);
    if (!untilUpdated || !(event instanceof UpdateEvent update)) {
      return;
    }
    if (event instanceof UpdateEvent.Failed) {
      exitCode = ExitCode.WRONG;
      open.remove(update.device());
    } else if (event instanceof UpdateEvent.Confirmed) {
      updated.add(update.device());
    }
    endIfAll();
  }

  /** The host has answered a query: an updated device has shown its new version by it. */
  private void answered(Eui64 device) {
    if (updated.contains(device)) {
      open.remove(device);
      endIfAll();
    }
  }

  private void endIfAll() {
    if (untilUpdated && open.isEmpty()) {
      done.countDown();
    }
  }
}
