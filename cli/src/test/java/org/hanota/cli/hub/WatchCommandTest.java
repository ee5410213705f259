// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.network.HanotaProcess;
import org.hanota.transport.grpc.GrpcHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who watches a hub sees what it does, whether it rests or is started anew meanwhile. */
@Timeout(120)
class WatchCommandTest {
  private static final Eui64 SELF = new Eui64(0x00DB123456780001L);
  private static final ImageId IMAGE = ImageId.of(0x121D, 0x0081, 0x0101_0000L);

  private final BlockingQueue<Consumer<Object>> listeners = new LinkedBlockingQueue<>();
  private volatile Optional<String> outage = Optional.empty();
  private volatile OptionalLong doubted = OptionalLong.empty();

  /** A hub that says what the test says. */
  @SuppressWarnings("unchecked")
  private HubControl control() {
    return (HubControl)
        Proxy.newProxyInstance(
            HubControl.class.getClassLoader(),
            new Class<?>[] {HubControl.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "status" ->
                      new HubStatus(
                          SELF,
                          List.of(),
                          Optional.empty(),
                          0,
                          0,
                          0,
                          1,
                          outage,
                          doubted,
                          Optional.empty());
                  case "catalogue" -> List.of();
                  case "progress" -> {
                    Consumer<Object> listener = (Consumer<Object>) arguments[0];
                    listeners.add(listener);
                    yield (AutoCloseable) () -> {};
                  }
                  default -> throw new AssertionError(method + " was asked");
                });
  }

  private GrpcHub serve(int port) throws IOException {
    GrpcHub hub =
        GrpcHub.builder(new Peer(SELF, 1)).listen(new InetSocketAddress("localhost", port)).build();
    hub.control(control());
    hub.start();
    return hub;
  }

  /** Waits until somebody watches who did not when this was called before. */
  private Consumer<Object> awaitWatched() throws InterruptedException {
    Consumer<Object> listener = listeners.poll(60, TimeUnit.SECONDS);
    if (listener == null) {
      throw new AssertionError("nobody watches");
    }
    return listener;
  }

  private static UpdateEvent confirmed(int device) {
    return new UpdateEvent.Confirmed(new Eui64(device), IMAGE);
  }

  @Test
  void aHubThatIsStartedAnewIsWatchedOn() throws Exception {
    GrpcHub first = serve(0);
    int port = first.address().getPort();
    try (Background watch =
        Background.run("hub", "watch", "--hub", "localhost:" + port, "--insecure")) {
      awaitWatched().accept(confirmed(1));
      watch.await("(0000000000000001 .* confirmed)");
      first.close();
      watch.await("(no longer watched: .*; it is tried again)");
      assertThat(watch.exitCode()).isNotDone();
      try (GrpcHub second = serve(port)) {
        watch.await("(watched again)");
        awaitWatched().accept(confirmed(2));
        watch.await("(0000000000000002 .* confirmed)");
        assertThat(second.address().getPort()).isEqualTo(port);
      }
    }
  }

  @Test
  void aHubThatRestsIsSaidToBeOutOfServiceAndThenInServiceAgain() throws Exception {
    try (GrpcHub hub = serve(0)) {
      String at = "localhost:" + hub.address().getPort();
      try (Background watch = Background.run("hub", "watch", "--hub", at, "--insecure");
          Background json = Background.run("hub", "watch", "--hub", at, "--insecure", "--json")) {
        Consumer<Object> unusedFirst = awaitWatched();
        Consumer<Object> unusedSecond = awaitWatched();
        outage = Optional.of("No space left on device");
        watch.await("(out of service: No space left on device)");
        json.await("(\"event\":\"out-of-service\",.*No space left)");
        outage = Optional.empty();
        watch.await("(in service again)");
        json.await("(\"event\":\"in-service\")");
        assertThat(watch.printed().lines().filter(line -> line.contains("out of service")))
            .as("once")
            .hasSize(1);
      }
    }
  }

  /** As with {@code hub watch | head -1}. */
  @Test
  void aPipeThatIsClosedEndsTheWatchInSilence() throws Exception {
    try (GrpcHub hub = serve(0)) {
      String at = "localhost:" + hub.address().getPort();
      Process watch =
          HanotaProcess.builder(List.of("hub", "watch", "--hub", at, "--insecure")).start();
      try {
        Consumer<Object> listener = awaitWatched();
        watch.getInputStream().close();
        listener.accept(confirmed(1));
        assertThat(watch.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(watch.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
            .isEmpty();
        assertThat(watch.exitValue()).isEqualTo(ExitCode.DONE);
      } finally {
        watch.destroyForcibly();
      }
    }
  }

  @Test
  void aHubThatIsNotThereAtTheStartEndsIt() throws Exception {
    GrpcHub hub = serve(0);
    int port = hub.address().getPort();
    hub.close();
    Cli.Run run = Cli.run("hub", "watch", "--hub", "localhost:" + port, "--insecure");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("is a hub serving at this address?").hasLineCount(1);
  }

  @Test
  void theStatusShowsADoubtedClock() throws Exception {
    doubted = OptionalLong.of(1_900_000_000_000L);
    try (GrpcHub hub = serve(0)) {
      String at = "localhost:" + hub.address().getPort();
      Cli.Run text = Cli.run("hub", "status", "--hub", at, "--insecure");
      assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.DONE);
      assertThat(text.out()).contains("the clock shows 2030-03-17T17:46:40Z, which is doubted");
      Cli.Run json = Cli.run("hub", "status", "--hub", at, "--insecure", "--json");
      assertThat(json.out()).contains("\"doubtedClock\":\"2030-03-17T17:46:40Z\"");
    }
  }
}
