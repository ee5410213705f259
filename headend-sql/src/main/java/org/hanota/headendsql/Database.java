// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.hanota.api.Eui64;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;

/**
 * A database in which head ends keep what they must not forget: H2 in a file for one process, or
 * PostgreSQL for several, of which one acts at a time. Its tables are brought up to date when it is
 * opened. What is committed is durable: H2 is told to write through at each commit.
 */
public final class Database implements AutoCloseable {
  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** What H2 says of a file that is not there, where it may not make it. */
  private static final int NOT_FOUND = 90_146;

  /** What H2 says of a file that another process has open. */
  private static final int IN_USE = 90_020;

  private static final String ALLOWED =
      "jdbc:h2:file:PATH or jdbc:postgresql://HOST:PORT/NAME?user=NAME";

  private final String url;
  private final boolean isH2;
  private final Session session;

  private Database(String url, boolean isH2) {
    this.url = url;
    this.isH2 = isH2;
    this.session = newSession();
  }

  /**
   * Opens a database and makes or changes its tables where that is needed.
   *
   * @param url as JDBC names it
   * @throws IllegalArgumentException if it is of another kind
   * @throws DatabaseFailed if it cannot be opened, or a newer version of this program has changed
   *     its tables
   */
  public static Database open(String url) {
    return open(url, Flyway::migrate);
  }

  /**
   * Opens a database that a head end made, to look at: nothing in it is made or changed.
   *
   * @param url as JDBC names it
   * @throws IllegalArgumentException if it is of another kind
   * @throws DatabaseFailed if it cannot be opened, or its tables are not those of this version
   */
  public static Database look(String url) {
    return open(
        url.startsWith(H2) ? url + ";IFEXISTS=TRUE" : url,
        flyway -> {
          if (flyway.info().current() == null) {
            throw new DatabaseFailed(
                "cannot look at "
                    + shown(url)
                    + ": it has no tables of a head end, allowed one that hanota headend serve"
                    + " made");
          }
          flyway.validate();
        });
  }

  private static Database open(String url, Consumer<Flyway> ready) {
    boolean isH2 = url.startsWith(H2);
    if (!isH2 && !url.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException("store is \"" + url + "\", allowed " + ALLOWED);
    }
    // Without it H2 writes half a second after the commit.
    String durable = isH2 ? url + ";WRITE_DELAY=0" : url;
    try {
      ready.accept(
          Flyway.configure()
              .dataSource(durable, null, null)
              .locations("classpath:org/hanota/headendsql/migration")
              // Tables of a later version are not for this one.
              .ignoreMigrationPatterns(new String[0])
              .load());
    } catch (FlywayException fault) {
      throw new DatabaseFailed("cannot open " + shown(url) + ": " + reason(fault), fault);
    }
    return new Database(durable, isH2);
  }

  /** One line of the database's own; that of the library around it may have a password. */
  private static String reason(FlywayException fault) {
    for (Throwable at = fault; at != null; at = at.getCause()) {
      if (at instanceof SQLException cause) {
        return switch (cause.getErrorCode()) {
          case NOT_FOUND -> "there is none";
          case IN_USE ->
              "another process uses it, and a file of H2 is for one at a time: stop that process"
                  + " first, or use jdbc:postgresql: for several";
          default -> line(cause);
        };
      }
    }
    return line(fault);
  }

  private static String line(Throwable fault) {
    return String.join(" ", String.valueOf(fault.getMessage()).lines().toList());
  }

  /** Without what stands behind the name, which may be a password. */
  private static String shown(String url) {
    return url.replaceFirst("[?;].*", "");
  }

  Session newSession() {
    return new Session(url, shown(url), isH2);
  }

  /** The database's own session. */
  Session session() {
    return session;
  }

  /**
   * What one machine has kept here, to look at only.
   *
   * @param owner the machine's id
   * @param kinds what it keeps
   */
  public RecordStore view(Eui64 owner, RecordKinds kinds) {
    return new SqlRecordStore(session, owner, kinds, null);
  }

  /**
   * Takes the lease if nobody has it.
   *
   * @param holder for people: which process, at most 200 characters
   * @param lasts for how long it is taken and renewed each time, from a second
   * @param nanos a clock that only goes forward
   */
  public Optional<Lease> take(String holder, Duration lasts, LongSupplier nanos) {
    return Lease.take(this, holder, lasts, nanos);
  }

  /** Leases of it cannot be renewed or given back any more. */
  @Override
  public void close() {
    session.close();
  }
}
