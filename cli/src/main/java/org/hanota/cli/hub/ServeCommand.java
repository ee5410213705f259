// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubMachine;
import org.hanota.hub.HubParameters;
import org.hanota.hub.HubService;
import org.hanota.hub.ImageStore;
import org.hanota.hub.ModelProfile;
import org.hanota.hub.TransferStore;
import org.hanota.hub.store.FileImageStore;
import org.hanota.hub.store.MvTransferStore;
import org.hanota.otaformat.OtaFile;
import org.hanota.transport.grpc.GrpcHub;
import org.hanota.transport.grpc.HanEvent;
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
      "Serves the images of a folder to devices that connect, until stopped.",
      "Options may stand in a file, one a line: hanota hub serve @hub.conf"
    },
    footer = {
      "",
      "Example:",
      "  hanota hub serve --images images --listen localhost:7355 --insecure --http 8080"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int ENDPOINT = 1;

  /** More than the streams get to end by themselves. */
  private static final int GRACE_SECONDS = 8;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--images",
      paramLabel = "DIR",
      required = true,
      description = "The folder of OTA files; others in it are named and passed over.")
  private Path images = Path.of("");

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7355",
      description = "Where to serve (default: ${DEFAULT-VALUE}).")
  private String listen = "";

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
      defaultValue = "00DB123456780001",
      description = "The hub's address (default: ${DEFAULT-VALUE}).")
  private String eui64 = "";

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

  @Option(
      names = "--http",
      paramLabel = "PORT",
      description = "Shows the hub's page and its metrics (/metrics) on this port of localhost.")
  private @Nullable Integer http;

  @Option(names = "--json", description = "Prints one JSON object a line.")
  private boolean json;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException {
    Peer self = new Peer(StartCommand.eui64(eui64), ENDPOINT);
    HubService service = new HubService();
    HubMetrics metrics = new HubMetrics();
    InetSocketAddress address = NetworkOptions.address(listen);
    ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    Path kept = store == null ? images.resolve(".hanota") : store;
    if (!Files.isDirectory(images)) {
      throw new CommandFailed(images + ": is no folder, allowed a folder of OTA files");
    }
    try (FileImageStore held = FileImageStore.open(kept.resolve("images"));
        MvTransferStore transfers = MvTransferStore.open(kept);
        GrpcHub hub =
            GrpcHub.builder(self)
                .listen(address)
                .security(network.security("hub"))
                // The hub writes to disk: not in the threads that read the network.
                .callbacks(timers)
                .listener(event -> connection(event, metrics))
                .build()) {
      held.repairs().forEach(this::warn);
      transfers.repairs().forEach(this::warn);
      ImageFolder.read(images, held, this::warn);
      hub.control(service);
      Driver driver = driver(self, held, transfers, service, hub.transport(), timers);
      service.attach(driver);
      driver.start();
      AutoCloseable subscription = service.progress(event -> happened(event, metrics));
      try {
        serve(hub, service, metrics);
      } finally {
        driver.close();
        subscription.close();
      }
    } catch (IllegalStateException inUse) {
      throw new CommandFailed(String.valueOf(inUse.getMessage()));
    } catch (IllegalArgumentException plain) {
      throw new CommandFailed(plain.getMessage() + " (--insecure-network)");
    } catch (IOException | RuntimeException fault) {
      throw fault;
    } catch (Exception fault) {
      throw new AssertionError("a subscription does not end", fault);
    } finally {
      timers.shutdownNow();
      closed.countDown();
    }
    return ExitCode.DONE;
  }

  private Driver driver(
      Peer self,
      ImageStore held,
      TransferStore transfers,
      HubService service,
      Transport transport,
      ScheduledExecutorService timers) {
    HubParameters parameters =
        HubParameters.DEFAULT
            .withConcurrentTransfers(concurrent)
            .withTimeouts(timeouts.timeouts())
            .withMaximumImageOctets(OtaFile.MAXIMUM_IMAGE_OCTETS);
    HubConfig config = new HubConfig(self, false, Optional.empty(), models, parameters);
    return new Driver(
        new NodeConfig(self, Clusters.PROFILE_SMART_ENERGY, true, false),
        () -> new HubMachine(config, held, transfers, transport::maximumPayload),
        transport,
        Scheduler.of(timers),
        TimeSource.of(InstantSource.system(), System::nanoTime),
        service::listener);
  }

  private void serve(GrpcHub hub, HubService service, HubMetrics metrics) throws IOException {
    hub.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "hanota-stop"));
    try (HubPage page = http == null ? null : HubPage.serve(http, service, metrics, hub)) {
      say("serving " + service.catalogue().size() + " images on " + hub.address());
      if (page != null) {
        say("page on http://localhost:" + page.port() + "/");
      }
      stopped.await();
    } catch (InterruptedException interrupted) {
      // Whoever interrupts wants it to end, which it does; the stores must still close in peace.
      say("stopping");
    }
  }

  /** The process ends when the streams and the stores are closed, or after a while. */
  private void stop() {
    stopped.countDown();
    try {
      boolean unused = closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(HubJson.said(line));
    } else {
      out.println(line);
    }
    out.flush();
  }

  private void warn(String line) {
    spec.commandLine().getErr().println("hanota: passed over: " + line);
  }

  private synchronized void happened(UpdateEvent event, HubMetrics metrics) {
    metrics.happened(event);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(EventJson.of(event));
    } else if (!(event instanceof UpdateEvent.Transferring)) {
      out.println(EventText.of(event));
    }
    out.flush();
  }

  private void connection(Event event, HubMetrics metrics) {
    if (event instanceof HanEvent.Refused refused) {
      metrics.refused();
      say("refused " + refused.who() + " from " + refused.remote() + ": " + refused.reason());
    } else if (event instanceof HanEvent.CallbackFailed failed) {
      say("a fault of the hub: " + failed.fault());
    }
  }
}
