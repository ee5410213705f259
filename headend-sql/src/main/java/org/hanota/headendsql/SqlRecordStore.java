// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hanota.api.Eui64;
import org.hanota.headend.store.LogEntry;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.jspecify.annotations.Nullable;

/** The records of one machine in a database: what one of its calls changed is one transaction. */
final class SqlRecordStore implements RecordStore {
  private static final int KEY_MAX = 250;

  private static final String LAST_OF_KIND =
      " and (kind <> ? or position ="
          + " (select max(position) from kept_record where owner = ? and kind = ?))";

  private final Session session;
  private final String owner;
  private final RecordKinds kinds;
  private final @Nullable Lease lease;
  private final RecordJson json;
  private final KeptOctets octets = new KeptOctets();

  SqlRecordStore(Session session, Eui64 owner, RecordKinds kinds, @Nullable Lease lease) {
    this.session = session;
    this.owner = owner.toString();
    this.kinds = kinds;
    this.lease = lease;
    this.json = new RecordJson(octets);
  }

  /** A record as it stands in its row. */
  private record Row(String key, String kind, String body, Set<String> octets) {}

  @Override
  public List<Stored> load() {
    return read(List.of());
  }

  @Override
  public List<Stored> loadForStart() {
    return read(logKinds());
  }

  /**
   * A transaction only fetches: the server ends one in which nothing happens for a while, and to
   * read the first records takes a new process on a busy machine longer.
   */
  private List<Stored> read(List<String> lastOnly) {
    return session.inTransaction(current -> load(current, lastOnly)).stream()
        .map(this::read)
        .toList();
  }

  private List<String> logKinds() {
    return kinds.all().entrySet().stream()
        .filter(kind -> LogEntry.class.isAssignableFrom(kind.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** All records but those of some kinds, of each of which it gives the last; and their octets. */
  private List<Row> load(Connection current, List<String> lastOnly) throws SQLException {
    List<Row> records = new ArrayList<>();
    octets.begin(current);
    octets.load(owner);
    try (PreparedStatement ask =
        current.prepareStatement(
            "select record_key, kind, body from kept_record where owner = ?"
                + LAST_OF_KIND.repeat(lastOnly.size())
                + " order by position")) {
      int at = 1;
      ask.setString(at++, owner);
      for (String kind : lastOnly) {
        ask.setString(at++, kind);
        ask.setString(at++, owner);
        ask.setString(at++, kind);
      }
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          records.add(new Row(rows.getString(1), rows.getString(2), rows.getString(3), Set.of()));
        }
      }
    }
    return records;
  }

  private Stored read(Row row) {
    Class<? extends Stored> kind =
        kinds
            .kind(row.kind())
            .orElseThrow(
                () ->
                    new DatabaseFailed(
                        "record \"%s\" of %s is of kind \"%s\", allowed %s"
                            .formatted(row.key(), owner, row.kind(), kinds.all().keySet())));
    try {
      return json.read(row.body(), kind);
    } catch (IllegalArgumentException fault) {
      throw new DatabaseFailed(
          "record \"" + row.key() + "\" of " + owner + " cannot be read: " + fault.getMessage(),
          fault);
    }
  }

  private Row write(Stored record) {
    String kind =
        kinds
            .name(record)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "record is a " + record.getClass() + ", allowed " + kinds.all()));
    if (record.key().length() > KEY_MAX) {
      throw new IllegalArgumentException(
          "key has " + record.key().length() + " characters, allowed " + KEY_MAX);
    }
    return new Row(record.key(), kind, json.write(record), octets.named());
  }

  @Override
  public void save(List<Stored> put, List<String> removed) {
    Lease held = lease;
    if (held == null) {
      throw new IllegalStateException("this store was opened to be looked at only");
    }
    Object unused =
        session.inTransaction(
            current -> {
              held.check(current);
              octets.begin(current);
              List<Row> rows = put.stream().map(this::write).toList();
              put(current, rows);
              remove(current, removed);
              octets.use(
                  owner, rows.stream().collect(Collectors.toMap(Row::key, Row::octets)), removed);
              return true;
            });
  }

  private void put(Connection current, List<Row> rows) throws SQLException {
    List<Row> fresh = new ArrayList<>();
    try (PreparedStatement update =
        current.prepareStatement(
            "update kept_record set kind = ?, body = ? where owner = ? and record_key = ?")) {
      int[] changed = batch(update, rows);
      for (int i = 0; i < changed.length; i++) {
        if (changed[i] == 0) {
          fresh.add(rows.get(i));
        }
      }
    }
    try (PreparedStatement insert =
        current.prepareStatement(
            "insert into kept_record (kind, body, owner, record_key) values (?, ?, ?, ?)")) {
      batch(insert, fresh);
    }
  }

  private int[] batch(PreparedStatement statement, List<Row> rows) throws SQLException {
    for (Row row : rows) {
      statement.setString(1, row.kind());
      statement.setString(2, row.body());
      statement.setString(3, owner);
      statement.setString(4, row.key());
      statement.addBatch();
    }
    return rows.isEmpty() ? new int[0] : statement.executeBatch();
  }

  private void remove(Connection current, List<String> removed) throws SQLException {
    if (removed.isEmpty()) {
      return;
    }
    try (PreparedStatement delete =
        current.prepareStatement("delete from kept_record where owner = ? and record_key = ?")) {
      for (String key : removed) {
        delete.setString(1, owner);
        delete.setString(2, key);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }
}
