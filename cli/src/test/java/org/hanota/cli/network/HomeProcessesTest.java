// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hanota.api.Eui64;
import org.hanota.gbcs.Message;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.DeviceAlertMessage;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Head end, hub and devices as separate processes with mutual TLS: 11.1, 11.4 and 11.3 (at once,
 * dated, taken back) go from the supplier's curl to the devices and their alerts come back, while
 * head end and hub are killed (SIGKILL) on the way.
 */
@Tag("soak")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class HomeProcessesTest {
  private static final int RECEIPT = 0x8F72;

  @TempDir Path folder;

  private static boolean answers(Response response, MessageId request) {
    return response.requestId().equals(Optional.of(request));
  }

  private static boolean isReceipt(Response response, Eui64 device) {
    return response.body() instanceof DeviceAlertMessage alert
        && alert.alertCode().uint16be(0) == RECEIPT
        && Message.parse(alert.gbcsPayload()).header().originator().equals(device);
  }

  private static Optional<ResponseContent> content(Response response) {
    return response.body() instanceof ResponseMessage message
        ? message.content()
        : Optional.empty();
  }

  private static void taken(Response said) {
    assertThat(said.code().isError()).as(said.toString()).isFalse();
  }

  /** Asks for the pre-command of an activation, signs it and puts it. */
  private static MessageId activate(HomeProcesses home, int meter, String... when) {
    Path request = home.request("11.3", "meter", List.of(HomeProcesses.meter(meter)), when);
    MessageId id = HomeProcesses.read(request).id();
    taken(home.put("serviceT", request));
    Path answer =
        home.awaitReceived(
            "the pre-command of " + id,
            response ->
                answers(response, id)
                    && content(response)
                        .filter(ResponseContent.PreCommand.class::isInstance)
                        .isPresent());
    taken(home.put("serviceS", home.sign(request, answer)));
    return id;
  }

  private static void awaitDone(HomeProcesses home, MessageId id) {
    home.awaitReceived(
        "the device's answer to " + id,
        response ->
            answers(response, id)
                && response.code().equals(ResponseCode.SUCCESS)
                && content(response)
                    .filter(ResponseContent.GbcsPayload.class::isInstance)
                    .isPresent());
  }

  @Test
  void requestsGoThroughAllProcessesAndKillsLoseNothing() throws Exception {
    try (HomeProcesses home = new HomeProcesses(folder)) {
      home.receive();
      home.headEnd();
      home.hub();
      home.devices();
      home.await("hub", "head end at localhost:\\d+ is connected");
      home.await("headend", "hub " + HomeProcesses.HUB + " is connected");
      run(home);
    }
  }

  private static void run(HomeProcesses home) throws IOException, InterruptedException {
    List<Eui64> meters =
        IntStream.range(0, HomeProcesses.METERS).mapToObj(HomeProcesses::meter).toList();
    Path distribute = home.request("11.1", "meter", meters);
    taken(home.put("serviceD", distribute));
    // The head end goes as soon as it has said that it has the request.
    home.kill("headend");
    home.headEnd();
    home.await("meters", "(?s)" + HomeProcesses.meter(0) + ".*%");
    home.kill("hub");
    home.hub();
    Path ppmid = home.request("11.4", "ppmid", List.of(HomeProcesses.PPMID));
    taken(home.put("serviceD", ppmid));
    for (Eui64 meter : meters) {
      home.awaitReceived("the receipt of " + meter, response -> isReceipt(response, meter));
    }
    MessageId now = activate(home, 0);
    MessageId dated =
        activate(
            home, 1, "--at", Instant.now().plusSeconds(45).truncatedTo(ChronoUnit.SECONDS) + "");
    String later = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS) + "";
    MessageId planned = activate(home, 2, "--at", later);
    awaitDone(home, planned);
    home.kill("headend");
    home.headEnd();
    MessageId cancelled = activate(home, 2, "--cancel");
    awaitDone(home, now);
    awaitDone(home, cancelled);
    home.awaitReceived(
        "the outcome of " + dated,
        response ->
            content(response)
                .filter(ResponseContent.FutureDatedDeviceAlertMessage.class::isInstance)
                .isPresent());
    home.await("ppmid", HomeProcesses.PPMID + "  AB01-0200-01000001  confirmed");
    home.await("meters", HomeProcesses.meter(0) + "  AB01-0100-01000001  confirmed");
    home.await("meters", HomeProcesses.meter(1) + "  AB01-0100-01000001  confirmed");
    assertThat(home.said("meters", HomeProcesses.meter(2) + "  AB01-0100-01000001  confirmed"))
        .isFalse();
    assertThat(home.hubStatus()).contains("head end at localhost:").contains("is connected");
    for (Eui64 meter : meters) {
      // Once for each, however often something was killed.
      assertThat(home.received().values().stream().filter(each -> isReceipt(each, meter)))
          .as("receipts of " + meter)
          .hasSize(1);
    }
    // One process at a time has an H2 store.
    home.kill("headend");
    String inventory = home.inventory();
    assertThat(inventory).contains(HomeProcesses.meter(0) + "  ESME    runs 01000001");
    assertThat(inventory).contains(HomeProcesses.meter(1) + "  ESME    runs 01000001");
    assertThat(inventory).contains(HomeProcesses.meter(2) + "  ESME    runs 01000000");
    assertThat(inventory).contains(HomeProcesses.PPMID + "  PPMID   runs 01000001");
  }
}
