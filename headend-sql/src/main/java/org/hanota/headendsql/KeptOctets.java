// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.keys.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Large octets, kept once under their SHA-256 however many records have them: an image stands in a
 * request, in a letter and in a consignment. They go with the last record, of any machine, that
 * names them.
 */
final class KeptOctets {
  /** What is larger than this does not stand in a record itself. */
  static final int INLINE_MAX = 1_024;

  /** A row of a database should not be larger. */
  private static final int PIECE = 1 << 18;

  private final Set<String> fresh = new HashSet<>();
  private final Set<String> named = new TreeSet<>();
  private final Map<String, Octets> read = new HashMap<>();
  private final Set<String> checked = new HashSet<>();
  private @Nullable Connection connection;

  /** A transaction begins. */
  void begin(Connection current) {
    connection = current;
    fresh.clear();
    named.clear();
    read.clear();
    checked.clear();
  }

  /** The names that were written since this was asked last: those of one record. */
  Set<String> named() {
    Set<String> names = Set.copyOf(named);
    named.clear();
    return names;
  }

  /**
   * Records changed; octets that no record of anybody names any more are dropped.
   *
   * @param put which names each record has now
   * @param removed keys of records that are gone
   */
  void use(String owner, Map<String, Set<String>> put, List<String> removed) throws SQLException {
    if (free(owner, Stream.concat(put.keySet().stream(), removed.stream()).toList()) == 0
        && put.values().stream().allMatch(Set::isEmpty)) {
      return;
    }
    try (PreparedStatement insert =
        current()
            .prepareStatement(
                "insert into octets_use (owner, record_key, sha256) values (?, ?, ?)")) {
      for (Map.Entry<String, Set<String>> record : put.entrySet()) {
        for (String name : record.getValue()) {
          insert.setString(1, owner);
          insert.setString(2, record.getKey());
          insert.setString(3, name);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
    try (PreparedStatement drop =
        current()
            .prepareStatement(
                "delete from named_octets where not exists (select 1 from octets_use"
                    + " where octets_use.sha256 = named_octets.sha256)")) {
      drop.executeUpdate();
    }
  }

  private int free(String owner, List<String> keys) throws SQLException {
    try (PreparedStatement delete =
        current().prepareStatement("delete from octets_use where owner = ? and record_key = ?")) {
      for (String key : keys) {
        delete.setString(1, owner);
        delete.setString(2, key);
        delete.addBatch();
      }
      return keys.isEmpty() ? 0 : Arrays.stream(delete.executeBatch()).sum();
    }
  }

  /** Writes octets, unless they are there, and gives their name. */
  String write(OctetSource octets) throws SQLException {
    String name = Sha256.of(octets).toHex();
    named.add(name);
    if (!fresh.add(name) || isThere(name)) {
      return name;
    }
    try (PreparedStatement insert =
        current()
            .prepareStatement(
                "insert into named_octets (sha256, piece, octets) values (?, ?, ?)")) {
      int piece = 0;
      for (long at = 0; at < octets.size(); at += PIECE) {
        int length = (int) Math.min(PIECE, octets.size() - at);
        insert.setString(1, name);
        insert.setInt(2, piece);
        insert.setBytes(3, octets.octets(at, length).toByteArray());
        insert.executeUpdate();
        piece++;
      }
    }
    return name;
  }

  private boolean isThere(String name) throws SQLException {
    try (PreparedStatement ask =
        current().prepareStatement("select 1 from named_octets where sha256 = ? and piece = 0")) {
      ask.setString(1, name);
      try (ResultSet row = ask.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Fetches all octets that an owner's records name. */
  void load(String owner) throws SQLException {
    Map<String, ByteArrayOutputStream> all = new HashMap<>();
    try (PreparedStatement ask =
        current()
            .prepareStatement(
                "select sha256, octets from named_octets where sha256 in"
                    + " (select sha256 from octets_use where owner = ?) order by sha256, piece")) {
      ask.setString(1, owner);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          all.computeIfAbsent(rows.getString(1), none -> new ByteArrayOutputStream())
              .writeBytes(rows.getBytes(2));
        }
      }
    }
    all.forEach((name, whole) -> read.put(name, Octets.wrap(whole.toByteArray())));
  }

  /** Octets that were loaded: they are those. */
  Octets read(String name) {
    Octets octets = read.getOrDefault(name, Octets.EMPTY);
    if (checked.contains(name)) {
      return octets;
    }
    String found = Sha256.of(octets).toHex();
    if (!found.equals(name)) {
      throw new DatabaseFailed(
          octets.length() + " octets of the name " + name + " have the SHA-256 " + found);
    }
    checked.add(name);
    return octets;
  }

  private Connection current() {
    if (connection == null) {
      throw new IllegalStateException("no transaction has begun");
    }
    return connection;
  }
}
