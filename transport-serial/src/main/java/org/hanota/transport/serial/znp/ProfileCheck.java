// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.zcl.Clusters;

/**
 * Asks each node that shows itself which profile its OTA client speaks. Messages of another profile
 * never reach the host, so that without this nobody would learn why such a node stays silent.
 */
final class ProfileCheck {
  private static final long ANSWER_NANOS = 6_000_000_000L;

  /** Nobody may make the host keep more questions than this by announcing made-up nodes. */
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
  private final RequestChannel channel;
  private final BiConsumer<Eui64, Integer> found;
  private final Set<Eui64> known = new TreeSet<>();
  private final Map<Integer, Node> asked = new TreeMap<>();

  /**
   * @param profileId the host's own
   * @param found hears of a node with OTA clients, none of which speaks {@code profileId}
   */
  ProfileCheck(int profileId, RequestChannel channel, BiConsumer<Eui64, Integer> found) {
    this.profileId = profileId;
    this.channel = channel;
    this.found = found;
  }

  /** A node told its addresses. */
  void seen(DeviceAddresses device) {
    if (asked.size() < NODES_MAX && known.size() < NODES_MAX && known.add(device.address())) {
      asked.put(device.shortAddress(), new Node(device.address()));
      ask(device.shortAddress(), Command.ZDO_ACTIVE_EP_REQ, OptionalInt.empty());
    }
  }

  /** Forgets all nodes: the stick starts anew. */
  void clear() {
    known.clear();
    asked.clear();
  }

  /** ZDO_ACTIVE_EP_RSP came. */
  void endpoints(Octets data) {
    OctetReader in = new OctetReader(data);
    int shortAddress = answered(in);
    Node node = asked.get(shortAddress);
    if (node == null) {
      return;
    }
    node.endpoints.clear();
    int count = in.uint8("ActiveEPCount");
    for (int i = 0; i < count; i++) {
      node.endpoints.add(in.uint8("ActiveEPList"));
    }
    next(shortAddress, node);
  }

  /** ZDO_SIMPLE_DESC_RSP came. */
  void descriptor(Octets data) {
    OctetReader in = new OctetReader(data);
    int shortAddress = answered(in);
    Node node = asked.get(shortAddress);
    if (node == null) {
      return;
    }
    in.uint8("Len");
    SimpleDescriptor descriptor = SimpleDescriptor.decode(in);
    if (descriptor.outputClusters().contains(Clusters.OTA_UPGRADE)) {
      if (descriptor.profileId() == profileId) {
        asked.remove(shortAddress);
        return;
      }
      node.other = OptionalInt.of(descriptor.profileId());
    }
    next(shortAddress, node);
  }

  /** The node that an answer is about; a refusal leaves nothing more to be read. */
  private int answered(OctetReader in) {
    in.uint16le("SrcAddr");
    int status = in.uint8("Status");
    int shortAddress = in.uint16le("NWKAddr");
    if (status != 0) {
      asked.remove(shortAddress);
    }
    return shortAddress;
  }

  private void next(int shortAddress, Node node) {
    Integer endpoint = node.endpoints.poll();
    if (endpoint != null) {
      ask(shortAddress, Command.ZDO_SIMPLE_DESC_REQ, OptionalInt.of(endpoint));
      return;
    }
    asked.remove(shortAddress);
    node.other.ifPresent(profile -> found.accept(node.address, profile));
  }

  private void ask(int shortAddress, Command command, OptionalInt endpoint) {
    OctetWriter out = new OctetWriter(5).uint16le(shortAddress).uint16le(shortAddress);
    endpoint.ifPresent(out::uint8);
    channel.request(
        ZnpFrame.of(command, out),
        RequestChannel.Urgency.NORMAL,
        ANSWER_NANOS,
        outcome -> {
          if (outcome instanceof RequestChannel.Outcome.Failed) {
            asked.remove(shortAddress);
          }
        });
  }
}
