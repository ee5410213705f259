// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.keys.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Large octets, kept once under their SHA-256 however many records have them: an image stands in a
 * request, in a letter and in a consignment. Requests are never forgotten, so neither are these.
 */
final class KeptOctets {
  /** What is larger than this does not stand in a record itself. */
  static final int INLINE_MAX = 1_024;

  /** A row of a database should not be larger. */
  private static final int PIECE = 1 << 18;

  private final Set<String> known = new HashSet<>();
  private final Set<String> fresh = new HashSet<>();
  private final Map<String, Octets> read = new HashMap<>();
  private @Nullable Connection connection;

  /** A transaction begins. */
  void begin(Connection current) {
    connection = current;
    fresh.clear();
    read.clear();
  }

  /** What the transaction wrote is there. */
  void committed() {
    known.addAll(fresh);
    fresh.clear();
  }

  /** Writes octets, unless they are there, and gives their name. */
  String write(OctetSource octets) throws SQLException {
    String name = Sha256.of(octets).toHex();
    if (known.contains(name) || !fresh.add(name) || isThere(name)) {
      return name;
    }
    try (PreparedStatement insert =
        current()
            .prepareStatement("insert into kept_octets (sha256, piece, octets) values (?, ?, ?)")) {
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
        current().prepareStatement("select 1 from kept_octets where sha256 = ? and piece = 0")) {
      ask.setString(1, name);
      try (ResultSet row = ask.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Reads octets, and checks that they are those. */
  Octets read(String name) throws SQLException {
    Octets before = read.get(name);
    if (before != null) {
      return before;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (PreparedStatement ask =
        current()
            .prepareStatement("select octets from kept_octets where sha256 = ? order by piece")) {
      ask.setString(1, name);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          whole.writeBytes(rows.getBytes(1));
        }
      }
    }
    Octets octets = Octets.wrap(whole.toByteArray());
    String found = Sha256.of(octets).toHex();
    if (!found.equals(name)) {
      throw new DatabaseFailed(
          octets.length() + " octets of the name " + name + " have the SHA-256 " + found);
    }
    read.put(name, octets);
    return octets;
  }

  private Connection current() {
    if (connection == null) {
      throw new IllegalStateException("no transaction has begun");
    }
    return connection;
  }
}
