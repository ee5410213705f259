// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.cli.SmallImage;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubNode;
import org.hanota.hub.HubService;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.FileImageStore;
import org.hanota.hub.store.MvTransferStore;
import org.hanota.otaformat.FileKind;
import org.hanota.testing.Skipped;
import org.hanota.transport.grpc.GrpcHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub whose disk is filled and freed, whose clock shows another time at each start, and whose
 * files are exhausted by strangers; every image arrives whole.
 */
@Tag("soak")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class HubSurvivesTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final int DEVICES = SHORT ? 8 : 40;
  private static final int FILLINGS = SHORT ? 3 : 20;
  private static final int RESTARTS = 60;
  private static final int CROWDS = SHORT ? 4 : 30;
  private static final int IMAGE_OCTETS = SHORT ? 200_000 : 750_000;

  @TempDir Path folder;

  private final SeededRandom random = SeededRandom.of(12, 0, 0);
  private final List<Process> started = new ArrayList<>();
  private Path image = Path.of("");
  private int port;
  private int logs;

  /** What a process is started by, so that it gets less than others. */
  private List<String> limit = List.of();

  @BeforeEach
  void image() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    image = Files.write(images.resolve("display.ota"), SmallImage.of(IMAGE_OCTETS).toByteArray());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void end() throws Exception {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(limit);
    ProcessBuilder builder = HanotaProcess.builder(arguments);
    command.addAll(builder.command());
    Process process =
        builder
            .command(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log-" + ++logs).toFile())
            .start();
    started.add(process);
    return process;
  }

  private String log(int number) throws IOException {
    return Files.readString(folder.resolve("log-" + number));
  }

  private Process hub(Path store) throws IOException {
    Process hub =
        start(
            List.of(
                "hub",
                "serve",
                "--images",
                image.resolveSibling("").toString(),
                "--store",
                store.toString(),
                "--insecure",
                "--listen",
                "localhost:" + port,
                "--concurrent",
                "2",
                "--set",
                "queueWait=2000"));
    int number = logs;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!log(number).contains("operators at")) {
      assertThat(hub.isAlive() && System.nanoTime() - end < 0).as(log(number)).isTrue();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return hub;
  }

  private Process devices() throws IOException {
    return start(
        List.of(
            "device",
            "run",
            "--hub",
            "localhost:" + port,
            "--insecure",
            "--image-of",
            image.toString(),
            "--count",
            String.valueOf(DEVICES),
            "--query-interval",
            "2",
            "--bank-dir",
            folder.resolve("banks").toString(),
            "--until-updated"));
  }

  private void awaitEqualImages(Process devices, int log) throws Exception {
    assertThat(devices.waitFor(SHORT ? 10 : 30, TimeUnit.MINUTES)).as(log(log)).isTrue();
    assertThat(devices.exitValue()).as(log(log)).isZero();
    byte[] expected = Files.readAllBytes(image);
    int equal = 0;
    try (var banks = Files.list(folder.resolve("banks"))) {
      for (Path bank : banks.filter(file -> file.toString().endsWith(".ota")).toList()) {
        assertThat(bank).hasBinaryContent(expected);
        equal++;
      }
    }
    assertThat(equal).isEqualTo(DEVICES);
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void aDiskFilledAndFreedAgainAndAgain() throws Exception {
    try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), 4)) {
      Process hub = hub(disk.path().resolve("store"));
      int hubLog = logs;
      Process devices = devices();
      int log = logs;
      for (int i = 0; i < FILLINGS; i++) {
        Path filler = disk.fill();
        pause(1_000 + random.below(2_000));
        Files.delete(filler);
        pause(500 + random.below(2_000));
      }
      awaitEqualImages(devices, log);
      assertThat(hub.isAlive()).isTrue();
      System.out.println(
          "disk filled "
              + FILLINGS
              + " times, out of service "
              + log(hubLog).lines().filter(line -> line.startsWith("out of service")).count()
              + " times, "
              + DEVICES
              + " images equal");
      hub.destroyForcibly().waitFor();
    }
  }

  /** The hub of {@code hub serve} within this process, by a clock that the test sets. */
  private final class HubByItsClock implements AutoCloseable {
    final HubService service = new HubService();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final FileImageStore images;
    private final MvTransferStore transfers;
    private final GrpcHub grpc;
    private final Driver driver;

    HubByItsClock(Path store, long wrongMillis) throws IOException {
      Peer self = new Peer(new Eui64(0x00DB123456780001L), 1);
      HubConfig config = HubConfig.builder(self).build();
      images = FileImageStore.open(store.resolve("images"));
      if (images.images().isEmpty()) {
        Octets file = Octets.wrap(Files.readAllBytes(image));
        images.put(StoredImage.check("display.ota", file, FileKind.ZIGBEE, file.length()), file);
      }
      transfers = MvTransferStore.open(store);
      grpc =
          GrpcHub.builder(self)
              .listen(new InetSocketAddress("localhost", port))
              .callbacks(timers)
              .build();
      InstantSource shifted = () -> Instant.now().plusMillis(wrongMillis);
      driver =
          HubNode.of(config, images, transfers)
              .on(grpc.transport(), Scheduler.of(timers), TimeSource.of(shifted, System::nanoTime))
              .listener(service::listener)
              .build();
      service.attach(driver);
      driver.start();
      grpc.start();
    }

    @Override
    public void close() {
      driver.close();
      grpc.close();
      timers.shutdownNow();
      transfers.close();
      images.close();
    }
  }

  /** The first steps are an hour back each, then anything within a month. */
  private long wrongMillis(int restart) {
    long hours = restart <= 3 ? -restart : random.below(60 * 24) - 30 * 24;
    return TimeUnit.HOURS.toMillis(hours);
  }

  @Test
  void sixtyRestartsWithAnotherTimeEach() throws Exception {
    Path store = folder.resolve("store");
    Process devices = devices();
    int log = logs;
    AtomicInteger failed = new AtomicInteger();
    for (int restart = 0; restart < RESTARTS; restart++) {
      // About three quarters of what all devices tell.
      CountDownLatch progress = new CountDownLatch(1 + random.below(2 * 75 * DEVICES / RESTARTS));
      try (HubByItsClock hub = new HubByItsClock(store, wrongMillis(restart))) {
        AutoCloseable unused =
            hub.service.progress(
                event -> {
                  progress.countDown();
                  if (event instanceof UpdateEvent.Failed) {
                    failed.incrementAndGet();
                  }
                });
        if (restart == 0) {
          offerToAll(hub.service);
        }
        assertThat(progress.await(1, TimeUnit.MINUTES)).as("restart " + restart).isTrue();
        assertThat(devices.isAlive()).as("restart " + restart + log(log)).isTrue();
      }
    }
    try (HubByItsClock hub = new HubByItsClock(store, 0)) {
      awaitEqualImages(devices, log);
      assertThat(failed).hasValue(0);
      System.out.println(
          RESTARTS
              + " restarts with another time each, "
              + hub.service.status(HubStatus.Page.ALL).knownDevices()
              + " images equal");
    }
  }

  private static void offerToAll(HubService hub) {
    for (int i = 0; i < DEVICES; i++) {
      Peer device = new Peer(new Eui64(0x00DB123400000000L + i), 1);
      assertThat(hub.start(Offer.of(device, hub.catalogue().get(0).image())))
          .isInstanceOf(HubControl.Answer.Accepted.class);
    }
  }

  @Test
  void filesExhaustedByACrowdOfStrangers() throws Exception {
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      Skipped.because("there is no /bin/sh to limit the files of a process with");
    }
    limit = List.of("/bin/sh", "-c", "ulimit -n 256 && exec \"$@\"", "sh");
    Process hub = hub(folder.resolve("store"));
    limit = List.of();
    Process devices = devices();
    int log = logs;
    int connected = 0;
    for (int i = 0; i < CROWDS && devices.isAlive(); i++) {
      connected += crowd();
    }
    awaitEqualImages(devices, log);
    assertThat(hub.isAlive()).isTrue();
    System.out.println(
        "crowds with " + connected + " connections at 256 files, " + DEVICES + " images equal");
  }

  /** Who comes, stays a while, and says nothing. Returns how many got a connection. */
  private int crowd() throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 1_500; i++) {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("localhost", port), 500);
        crowd.add(socket);
      }
    } catch (IOException full) {
      // Whom the hub takes no more waits in vain, which is all right.
      assertThat(crowd).isNotEmpty();
    }
    pause(500);
    for (Socket socket : crowd) {
      socket.close();
    }
    return crowd.size();
  }
}
