// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.offer;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.api.ImageId;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.machine.StateWriter;
import org.hanota.hub.update.PendingChanges;

/**
 * What operators said of images. It stands for every device that has no update of the image under
 * way; an offer goes before it. [hanota H17]
 */
public final class ImageOrders {
  private final PendingChanges pending;
  private final NavigableMap<ImageId, ImageOrder> orders = new TreeMap<>();

  /** Nobody has said anything yet. */
  public ImageOrders(PendingChanges pending) {
    this.pending = pending;
  }

  /** Takes up what was stored. */
  public void start(List<ImageOrder> stored) {
    stored.forEach(order -> orders.put(order.image(), order));
  }

  /** An operator says something, in place of what was said before. */
  public void put(ImageOrder order) {
    orders.put(order.image(), order);
    pending.addOrder(order.image(), Optional.of(order));
  }

  /** What was said of exactly this image stands no longer. */
  public void end(ImageId image) {
    if (orders.remove(image) != null) {
      pending.addOrder(image, Optional.empty());
    }
  }

  /** All that stands. */
  public Stream<ImageOrder> all() {
    return orders.values().stream();
  }

  /** What was said by this name. */
  public Optional<ImageOrder> named(ImageId image) {
    return Optional.ofNullable(orders.get(image));
  }

  /** What stands for an image: an abort goes before a pause. */
  public Optional<ImageOrder> about(ImageId image) {
    Optional<ImageOrder> found = Optional.empty();
    for (ImageOrder order : orders.values()) {
      if (order.isAbout(image) && (found.isEmpty() || order.kind() == ImageOrder.Kind.ABORTED)) {
        found = Optional.of(order);
      }
    }
    return found;
  }

  /** Writes all that stands. */
  public void describe(StateWriter out) {
    orders.values().forEach(order -> out.put("order", order));
  }
}
