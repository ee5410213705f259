// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;

/**
 * The MVStore file of the transfers. Its own checks do not cover what its pages hold, so each value
 * carries a seal over itself and its key.
 */
final class StoreFile implements AutoCloseable {
  private static final String COUNT_KEY = "count";

  /** Where the time stands, behind the counts. */
  private static final int CLOCK_AT = 48;

  private final MVStore store;
  private final MVMap<String, byte[]> records;
  private final MVMap<String, byte[]> failures;
  private final MVMap<String, byte[]> waiting;
  private final MVMap<String, byte[]> orders;
  private final MVMap<String, byte[]> about;

  /**
   * What could be read.
   *
   * @param schema the version of the records
   * @param count the saves so far; -1 if that is lost
   * @param problems what could not be read; empty if nothing is wrong
   */
  record Contents(
      int schema,
      long count,
      Map<UpdateName, TransferRecord> records,
      Map<Octets, Integer> failures,
      Map<Peer, List<Octets>> waiting,
      Map<ImageId, ImageOrder> orders,
      StoredClock clock,
      List<String> problems) {}

  /**
   * Opens or makes the file.
   *
   * @throws MVStoreException if it is damaged beyond opening; other runtime exceptions too
   */
  StoreFile(Path file) {
    // Every save is forced before the next one, so space that is free may be used again at once.
    store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
    try {
      store.setRetentionTime(0);
      records = map("records");
      failures = map("failures");
      waiting = map("waiting");
      orders = map("orders");
      about = map("about");
    } catch (RuntimeException | AssertionError e) {
      store.closeImmediately();
      throw e;
    }
  }

  private MVMap<String, byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** Reads everything that is right. */
  Contents contents() {
    List<String> problems = new ArrayList<>();
    long count = count(problems);
    int schema = store.getStoreVersion();
    Map<UpdateName, TransferRecord> found = new TreeMap<>();
    Map<Octets, Integer> counts = new TreeMap<>();
    Map<Peer, List<Octets>> messages = new TreeMap<>();
    Map<ImageId, ImageOrder> said = new TreeMap<>();
    if (schema >= 1 && schema <= Schema.NEWEST) {
      each(
          records,
          problems,
          value -> {
            TransferRecord record = RecordCodec.decode(Schema.migrate(schema, value));
            found.put(record.name(), record);
          });
      each(
          failures,
          problems,
          value -> {
            OctetReader in = new OctetReader(value);
            Octets hash = in.octets("hash", in.uint8("length"));
            counts.put(hash.copy(), (int) in.uint32be("count"));
          });
      each(
          waiting,
          problems,
          value -> {
            OctetReader in = new OctetReader(value);
            Peer device = RecordFields.peer(in);
            messages.put(device, RecordCodec.messages(in));
          });
      each(
          orders,
          problems,
          value -> {
            ImageOrder order = RecordCodec.order(value);
            said.put(order.image(), order);
          });
    }
    return new Contents(schema, count, found, counts, messages, said, clock(), problems);
  }

  /** The saves so far, and what they left: a page that is lost takes its keys with it unseen. */
  private long count(List<String> problems) {
    try {
      byte[] value = about.get(COUNT_KEY);
      if (value == null) {
        // Version 1 did not count.
        return 0;
      }
      Octets counts = open(COUNT_KEY, value);
      if (counts.int64be(8) != records.size() || counts.int64be(16) != failures.size()) {
        problems.add(
            records.size()
                + " devices and "
                + failures.size()
                + " counts found, saved were "
                + counts.int64be(8)
                + " and "
                + counts.int64be(16));
      }
      // Versions 1 and 2 kept no messages.
      long messages = counts.length() > 32 ? counts.int64be(32) : 0;
      if (messages != waiting.size()) {
        problems.add(
            "messages for " + waiting.size() + " devices found, saved were those for " + messages);
      }
      // Versions 1 to 6 kept no orders about images.
      long images = counts.length() > 40 ? counts.int64be(40) : 0;
      if (images != orders.size()) {
        problems.add("orders about " + orders.size() + " images found, saved were " + images);
      }
      if (counts.int64be(24) != store.getStoreVersion()) {
        problems.add("schema " + store.getStoreVersion() + ", saved was " + counts.int64be(24));
      }
      return counts.int64be(0);
    } catch (RuntimeException | AssertionError e) {
      problems.add("count of saves: " + e);
      return -1;
    }
  }

  /** The time of the last save; damage to it is a problem of the count, which it stands beside. */
  private StoredClock clock() {
    try {
      byte[] value = about.get(COUNT_KEY);
      Octets counts = value == null ? Octets.EMPTY : open(COUNT_KEY, value);
      // The first saves kept no time, later ones not how much of it is unconfirmed.
      return counts.length() < CLOCK_AT + 16
          ? StoredClock.NONE
          : new StoredClock(
              time(counts.int64be(CLOCK_AT)),
              time(counts.int64be(CLOCK_AT + 8)),
              counts.length() < CLOCK_AT + 24 ? 0 : counts.int64be(CLOCK_AT + 16));
    } catch (RuntimeException | AssertionError e) {
      return StoredClock.NONE;
    }
  }

  private static OptionalLong time(long utcMillis) {
    return utcMillis == Now.UTC_UNKNOWN ? OptionalLong.empty() : OptionalLong.of(utcMillis);
  }

  private interface Reader {
    void read(Octets value);
  }

  /** Damage shows as a broken seal, or as almost any exception of the store. */
  private static void each(MVMap<String, byte[]> map, List<String> problems, Reader reader) {
    try {
      for (Map.Entry<String, byte[]> entry : map.entrySet()) {
        try {
          reader.read(open(entry.getKey(), entry.getValue()));
        } catch (FormatException e) {
          problems.add(map.getName() + " " + entry.getKey() + ": " + e.getMessage());
        }
      }
    } catch (RuntimeException | AssertionError e) {
      problems.add(map.getName() + ": " + e);
    }
  }

  private static Octets open(String key, byte[] value) {
    Octets content = Sealed.open(Octets.wrap(value));
    OctetReader in = new OctetReader(content);
    Octets named = in.octets("key", in.uint8("key length"));
    if (!named.equals(key(key))) {
      throw new FormatException("key", 1, named.toHex(), key(key).toHex());
    }
    return content.from(in.position());
  }

  private static Octets key(String key) {
    return Octets.wrap(key.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] sealed(String key, Octets value) {
    Octets name = key(key);
    return Sealed.seal(
            new OctetWriter(128).uint8(name.length()).octets(name).octets(value).toOctets())
        .toByteArray();
  }

  void put(TransferRecord record) {
    String key = record.name().toString();
    records.put(key, sealed(key, RecordCodec.encode(record)));
  }

  void forget(UpdateName name) {
    records.remove(name.toString());
  }

  void put(Octets sha256, int failuresInARow) {
    String key = sha256.toHex();
    if (failuresInARow == 0) {
      failures.remove(key);
      return;
    }
    Octets value =
        new OctetWriter(40)
            .uint8(sha256.length())
            .octets(sha256)
            .uint32be(failuresInARow)
            .toOctets();
    failures.put(key, sealed(key, value));
  }

  void put(Peer device, List<Octets> messages) {
    String key = device.toString();
    if (messages.isEmpty()) {
      waiting.remove(key);
    } else {
      waiting.put(key, sealed(key, RecordCodec.encode(device, messages)));
    }
  }

  void put(ImageId image, Optional<ImageOrder> order) {
    String key = image.toString();
    if (order.isEmpty()) {
      orders.remove(key);
    } else {
      orders.put(key, sealed(key, RecordCodec.encode(order.get())));
    }
  }

  /** Makes what was put durable, as one step. */
  void commit(long count, StoredClock clock) {
    Octets counts =
        new OctetWriter(CLOCK_AT + 24)
            .int64be(count)
            .int64be(records.size())
            .int64be(failures.size())
            .int64be(Schema.NEWEST)
            .int64be(waiting.size())
            .int64be(orders.size())
            .int64be(clock.trusted().orElse(Now.UTC_UNKNOWN))
            .int64be(clock.doubted().orElse(Now.UTC_UNKNOWN))
            .int64be(clock.unconfirmedMs())
            .toOctets();
    about.put(COUNT_KEY, sealed(COUNT_KEY, counts));
    if (store.getStoreVersion() != Schema.NEWEST) {
      store.setStoreVersion(Schema.NEWEST);
    }
    store.commit();
    store.sync();
  }

  /** Leaves the file as it is. */
  void abandon() {
    store.closeImmediately();
  }

  @Override
  public void close() {
    store.close();
  }
}
