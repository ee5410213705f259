// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.PowerLost;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.hub.store.StoredClock;
import org.hanota.hub.store.TransferRecord;
import org.hanota.hub.store.TransferStore;

/**
 * Both stores of a hub, of which one operation fails: the n-th one of all. What it shall have done
 * by then is chosen by {@link Kind}.
 */
final class FailingStore {
  /** How an operation fails. */
  enum Kind {
    /** It cannot be done: the disk is full, or cannot be read. */
    FAULT_BEFORE,
    /** It is done, but that could not be said: the disk failed while it was told. */
    FAULT_AFTER,
    /** The power goes before. */
    POWER_BEFORE,
    /** The power goes after. */
    POWER_AFTER
  }

  final InMemoryTransferStore transfers = new InMemoryTransferStore();
  final InMemoryImageStore images = new InMemoryImageStore();
  private final Kind kind;
  private final int failsAt;

  /** Operations that fail one after the other, the first one at {@link #failsAt}. */
  private final int times;

  private int operations;
  private String failed = "";

  FailingStore(Kind kind, int failsAt, int times) {
    this.kind = kind;
    this.failsAt = failsAt;
    this.times = times;
  }

  int operations() {
    return operations;
  }

  /** What failed; empty if nothing did. */
  String failed() {
    return failed;
  }

  private <T> T operation(String name, Supplier<T> work) {
    int number = ++operations;
    boolean fails = number >= failsAt && number < failsAt + times;
    if (!fails) {
      return work.get();
    }
    failed = name;
    if (kind == Kind.FAULT_AFTER || kind == Kind.POWER_AFTER) {
      T unused = work.get();
    }
    if (kind == Kind.POWER_BEFORE || kind == Kind.POWER_AFTER) {
      throw new PowerLost(name);
    }
    throw new UncheckedIOException(name, new IOException("No space left on device"));
  }

  private void operation(String name, Runnable work) {
    boolean unused =
        operation(
            name,
            () -> {
              work.run();
              return true;
            });
  }

  TransferStore transferPort() {
    return new TransferStore() {
      @Override
      public List<TransferRecord> records() {
        return operation("records", transfers::records);
      }

      @Override
      public Map<Octets, Integer> failures() {
        return operation("failures", transfers::failures);
      }

      @Override
      public Map<Peer, List<Octets>> waiting() {
        return operation("waiting", transfers::waiting);
      }

      @Override
      public List<ImageOrder> orders() {
        return operation("orders", transfers::orders);
      }

      @Override
      public StoredClock clock() {
        return operation("clock", transfers::clock);
      }

      @Override
      public void save(Changes changes) {
        operation("save", () -> transfers.save(changes));
      }
    };
  }

  ImageStore imagePort() {
    return new ImageStore() {
      @Override
      public List<StoredImage> images() {
        return operation("images", images::images);
      }

      @Override
      public OctetSource open(Octets sha256) {
        OctetSource file = operation("open", () -> images.open(sha256));
        return new OctetSource() {
          @Override
          public long size() {
            return file.size();
          }

          @Override
          public Octets octets(long offset, int length) {
            return operation("read", () -> file.octets(offset, length));
          }
        };
      }

      @Override
      public void put(StoredImage image, OctetSource file) {
        operation("put", () -> images.put(image, file));
      }

      @Override
      public void remove(Octets sha256) {
        operation("remove", () -> images.remove(sha256));
      }
    };
  }
}
