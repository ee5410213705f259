// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignMachine;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.CampaignStatus;
import org.hanota.headend.campaign.CampaignWorld;
import org.hanota.headend.campaign.DeviceQuery;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.campaign.Threshold;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.letter.LetterEffects;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.headendsql.Database;
import org.hanota.headendsql.Lease;

/**
 * P15: a campaign over many devices held in H2: heap and compacted store of each, durable state
 * changes beside a bare JDBC batch, and the steps of a stop.
 */
public final class CampaignCost {
  private static final int MILLION = 1_000_000;
  private static final int SHORT_DEVICES = 50_000;

  /** As many as one call of a campaign keeps. */
  private static final int GROUP = 1_000;

  /** Both take turns of so many groups, so that what else the machine does meets both. */
  private static final int TURNS = 25;

  private static final long UTC = 1_795_000_000_000L;
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final double NANOS = 1e9;

  private final int devices;
  private final List<Member> members = new ArrayList<>();
  private final Counted effects = new Counted();

  private CampaignCost(int devices) {
    this.devices = devices;
    for (int i = 0; i < devices; i++) {
      members.add(
          new Member(
              Eui64.of(0x00DB_1234_0000_0000L + i),
              Eui64.of(0x00DB_1234_1000_0000L + i / 2),
              DeviceType.PPMID,
              "121D 00840001",
              Optional.of(FileVersion.of(1)),
              new Member.Cell(i % 3 == 0 ? "North" : "South", "cell " + i % 4)));
    }
  }

  /**
   * What was measured.
   *
   * @param heapOctets of each device, while the campaign runs
   * @param storeOctets of each device, in the compacted file
   * @param share median over the turns: durable state changes a second, of those of a bare batch
   * @param changesPerSecond durable state changes
   * @param barePerSecond those of a bare batch
   * @param stopSteps commits that a stop took
   * @param kept devices that the file has in the end
   */
  public record Cost(
      int devices,
      long heapOctets,
      long storeOctets,
      double share,
      double changesPerSecond,
      double barePerSecond,
      int stopSteps,
      long kept) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "P15  campaign over %,d devices: %d octets of heap and %d of store each; %,.0f durable"
              + " changes/s, bare batch %,.0f/s, in turns %.2f; a stop in %d commit(s)",
          devices,
          heapOctets,
          storeOctets,
          changesPerSecond,
          barePerSecond,
          share,
          stopSteps);
    }
  }

  /** P15: a million devices; 50,000 with {@code -Dhanota.soak=short}. */
  public static void run(PrintStream out) {
    boolean isShort = "short".equals(System.getProperty("hanota.soak"));
    out.println(measure(isShort ? SHORT_DEVICES : MILLION));
  }

  /** Measures with so many devices, in a database that is gone afterwards. */
  public static Cost measure(int devices) {
    try {
      Path folder = Files.createTempDirectory("hanota-campaign");
      try {
        return new CampaignCost(devices).measured(folder);
      } finally {
        try (var files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (SQLException fault) {
      throw new IllegalStateException(fault);
    }
  }

  private Cost measured(Path folder) throws SQLException, IOException {
    String url = "jdbc:h2:file:" + folder.resolve("head-end");
    long heapBefore = heap();
    Turns turns = new Turns();
    long heap;
    int stopSteps;
    try (Database database = Database.open(url);
        Lease lease = database.take("bench", Duration.ofHours(8), System::nanoTime).orElseThrow()) {
      Saves store = new Saves(lease.store(SUPPLIER, CampaignMachine.KINDS));
      CampaignMachine machine =
          new CampaignMachine(new World(), store, ParameterValues.defaults(HeadEndParameter.class));
      Now now = new Now(0, UTC);
      machine.onStart(now, effects);
      machine.onInput(now, new CampaignInput.Create(plan(), "somebody"), effects);
      // Every state is tracked: each device gets its request, a thousand in one step.
      machine.onInput(now, new CampaignInput.Start("spring", "bench"), effects);
      while (effects.requests < devices / 10) {
        machine.onTimer(now, effects);
      }
      int groups = Math.max(1, devices / GROUP / TURNS);
      try (BareBatch bare = new BareBatch(url)) {
        while (effects.requests < devices) {
          long begin = System.nanoTime();
          store.records = 0;
          for (int i = 0; i < groups && effects.requests < devices; i++) {
            machine.onTimer(now, effects);
          }
          long took = System.nanoTime() - begin;
          turns.add(store.records, took, (long) groups * GROUP, bare.nanos(groups, GROUP));
        }
      }
      heap = (heap() - heapBefore) / devices;
      int before = store.saves;
      machine.onInput(now, new CampaignInput.Stop("spring", "bench", "enough"), effects);
      stopSteps = store.saves - before;
      CampaignStatus status = machine.status("spring", now).orElseThrow();
      if (status.state() != CampaignState.STOPPED) {
        throw new AssertionError("a stopped campaign is " + status.state());
      }
    }
    compact(url);
    long octets = Files.size(folder.resolve("head-end.mv.db")) / devices;
    return new Cost(
        devices,
        heap,
        octets,
        turns.share(),
        turns.records * NANOS / turns.nanos,
        turns.bareRecords * NANOS / turns.bareNanos,
        stopSteps,
        kept(url));
  }

  private CampaignPlan plan() {
    return new CampaignPlan(
        "spring",
        new CampaignPlan.Target(
            FileVersion.of(2), Octets.fromHex("ab".repeat(32)), 768_000, ReasonClass.DEFECT),
        List.of(
            new CampaignPlan.GroupPlan(
                "all",
                DeviceQuery.all(),
                new GroupSize.All(),
                new Threshold.Count(devices),
                new Threshold.Count(1_000),
                0,
                false)),
        List.of(),
        new CampaignPlan.Pace(devices, devices, devices, 60_000, 0, 1),
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

  private static void compact(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("shutdown compact");
    }
  }

  /** Devices in the file that was measured. */
  private static long kept(String url) {
    try (Database database = Database.open(url)) {
      return database.view(SUPPLIER, CampaignMachine.KINDS).load().stream()
          .filter(each -> each.key().startsWith("campaign-device "))
          .count();
    }
  }

  /** Counts requests, and keeps none of them. */
  private static final class Counted extends LetterEffects {
    private int requests;

    @Override
    public void wakeAt(long monotonicNanos) {}

    @Override
    public void toWan(ToWan what) {
      requests++;
    }

    @Override
    public void report(Event event) {}
  }

  /** Counts what is kept. */
  private static final class Saves implements RecordStore {
    private final RecordStore behind;
    private int saves;
    private long records;

    Saves(RecordStore behind) {
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

  /** A world in which everything is allowed and fits. */
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
    public CapacityAnswer capacity(CampaignPlan plan, Collection<Member> of, long utcMillis) {
      return new CapacityAnswer.Fits(utcMillis);
    }
  }

  /** What a campaign and a bare batch did in turns. */
  private static final class Turns {
    private final List<Double> shares = new ArrayList<>();
    private double records;
    private double nanos;
    private double bareRecords;
    private double bareNanos;

    void add(long done, long took, long bareDone, long bareTook) {
      shares.add(done / (double) took / (bareDone / (double) bareTook));
      records += done;
      nanos += took;
      bareRecords += bareDone;
      bareNanos += bareTook;
    }

    /** The median of all turns. */
    double share() {
      return shares.stream().sorted().toList().get(shares.size() / 2);
    }
  }
}
