// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;

/**
 * The right to act on what a database keeps: one process has it at a time, for a while, as the
 * database's clock says. Who takes it over gets a higher epoch; each transaction checks its own, so
 * that a process that was stopped and goes on again keeps nothing. Safe for use by several threads.
 */
public final class Lease implements AutoCloseable {
  private static final String NAME = "head end";

  private final Database database;
  private final Session stores;
  private final Duration lasts;
  private final LongSupplier nanos;
  private final long epoch;

  /** Until then nobody else can have it, by this process's own clock. */
  private volatile long untilNanos;

  private Lease(
      Database database, Duration lasts, LongSupplier nanos, long epoch, long untilNanos) {
    this.database = database;
    this.stores = database.newSession();
    this.lasts = lasts;
    this.nanos = nanos;
    this.epoch = epoch;
    this.untilNanos = untilNanos;
  }

  /**
   * Takes the lease if nobody has it.
   *
   * @param holder for people: which process
   * @param lasts for how long it is taken and renewed each time
   * @param nanos a clock that only goes forward
   */
  static Optional<Lease> take(
      Database database, String holder, Duration lasts, LongSupplier nanos) {
    return database
        .session()
        .inTransaction(
            connection -> {
              long before = nanos.getAsLong();
              try (PreparedStatement take =
                  connection.prepareStatement(
                      "update lease set epoch = epoch + 1, holder = ?, until_time ="
                          + " current_timestamp + cast(? as integer) * interval '1' second where"
                          + " name = ? and (until_time <= current_timestamp or until_time >"
                          + " current_timestamp + cast(? as integer) * interval '1' second)")) {
                take.setString(1, holder);
                take.setInt(2, (int) lasts.toSeconds());
                take.setString(3, NAME);
                // Nobody takes it for so long: the database's clock went back since.
                take.setInt(4, 2 * (int) lasts.toSeconds());
                if (take.executeUpdate() == 0) {
                  return Optional.empty();
                }
              }
              long epoch = current(connection, "");
              return Optional.of(
                  new Lease(database, lasts, nanos, epoch, before + lasts.toNanos()));
            });
  }

  /** Who took it last, as that process named itself. */
  static String holder(Database database) {
    return database
        .session()
        .inTransaction(
            connection -> {
              try (PreparedStatement ask =
                  connection.prepareStatement("select holder from lease where name = ?")) {
                ask.setString(1, NAME);
                try (ResultSet row = ask.executeQuery()) {
                  return row.next() ? row.getString(1) : "nobody";
                }
              }
            });
  }

  private static long current(Connection connection, String lock) throws SQLException {
    try (PreparedStatement ask =
        connection.prepareStatement("select epoch from lease where name = ?" + lock)) {
      ask.setString(1, NAME);
      try (ResultSet row = ask.executeQuery()) {
        if (!row.next()) {
          throw new DatabaseFailed(
              "the table lease has no row \"" + NAME + "\", allowed the one of its migration");
        }
        return row.getLong(1);
      }
    }
  }

  /**
   * What one machine keeps, as long as this process has the lease: each save looks for that. The
   * stores of a lease are for one thread at a time.
   *
   * @param owner the machine's id
   * @param kinds what it keeps
   */
  public RecordStore store(Eui64 owner, RecordKinds kinds) {
    return new SqlRecordStore(stores, owner, kinds, this);
  }

  /** Which taking over this is: one more than that before. */
  public long epoch() {
    return epoch;
  }

  /** Whether nobody else can have it now, as this process's own clock says. */
  public boolean isHeld() {
    return nanos.getAsLong() - untilNanos < 0;
  }

  /**
   * Has it for a while longer.
   *
   * @throws LeaseLost if another process has it
   * @throws DatabaseFailed if the database cannot be asked; it may be asked again
   */
  public void renew() {
    long before = nanos.getAsLong();
    int renewed =
        database
            .session()
            .inTransaction(
                connection -> {
                  try (PreparedStatement renew =
                      connection.prepareStatement(
                          "update lease set until_time = current_timestamp"
                              + " + cast(? as integer) * interval '1' second"
                              + " where name = ? and epoch = ?")) {
                    renew.setInt(1, (int) lasts.toSeconds());
                    renew.setString(2, NAME);
                    renew.setLong(3, epoch);
                    return renew.executeUpdate();
                  }
                });
    if (renewed == 0) {
      untilNanos = before;
      throw lost();
    }
    untilNanos = before + lasts.toNanos();
  }

  /**
   * Nobody takes it over before the end of this transaction.
   *
   * @throws LeaseLost if another process has it
   */
  void check(Connection connection) throws SQLException {
    if (current(connection, " for update") != epoch) {
      throw lost();
    }
  }

  private LeaseLost lost() {
    return new LeaseLost("another process has taken over after epoch " + epoch);
  }

  /**
   * Gives it back, so that another process need not wait until it has run out. Its stores keep
   * nothing from now on.
   */
  @Override
  public void close() {
    stores.close();
    int unused =
        database
            .session()
            .inTransaction(
                connection -> {
                  try (PreparedStatement free =
                      connection.prepareStatement(
                          "update lease set epoch = epoch + 1, until_time = current_timestamp"
                              + " where name = ? and epoch = ?")) {
                    free.setString(1, NAME);
                    free.setLong(2, epoch);
                    return free.executeUpdate();
                  }
                });
    untilNanos = nanos.getAsLong();
  }
}
