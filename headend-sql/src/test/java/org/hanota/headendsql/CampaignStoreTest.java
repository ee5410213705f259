// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.CampaignHome;
import org.hanota.headend.supplier.CampaignSupplier;
import org.hanota.headend.supplier.SupplierMachine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A campaign whose supplier keeps what it keeps in a database. */
class CampaignStoreTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("hanota.root", ".."))
          .resolve("headend-sql/src/test/resources/org/hanota/headendsql/campaign-records.txt");

  private static RecordKinds kinds(Eui64 owner) {
    return owner.equals(SUPPLIER) ? CampaignSupplier.KINDS : StoreKind.kinds(owner);
  }

  /** The first record of each kind that a campaign adds, as it is read back after each step. */
  private static Map<String, Stored> play(Lease lease) {
    StoreKind.Place place = owner -> lease.store(owner, kinds(owner));
    CampaignHome home =
        new CampaignHome(
            new HeadEndWorld(ParameterValues.defaults(HeadEndParameter.class), place::store));
    Map<String, Stored> samples = new TreeMap<>();
    List<Runnable> steps =
        List.of(
            () -> home.begin(DeviceType.ESME),
            () -> home.received(ESME, DeviceType.ESME),
            () -> home.world.outcome(ActivateImageResponseCode.SUCCESS, NEW));
    for (Runnable step : steps) {
      step.run();
      home.world.stores.put(SUPPLIER, place.store(SUPPLIER));
      home.world.restart(SUPPLIER);
      for (Stored record : place.store(SUPPLIER).load()) {
        String kind = CampaignSupplier.KINDS.name(record).orElseThrow();
        if (SupplierMachine.KINDS.kind(kind).isEmpty()) {
          samples.putIfAbsent(kind, record);
        }
      }
    }
    assertThat(home.state(ESME)).isEqualTo(DeviceState.UPDATED);
    assertThat(home.world.tracks(ESME)).as("11.1 and 11.3, each once").hasSize(2);
    return samples;
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, names = "MEMORY", mode = EnumSource.Mode.EXCLUDE)
  void aCampaignGoesOnFromItsRecordsWhichAreWrittenAsTheyAlwaysWere(StoreKind kind)
      throws IOException {
    try (Database database = Database.open(kind.newUrl())) {
      Lease lease = database.take("test", Duration.ofHours(1), System::nanoTime).orElseThrow();
      Map<String, Stored> samples = play(lease);
      Set<String> added = new java.util.TreeSet<>(CampaignSupplier.KINDS.all().keySet());
      added.removeAll(SupplierMachine.KINDS.all().keySet());
      assertThat(samples.keySet()).isEqualTo(added);
      List<String> lines = new ArrayList<>();
      database
          .session()
          .inTransaction(
              connection -> {
                KeptOctets octets = new KeptOctets();
                octets.begin(connection);
                RecordJson json = new RecordJson(octets);
                samples.forEach((name, record) -> lines.add(name + ": " + json.write(record)));
                return true;
              });
      if (Boolean.getBoolean("hanota.golden")) {
        Files.write(GOLDEN, lines);
      }
      assertThat(lines).isEqualTo(Files.readAllLines(GOLDEN));
    }
  }
}
