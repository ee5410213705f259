// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.ProcessEnd;
import org.hanota.cli.ProfileOption;
import org.hanota.cli.SetOption;
import org.hanota.cli.serial.Stick;
import org.hanota.cli.serial.StickOptions;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubEvent;
import org.hanota.hub.HubNode;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.hub.HubService;
import org.hanota.hub.HubWan;
import org.hanota.hub.catalogue.ModelProfile;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaFile;
import org.hanota.transport.grpc.GrpcHub;
import org.hanota.transport.grpc.GrpcLimits;
import org.hanota.transport.grpc.GrpcParameter;
import org.hanota.transport.grpc.GrpcWan;
import org.hanota.transport.serial.stick.StickLimits;
import org.hanota.transport.serial.stick.StickParameter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a folder of images. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serves the images of a folder, or of a head end, to devices, until stopped: to those that"
          + " connect over the network, or with --serial to those that a radio stick reaches.",
      "Options may stand in a file, one a line: hanota hub serve @hub.conf"
    },
    footer = {
      "",
      "Examples:",
      "  hanota hub serve --images images --insecure --http 8080",
      "  hanota hub serve --images images --serial /dev/ttyUSB0 --permit-join 180",
      "  hanota hub serve --headend dcc.example:8078 --keystore gbcs/hub --store hub"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int ENDPOINT = 1;
  private static final String DEFAULT_LISTEN = "localhost:7355";
  private static final Eui64 DEFAULT_EUI64 = Eui64.parse("00DB123456780001");
  private static final int PORT_MAX = 65_535;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "The folder of OTA files; others in it are named and passed over.")
  private @Nullable Path images;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "zigbee, gb-meter or gb-ppmid: what the files are that do not say it themselves. Those"
              + " for PPMIDs carry no mark.")
  private @Nullable String kind;

  @Mixin private final IndexOptions index = new IndexOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "Where devices and operators connect (default: localhost:7355). With --serial: where"
              + " operators connect (default: nowhere).")
  private @Nullable String listen;

  @Mixin private final StickOptions sticks = new StickOptions();

  @Mixin private final HeadEndOptions headEnd = new HeadEndOptions();

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "Where the hub keeps what it must not forget (default: .hanota in the images' folder).")
  private @Nullable Path store;

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--eui64",
      paramLabel = "EUI64",
      description = "The hub's address (default: 00DB123456780001; with --serial: the stick's).")
  private @Nullable Eui64 eui64;

  @Option(
      names = "--concurrent",
      paramLabel = "NUMBER",
      defaultValue = "64",
      description = "Transfers at once; the others wait (default: ${DEFAULT-VALUE}).")
  private int concurrent;

  @Option(
      names = "--longest-block",
      paramLabel = "MODEL=OCTETS",
      converter = ModelConverter.class,
      description = {
        "Devices of this model get no more data in a block, whatever they ask for;",
        "as in 1166=40 for a manufacturer, or 1021-0010=64 for one of its image types."
      })
  private final List<ModelProfile> models = new ArrayList<>();

  @Mixin private final TimeoutOptions timeouts = new TimeoutOptions();

  @Mixin private final SetOption set = new SetOption();

  @Mixin private final ProfileOption profile = new ProfileOption();

  @Option(
      names = "--http",
      paramLabel = "PORT",
      description =
          "Shows the hub's page and its metrics (/metrics) on this port of localhost; 0 takes a"
              + " free one.")
  private @Nullable Integer http;

  @Option(names = "--json", description = "Prints one JSON object a line.")
  private boolean json;

  private final ProcessEnd end = new ProcessEnd();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);

  /** How the hub reaches its devices. */
  private record Reach(Peer self, int profileId, boolean apsEncryption, Transport transport) {}

  @Override
  public Integer call() throws IOException {
    try {
      checkOptions();
      Optional<Path> folder =
          headEnd.wanted() ? Optional.empty() : Optional.of(ServeFolders.imageFolder(images));
      ParameterValues<ServeParameter> process = set.values(ServeParameter.class);
      LibraryLog.install(process);
      ServeLog log =
          new ServeLog(
              spec.commandLine().getOut(),
              spec.commandLine().getErr(),
              json,
              InstantSource.system(),
              System::nanoTime,
              process);
      long windowMs = process.get(ServeParameter.REFUSALS_WINDOW);
      HubMetrics metrics = new HubMetrics();
      ServeHealth health = new ServeHealth(log, metrics, process, end::giveUp);
      var unused =
          timers.scheduleWithFixedDelay(
              health.watched(log::timePasses), windowMs, windowMs, TimeUnit.MILLISECONDS);
      serve(folder, process, new ServeEvents(log, metrics, health, end));
    } finally {
      timers.shutdownNow();
      end.close();
    }
    return end.exitCode();
  }

  private void checkOptions() {
    sticks.check();
    headEnd.check(images != null, store != null);
    Optional<FileKind> unused = kind();
    if (eui64 != null && sticks.wanted()) {
      throw usage("--eui64 is given, allowed only without --serial: the stick has its own");
    }
    if (concurrent < 1) {
      throw usage("--concurrent is " + concurrent + ", allowed 1 and more");
    }
    if (http != null && (http < 0 || http > PORT_MAX)) {
      throw usage("--http is " + http + ", allowed 0 to " + PORT_MAX);
    }
    try {
      HubParameters unusedParameters = parameters();
    } catch (IllegalArgumentException fault) {
      throw usage(Objects.toString(fault.getMessage()));
    }
  }

  private static CommandFailed usage(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }

  private Optional<FileKind> kind() {
    if (kind == null) {
      return Optional.empty();
    }
    FileKind named =
        FileKind.ofLabel(kind)
            .orElseThrow(
                () -> usage("--kind is \"" + kind + "\", allowed zigbee, gb-meter and gb-ppmid"));
    return Optional.of(named);
  }

  private void serve(
      Optional<Path> folder, ParameterValues<ServeParameter> process, ServeEvents events)
      throws IOException {
    ServeLog log = events.log();
    HubService service = new HubService();
    Scheduler timed = Scheduler.of(timers);
    Scheduler scheduler =
        (delayNanos, task) -> timed.schedule(delayNanos, events.health().watched(task));
    try (Stick stick = sticks.wanted() ? stick(scheduler, log) : null;
        GrpcHub grpc = grpc(stick, events);
        ServeFolders folders = ServeFolders.open(folder, store)) {
      folders.tellRepairs(log::warn);
      Optional<FolderWatch> watch = Optional.empty();
      if (folder.isPresent()) {
        Path kept = ServeFolders.kept(folder.get(), store);
        ImageFolder offered = new ImageFolder(folder.get(), kept, kind(), index);
        watch = Optional.of(new FolderWatch(offered, folders.images(), log, events.health()));
        watch.get().readFirst();
      }
      BiConsumer<Now, Event> listener =
          (now, event) -> {
            service.listener(now, event);
            events.hub(now, event);
            if (event instanceof HubEvent.Works) {
              folders.tellRepairs(log::warn);
            }
          };
      Reach reach = reach(stick, grpc);
      try (Driver driver = driver(reach, folders, listener, scheduler);
          GrpcWan link = headEnd.link(reach.self().address(), network, set, service, events)) {
        service.attach(driver);
        AutoCloseable unused = service.progress(events::update);
        events.metrics().hub(service);
        if (link != null) {
          HubWan wan = new HubWan(link, ENDPOINT);
          driver.connect(wan);
          driver.start();
          wan.open(driver::input);
        } else {
          driver.start();
        }
        if (grpc != null) {
          listen(grpc, service);
          events.metrics().network(grpc);
          events.health().network(grpc);
        }
        int served = folders.images().images().size();
        if (stick == null) {
          log.serving(served, "over the network");
        } else {
          events.metrics().stick(stick, timers);
          CompletableFuture<Void> unusedStart =
              stick.firstStart().thenAccept(event -> events.started(event, served, stick));
        }
        if (grpc != null) {
          log.listening(grpc.address(), stick == null);
        }
        FolderWatch.Looking looking =
            watch.isEmpty()
                ? () -> {}
                : watch.get().begin(driver, process.get(ServeParameter.FOLDER_INTERVAL));
        try (HubPage page = page(service, process, events)) {
          if (page != null) {
            log.page(page.port());
          }
          end.await(log::stopping);
        } finally {
          looking.close();
        }
      }
    }
  }

  /** Null without an option for it. */
  private @Nullable HubPage page(
      HubService service, ParameterValues<ServeParameter> process, ServeEvents events)
      throws IOException {
    return http == null ? null : HubPage.serve(http, service, events.metrics(), process);
  }

  private Stick stick(Scheduler scheduler, ServeLog log) throws IOException {
    return sticks.stick(
        StickLimits.of(set.values(StickParameter.class)), scheduler, time, log::stick, log::warn);
  }

  private Peer self(@Nullable Stick stick) {
    return stick == null ? new Peer(eui64 == null ? DEFAULT_EUI64 : eui64, ENDPOINT) : stick.self();
  }

  /** Null with a stick whose operators connect nowhere. */
  private @Nullable GrpcHub grpc(@Nullable Stick stick, ServeEvents events) throws IOException {
    if (stick != null && listen == null) {
      return null;
    }
    GrpcHub.Builder builder =
        GrpcHub.builder(self(stick))
            .listen(NetworkOptions.address(listen == null ? DEFAULT_LISTEN : listen))
            .security(network.hub(self(stick).address()))
            .limits(GrpcLimits.of(set.values(GrpcParameter.class)))
            // The hub writes to disk: not in the threads that read the network.
            .callbacks(timers)
            .listener(events::network);
    if (stick != null) {
      builder.withoutDevices("the devices of this hub are reached by radio");
    }
    return builder.build();
  }

  private Reach reach(@Nullable Stick stick, @Nullable GrpcHub grpc) {
    if (stick != null) {
      return new Reach(
          stick.self(), stick.profile().id(), stick.profile().apsEncryption(), stick.transport());
    }
    if (grpc == null) {
      throw new AssertionError("without a stick there is a network");
    }
    return new Reach(self(null), Clusters.PROFILE_SMART_ENERGY, false, grpc.transport());
  }

  private HubParameters parameters() {
    set.check(
        List.of(
            HubParameter.class, GrpcParameter.class, ServeParameter.class, StickParameter.class));
    return set.hub(
        headEnd
            .parameters(profile.hub(HubParameters.DEFAULT))
            .with(HubParameter.CONCURRENT_TRANSFERS, concurrent)
            .with(timeouts.timeouts())
            .with(HubParameter.MAXIMUM_IMAGE_OCTETS, OtaFile.MAXIMUM_IMAGE_OCTETS));
  }

  private Driver driver(
      Reach reach, ServeFolders folders, BiConsumer<Now, Event> listener, Scheduler scheduler)
      throws IOException {
    HubConfig config =
        HubConfig.builder(reach.self())
            .network(reach.profileId(), reach.apsEncryption())
            .models(models)
            .gbcs(store == null ? Optional.empty() : headEnd.gbcs(reach.self().address(), store))
            .parameters(parameters())
            .build();
    return HubNode.of(config, folders.images(), folders.transfers())
        .on(reach.transport(), scheduler, time)
        .listener(listener)
        .build();
  }

  private void listen(GrpcHub grpc, HubService service) throws IOException {
    grpc.control(service);
    try {
      grpc.start();
    } catch (IOException fault) {
      if (fault.getCause() instanceof IOException taken) {
        // The native transport puts its own call before the system's words.
        String why = String.valueOf(taken.getMessage()).replaceFirst("^bind\\(.*\\): ", "");
        throw new CommandFailed(
            "--listen " + (listen == null ? DEFAULT_LISTEN : listen) + ": " + why);
      }
      throw fault;
    } catch (IllegalArgumentException plain) {
      throw new CommandFailed(plain.getMessage() + " (--insecure-network)");
    }
  }
}
