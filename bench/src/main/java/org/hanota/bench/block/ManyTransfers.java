// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubMachine;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.otaformat.FileKind;

/** P7: a hub with 10,000 transfers under way. */
public final class ManyTransfers {
  private static final int TRANSFERS = 10_000;
  private static final int BLOCKS = 100;
  private static final Peer HUB = new Peer(new Eui64(0x00DB1234567890A2L), 1);

  private ManyTransfers() {}

  /**
   * Heap of one transfer in octets.
   *
   * @param begun after its first block
   * @param later after a hundred more
   */
  public record Heap(double begun, double later) {}

  /** Measures and prints. */
  public static void run(PrintStream out) {
    Heap heap = measure();
    out.printf(
        Locale.ROOT,
        "P7   heap per transfer of %,d                   hanota %,14.0f    allowed 1,024;"
            + " after %d blocks more %,.0f%n",
        TRANSFERS,
        heap.begun(),
        BLOCKS,
        heap.later());
  }

  /** Begins the transfers and asks what they keep alive, with the hub's memory of its devices. */
  public static Heap measure() {
    InMemoryImageStore images = new InMemoryImageStore();
    images.put(StoredImage.check("bench.ota", Pair.FILE, FileKind.ZIGBEE, 768_000), Pair.FILE);
    InMemoryTransferStore transfers = new InMemoryTransferStore();
    HubMachine hub =
        new HubMachine(
            HubConfig.builder(HUB)
                .parameters(
                    HubParameters.DEFAULT.with(HubParameter.CONCURRENT_TRANSFERS, TRANSFERS))
                .build(),
            images,
            transfers,
            peer -> 82);
    Nowhere effects = new Nowhere();
    hub.onStart(now(0), effects);
    long before = used();
    for (int i = 0; i < TRANSFERS; i++) {
      Peer device = device(i);
      receive(
          hub,
          effects,
          device,
          new QueryNextImageRequest(Pair.IMAGE.withVersion(new FileVersion(1)), Optional.empty()));
      block(hub, effects, device, 0);
    }
    double begun = (double) (used() - before) / TRANSFERS;
    for (int block = 1; block <= BLOCKS; block++) {
      for (int i = 0; i < TRANSFERS; i++) {
        block(hub, effects, device(i), block);
      }
    }
    double later = (double) (used() - before) / TRANSFERS;
    // What devices without an offer say of themselves is stored together, a moment later.
    hub.onTimer(now(60_000_000_000L), effects);
    if (hub.status().transferring() != TRANSFERS || transfers.records().size() != TRANSFERS) {
      throw new AssertionError(hub.status().transferring() + " transfers under way");
    }
    return new Heap(begun, later);
  }

  private static Peer device(int number) {
    return new Peer(new Eui64(0x00DB_1234_5700_0000L + number), 1);
  }

  private static Now now(long nanos) {
    return new Now(nanos, 1_767_225_600_000L);
  }

  private static void block(HubMachine hub, Nowhere effects, Peer device, int block) {
    receive(
        hub,
        effects,
        device,
        new ImageBlockRequest(
            Pair.IMAGE, (long) block * Pair.DATA_SIZE, Pair.DATA_SIZE, BlockRequestOptions.NONE));
  }

  private static void receive(HubMachine hub, Nowhere effects, Peer device, ZclMessage message) {
    hub.onReceive(now(1), new Received(device, message, 0, Delivery.UNICAST), effects);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** Keeps nothing. */
  private static final class Nowhere implements Effects {
    @Override
    public long send(Peer destination, ZclMessage message, SendOptions options) {
      return 1;
    }

    @Override
    public long reply(Received request, ZclMessage message, SendOptions options) {
      return 1;
    }

    @Override
    public void wakeAt(long monotonicNanos) {}

    @Override
    public void start(Job job) {}

    @Override
    public void pollFast(boolean wanted) {}

    @Override
    public void discover(int profileId, int clusterId) {}

    @Override
    public void toWan(ToWan what) {}

    @Override
    public void report(Event event) {}
  }
}
