// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;
import org.junit.jupiter.api.Test;

/**
 * The form of kept records, which stand in databases for years: a golden file has one of each kind.
 * {@code -Dhanota.golden=true} writes it; a changed form needs a migration.
 */
class RecordFormatTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("hanota.root", ".."))
          .resolve("headend-sql/src/test/resources/org/hanota/headendsql/records.txt");

  private static final Content LAST_WORD =
      new Content.FromHub(HeadEndWorld.HUB, Octets.fromHex("df09"));

  /** The first record of each kind of each machine, and its text. */
  private static Map<String, Stored> samples() {
    Map<String, Stored> samples = new TreeMap<>();
    Map<Eui64, List<Stored>> kept = new TreeMap<>();
    StoreKind.Place place = StoreKind.MEMORY.newPlace();
    HeadEndWorld world = PlayedWorld.play(place);
    world.stores.keySet().forEach(owner -> kept.put(owner, place.store(owner).load()));
    kept.forEach(
        (owner, records) -> {
          List<Stored> all = new ArrayList<>(records);
          // No letter waits any more at the end.
          all.add(new Letter.Message(owner, HeadEndWorld.DSP, 7, LAST_WORD));
          add(samples, owner, all);
        });
    // Until what has ended is forgotten.
    world.pass(31L * 86_400_000);
    add(samples, HeadEndWorld.DSP, place.store(HeadEndWorld.DSP).load());
    return samples;
  }

  private static void add(Map<String, Stored> samples, Eui64 owner, List<Stored> records) {
    RecordKinds kinds = StoreKind.kinds(owner);
    for (Stored record : records) {
      samples.putIfAbsent(kindsName(owner) + kinds.name(record).orElseThrow(), record);
    }
  }

  private static String kindsName(Eui64 owner) {
    return owner.equals(HeadEndWorld.DSP)
        ? "DSP's "
        : owner.equals(HeadEndWorld.CSP) ? "CSP's " : "supplier's ";
  }

  @Test
  void recordsOfEachKindAreWrittenAsTheyAlwaysWereAndReadAgain() throws IOException {
    Map<String, Stored> samples = samples();
    try (Database database = Database.open(StoreKind.H2.newUrl())) {
      database
          .session()
          .inTransaction(
              connection -> {
                KeptOctets octets = new KeptOctets();
                octets.begin(connection);
                RecordJson json = new RecordJson(octets);
                List<String> lines = new ArrayList<>();
                for (Map.Entry<String, Stored> each : samples.entrySet()) {
                  String text = json.write(each.getValue());
                  octets.use("test", Map.of(each.getKey(), octets.named()), List.of());
                  octets.load("test");
                  Stored record = each.getValue();
                  assertThat(json.read(text, record.getClass())).isEqualTo(record);
                  lines.add(each.getKey() + ": " + text);
                }
                check(lines);
                return true;
              });
    }
    Set<String> every = new TreeSet<>();
    for (Eui64 owner : List.of(HeadEndWorld.DSP, HeadEndWorld.CSP, HeadEndWorld.SUPPLIER)) {
      StoreKind.kinds(owner).all().keySet().forEach(kind -> every.add(kindsName(owner) + kind));
    }
    assertThat(samples.keySet()).isEqualTo(every);
  }

  private static void check(List<String> lines) {
    try {
      if (Boolean.getBoolean("hanota.golden")) {
        Files.createDirectories(GOLDEN.getParent());
        Files.write(GOLDEN, lines);
      }
      assertThat(lines).isEqualTo(Files.readAllLines(GOLDEN));
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }
}
