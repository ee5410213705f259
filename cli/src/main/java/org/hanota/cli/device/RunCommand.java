// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.DeviceCheck;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.ProfileOption;
import org.hanota.cli.SetOption;
import org.hanota.cli.SimulatedSlot;
import org.hanota.cli.hub.EventJson;
import org.hanota.cli.hub.EventText;
import org.hanota.cli.hub.NetworkOptions;
import org.hanota.cli.hub.Tenths;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceEvent;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.file.FileImageBank;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.transport.grpc.GrpcDevices;
import org.hanota.transport.grpc.GrpcLimits;
import org.hanota.transport.grpc.GrpcParameter;
import org.hanota.transport.grpc.HanEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs devices against a hub. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs devices that take their firmware from a hub over the network.",
    footer = {
      "",
      "Example:",
      "  hanota device run --hub localhost:7355 --insecure --count 100 --image-of upgrade.ota"
          + " --until-updated",
      "",
      "Exit: 0 with --until-updated when every device runs the image / 1 an update failed, or the"
          + " hub refuses for good."
    })
final class RunCommand implements Callable<Integer> {
  static final int ENDPOINT = 1;

  /** So many devices are told of one by one, more of them together. */
  private static final int FEW = 4;

  /** A spread that keeps a crowd of devices from asking in one moment. */
  private static final long JITTER_MS_PER_DEVICE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--hub",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7355",
      description = "Where the hub serves (default: ${DEFAULT-VALUE}).")
  private String hub = "";

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Mixin private final DeviceCheck check = new DeviceCheck();

  @Mixin private final SetOption set = new SetOption();

  @Mixin private final ProfileOption profile = new ProfileOption();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "ppmid",
      description = "ppmid or ihd: types that the hub activates (default: ${DEFAULT-VALUE}).")
  private String typeLabel = "";

  @Option(
      names = "--count",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "How many devices (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--first",
      paramLabel = "EUI64",
      defaultValue = "00DB123400000000",
      description = "The first device's address; the others follow (default: ${DEFAULT-VALUE}).")
  private String first = "";

  @Option(
      names = "--image-of",
      paramLabel = "FILE",
      required = true,
      description =
          "An OTA file: the devices have its manufacturer code, image type and hardware and run "
              + "the version before it.")
  private Path imageOf = Path.of("");

  @Option(
      names = "--bank-dir",
      paramLabel = "DIR",
      description =
          "Keeps each device's storage in DIR/<EUI-64>, so that it goes on after a restart, and "
              + "writes what it received to DIR/<EUI-64>.ota.")
  private @Nullable Path bankDir;

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Option(
      names = "--streams",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Over how many streams they talk (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--query-interval",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How often a device asks for an image (default: ${DEFAULT-VALUE}).")
  private long queryInterval;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Everything random follows from it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--permit-downgrade",
      paramLabel = "REASON",
      description =
          "The devices take an image of a lower version too. Without it the hub's word alone "
              + "permits none.")
  private @Nullable String permitDowngrade;

  @Option(names = "--until-updated", description = "Ends when every device runs the image.")
  private boolean untilUpdated;

  @Option(names = "--json", description = "Prints one JSON object a line.")
  private boolean json;

  private final Tenths tenths = new Tenths();
  private final CrowdProgress crowd = new CrowdProgress(() -> count);
  private final Map<Eui64, RunningDevice> devices = new TreeMap<>();
  private Outcomes outcomes = new Outcomes(new FileVersion(0));
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Why the hub takes none of the devices, once it has said so. */
  private final AtomicReference<@Nullable String> rejection = new AtomicReference<>();

  private final Absence absence = new Absence();
  private final WithoutImage withoutImage = new WithoutImage(FEW);

  @Override
  public Integer call() throws IOException {
    checkOptions();
    if (bankDir != null) {
      OutputFile.makeFolder(bankDir);
    }
    Octets file = Octets.wrap(Files.readAllBytes(imageOf));
    OtaHeader header = header(file);
    DeviceCheck.Chosen chosen = check.of(imageOf, kind(file));
    outcomes = new Outcomes(header.image().fileVersion());
    ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    try (GrpcDevices connection =
        GrpcDevices.builder(NetworkOptions.address(hub))
            .security(network.security("devices"))
            .limits(GrpcLimits.of(set.values(GrpcParameter.class)))
            .streams(streams)
            .seed(seed)
            .name("hanota device run")
            .listener(this::connection)
            .build()) {
      say(
          (chosen.obeysIntegrityCode()
                  ? "checked by an integrity code in the file, else by "
                  : "checked by ")
              + chosen.words());
      attach(header, chosen.verifier(), connection, Scheduler.of(timers));
      connection.start();
      devices.values().forEach(RunningDevice::start);
      finishedIfAll();
      ended.await();
    } catch (IllegalArgumentException plain) {
      throw new CommandFailed(plain.getMessage() + " (--insecure-network)");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      devices.values().forEach(RunningDevice::close);
      timers.shutdownNow();
    }
    String rejected = rejection.get();
    if (rejected != null) {
      throw new CommandFailed("hub " + rejected);
    }
    say(outcomes.updated() + " of " + count + " devices updated");
    return outcomes.updated() == count ? ExitCode.DONE : ExitCode.WRONG;
  }

  private void checkOptions() {
    atLeastOne("--count", count);
    atLeastOne("--streams", streams);
    atLeastOne("--query-interval", queryInterval);
    long start = firstAddress().value();
    if (Long.compareUnsigned(start + count - 1, start) < 0) {
      throw new CommandFailed(ExitCode.USAGE, "--first with --count goes beyond FFFFFFFFFFFFFFFF");
    }
    DeviceType unusedType = type();
    try {
      DeviceParameters unused = parameters();
    } catch (IllegalArgumentException fault) {
      throw new CommandFailed(ExitCode.USAGE, Objects.toString(fault.getMessage()));
    }
  }

  private static void atLeastOne(String option, long value) {
    if (value < 1) {
      throw new CommandFailed(ExitCode.USAGE, option + " is " + value + ", allowed 1 and more");
    }
  }

  private Eui64 firstAddress() {
    try {
      return Eui64.parse(first);
    } catch (FormatException fault) {
      throw new CommandFailed(ExitCode.USAGE, "--first: " + fault.getMessage());
    }
  }

  /** A PPMID's file does not say what it is. */
  private FileKind kind(Octets file) {
    return FileKind.detect(file)
        .orElse(type() == DeviceType.PPMID ? FileKind.GB_PPMID : FileKind.ZIGBEE);
  }

  private OtaHeader header(Octets file) {
    try {
      return OtaHeader.read(file);
    } catch (FormatException fault) {
      throw CommandFailed.at(imageOf, fault);
    }
  }

  private DeviceType type() {
    DeviceType type =
        DeviceType.ofLabel(typeLabel)
            .orElseThrow(() -> new CommandFailed(ExitCode.USAGE, unknown()));
    if (type.activatedByCommand()) {
      throw new CommandFailed(ExitCode.USAGE, unknown());
    }
    if (!profile.includes(type)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--type is \""
              + typeLabel
              + "\", in scope of the --profile are "
              + profile.profile().orElseThrow().scope());
    }
    return type;
  }

  private String unknown() {
    return "--type is \"" + typeLabel + "\", allowed ppmid and ihd";
  }

  private DeviceParameters parameters() {
    set.check(List.of(DeviceParameter.class, GrpcParameter.class));
    return set.device(
        DeviceParameters.DEFAULT
            .with(DeviceParameter.MAXIMUM_IMAGE_OCTETS, OtaFile.MAXIMUM_IMAGE_OCTETS)
            .with(DeviceParameter.QUERY_INTERVAL, queryInterval * 1_000)
            .with(DeviceParameter.QUERY_START_JITTER, count * JITTER_MS_PER_DEVICE)
            // A hub that is started after its devices, or comes back, is found as soon as it is
            // asked.
            .with(
                DeviceParameter.DISCOVERY_RETRY,
                Math.min(queryInterval * 1_000, DeviceParameters.DEFAULT.discoveryRetryMs()))
            .with(
                DeviceParameter.END_REQUEST_RETRY,
                Math.min(queryInterval * 1_000, DeviceParameters.DEFAULT.endRequestRetryMs())));
  }

  private void attach(
      OtaHeader header, Verifier verifier, GrpcDevices connection, Scheduler scheduler) {
    long version = header.image().fileVersion().value();
    FileVersion running = new FileVersion(version == 0 ? 1 : version - 1);
    DeviceParameters parameters = parameters();
    TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);
    Eui64 start = firstAddress();
    DeviceType type = type();
    for (int i = 0; i < count; i++) {
      Eui64 address = new Eui64(start.value() + i);
      DeviceConfig config =
          DeviceConfig.builder(address, type, verifier)
              .takes(header)
              .parameters(parameters)
              .downgrade(downgrade())
              .build();
      ImageBank bank = bank(address, running);
      if (bank.journal().running().equals(header.image().fileVersion())) {
        outcomes.runsAlready(address);
      }
      devices.put(
          address,
          new RunningDevice(
              config,
              bank,
              connection.attach(new Peer(address, ENDPOINT), List.of()),
              scheduler,
              time,
              seed,
              (now, event) -> happened(address, now, event)));
    }
  }

  private Optional<DowngradePermission> downgrade() {
    if (permitDowngrade != null && permitDowngrade.isBlank()) {
      throw new CommandFailed(ExitCode.USAGE, "--permit-downgrade is empty, allowed a reason");
    }
    return Optional.ofNullable(permitDowngrade).map(DowngradePermission::because);
  }

  private ImageBank bank(Eui64 address, FileVersion running) {
    if (bankDir == null) {
      return new InMemoryImageBank(SimulatedSlot.OCTETS, running);
    }
    if (!Files.exists(bankDir.resolve(address.toString()))) {
      // Of a bank that is opened again, this command wrote the image beside it.
      OutputFile.refuseExisting(List.of(image(bankDir, address)), choice.existing());
    }
    try {
      return FileImageBank.open(bankDir.resolve(address.toString()), SimulatedSlot.OCTETS, running);
    } catch (IllegalStateException | FormatException unusable) {
      throw new CommandFailed(String.valueOf(unusable.getMessage()));
    }
  }

  private static Path image(Path folder, Eui64 device) {
    return folder.resolve(device + ".ota");
  }

  private void happened(Eui64 address, Now now, Event event) {
    if (event instanceof DeviceEvent.NoImage none
        && (outcomes.isWanted(none.running().fileVersion()) || !withoutImage.isNew(address))) {
      return;
    }
    if (!(event instanceof UpdateEvent update)) {
      DeviceText.of(address, event).ifPresent(this::say);
      return;
    }
    if (!(event instanceof UpdateEvent.Querying)) {
      withoutImage.ended(address);
      print(now, update);
    }
    if (outcomes.happened(update)) {
      write(update.device());
    }
    finishedIfAll();
  }

  private void finishedIfAll() {
    if (untilUpdated && outcomes.settled() >= count) {
      ended.countDown();
    }
  }

  private void write(Eui64 device) {
    RunningDevice running = devices.get(device);
    if (bankDir == null || running == null) {
      return;
    }
    try {
      OutputFile.write(
          image(bankDir, device),
          SimulatedSlot.running(running.bank()).toByteArray(),
          Existing.REPLACE);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private synchronized void print(Now now, UpdateEvent event) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(EventJson.of(event, Instant.ofEpochMilli(now.utcMillis())));
    } else if (event instanceof UpdateEvent.Failed || count <= FEW) {
      if (tenths.worthTelling(event)) {
        out.println(EventText.of(event));
      }
    } else {
      crowd.happened(event).ifPresent(out::println);
    }
    out.flush();
  }

  private synchronized void say(String line) {
    PrintWriter out = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private void connection(HanEvent event) {
    if (event instanceof HanEvent.Connected connected) {
      absence.ended();
      say("connected to " + connected.remote());
    } else if (event instanceof HanEvent.Refused refused) {
      say("refused: " + refused.who() + ": " + refused.reason());
      for (Eui64 address : devices.keySet()) {
        if (refused.who().equals(new Peer(address, ENDPOINT).toString())) {
          outcomes.refused(address);
        }
      }
      finishedIfAll();
    } else if (event instanceof HanEvent.Disconnected disconnected && ended.getCount() > 0) {
      absence.line(disconnected).ifPresent(this::say);
    } else if (event instanceof HanEvent.Rejected rejected && untilUpdated) {
      rejection.compareAndSet(null, rejected.remote() + ": " + rejected.reason());
      ended.countDown();
    } else if (event instanceof HanEvent.RevocationsNotRead list) {
      say(list.reason());
    } else if (event instanceof HanEvent.CallbackFailed fault) {
      say("a fault of a device: " + fault.fault());
    }
  }
}
