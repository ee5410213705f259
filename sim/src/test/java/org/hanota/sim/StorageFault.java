// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.CounterStore;

/** One operation of a device's storage that fails, counted over its bank and its counters. */
final class StorageFault {
  /** How it fails. */
  enum Kind {
    /** Nothing of it is done, as on a full or unreadable medium. */
    NOT_DONE,
    /** It is done, and an error is told nevertheless. */
    DONE
  }

  private final long operation;
  private final Kind kind;
  private long operations;
  private String failed = "";

  /**
   * @param operation counts from 1
   */
  StorageFault(long operation, Kind kind) {
    this.operation = operation;
    this.kind = kind;
  }

  /** What failed; empty if nothing did. */
  String failed() {
    return failed;
  }

  private <T> T counted(String name, Supplier<T> work) {
    if (++operations != operation) {
      return work.get();
    }
    failed = name;
    if (kind == Kind.DONE) {
      Objects.requireNonNull(work.get());
    }
    throw new UncheckedIOException(new IOException(name + " fails by order of the test"));
  }

  private void counted(String name, Runnable work) {
    counted(
        name,
        () -> {
          work.run();
          return name;
        });
  }

  /** The bank whose operations count. */
  ImageBank in(ImageBank bank) {
    return new ForwardingImageBank(bank) {
      @Override
      public Journal journal() {
        return counted("journal", super::journal);
      }

      @Override
      public void save(Journal journal) {
        counted("save", () -> super.save(journal));
      }

      @Override
      public void erase(Slot slot, long fromOctet) {
        counted("erase", () -> super.erase(slot, fromOctet));
      }

      @Override
      public void write(Slot slot, long position, Octets data) {
        counted("write", () -> super.write(slot, position, data));
      }

      @Override
      public OctetSource read(Slot slot, long size) {
        OctetSource source = counted("read", () -> super.read(slot, size));
        return new OctetSource() {
          @Override
          public long size() {
            return source.size();
          }

          @Override
          public Octets octets(long offset, int length) {
            return counted("octets", () -> source.octets(offset, length));
          }
        };
      }
    };
  }

  /** Counters whose operations count. */
  CounterStore in(CounterStore kept) {
    return new CounterStore() {
      @Override
      public OptionalLong last(Eui64 originator) {
        return counted("last counter", () -> kept.last(originator));
      }

      @Override
      public void store(Eui64 originator, long counter) {
        counted("store counter", () -> kept.store(originator, counter));
      }
    };
  }
}
