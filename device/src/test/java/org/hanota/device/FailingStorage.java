// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.machine.PowerLost;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.CounterStore;

/** The storage of a device, its bank and its counters, of which one operation fails. */
final class FailingStorage {
  /** How much of an operation is done when it fails. */
  enum Moment {
    /** Nothing. */
    BEFORE,
    /** The first half of a write, its last unit spoiled; of anything else nothing. */
    WITHIN,
    /** All, and the caller does not get to know. */
    AFTER
  }

  private final Function<String, RuntimeException> fault;
  private final Map<String, Integer> operations = new TreeMap<>();
  private long failsIn = -1;
  private Moment moment = Moment.BEFORE;
  private String failed = "";

  private FailingStorage(Function<String, RuntimeException> fault) {
    this.fault = fault;
  }

  static FailingStorage losingPower() {
    return new FailingStorage(PowerLost::new);
  }

  static FailingStorage withErrors() {
    return new FailingStorage(
        name -> new UncheckedIOException(name, new IOException("no space left on device")));
  }

  /**
   * Tries each operation, before it, within it and after it, until none is left that fails.
   *
   * @param tried what takes the storage, one of whose operations will fail
   * @return how many failed
   */
  static int atEachOperation(Supplier<FailingStorage> storages, Consumer<FailingStorage> tried) {
    int failures = 0;
    for (Moment moment : Moment.values()) {
      boolean failed = true;
      for (long at = 1; failed; at++) {
        FailingStorage storage = storages.get();
        storage.failAt(at, moment);
        tried.accept(storage);
        failed = storage.hasFailed();
        failures += failed ? 1 : 0;
      }
    }
    return failures;
  }

  /** An operation to come fails; 1 is the next. */
  void failAt(long operation, Moment at) {
    failsIn = operation;
    moment = at;
  }

  void neverFail() {
    failsIn = -1;
  }

  /** Whether the operation that was to fail has come. */
  boolean hasFailed() {
    return failsIn == 0;
  }

  /** How often each operation was called. */
  Map<String, Integer> operations() {
    return operations;
  }

  @Override
  public String toString() {
    return hasFailed() ? "failed " + failed : "nothing failed yet";
  }

  private <T> T operation(String name, Supplier<T> whole, Runnable part) {
    operations.merge(name, 1, Integer::sum);
    if (failsIn <= 0 || --failsIn > 0) {
      return whole.get();
    }
    if (moment == Moment.AFTER) {
      T unused = whole.get();
    } else if (moment == Moment.WITHIN) {
      part.run();
    }
    failed = moment + " " + name;
    throw fault.apply(failed);
  }

  private void operation(String name, Runnable whole, Runnable part) {
    boolean unused =
        operation(
            name,
            () -> {
              whole.run();
              return true;
            },
            part);
  }

  /** A bank whose changes fail. */
  ImageBank bank(ImageBank works) {
    return new ForwardingImageBank(works) {
      @Override
      public void save(Journal next) {
        operation("save", () -> super.save(next), () -> {});
      }

      @Override
      public void erase(Slot slot, long fromOctet) {
        operation("erase", () -> super.erase(slot, fromOctet), () -> {});
      }

      @Override
      public void write(Slot slot, long position, Octets data) {
        operation(
            "write",
            () -> super.write(slot, position, data),
            () -> super.write(slot, position, torn(data, geometry().writeOctets())));
      }
    };
  }

  private static Octets torn(Octets data, int unit) {
    int half = (data.length() / unit + 1) / 2 * unit;
    byte[] torn = data.slice(0, Math.min(half, data.length())).toByteArray();
    torn[torn.length - 1] ^= (byte) 0xFF;
    return Octets.wrap(torn);
  }

  /** A bank whose octets cannot be read. */
  ImageBank reads(ImageBank works) {
    return new ForwardingImageBank(works) {
      @Override
      public OctetSource read(Slot slot, long size) {
        OctetSource source = super.read(slot, size);
        return new OctetSource() {
          @Override
          public long size() {
            return source.size();
          }

          @Override
          public Octets octets(long offset, int length) {
            return operation("read", () -> source.octets(offset, length), () -> {});
          }
        };
      }
    };
  }

  CounterStore counters(CounterStore works) {
    return new CounterStore() {
      @Override
      public OptionalLong last(Eui64 originator) {
        return operation("last counter", () -> works.last(originator), () -> {});
      }

      @Override
      public void store(Eui64 originator, long counter) {
        operation("store counter", () -> works.store(originator, counter), () -> {});
      }
    };
  }
}
