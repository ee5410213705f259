// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.hanota.api.ParameterValues;
import org.hanota.transport.grpc.HanEvent;
import org.junit.jupiter.api.Test;

/** A log that strangers cannot fill. */
class RefusalsTest {
  private static final ParameterValues<ServeParameter> DEFAULTS =
      ParameterValues.defaults(ServeParameter.class);
  private static final long WINDOW_NANOS =
      DEFAULTS.get(ServeParameter.REFUSALS_WINDOW) * 1_000_000L;

  private final AtomicLong nanos = new AtomicLong();
  private final StringWriter printed = new StringWriter();
  private final ServeLog log = log(false);

  private ServeLog log(boolean json) {
    return log(json, DEFAULTS);
  }

  private ServeLog log(boolean json, ParameterValues<ServeParameter> parameters) {
    return new ServeLog(
        new PrintWriter(printed),
        new PrintWriter(printed),
        json,
        InstantSource.fixed(Instant.EPOCH),
        nanos::get,
        parameters);
  }

  private static HanEvent.Refused refused(int number) {
    return new HanEvent.Refused(
        "/192.0.2." + number % 7 + ":" + (1_024 + number), "CN=x" + number, "not known");
  }

  private List<String> lines() {
    return printed.toString().lines().toList();
  }

  @Test
  void aFewRefusalsAreToldOneByOne() {
    for (int i = 0; i < 5; i++) {
      log.refused(refused(7 * i));
    }
    assertThat(lines()).hasSize(5).first().asString().contains("CN=x0", "/192.0.2.0:1024");
  }

  @Test
  void howManyAndHowOftenIsSetByTheTable() {
    ServeLog terse =
        log(
            false,
            DEFAULTS
                .with(ServeParameter.REFUSALS_OF_ONE, 1)
                .with(ServeParameter.REFUSALS_OF_ALL, 2)
                .with(ServeParameter.REFUSALS_WINDOW, 1_000));
    for (int i = 0; i < 6; i++) {
      terse.refused(refused(i / 2));
    }
    assertThat(lines()).hasSize(2);
    nanos.addAndGet(1_000_000_000L);
    terse.timePasses();
    assertThat(lines().get(2)).startsWith("refused 4 more; the last: ");
  }

  @Test
  void thousandsOfRefusalsTakeAPageAndTheirSum() {
    for (int i = 0; i < 100_000; i++) {
      log.refused(refused(i));
      nanos.addAndGet(WINDOW_NANOS / 100_000);
    }
    log.timePasses();
    assertThat(lines()).hasSize(21);
    assertThat(lines().get(20)).startsWith("refused 99980 more; the last: ").contains("CN=x99999");
  }

  @Test
  void oneAddressCannotHideTheOthers() {
    for (int i = 0; i < 1_000; i++) {
      log.refused(refused(0));
    }
    log.refused(refused(3));
    assertThat(lines()).hasSize(6).last().asString().contains("CN=x3");
    log.stopping();
    assertThat(lines().get(6)).startsWith("refused 995 more");
  }

  @Test
  void theSumIsAnObjectOfTheLogToo() throws Exception {
    ServeLog json = log(true);
    for (int i = 0; i < 7; i++) {
      json.refused(refused(0));
    }
    json.stopping();
    JsonNode sum = new ObjectMapper().readTree(lines().get(5));
    assertThat(sum.path("event").asText()).isEqualTo("refused");
    assertThat(sum.path("count").asLong()).isEqualTo(2);
  }

  @Test
  void whatLibrariesLogIsOneLineAndTheSameAgainIsCounted() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    LibraryLog library =
        new LibraryLog(new PrintStream(err, true, StandardCharsets.UTF_8), nanos::get, DEFAULTS);
    for (int i = 0; i < 10_000; i++) {
      LogRecord logged = new LogRecord(Level.WARNING, "Exception processing message");
      logged.setLoggerName("io.grpc");
      logged.setThrown(new IllegalStateException("\u001b[2J\nhanota: all is well"));
      library.publish(logged);
    }
    nanos.addAndGet(61_000_000_000L);
    LogRecord again = new LogRecord(Level.WARNING, "Exception processing message");
    again.setLoggerName("io.grpc");
    library.publish(again);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("hanota: io.grpc: Exception processing message"))
        .anyMatch(line -> line.contains("\\u001B[2J\\u000Ahanota"))
        .anyMatch(line -> line.contains("9999 times"));
  }
}
