// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.csp.CspMachine;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.supplier.SupplierMachine;

/** Where records can be kept. */
enum StoreKind {
  MEMORY,
  H2,
  POSTGRESQL;

  /** A place where nothing is kept yet. */
  Place newPlace() {
    return switch (this) {
      case MEMORY -> {
        Map<Eui64, RecordStore> stores = new TreeMap<>();
        yield id -> stores.computeIfAbsent(id, owner -> new InMemoryRecordStore());
      }
      case H2, POSTGRESQL -> sql(newUrl());
    };
  }

  /** A database that is empty. */
  String newUrl() {
    return switch (this) {
      case MEMORY -> throw new AssertionError("memory has no URL");
      case H2 -> "jdbc:h2:file:" + newFolder().resolve("head-end");
      case POSTGRESQL -> PostgresServer.newDatabase();
    };
  }

  /** Gives each machine its store, each time made anew. */
  interface Place {
    RecordStore store(Eui64 owner);
  }

  static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("hanota-store");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Place sql(String url) {
    Database database = Database.open(url);
    Lease lease = database.take("test", Duration.ofHours(1), System::nanoTime).orElseThrow();
    return owner -> lease.store(owner, kinds(owner));
  }

  static RecordKinds kinds(Eui64 owner) {
    if (owner.equals(HeadEndWorld.DSP)) {
      return DspMachine.KINDS;
    }
    return owner.equals(HeadEndWorld.CSP) ? CspMachine.KINDS : SupplierMachine.KINDS;
  }
}
