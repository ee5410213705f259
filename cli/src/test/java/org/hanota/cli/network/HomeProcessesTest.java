// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.headend.request.MessageId;
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
  private static final int METERS = 3;
  private static final int FIRMWARE_OCTETS = 60_000;
  private static final int DELAY_MS = 40;

  @TempDir Path folder;

  private static void awaitDone(CurlSupplier supplier, MessageId id) {
    supplier.awaitReceived("the device's answer to " + id, CurlSupplier.done(id));
  }

  @Test
  void requestsGoThroughAllProcessesAndKillsLoseNothing() throws Exception {
    String store = "jdbc:h2:" + folder.resolve("headend");
    try (HomeProcesses home = new HomeProcesses(folder, store, 1, 1, METERS, FIRMWARE_OCTETS)) {
      home.receive();
      home.headEnd(0);
      home.hub(0);
      home.meters(0, DELAY_MS);
      home.ppmid(DELAY_MS);
      home.await("hub-0", "head end at localhost:\\d+ is connected");
      home.await("headend-0", "hub " + HomeFolder.hub(0) + " is connected");
      run(home, new CurlSupplier(home.files(), home.users(), home::lastWords));
    }
  }

  private static void run(HomeProcesses home, CurlSupplier supplier) throws InterruptedException {
    HomeFolder files = home.files();
    List<Eui64> meters = files.meters(0);
    supplier.put("serviceD", supplier.request("11.1", "meter", meters));
    // The head end goes as soon as it has said that it has the request.
    home.kill("headend-0");
    home.headEnd(0);
    home.await("meters-0", "(?s)" + meters.get(0) + ".*%");
    home.kill("hub-0");
    home.hub(0);
    supplier.put("serviceD", supplier.request("11.4", "ppmid", List.of(files.ppmid())));
    for (Eui64 meter : meters) {
      supplier.awaitReceived("the receipt of " + meter, CurlSupplier.receipt(meter));
    }
    MessageId now = supplier.activate(meters.get(0));
    MessageId dated =
        supplier.activate(
            meters.get(1),
            "--at",
            Instant.now().plusSeconds(45).truncatedTo(ChronoUnit.SECONDS) + "");
    String later = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS) + "";
    MessageId planned = supplier.activate(meters.get(2), "--at", later);
    awaitDone(supplier, planned);
    home.kill("headend-0");
    home.headEnd(0);
    MessageId cancelled = supplier.activate(meters.get(2), "--cancel");
    awaitDone(supplier, now);
    awaitDone(supplier, cancelled);
    supplier.awaitReceived("the outcome of " + dated, CurlSupplier.outcome());
    home.await("ppmid", files.ppmid() + "  AB01-0200-01000001  confirmed");
    home.await("meters-0", meters.get(0) + "  AB01-0100-01000001  confirmed");
    home.await("meters-0", meters.get(1) + "  AB01-0100-01000001  confirmed");
    assertThat(home.said("meters-0", meters.get(2) + "  AB01-0100-01000001  confirmed")).isFalse();
    assertThat(home.hubStatus(0)).contains("head end at localhost:").contains("is connected");
    for (Eui64 meter : meters) {
      // Once for each, however often something was killed.
      assertThat(supplier.count(CurlSupplier.receipt(meter))).as("receipts of " + meter).isOne();
    }
    // One process at a time has an H2 store.
    home.kill("headend-0");
    String inventory = home.inventory();
    assertThat(inventory).contains(meters.get(0) + "  ESME    runs 01000001");
    assertThat(inventory).contains(meters.get(1) + "  ESME    runs 01000001");
    assertThat(inventory).contains(meters.get(2) + "  ESME    runs 01000000");
    assertThat(inventory).contains(files.ppmid() + "  PPMID   runs 01000001");
  }
}
