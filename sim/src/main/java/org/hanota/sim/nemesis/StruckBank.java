// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.nemesis;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.PowerLost;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.CounterStore;
import org.hanota.sim.scenario.Nemesis;

/** A device's storage under nemeses: its bank, and the counters beside it. */
public final class StruckBank extends ForwardingImageBank {
  private final Strikes strikes;
  private final int node;
  private final StruckStorage storage;

  /** The bank of that node. */
  public StruckBank(ImageBank bank, Strikes strikes, int node, LongSupplier nanos) {
    super(bank);
    this.strikes = strikes;
    this.node = node;
    this.storage = StruckStorage.ofDevice(strikes, node, nanos);
  }

  @Override
  public Journal journal() {
    return storage.read("journal", super::journal);
  }

  @Override
  public void save(Journal journal) {
    storage.store("save", () -> super.save(journal));
  }

  @Override
  public void erase(Slot slot, long fromOctet) {
    storage.change("erase", () -> super.erase(slot, fromOctet));
  }

  @Override
  public void write(Slot slot, long position, Octets data) {
    storage.store(
        "write",
        () -> {
          if (strikes.strikes(Nemesis.TORN_WRITE, node)) {
            SeededRandom random = strikes.details(Nemesis.TORN_WRITE, node);
            super.write(slot, position, data.slice(0, random.below(data.length() + 1)));
            throw new PowerLost("write");
          }
          super.write(slot, position, kept(data));
        });
  }

  /** What stays of {@code data}. */
  private Octets kept(Octets data) {
    if (data.isEmpty() || !strikes.strikes(Nemesis.WORN_STORAGE, node)) {
      return data;
    }
    return Flaws.damaged(data, strikes.details(Nemesis.WORN_STORAGE, node));
  }

  @Override
  public OctetSource read(Slot slot, long size) {
    OctetSource source = storage.read("read", () -> super.read(slot, size));
    return new OctetSource() {
      @Override
      public long size() {
        return source.size();
      }

      @Override
      public Octets octets(long offset, int length) {
        return storage.read("octets", () -> source.octets(offset, length));
      }
    };
  }

  /** The counters of the same device. */
  public CounterStore counters(CounterStore kept) {
    return new CounterStore() {
      @Override
      public OptionalLong last(Eui64 originator) {
        return storage.read("last counter", () -> kept.last(originator));
      }

      @Override
      public void store(Eui64 originator, long counter) {
        storage.store("store counter", () -> kept.store(originator, counter));
      }
    };
  }
}
