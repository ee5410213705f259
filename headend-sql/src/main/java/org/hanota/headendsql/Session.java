// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection, made anew where it broke. One transaction at a time, whoever asks. */
final class Session implements AutoCloseable {
  /** Far less than the term of a lease; a pause of the machine's memory is shorter. */
  private static final int STILL_MILLIS = 2_000;

  /** As long: whoever holds a row is ended by the server after that time. */
  private static final int LOCK_MILLIS = 2_500;

  /** A host that is there answers at once. */
  private static final int CONNECT_SECONDS = 5;

  /** More than any one answer takes, so that a host that vanished is found. */
  private static final int ANSWER_SECONDS = 30;

  private final String url;
  private final String shown;
  private final boolean isH2;
  private @Nullable Connection connection;

  Session(String url, String shown, boolean isH2) {
    this.url = url;
    this.shown = shown;
    this.isH2 = isH2;
  }

  /** Something that is done with a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * Does something and commits it; it is durable on return. Nothing of it is kept where it fails,
   * and a connection on which something failed is not used again.
   */
  synchronized <T> T inTransaction(Work<T> work) {
    try {
      Connection current = connection;
      if (current == null) {
        current = DriverManager.getConnection(url, isH2 ? new Properties() : limits());
        connection = current;
        if (!isH2) {
          limit(current);
        }
        current.setAutoCommit(false);
      }
      T result = work.with(current);
      current.commit();
      sync(current);
      return result;
    } catch (SQLException fault) {
      throw discarded(new DatabaseFailed(shown + ": " + fault.getMessage(), fault));
    } catch (RuntimeException fault) {
      throw discarded(fault);
    }
  }

  /** What the driver gives a server that says nothing; what the URL says of it counts more. */
  private static Properties limits() {
    Properties limits = new Properties();
    limits.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    limits.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
    limits.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    limits.setProperty("tcpKeepAlive", "true");
    return limits;
  }

  /**
   * The server ends a transaction in which nothing happens: a process that stands still would keep
   * the lease's row, and nobody could take over.
   */
  private static void limit(Connection made) throws SQLException {
    try (Statement statement = made.createStatement()) {
      statement.execute("set idle_in_transaction_session_timeout = " + STILL_MILLIS);
      statement.execute("set lock_timeout = " + LOCK_MILLIS);
    }
  }

  /** H2 hands a commit to the system and does not wait until that has written it. */
  private void sync(Connection current) throws SQLException {
    if (isH2) {
      try (Statement statement = current.createStatement()) {
        statement.execute("checkpoint sync");
      }
      current.commit();
    }
  }

  /** Closing rolls back. */
  private RuntimeException discarded(RuntimeException cause) {
    try (Connection broken = connection) {
      connection = null;
      if (broken != null) {
        broken.rollback();
      }
    } catch (SQLException fault) {
      cause.addSuppressed(fault);
    }
    return cause;
  }

  @Override
  public synchronized void close() {
    Connection last = connection;
    connection = null;
    try {
      if (last != null) {
        last.close();
      }
    } catch (SQLException fault) {
      throw new DatabaseFailed(shown + ": " + fault.getMessage(), fault);
    }
  }
}
