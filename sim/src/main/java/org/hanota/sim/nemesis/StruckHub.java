// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.nemesis;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.machine.Peer;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.StoredClock;
import org.hanota.hub.store.TransferRecord;
import org.hanota.hub.store.TransferStore;

/** A hub's storage under nemeses: its images and its memory of devices. */
public final class StruckHub {
  private final StruckStorage storage;

  /** The storage of the node that is the hub. */
  public StruckHub(Strikes strikes, int node, LongSupplier nanos) {
    this.storage = StruckStorage.ofHub(strikes, node, nanos);
  }

  /** The same images. */
  public ImageStore images(ImageStore store) {
    return new ImageStore() {
      @Override
      public List<StoredImage> images() {
        return storage.read("images", store::images);
      }

      @Override
      public OctetSource open(Octets sha256) {
        return storage.read("open", () -> store.open(sha256));
      }

      @Override
      public void put(StoredImage image, OctetSource file) {
        storage.store("put", () -> store.put(image, file));
      }

      @Override
      public void remove(Octets sha256) {
        storage.change("remove", () -> store.remove(sha256));
      }
    };
  }

  /** The same memory. */
  public TransferStore transfers(TransferStore store) {
    return new TransferStore() {
      @Override
      public List<TransferRecord> records() {
        return storage.read("records", store::records);
      }

      @Override
      public Map<Octets, Integer> failures() {
        return storage.read("failures", store::failures);
      }

      @Override
      public Map<Peer, List<Octets>> waiting() {
        return storage.read("waiting", store::waiting);
      }

      @Override
      public List<ImageOrder> orders() {
        return storage.read("orders", store::orders);
      }

      @Override
      public StoredClock clock() {
        return storage.read("clock", store::clock);
      }

      @Override
      public void save(Changes changes) {
        storage.store("save", () -> store.save(changes));
      }
    };
  }
}
