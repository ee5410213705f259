// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.io.File;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Now;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignMachine;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.CampaignWorld;
import org.hanota.headend.campaign.DeviceQuery;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.campaign.Threshold;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.testing.RecordedEffects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * P15: a campaign over 1,000,000 devices held in H2: heap and compacted store of each, durable
 * state changes beside a bare JDBC batch, and a stop in one step.
 */
@Tag("soak")
class CampaignCostTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final int DEVICES = SHORT ? 50_000 : 1_000_000;

  /** As many as one call of a campaign keeps. */
  private static final int GROUP = 1_000;

  private static final long HEAP_PER_DEVICE = 1_024;
  private static final long STORE_PER_DEVICE = 600;

  /** Both take turns of so many groups, so that what else the machine does meets both. */
  private static final int GROUPS_OF_A_TURN = SHORT ? 2 : 10;

  private static final double SHARE_OF_BARE = 0.5;

  private static final long UTC = 1_795_000_000_000L;

  private final List<Member> members = new ArrayList<>();
  private final RecordedEffects effects = new RecordedEffects();

  /** Counts what is kept. */
  private static final class Counted implements RecordStore {
    private final RecordStore behind;
    private int saves;
    private long records;

    Counted(RecordStore behind) {
      this.behind = behind;
    }

    @Override
    public List<Stored> load() {
      return behind.load();
    }

    @Override
    public void save(List<Stored> put, List<String> removed) {
      saves++;
      records += put.size();
      behind.save(put, removed);
    }
  }

  private final class World implements CampaignWorld {
    @Override
    public Collection<Member> members() {
      return members;
    }

    @Override
    public boolean isListed(CampaignPlan.Target target) {
      return true;
    }

    @Override
    public CapacityAnswer capacity(CampaignPlan plan, Collection<Member> devices, long utcMillis) {
      return new CapacityAnswer.Fits(utcMillis);
    }
  }

  private static CampaignPlan plan() {
    return new CampaignPlan(
        "spring",
        new CampaignPlan.Target(
            FileVersion.of(2), Octets.fromHex("ab".repeat(32)), 768_000, ReasonClass.DEFECT),
        List.of(
            new CampaignPlan.GroupPlan(
                "all",
                DeviceQuery.all(),
                new GroupSize.All(),
                new Threshold.Count(DEVICES),
                new Threshold.Count(1_000),
                0,
                false)),
        List.of(),
        new CampaignPlan.Pace(DEVICES, DEVICES, DEVICES, 60_000, 0, 1),
        new CampaignPlan.Times(86_400_000, UTC + 86_400_000L * 365),
        false);
  }

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Test
  void p15() throws SQLException {
    for (int i = 0; i < DEVICES; i++) {
      members.add(
          new Member(
              Eui64.of(0x00DB_1234_0000_0000L + i),
              Eui64.of(0x00DB_1234_1000_0000L + i / 2),
              DeviceType.PPMID,
              "121D 00840001",
              Optional.of(FileVersion.of(1)),
              new Member.Cell(i % 3 == 0 ? "North" : "South", "cell " + i % 4)));
    }
    String url = StoreKind.H2.newUrl();
    long heapBefore = heap();
    try (Database database = Database.open(url)) {
      Lease lease = database.take("test", Duration.ofHours(8), System::nanoTime).orElseThrow();
      Counted store = new Counted(lease.store(SUPPLIER, CampaignMachine.KINDS));
      CampaignMachine machine =
          new CampaignMachine(new World(), store, ParameterValues.defaults(HeadEndParameter.class));
      Now now = new Now(0, UTC);
      machine.onStart(now, effects);
      machine.onInput(now, new CampaignInput.Create(plan(), "somebody"), effects);
      // Every state is tracked: each device gets its request, a thousand in one step.
      machine.onInput(now, new CampaignInput.Start("spring", "test"), effects);
      while (effects.toWan.size() < DEVICES / 10) {
        machine.onTimer(now, effects);
      }
      Turns turns = new Turns();
      Bare bare = Bare.of(database);
      while (effects.toWan.size() < DEVICES) {
        long begin = System.nanoTime();
        store.records = 0;
        for (int i = 0; i < GROUPS_OF_A_TURN && effects.toWan.size() < DEVICES; i++) {
          machine.onTimer(now, effects);
        }
        turns.add(store.records, System.nanoTime() - begin, bare.nanos(GROUPS_OF_A_TURN));
      }
      bare.drop();
      effects.toWan.clear();
      effects.events.clear();
      long heap = (heap() - heapBefore) / DEVICES;
      assertThat(machine.status("spring", now).orElseThrow().of(DeviceState.ORDERED))
          .isEqualTo(DEVICES);
      int saves = store.saves;
      machine.onInput(now, new CampaignInput.Stop("spring", "test", "enough"), effects);
      assertThat(store.saves - saves).as("steps of a stop").isEqualTo(1);
      assertThat(machine.status("spring", now).orElseThrow().state())
          .isEqualTo(CampaignState.STOPPED);
      compact(database);
      long octets = size(url) / DEVICES;
      System.out.printf(
          "P15, %,d devices: %d octets of heap and %d of store each, %s%n",
          DEVICES, heap, octets, turns);
      try (Database again = Database.open(url)) {
        assertThat(
                again.view(SUPPLIER, CampaignMachine.KINDS).load().stream()
                    .filter(each -> each.key().startsWith("campaign-device "))
                    .count())
            .as("records in the file that was measured")
            .isEqualTo(DEVICES);
      }
      assertThat(heap).isLessThanOrEqualTo(HEAP_PER_DEVICE);
      assertThat(octets).isLessThanOrEqualTo(STORE_PER_DEVICE);
      assertThat(turns.share()).as("share of a bare batch").isGreaterThanOrEqualTo(SHARE_OF_BARE);
    }
  }

  /** What a campaign and a bare batch did in turns. */
  private static final class Turns {
    private final List<Double> shares = new ArrayList<>();
    private double records;
    private double nanos;
    private double bareNanos;

    /** A turn of both: the bare one has groups of the full size. */
    void add(long done, long took, long bareTook) {
      double bareRecords = (double) GROUPS_OF_A_TURN * GROUP;
      shares.add(done / (double) took / (bareRecords / bareTook));
      records += done;
      nanos += took;
      bareNanos += bareTook;
    }

    /** The median of all turns. */
    double share() {
      return shares.stream().sorted().toList().get(shares.size() / 2);
    }

    @Override
    public String toString() {
      return "%,.0f changes/s, bare %,.0f/s, in %d turns: %.2f"
          .formatted(
              records * 1e9 / nanos,
              shares.size() * (double) GROUPS_OF_A_TURN * GROUP * 1e9 / bareNanos,
              shares.size(),
              share());
    }
  }

  /** Updates of rows of the same width in groups of the same size, each durable. */
  private static final class Bare {
    private final Database database;
    private final List<String> keys = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private int next;

    private Bare(Database database) {
      this.database = database;
    }

    /** With the rows that a campaign has by now. */
    static Bare of(Database database) {
      Bare bare = new Bare(database);
      database
          .session()
          .inTransaction(
              connection -> {
                run(
                    connection,
                    "create table bare (owner char(16) not null, record_key varchar(250) not null,"
                        + " position bigint generated always as identity, kind varchar(40) not"
                        + " null, body text not null, primary key (owner, record_key))");
                run(
                    connection,
                    "insert into bare (owner, record_key, kind, body) select owner, record_key,"
                        + " kind, body from kept_record where kind = 'campaign device'");
                try (var all = connection.createStatement();
                    var found = all.executeQuery("select record_key, body from bare")) {
                  while (found.next()) {
                    bare.keys.add(found.getString(1));
                    bare.bodies.add(found.getString(2));
                  }
                }
                return true;
              });
      return bare;
    }

    /** How long so many groups take. */
    long nanos(int groups) {
      return database
          .session()
          .inTransaction(
              connection -> {
                long begin = System.nanoTime();
                for (int i = 0; i < groups; i++) {
                  if (next + GROUP > keys.size()) {
                    next = 0;
                  }
                  update(
                      connection,
                      keys.subList(next, next + GROUP),
                      bodies.subList(next, next + GROUP));
                  connection.commit();
                  run(connection, "checkpoint sync");
                  connection.commit();
                  next += GROUP;
                }
                return System.nanoTime() - begin;
              });
    }

    void drop() {
      database
          .session()
          .inTransaction(
              connection -> {
                run(connection, "drop table bare");
                return true;
              });
    }
  }

  private static void update(Connection connection, List<String> keys, List<String> bodies)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update bare set kind = ?, body = ? where owner = ? and record_key = ?")) {
      for (int i = 0; i < keys.size(); i++) {
        update.setString(1, "campaign device");
        update.setString(2, bodies.get(i).replace("ORDERED", "UPDATED"));
        update.setString(3, SUPPLIER.toString());
        update.setString(4, keys.get(i));
        update.addBatch();
      }
      int[] done = update.executeBatch();
      assertThat(done).containsOnly(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Without the commit that the session does after it: the database is closed then. */
  private static void compact(Database database) {
    try {
      database
          .session()
          .inTransaction(
              connection -> {
                run(connection, "shutdown compact");
                return true;
              });
    } catch (DatabaseFailed closed) {
      assertThat(closed).hasMessageContaining("closed");
    }
  }

  private static long size(String url) {
    return new File(url.substring("jdbc:h2:file:".length()) + ".mv.db").length();
  }
}
