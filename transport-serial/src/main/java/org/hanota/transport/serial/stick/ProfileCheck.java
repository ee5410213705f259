// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.hanota.api.Eui64;
import org.hanota.api.zcl.Clusters;

/**
 * Asks each node that shows itself which profile its OTA client speaks. Messages of another profile
 * never reach the host, so that without this nobody would learn why such a node stays silent.
 */
final class ProfileCheck {
  /** Nobody may make the host keep more zdo than this by announcing made-up nodes. */
  private static final int NODES_MAX = 64;

  /** What is known of a node so far. */
  private static final class Node {
    final Eui64 address;
    final Deque<Integer> endpoints = new ArrayDeque<>();
    OptionalInt other = OptionalInt.empty();

    Node(Eui64 address) {
      this.address = address;
    }
  }

  private final int profileId;
  private final Zdo zdo;
  private final BiConsumer<Eui64, Integer> found;
  private final Set<Eui64> known = new TreeSet<>();
  private final Map<Integer, Node> asked = new TreeMap<>();

  /**
   * @param profileId the host's own
   * @param found hears of a node with OTA clients, none of which speaks {@code profileId}
   */
  ProfileCheck(int profileId, Zdo zdo, BiConsumer<Eui64, Integer> found) {
    this.profileId = profileId;
    this.zdo = zdo;
    this.found = found;
  }

  /** A node told its addresses. */
  void seen(DeviceAddresses device) {
    if (asked.size() < NODES_MAX && known.size() < NODES_MAX && known.add(device.address())) {
      asked.put(device.shortAddress(), new Node(device.address()));
      zdo.endpoints(device.shortAddress(), () -> forget(device.shortAddress()));
    }
  }

  /** Forgets all nodes: the stick starts anew. */
  void clear() {
    known.clear();
    asked.clear();
  }

  /** A node told its endpoints. */
  void endpoints(int shortAddress, List<Integer> endpoints) {
    Node node = asked.get(shortAddress);
    if (node != null) {
      node.endpoints.clear();
      node.endpoints.addAll(endpoints);
      next(shortAddress, node);
    }
  }

  /** A node told what an endpoint is. */
  void descriptor(int shortAddress, SimpleDescriptor descriptor) {
    Node node = asked.get(shortAddress);
    if (node == null) {
      return;
    }
    if (descriptor.outputClusters().contains(Clusters.OTA_UPGRADE)) {
      if (descriptor.profileId() == profileId) {
        asked.remove(shortAddress);
        return;
      }
      node.other = OptionalInt.of(descriptor.profileId());
    }
    next(shortAddress, node);
  }

  /** A node does not tell. */
  void forget(int shortAddress) {
    asked.remove(shortAddress);
  }

  private void next(int shortAddress, Node node) {
    Integer endpoint = node.endpoints.poll();
    if (endpoint != null) {
      zdo.descriptor(shortAddress, endpoint, () -> forget(shortAddress));
      return;
    }
    asked.remove(shortAddress);
    node.other.ifPresent(profile -> found.accept(node.address, profile));
  }
}
