// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hanota.api.Octets;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.Outbox;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.SupplierMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of a database, of either kind, beyond what holds of every store. */
class DatabaseTest {
  private static final Duration TERM = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final AtomicLong nanos = new AtomicLong();

  private static Letter.Message letter(long number, int length) {
    return new Letter.Message(
        SUPPLIER, DSP, number, new Content.FromHub(ESME, Octets.wrap(new byte[length])));
  }

  private static Database open(StoreKind kind) {
    return Database.open(kind.newUrl());
  }

  private Lease take(Database database, Duration lasts) {
    return database.take("test", lasts, nanos::get).orElseThrow();
  }

  private static Object sql(Database database, String statement) {
    return database
        .session()
        .inTransaction(
            connection -> {
              try (var done = connection.createStatement()) {
                return done.execute(statement);
              }
            });
  }

  private static void leaseRunsOut(Database database) {
    assertThat(sql(database, "update lease set until_time = current_timestamp")).isEqualTo(false);
  }

  /** A record of a kind that the machine does not have, and so nobody could read again. */
  private record Unknown(String key) implements Stored {}

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void ofWhatCannotBeKeptWholeNothingIsKept(StoreKind kind) {
    try (Database database = open(kind)) {
      RecordStore store = take(database, TERM).store(DSP, DspMachine.KINDS);
      store.save(List.of(letter(1, 10)), List.of());
      List<Stored> broken = List.of(letter(1, 2_000), letter(2, 3_000), new Unknown("x"));
      assertThatThrownBy(() -> store.save(broken, List.of("letter 1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Unknown");
      assertThat(store.load()).containsExactly(letter(1, 10));
      store.save(List.of(letter(2, 3_000)), List.of());
      assertThat(store.load()).containsExactly(letter(1, 10), letter(2, 3_000));
    }
  }

  private static long images(Database database) {
    return database
        .session()
        .inTransaction(
            connection -> {
              try (var ask = connection.createStatement();
                  var row = ask.executeQuery("select count(distinct sha256) from named_octets")) {
                assertThat(row.next()).isTrue();
                return row.getLong(1);
              }
            });
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void octetsGoWithTheLastRecordThatNamesThemWhoseverItIs(StoreKind kind) {
    try (Database database = open(kind)) {
      Lease lease = take(database, TERM);
      RecordStore one = lease.store(DSP, DspMachine.KINDS);
      RecordStore other = lease.store(SUPPLIER, SupplierMachine.KINDS);
      one.save(List.of(letter(1, 300_000), letter(2, 2_000)), List.of());
      other.save(List.of(letter(1, 300_000)), List.of());
      assertThat(images(database)).isEqualTo(2);
      one.save(List.of(letter(2, 3_000)), List.of("letter 1"));
      assertThat(images(database)).isEqualTo(2);
      assertThat(other.load()).containsExactly(letter(1, 300_000));
      other.save(List.of(), List.of("letter 1"));
      assertThat(images(database)).isEqualTo(1);
      // Whoever wrote it before writes it again.
      one.save(List.of(letter(3, 300_000)), List.of("letter 2"));
      assertThat(one.load()).containsExactly(letter(3, 300_000));
      one.save(List.of(letter(3, 10)), List.of());
      assertThat(images(database)).isZero();
    }
  }

  /** A database as the version before made it. */
  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void octetsOfADatabaseOfTheFirstVersionAreReadAndGoAsOthers(StoreKind kind) {
    String url = kind.newUrl();
    try (Database old = Database.open(url)) {
      Lease lease = take(old, TERM);
      lease.store(DSP, DspMachine.KINDS).save(List.of(letter(1, 300_000)), List.of());
      lease
          .store(SUPPLIER, SupplierMachine.KINDS)
          .save(List.of(letter(1, 300_000), letter(2, 2_000)), List.of());
      for (String statement :
          List.of(
              "drop table octets_use",
              "alter table named_octets rename to kept_octets",
              "delete from \"flyway_schema_history\" where \"version\" = '2'")) {
        Object unused = sql(old, statement);
      }
      leaseRunsOut(old);
    }
    try (Database database = Database.open(url)) {
      Lease lease = take(database, TERM);
      RecordStore one = lease.store(DSP, DspMachine.KINDS);
      RecordStore other = lease.store(SUPPLIER, SupplierMachine.KINDS);
      assertThat(one.load()).containsExactly(letter(1, 300_000));
      one.save(List.of(), List.of("letter 1"));
      assertThat(other.load()).containsExactly(letter(1, 300_000), letter(2, 2_000));
      other.save(List.of(), List.of("letter 1"));
      assertThat(images(database)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void oneHasTheLeaseAndWhoeverComesBackKeepsNothing(StoreKind kind) {
    try (Database one = open(kind)) {
      Lease first = take(one, TERM);
      RecordStore store = first.store(DSP, DspMachine.KINDS);
      store.save(List.of(letter(1, 1)), List.of());
      assertThat(one.take("other", TERM, nanos::get)).isEmpty();
      leaseRunsOut(one);
      Lease second = take(one, TERM);
      assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
      assertThatThrownBy(() -> store.save(List.of(letter(2, 1)), List.of("letter 1")))
          .isInstanceOf(LeaseLost.class)
          .hasMessageContaining("epoch " + first.epoch());
      assertThatThrownBy(first::renew).isInstanceOf(LeaseLost.class);
      assertThat(first.isHeld()).isFalse();
      first.close();
      second.renew();
      RecordStore others = second.store(DSP, DspMachine.KINDS);
      assertThat(others.load()).containsExactly(letter(1, 1));
      others.save(List.of(letter(3, 1)), List.of());
      assertThat(others.load()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void aLeaseThatIsGivenBackIsFreeAtOnceAndKeepsNothingMore(StoreKind kind) {
    try (Database database = open(kind)) {
      Lease first = take(database, TERM);
      RecordStore store = first.store(DSP, DspMachine.KINDS);
      first.close();
      assertThatThrownBy(() -> store.save(List.of(letter(1, 1)), List.of()))
          .isInstanceOf(LeaseLost.class);
      assertThat(take(database, TERM).isHeld()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void aDatabaseClockThatWentBackKeepsNobodyFromActing(StoreKind kind) {
    try (Database database = open(kind)) {
      Lease dead = take(database, TERM);
      Object unused =
          sql(database, "update lease set until_time = current_timestamp + interval '30' day");
      Lease next = take(database, TERM);
      assertThat(next.epoch()).isEqualTo(dead.epoch() + 1);
      assertThat(database.take("test", TERM, nanos::get)).isEmpty();
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUpAndNoRowIsWaitedForWithoutEnd() {
    try (Database database = Database.open(StoreKind.POSTGRESQL.newUrl())) {
      Object unused =
          database
              .session()
              .inTransaction(
                  connection -> {
                    assertThat(connection.getNetworkTimeout()).isBetween(1, 60_000);
                    try (var statement = connection.createStatement();
                        var row = statement.executeQuery("show lock_timeout")) {
                      assertThat(row.next()).isTrue();
                      assertThat(row.getString(1)).isEqualTo("2500ms");
                    }
                    return true;
                  });
    }
  }

  /** H151: the first records take a new process long, and the server ends whoever stands still. */
  @Test
  void noTransactionIsOpenWhileRecordsAreRead() {
    String url = StoreKind.POSTGRESQL.newUrl();
    RecordKinds kinds = RecordKinds.none().and("looking", Looking.class);
    try (Database one = Database.open(url);
        Database other = Database.open(url)) {
      take(one, TERM)
          .store(SUPPLIER, kinds)
          .save(List.of(new Looking("it", Octets.wrap(new byte[2_000]))), List.of());
      List<Integer> open = new ArrayList<>();
      Looking.LOOK.set(() -> open.add(openTransactions(other)));
      assertThat(one.view(SUPPLIER, kinds).load()).hasSize(1);
      assertThat(one.view(SUPPLIER, kinds).loadForStart()).hasSize(1);
      assertThat(open).containsExactly(0, 0);
    } finally {
      Looking.LOOK.set(() -> {});
    }
  }

  /** How many connections of others are in a transaction and do nothing. */
  private static int openTransactions(Database database) {
    return database
        .session()
        .inTransaction(
            connection -> {
              try (var statement = connection.createStatement();
                  var row =
                      statement.executeQuery(
                          "select count(*) from pg_stat_activity where datname ="
                              + " current_database() and state like 'idle in transaction%'")) {
                assertThat(row.next()).isTrue();
                return row.getInt(1);
              }
            });
  }

  /** A record that looks around when it is made. */
  record Looking(String key, Octets octets) implements Stored {
    static final AtomicReference<Runnable> LOOK = new AtomicReference<>(() -> {});

    Looking {
      requireNonNull(LOOK.get()).run();
    }
  }

  /** A process that is stopped, or a machine that hangs, has its transaction open meanwhile. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoStandsStillInATransactionKeepsNobodyFromTakingOver() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    CountDownLatch goOn = new CountDownLatch(1);
    String url = StoreKind.POSTGRESQL.newUrl();
    try (Database one = Database.open(url);
        Database other = Database.open(url)) {
      Lease first = take(one, TERM);
      leaseRunsOut(one);
      CountDownLatch locks = new CountDownLatch(1);
      Future<Boolean> still =
          thread.submit(
              () ->
                  one.session()
                      .inTransaction(
                          connection -> {
                            try (var statement = connection.createStatement()) {
                              statement.executeQuery("select epoch from lease for update");
                            }
                            locks.countDown();
                            return await(goOn);
                          }));
      assertThat(await(locks)).isTrue();
      assertThat(take(other, TERM).epoch()).isEqualTo(first.epoch() + 1);
      goOn.countDown();
      assertThatThrownBy(still::get).hasCauseInstanceOf(DatabaseFailed.class);
    } finally {
      goOn.countDown();
      thread.shutdown();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void aProcessKnowsByItsOwnClockWhenAnotherMayHaveTakenOver(StoreKind kind) {
    try (Database database = open(kind)) {
      Lease lease = take(database, SHORT);
      nanos.addAndGet(SHORT.toNanos() - 1);
      assertThat(lease.isHeld()).isTrue();
      nanos.addAndGet(1);
      assertThat(lease.isHeld()).isFalse();
      lease.renew();
      assertThat(lease.isHeld()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void whatIsKeptByAnotherVersionIsRefusedByName(StoreKind kind) {
    try (Database database = open(kind)) {
      take(database, TERM)
          .store(SUPPLIER, SupplierMachine.KINDS)
          .save(List.of(letter(1, 1), letter(2, 2_000)), List.of());
      RecordStore view = database.view(SUPPLIER, Outbox.KINDS);
      sql(database, "update kept_record set kind = 'parcel' where record_key = 'letter 1'");
      assertThatThrownBy(view::load)
          .isInstanceOf(DatabaseFailed.class)
          .hasMessageContaining("letter 1")
          .hasMessageContaining("parcel")
          .hasMessageContaining("allowed [letter, next letter]");
      sql(database, "update kept_record set kind = 'letter', body = '{\"a\":1}'");
      assertThatThrownBy(view::load)
          .isInstanceOf(DatabaseFailed.class)
          .hasMessageContaining("cannot be read");
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void anImageThatIsNoLongerWhatItWasIsNotRead(StoreKind kind) {
    try (Database database = open(kind)) {
      take(database, TERM)
          .store(DSP, DspMachine.KINDS)
          .save(List.of(letter(1, 300_000), letter(2, 300_000)), List.of());
      RecordStore view = database.view(DSP, DspMachine.KINDS);
      assertThat(view.load()).hasSize(2);
      sql(database, "delete from named_octets where piece = 1");
      assertThatThrownBy(view::load)
          .isInstanceOf(DatabaseFailed.class)
          .hasMessageContaining("SHA-256");
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void aDatabaseOfALaterVersionIsRefused(StoreKind kind) {
    String url = kind.newUrl();
    try (Database database = Database.open(url)) {
      sql(
          database,
          "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\","
              + " \"description\", \"type\", \"script\", \"installed_by\", \"execution_time\","
              + " \"success\") values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, true)");
    }
    assertThatThrownBy(() -> Database.open(url))
        .isInstanceOf(DatabaseFailed.class)
        .hasMessageContaining("99");
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void aConnectionThatBreaksIsMadeAnew(StoreKind kind) throws SQLException {
    try (Database database = open(kind)) {
      RecordStore store = take(database, TERM).store(DSP, DspMachine.KINDS);
      store.save(List.of(letter(1, 1)), List.of());
      assertThatThrownBy(() -> sql(database, "no such statement"))
          .isInstanceOf(DatabaseFailed.class);
      if (kind == StoreKind.POSTGRESQL) {
        sql(
            database,
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and datname = current_database()");
        assertThatThrownBy(() -> store.save(List.of(letter(2, 1)), List.of()))
            .isInstanceOf(DatabaseFailed.class);
      }
      assertThat(store.load()).containsExactly(letter(1, 1));
      store.save(List.of(letter(2, 1)), List.of());
      assertThat(store.load()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
  void whoOnlyLooksMakesNothing(StoreKind kind) throws SQLException {
    String url = kind.newUrl();
    DriverManager.getConnection(url).close();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Database.look(url))
          .isInstanceOf(DatabaseFailed.class)
          .hasMessageContaining("it has no tables of a head end");
    }
    Database.open(url).close();
    try (Database looked = Database.look(url)) {
      assertThat(looked.view(DSP, DspMachine.KINDS).load()).isEmpty();
    }
  }

  @org.junit.jupiter.api.Test
  void whatIsNoDatabaseIsSaidSoWithoutItsPassword() {
    assertThatThrownBy(() -> Database.open("jdbc:mysql://x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed jdbc:h2:file:PATH or jdbc:postgresql:");
    assertThatThrownBy(
            () -> Database.open("jdbc:postgresql://127.0.0.1:1/none?user=me&password=secret"))
        .isInstanceOf(DatabaseFailed.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none")
        .hasMessageNotContaining("secret");
  }
}
