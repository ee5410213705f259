// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.campaign;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What plain JDBC does: updates of rows as wide as a campaign's, in groups, each durable. */
final class BareBatch implements AutoCloseable {
  private record Row(String owner, String key, String body) {}

  private final Connection connection;
  private final List<Row> rows = new ArrayList<>();
  private int next;

  /** A table of its own in the same database, with the rows that a campaign has there by now. */
  BareBatch(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    run(
        "create table bare (owner char(16) not null, record_key varchar(250) not null,"
            + " position bigint generated always as identity, kind varchar(40) not null,"
            + " body text not null, primary key (owner, record_key))");
    run(
        "insert into bare (owner, record_key, kind, body) select owner, record_key, kind, body"
            + " from kept_record where kind = 'campaign device'");
    try (Statement all = connection.createStatement();
        ResultSet found = all.executeQuery("select owner, record_key, body from bare")) {
      while (found.next()) {
        rows.add(new Row(found.getString(1), found.getString(2), found.getString(3)));
      }
    }
    connection.commit();
  }

  /** How long it takes to update so many groups of so many rows, in nanoseconds. */
  long nanos(int groups, int size) throws SQLException {
    long begin = System.nanoTime();
    for (int i = 0; i < groups; i++) {
      if (next + size > rows.size()) {
        next = 0;
      }
      update(rows.subList(next, next + size));
      connection.commit();
      run("checkpoint sync");
      connection.commit();
      next += size;
    }
    return System.nanoTime() - begin;
  }

  private void update(List<Row> group) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update bare set kind = ?, body = ? where owner = ? and record_key = ?")) {
      for (Row row : group) {
        update.setString(1, "campaign device");
        update.setString(2, row.body().replace("ORDERED", "UPDATED"));
        update.setString(3, row.owner());
        update.setString(4, row.key());
        update.addBatch();
      }
      for (int done : update.executeBatch()) {
        if (done != 1) {
          throw new AssertionError(done + " rows updated by one statement");
        }
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Leaves the database without its table. */
  @Override
  public void close() throws SQLException {
    run("drop table bare");
    connection.commit();
    connection.close();
  }
}
