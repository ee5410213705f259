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
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.SeededRandom;
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
import org.hanota.cli.Series;
import org.hanota.cli.SimulatedSlot;
import org.hanota.cli.hub.EventJson;
import org.hanota.cli.hub.EventText;
import org.hanota.cli.hub.NetworkOptions;
import org.hanota.cli.hub.Tenths;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceEvent;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.file.FileImageBank;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.transport.grpc.GrpcDevices;
import org.hanota.transport.grpc.GrpcLimits;
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
      "  hanota device run --hub localhost:7355 --insecure --count 100 \\",
      "    --image-of upgrade.ota --until-updated",
      "",
      "Exit: 0 with --until-updated when every device runs the image / 1 an update failed, or the"
          + " hub refuses for good."
    })
final class RunCommand implements Callable<Integer> {
  static final int ENDPOINT = 1;

  /** So many devices are told of one by one, more of them together. */
  private static final int FEW = 4;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--hub",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7355",
      description = "Where the hub serves (default: ${DEFAULT-VALUE}).")
  private String hub = "";

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Mixin private final DeviceChoice choice = new DeviceChoice();

  @Mixin private final LinkOptions link = new LinkOptions();

  @Mixin private final Series.Choice csv = new Series.Choice();

  @Option(
      names = "--bank-dir",
      paramLabel = "DIR",
      description =
          "Keeps each device's storage in DIR/<EUI-64>, so that it goes on after a restart, and "
              + "writes what it received to DIR/<EUI-64>.ota.")
  private @Nullable Path bankDir;

  @Mixin private final Existing.Choice outputs = new Existing.Choice();

  @Option(
      names = "--streams",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Over how many streams they talk (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(names = "--until-updated", description = "Ends when every device runs the image.")
  private boolean untilUpdated;

  @Option(names = "--json", description = "Prints one JSON object a line.")
  private boolean json;

  /** Sets these draws apart from those of the device itself. */
  private static final long LINK_DRAWS = 0x4C494E4BL;

  private long startedNanos;
  private final Tenths tenths = new Tenths();
  private final CrowdProgress crowd = new CrowdProgress(choice::count);
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
    OtaHeader header = choice.header();
    DeviceCheck.Chosen chosen = choice.chosen();
    outcomes = new Outcomes(header.image().fileVersion());
    ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    startedNanos = System.nanoTime();
    try (Series rows = csv.begin(outputs.existing());
        GrpcDevices connection =
            GrpcDevices.builder(NetworkOptions.address(hub))
                .security(network.security("devices"))
                .limits(GrpcLimits.of(choice.network()))
                .streams(streams)
                .seed(choice.seed())
                .name("hanota device run")
                .listener(this::connection)
                .build()) {
      say(
          (chosen.obeysIntegrityCode()
                  ? "checked by an integrity code in the file, else by "
                  : "checked by ")
              + chosen.words());
      attach(header, chosen.verifier(), connection, Scheduler.of(timers), rows);
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
    say(outcomes.updated() + " of " + choice.count() + " devices updated");
    return outcomes.updated() == choice.count() ? ExitCode.DONE : ExitCode.WRONG;
  }

  private void checkOptions() {
    link.check();
    DeviceChoice.atLeastOne("--streams", streams);
    choice.check();
  }

  private void attach(
      OtaHeader header, Verifier verifier, GrpcDevices connection, Scheduler scheduler, Series rows)
      throws IOException {
    long version = header.image().fileVersion().value();
    FileVersion running = new FileVersion(version == 0 ? 1 : version - 1);
    TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);
    for (Eui64 address : choice.addresses()) {
      DeviceConfig config = choice.config(address, header, verifier, bankDir);
      ImageBank bank = bank(address, running);
      if (bank.journal().running().equals(header.image().fileVersion())) {
        outcomes.runsAlready(address);
      }
      devices.put(
          address,
          new RunningDevice(
              config,
              bank,
              link.worn(
                  connection.attach(new Peer(address, ENDPOINT), List.of()),
                  scheduler,
                  SeededRandom.of(choice.seed(), address.value(), LINK_DRAWS)),
              scheduler,
              time,
              choice.seed(),
              link.powerCuts(),
              (now, event) -> {
                if (event instanceof UpdateEvent update) {
                  rows.happened(System.nanoTime() - startedNanos, address.toString(), update);
                }
                happened(address, now, event);
              }));
    }
  }

  private ImageBank bank(Eui64 address, FileVersion running) {
    if (bankDir == null) {
      return new InMemoryImageBank(SimulatedSlot.OCTETS, running);
    }
    if (!Files.exists(bankDir.resolve(address.toString()))) {
      // Of a bank that is opened again, this command wrote the image beside it.
      OutputFile.refuseExisting(List.of(image(bankDir, address)), outputs.existing());
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
    if (untilUpdated && outcomes.settled() >= choice.count()) {
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
    } else if (event instanceof UpdateEvent.Failed || choice.count() <= FEW) {
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
      absence.line(refused).ifPresent(this::say);
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
