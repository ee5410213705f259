// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.TimeSource;
import org.hanota.headend.dsp.Asked;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.estate.Device;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.Stored;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.hanota.testing.JavaCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of a head end are killed (SIGKILL) at random moments while users ask and hubs speak: no
 * request is lost, none takes effect twice, no state goes back. {@code -Dhanota.seed=N} repeats the
 * moments of a run, counted in lines.
 */
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class KilledHeadEndTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final long SEED = Long.getLong("hanota.seed", 1);
  private static final int HOMES = SHORT ? 8 : 40;
  private static final long MAXIMUM_SECONDS = 1_200;

  @TempDir Path folder;

  private final ManyHomes homes = new ManyHomes(HOMES);
  private final Random random = new Random(SEED);
  private final Map<Integer, Process> processes = new TreeMap<>();
  private final Map<String, TrackState> seen = new LinkedHashMap<>();

  @AfterEach
  void end() {
    processes.values().forEach(Process::destroyForcibly);
  }

  private void run(String url, int port) throws IOException {
    processes.put(
        port,
        JavaCommand.of(
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                HeadEndMain.class,
                List.of(url, Integer.toString(port), Integer.toString(HOMES)))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(port + ".log").toFile()))
            .start());
  }

  private void kill(int port) throws InterruptedException {
    Process process = process(port);
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private Process process(int port) {
    return Objects.requireNonNull(processes.get(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Tells the DSP of the homes, before anything begins. */
  private void furnish(String url) {
    try (Database database = Database.open(url);
        Lease lease =
            database.take("furniture", Duration.ofHours(1), System::nanoTime).orElseThrow()) {
      List<Runnable> tasks = new ArrayList<>();
      try (Machines dsp =
          new Machines(
              homes.dcc().subList(0, 1),
              part -> lease.store(part.id(), part.kinds()),
              (delay, task) -> tasks.add(task),
              TimeSource.of(java.time.InstantSource.system(), System::nanoTime),
              new Nobody(),
              () -> {})) {
        dsp.start();
        homes.furniture().forEach(told -> dsp.input(ManyHomes.DSP, told));
        List.copyOf(tasks).forEach(Runnable::run);
      }
    }
  }

  private static final class Nobody implements Outside {
    @Override
    public void letter(Letter letter) {}

    @Override
    public void toHub(ToWan what) {}

    @Override
    public void event(Eui64 machine, Now now, Event event) {}
  }

  private static final List<TrackState> WAY =
      List.of(
          TrackState.ACCEPTED,
          TrackState.QUARANTINED,
          TrackState.ON_WAN,
          TrackState.AT_HUB,
          TrackState.ON_HAN,
          TrackState.RECEIVED,
          TrackState.VERIFIED,
          TrackState.ACTIVATION_PENDING);

  /** How far a track got: no state comes before another one that is ahead of it. */
  private static int rank(TrackState state) {
    return state.isFinal() ? WAY.size() : WAY.indexOf(state);
  }

  /** What the DSP knows never goes back, and it has every request that it acknowledged. */
  private void check(String url, Set<MessageId> acknowledged) {
    try (Database database = Database.open(url)) {
      List<Stored> kept = database.view(ManyHomes.DSP, DspMachine.KINDS).load();
      for (Stored record : kept) {
        if (record instanceof Track track) {
          TrackState before = seen.put(track.key(), track.state());
          if (before != null) {
            assertThat(rank(track.state())).as(track.key()).isGreaterThanOrEqualTo(rank(before));
            assertThat(before.isFinal() && before != track.state()).as(track.key()).isFalse();
          }
        }
      }
      Set<MessageId> known =
          kept.stream()
              .filter(Asked.class::isInstance)
              .map(record -> ((Asked) record).id())
              .collect(Collectors.toSet());
      assertThat(known).containsAll(acknowledged);
      assertThat(kept.stream().filter(Track.class::isInstance).map(Stored::key))
          .containsAll(seen.keySet());
    }
  }

  private void checkEnd(String url, UserScript script) {
    check(url, script.acknowledged());
    assertThat(script.acknowledged()).hasSize(HOMES * UserScript.REQUESTS_PER_HOME);
    assertThat(seen).hasSize(HOMES * 3);
    assertThat(Set.copyOf(seen.values())).containsExactly(TrackState.ACTIVE);
    // Each request led to one delivery, whatever was sent again.
    assertThat(script.hubs().numbers).hasSize(HOMES * 4);
    assertThat(script.hubs().numbers.values()).allMatch(numbers -> numbers.size() == 1);
    try (Database database = Database.open(url)) {
      assertThat(database.view(ManyHomes.DSP, DspMachine.KINDS).load())
          .filteredOn(Device.class::isInstance)
          .filteredOn(device -> !((Device) device).id().equals(((Device) device).hub()))
          .allMatch(
              device -> ((Device) device).firmware().equals(java.util.Optional.of(ManyHomes.NEW)));
    }
  }

  private void killOne(int kills, String url) throws Exception {
    int port = freePort();
    furnish(url);
    run(url, port);
    int lines = HOMES * 40 / kills;
    try (UserScript script = new UserScript(homes, List.of(port))) {
      for (int i = 0; i < kills; i++) {
        script.begin(1 + HOMES / kills);
        CompletableFuture<Boolean> moment = new CompletableFuture<>();
        script.whenConnected(
            () -> script.afterLines(1 + random.nextInt(lines), () -> moment.complete(true)));
        assertThat(moment.get(MAXIMUM_SECONDS, TimeUnit.SECONDS)).isTrue();
        kill(port);
        check(url, script.acknowledged());
        run(url, port);
      }
      script.begin(HOMES);
      assertThat(script.await(MAXIMUM_SECONDS)).as("seed " + SEED + log(port)).isEmpty();
      kill(port);
      checkEnd(url, script);
    }
    System.out.println(kills + " kills, " + HOMES * UserScript.REQUESTS_PER_HOME + " requests");
  }

  /**
   * A process that stood still (SIGSTOP) while another took over, and goes on with what it had:
   * nothing of it is kept or said, and it waits again.
   */
  @Test
  void whoeverStoodStillWhileAnotherTookOverDoesNothingAnyMore() throws Exception {
    String url = StoreKind.POSTGRESQL.newUrl();
    furnish(url);
    List<Integer> ports = List.of(freePort(), freePort());
    for (int port : ports) {
      run(url, port);
    }
    try (UserScript script = new UserScript(homes, ports)) {
      script.begin(1 + HOMES / 2);
      CompletableFuture<Integer> moment = new CompletableFuture<>();
      script.whenConnected(() -> script.afterLines(10, () -> moment.complete(script.lastPort())));
      int old = moment.get(MAXIMUM_SECONDS, TimeUnit.SECONDS);
      signal("STOP", old);
      CompletableFuture<Integer> next = new CompletableFuture<>();
      script.whenNextActs(() -> next.complete(script.lastPort()));
      script.breakOff();
      assertThat(next.get(MAXIMUM_SECONDS, TimeUnit.SECONDS)).isNotEqualTo(old);
      check(url, script.acknowledged());
      signal("CONT", old);
      script.begin(HOMES);
      assertThat(script.await(MAXIMUM_SECONDS)).as(log(old)).isEmpty();
      assertThat(script.lastPort()).isNotEqualTo(old);
      assertThat(log(old)).contains("waits: ");
      for (int port : ports) {
        kill(port);
      }
      checkEnd(url, script);
    }
  }

  private void signal(String name, int port) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process(port).pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private String log(int port) throws IOException {
    return "\n" + Files.readString(folder.resolve(port + ".log"));
  }

  @Test
  void killedAtAnyMomentItLosesAndDoublesNothing() throws Exception {
    killOne(SHORT ? 5 : 50, StoreKind.H2.newUrl());
  }

  @Test
  void ofTwoOnOnePostgresTheOtherTakesOverWithinTenSeconds() throws Exception {
    String url = StoreKind.POSTGRESQL.newUrl();
    furnish(url);
    List<Integer> ports = List.of(freePort(), freePort());
    for (int port : ports) {
      run(url, port);
    }
    int kills = SHORT ? 3 : 20;
    int lines = HOMES * 40 / kills;
    List<Long> millis = new ArrayList<>();
    try (UserScript script = new UserScript(homes, ports)) {
      for (int i = 0; i < kills; i++) {
        script.begin(1 + HOMES / kills);
        CompletableFuture<Integer> moment = new CompletableFuture<>();
        script.whenConnected(
            () ->
                script.afterLines(
                    1 + random.nextInt(lines), () -> moment.complete(script.lastPort())));
        int active = moment.get(MAXIMUM_SECONDS, TimeUnit.SECONDS);
        CompletableFuture<Integer> next = new CompletableFuture<>();
        script.whenNextActs(() -> next.complete(script.lastPort()));
        long before = System.nanoTime();
        kill(active);
        int other = next.get(MAXIMUM_SECONDS, TimeUnit.SECONDS);
        millis.add((System.nanoTime() - before) / 1_000_000);
        assertThat(other).isNotEqualTo(active);
        check(url, script.acknowledged());
        run(url, active);
      }
      script.begin(HOMES);
      assertThat(script.await(MAXIMUM_SECONDS))
          .as("seed " + SEED + log(ports.get(0)) + log(ports.get(1)))
          .isEmpty();
      for (int port : ports) {
        kill(port);
      }
      checkEnd(url, script);
    }
    System.out.println("taken over after " + millis + " ms");
    assertThat(millis).allMatch(each -> each <= 10_000);
  }
}
