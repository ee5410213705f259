// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.List;
import java.util.function.Supplier;

/**
 * What is explored: a hub, a device, and what is ordered of them.
 *
 * @param name what it is called
 * @param about what is in it, for people
 * @param hub makes the hub as it is before its first start; each time the same
 * @param device makes the device likewise
 * @param first orders to the hub once it has started, before the device does
 * @param anyTime orders to the hub each of which is given at every moment, or never, at most once
 */
public record Model(
    String name,
    String about,
    Supplier<Node> hub,
    Supplier<Node> device,
    List<String> first,
    List<String> anyTime) {
  /** Orders that may be given at any time, at most: each is a bit. */
  private static final int ORDERS_MAX = 16;

  /** Keeps copies. An order's number is its place in both lists, one after the other. */
  public Model {
    first = List.copyOf(first);
    anyTime = List.copyOf(anyTime);
    if (anyTime.size() > ORDERS_MAX) {
      throw new IllegalArgumentException(
          "anyTime has " + anyTime.size() + " orders, allowed " + ORDERS_MAX);
    }
  }
}
