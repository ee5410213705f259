// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.HubStatus.DeviceStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubInput;
import org.hanota.hub.HubMachine;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.hub.store.TransferRecord;
import org.jspecify.annotations.Nullable;

/** The hub of a model, and what must hold of all that it sends (I6, I8, I9). */
final class HubNode implements Node {
  /** What it is made of. */
  record Setup(
      HubConfig config,
      List<StoredImage> images,
      Map<ImageId, Octets> files,
      List<Order> orders,
      UnaryOperator<Machine> machines) {}

  /** What it is told. */
  sealed interface Order {
    /** For people. */
    String text();

    /** To offer an image, to run so much later, or as soon as it can if that is 0. */
    record Give(String text, Peer device, ImageId image, long laterMs) implements Order {}

    /** To give the update up. */
    record Cancel(String text, Peer device) implements Order {}
  }

  private final Setup setup;
  private final InMemoryImageStore images = new InMemoryImageStore();
  private final InMemoryTransferStore transfers = new InMemoryTransferStore();
  private @Nullable HubMachine machine;

  // What is remembered in order to check it.
  private final Set<ImageId> asked = new TreeSet<>();
  private int maximumDataSize;
  private long notBeforeUtcMillis = Now.UTC_UNKNOWN;
  private boolean isCancelled;

  HubNode(Setup setup, List<Octets> files) {
    this.setup = setup;
    for (int i = 0; i < files.size(); i++) {
      images.put(setup.images().get(i), files.get(i));
    }
  }

  @Override
  public NodeConfig config() {
    return new NodeConfig(setup.config().self(), Clusters.PROFILE_SMART_ENERGY, true, false);
  }

  @Override
  public Machine start() {
    HubMachine made =
        new HubMachine(setup.config(), images, transfers, peer -> NodeRun.MAXIMUM_PAYLOAD);
    machine = made;
    return setup.machines().apply(made);
  }

  @Override
  public void order(int number, Now now, Orders orders) {
    Order order = setup.orders().get(number);
    if (order instanceof Order.Give give) {
      boolean isDated = give.laterMs() > 0;
      UpgradeTime when =
          isDated ? new UpgradeTime.At(now.utcMillis() + give.laterMs()) : new UpgradeTime.Now();
      Offer any = Offer.of(give.device(), give.image());
      Offer offer = new Offer(any.device(), any.image(), when, any.priority(), any.downgrade());
      notBeforeUtcMillis = isDated ? now.utcMillis() + give.laterMs() : Now.UTC_UNKNOWN;
      isCancelled = false;
      orders.give(new HubInput.Start(offer));
    } else if (order instanceof Order.Cancel cancel) {
      orders.give(new HubInput.Abort(cancel.device().address(), "the model cancels"));
    }
  }

  @Override
  public void received(Now now, ZclMessage message) {
    if (message instanceof ImageBlockRequest request) {
      maximumDataSize = Math.max(maximumDataSize, request.maximumDataSize());
      asked.add(request.image());
    }
  }

  @Override
  public void event(Now now, Event event) {
    isCancelled |=
        event instanceof UpdateEvent.Failed failed
            && failed.failure() == UpdateEvent.Failure.STOPPED;
  }

  @Override
  public void sends(Now now, ZclMessage message) {
    if (message instanceof ImageBlockResponse.Success block) {
      long end = block.fileOffset() + block.data().length();
      check(block.data().length() <= maximumDataSize, "I8", "sends more than it was asked for");
      check(end <= size(block.image()), "I8", "sends octets past the file: " + end);
      check(asked.contains(block.image()), "I9", "sends blocks of " + block.image());
    } else if (message instanceof QueryNextImageResponse.Success offer) {
      check(
          setup.files().containsKey(offer.image())
              && offer.imageSizeOctets() == size(offer.image()),
          "I9",
          "offers " + offer.image() + " of " + offer.imageSizeOctets() + " octets");
    } else if (message instanceof UpgradeEndResponse end && !end.waits()) {
      long delayMs = (end.upgradeTime().seconds() - end.currentTime().seconds()) * 1000;
      check(!isCancelled, "I6", "tells a time for what was cancelled");
      check(
          notBeforeUtcMillis == Now.UTC_UNKNOWN || now.utcMillis() + delayMs >= notBeforeUtcMillis,
          "I6",
          "tells a time before the one that was ordered");
    }
  }

  private int size(ImageId image) {
    Octets file = setup.files().get(image);
    return file == null ? 0 : file.length();
  }

  private static void check(boolean holds, String invariant, String what) {
    if (!holds) {
      throw new Broken(invariant, "the hub " + what);
    }
  }

  private List<DeviceStatus> devices() {
    return machine == null ? List.of() : machine.status().devices();
  }

  @Override
  public boolean isOpen() {
    return machine == null || devices().stream().map(DeviceStatus::phase).anyMatch(Phase::isOpen);
  }

  @Override
  public String outcome() {
    return devices().stream()
        .filter(device -> device.phase() == Phase.CONFIRMED)
        .flatMap(device -> device.running().stream())
        .map(running -> running.fileVersion().toString())
        .findFirst()
        .orElse("");
  }

  @Override
  public void describe(StateWriter out) {
    for (TransferRecord stored : transfers.records()) {
      stored.describe(out);
    }
    out.put("failures", transfers.failures()).put("orders", transfers.orders());
    transfers.clock().describe(out);
    out.put("asked", asked).put("most octets", maximumDataSize).put("cancelled", isCancelled);
    out.putUtc("not before", notBeforeUtcMillis);
  }
}
