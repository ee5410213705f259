// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Peer;
import org.jspecify.annotations.Nullable;

/** Which stream leads to which device, and who is server of what. */
final class Routes {
  /** The way to a device. */
  record Route(Peer device, Set<Integer> serverClusters, HubStream stream) {
    Link link() {
      return stream.link();
    }
  }

  private final Peer hub;
  private final Set<Integer> hubClusters;
  private final Map<Eui64, Route> routes = new ConcurrentHashMap<>();
  private final Set<HubStream> streams = ConcurrentHashMap.newKeySet();

  Routes(Peer hub, Collection<Integer> hubClusters) {
    this.hub = hub;
    this.hubClusters = Set.copyOf(hubClusters);
  }

  void opened(HubStream stream) {
    streams.add(stream);
  }

  void closed(HubStream stream) {
    streams.remove(stream);
  }

  Collection<Link> streams() {
    return streams.stream().map(HubStream::link).toList();
  }

  Collection<HubStream> open() {
    return Collections.unmodifiableSet(streams);
  }

  /** Puts a device's route in place; returns the one that it had. */
  @Nullable Route join(Route route) {
    return routes.put(route.device().address(), route);
  }

  /** Takes the route away if it still leads to that stream. */
  boolean leave(Peer device, HubStream stream) {
    Route route = routes.get(device.address());
    return route != null && route.stream() == stream && routes.remove(device.address(), route);
  }

  /** Takes away every route that leads to that stream; returns its devices. */
  List<Peer> leaveAll(HubStream stream) {
    return routes.values().stream()
        .filter(route -> route.stream() == stream)
        .filter(route -> routes.remove(route.device().address(), route))
        .map(Route::device)
        .sorted()
        .toList();
  }

  @Nullable Route to(Eui64 device) {
    return routes.get(device);
  }

  List<Peer> devices() {
    return routes.values().stream().map(Route::device).sorted().toList();
  }

  /** The hub itself, or else the device with the lowest address. */
  @Nullable Peer serverOf(int clusterId) {
    Optional<Peer> device =
        routes.values().stream()
            .filter(route -> route.serverClusters().contains(clusterId))
            .map(Route::device)
            .min(Comparator.naturalOrder());
    return device.orElse(null);
  }

  /** Whom a device's search finds. */
  @Nullable Peer serverFor(int clusterId) {
    return hubClusters.contains(clusterId) ? hub : serverOf(clusterId);
  }
}
