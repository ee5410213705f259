// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection, made anew where it broke. One transaction at a time, whoever asks. */
final class Session implements AutoCloseable {
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
        current = DriverManager.getConnection(url);
        connection = current;
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
