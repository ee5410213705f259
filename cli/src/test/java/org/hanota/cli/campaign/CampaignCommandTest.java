// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns from the command line, against a head end that runs. */
class CampaignCommandTest {
  private static final int HOMES = 6;

  @TempDir private static Path folder;
  private static ServedCampaigns served;

  @BeforeAll
  static void serve() throws IOException {
    served = new ServedCampaigns(folder, HOMES, "--insecure");
  }

  @AfterAll
  static void close() {
    served.close();
  }

  private static void done(Cli.Run run, String line) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains(line);
  }

  @Test
  void aCampaignFromItsPlanToItsStopAndBack() throws IOException {
    Path plan = served.plan("spring");
    done(served.planned("dry-run", plan, "--devices"), "campaign spring would be completed at");
    assertThat(served.campaign("status").out()).doesNotContain("spring");
    Cli.Run dry = served.planned("dry-run", plan);
    assertThat(dry.out())
        .contains(
            "6 requests, 0 devices of the estate get none",
            "group all, North: 3 requests",
            "group all, South: 3 requests");
    done(served.planned("create", plan), "campaign spring is created: 6 devices");
    done(
        served.campaign("status", "spring"), "campaign spring: created, 0 of 6 devices have ended");
    assertThat(served.campaign("status", "spring").out())
        .contains("group all: waiting, 6 waiting; waits: not started");
    done(served.campaign("start", "spring"), "campaign spring is running, 6 requests under way");
    done(served.campaign("pause", "spring"), "campaign spring is paused");
    done(served.campaign("stop", "spring", "--reason", "smoke"), "campaign spring is stopped, ");
    // Again: the same is said, and nothing else is done.
    done(served.campaign("stop", "spring"), "campaign spring is stopped, ");
    assertThat(served.campaign("status", "spring", "--devices").out())
        .contains("stopped (smoke)")
        .containsPattern("00DB123400000001  all  (ordered|requested|deferred)");
    done(served.campaign("resume", "spring", "--devices", "1"), "campaign spring is ");
    done(
        served.campaign("cancel", "spring", "--reason", "superseded"),
        "campaign spring is cancelled");
    // It has come to its end, so nothing more is waited for.
    done(served.campaign("watch", "spring"), "campaign spring: cancelled (superseded)");
    Cli.Run late = served.campaign("start", "spring");
    assertThat(late.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(late.err()).contains("campaign spring, start: it is CANCELLED").hasLineCount(1);
  }

  @Test
  void whatAPlanLacksIsRefusedByName() throws IOException {
    Map<String, Path> bad = new LinkedHashMap<>();
    bad.put(
        "EMPTY_GROUP: group all", served.plan("a", "\"PPMID\"", "\"PPMID\"], \"models\": [\"x\""));
    bad.put(
        "ERROR_OUT_OF_REACH: group all.error", served.plan("b", "\"error\": 2", "\"error\": 99"));
    bad.put(
        "SUCCESS_OUT_OF_REACH: group all.success",
        served.plan("c", "\"success\": 1", "\"success\": 99"));
    bad.put(
        "NO_RATE: pace.startsPerPeriod is 0, allowed 1 or more",
        served.plan("d", "\"startsPerPeriod\": 1000", "\"startsPerPeriod\": 0"));
    bad.put(
        "OVERLAPPING_WINDOWS: window 1",
        served.plan(
            "e",
            "\"windows\": []",
            "\"windows\": [{\"from\": \"01:00\", \"until\": \"05:00\"}, {\"from\": \"04:00\","
                + " \"until\": \"24:00\"}]"));
    bad.put("ENDS_TOO_EARLY: times.ends", served.plan("f", "2099-", "2001-"));
    bad.forEach(
        (why, plan) -> {
          for (String word : new String[] {"create", "dry-run"}) {
            Cli.Run run = served.planned(word, plan);
            assertThat(run.exitCode()).as(why).isEqualTo(ExitCode.WRONG);
            assertThat(run.out()).as(word).contains(" is refused:").contains(why);
          }
        });
    assertThat(served.campaign("status").out()).doesNotContain("campaign a:");
  }

  @Test
  void whatIsNoPlanOrNoImageIsRefusedWithItsPlace() throws IOException {
    Map<String, String[]> bad = new LinkedHashMap<>();
    bad.put("plan.groups[0].sizes", new String[] {"\"size\": \"all\"", "\"sizes\": \"all\""});
    bad.put("groups[0].size is \"some\"", new String[] {"\"size\": \"all\"", "\"size\": \"some\""});
    bad.put("groups[0].error is \"two\"", new String[] {"\"error\": 2", "\"error\": \"two\""});
    bad.put("plan.groups[0].types[0]", new String[] {"\"PPMID\"", "\"FRIDGE\""});
    bad.put("ends is \"soon\"", new String[] {"2099-01-01T00:00:00Z", "soon"});
    bad.put("plan", new String[] {"\"answerHours\": 72,", ""});
    for (Map.Entry<String, String[]> each : bad.entrySet()) {
      Path plan = served.plan("odd", each.getValue()[0], each.getValue()[1]);
      Cli.Run run = served.planned("create", plan);
      assertThat(run.exitCode()).as(each.getKey()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err()).contains(each.getKey()).hasLineCount(1).doesNotContain("org.hanota");
    }
    Path notJson = folder.resolve("not.json");
    Files.writeString(notJson, "{\"name\": ");
    assertThat(served.planned("create", notJson).err())
        .contains("not.json, line 1")
        .hasLineCount(1);
    Cli.Run noImage =
        served.campaign(
            "create", "--plan", served.plan("odd").toString(), "--image", notJson.toString());
    assertThat(noImage.err()).contains("image: ").hasLineCount(1);
    assertThat(served.campaign("start", "nothing").err())
        .contains("campaign nothing, start: there is no such campaign");
    assertThat(served.campaign("resume", "nothing", "--devices", "0").err())
        .contains("there is no such campaign");
    assertThat(served.campaign("status", "nothing").err()).contains("no campaign nothing");
  }

  /** What the DCC knows it has in memory: its lease is not kept waiting while words are said. */
  @Test
  void aPlanIsComparedWithTheDccWithoutItsDatabase(@TempDir Path other) throws Exception {
    try (ServedCampaigns own = new ServedCampaigns(other, 2, "--insecure");
        Connection same = DriverManager.getConnection(own.store());
        Statement statement = same.createStatement()) {
      String named = " where owner = '" + ServedCampaigns.DSP + "' and kind = '";
      assertThat(statement.executeUpdate("update kept_record set kind = 'odd'" + named + "device'"))
          .isPositive();
      try {
        Path plan = own.plan("spring");
        done(own.planned("dry-run", plan), "2 requests, 0 devices of the estate get none");
        done(own.planned("create", plan), "campaign spring is created: 2 devices");
      } finally {
        statement.executeUpdate("update kept_record set kind = 'device'" + named + "odd'");
      }
    }
  }

  @Test
  void whoIsNotThereOrHasNoCampaignsIsNamed() {
    Cli.Run gone = Cli.run("campaign", "status", "--headend", "localhost:1", "--insecure");
    assertThat(gone.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(gone.err()).contains("head end localhost:1 cannot be reached").hasLineCount(1);
    Cli.Run far = Cli.run("campaign", "status", "--headend", "192.0.2.1:80", "--insecure");
    assertThat(far.err()).contains("--insecure-network").hasLineCount(1);
  }

  private static HttpResponse<String> post(String host, String type) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://" + host + ":" + served.port() + "/campaigns/stop"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"campaign\": \"x\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** A page of another site can send a form, which is no JSON, and cannot send JSON. */
  @Test
  void aPageOfAnotherSiteStopsNothing() throws Exception {
    assertThat(post("localhost", "text/plain").statusCode()).isEqualTo(415);
    assertThat(post("localhost", "application/x-www-form-urlencoded").statusCode()).isEqualTo(415);
    assertThat(post("localhost", "application/json").statusCode()).isEqualTo(200);
  }

  /** Two who ask in one name would count one counter twice. */
  @Test
  void whatTheSupplierPutsBesideItsCampaignsIsRefused() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://localhost:" + served.port() + "/api/v1/serviceD"))
                    .header("Content-Type", "application/xml")
                    .POST(
                        HttpRequest.BodyPublishers.ofByteArray(
                            served.requestOfTheSupplier().toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).contains("see hanota campaign");
    assertThat(answer.statusCode()).isEqualTo(503);
  }

  /** What is said to a machine that rests after a fault is lost: nobody is told that it is done. */
  @Test
  void aWordThatAMachineInBackOffDidNotHearIsNotDone(@TempDir Path other) throws Exception {
    try (ServedCampaigns odd = new ServedCampaigns(other, 1, "--insecure");
        Connection same = DriverManager.getConnection(odd.store());
        Statement statement = same.createStatement()) {
      Path plan = odd.plan("spring", "\"error\": 2", "\"error\": 1");
      done(odd.planned("create", plan), "1 device");
      statement.execute("alter table kept_record rename to away");
      Cli.Run unheard;
      do {
        unheard = odd.campaign("start", "spring");
        assertThat(unheard.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(unheard.err()).contains("say it once more").hasLineCount(1);
        // The word at which it fails is heard and not kept; it rests from then on.
      } while (unheard.err().contains("the head end failed and starts again"));
      assertThat(unheard.err()).contains("is not ready and has not heard it");
      statement.execute("alter table away rename to kept_record");
      Cli.Run again = odd.campaign("start", "spring");
      while (again.exitCode() != ExitCode.DONE) {
        assertThat(again.err()).contains("say it once more").hasLineCount(1);
        again = odd.campaign("start", "spring");
      }
      done(again, "campaign spring is running, 1 request");
    }
  }

  /** Without TLS anybody on a network may call himself localhost. */
  @Test
  void withoutTlsOnlyThisMachineSteers(@TempDir Path other) throws Exception {
    Optional<InetAddress> own = addressOnANetwork();
    if (own.isEmpty()) {
      Skipped.because("this machine is on no network");
    }
    try (ServedCampaigns open =
            new ServedCampaigns("0.0.0.0:0", other, 0, "--insecure", "--insecure-network");
        Socket socket = new Socket(own.orElseThrow(), open.port())) {
      String body = "{\"campaign\": \"x\"}";
      String request =
          """
          POST /campaigns/stop HTTP/1.1
          Host: localhost
          Content-Type: application/json
          Content-Length: %d
          Connection: close

          %s\
          """
              .formatted(body.length(), body);
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 403")
          .contains("allowed for operators");
    }
  }

  private static Optional<InetAddress> addressOnANetwork() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
        .findFirst();
  }

  @Test
  void overTlsOnlyAnOperatorSteers(@TempDir Path other) throws IOException {
    Path pki = other.resolve("pki");
    assertThat(Cli.run("pki", "init", "--dir", pki.toString()).exitCode()).isEqualTo(ExitCode.DONE);
    try (ServedCampaigns secured = new ServedCampaigns(other, 1, "--pki", pki.toString())) {
      done(
          secured.planned("create", secured.plan("spring", "\"error\": 2", "\"error\": 1")),
          "1 device");
      Cli.Run device = secured.campaign("stop", "spring", "--certificate", "hub");
      assertThat(device.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(device.err()).contains("allowed for operators").hasLineCount(1);
      done(secured.campaign("start", "spring"), "is running");
      assertThat(secured.campaign("status", "--json").out()).contains("\"by\":\"CN=");
    }
  }
}
