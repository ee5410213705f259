// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.request.MessageId;
import org.hanota.keys.Sha256;

/** The images of requests that are open: each is held once, by its SHA-256. [hanota H131] */
final class OpenImages {
  private final Map<Octets, Held> byHash = new HashMap<>();
  private final Map<MessageId, Octets> hashOf = new HashMap<>();
  private final Map<Eui64, Long> octetsOf = new TreeMap<>();

  /** An image, and how many open requests of each user have it. */
  private record Held(Octets octets, Map<Eui64, Integer> users) {}

  /** An open request, with the one copy of its image. */
  Asked hold(Asked asked) {
    Optional<Octets> image = asked.image();
    if (image.isEmpty() || hashOf.containsKey(asked.id())) {
      return asked;
    }
    Octets hash = Sha256.of(image.get());
    Held held = byHash.computeIfAbsent(hash, name -> new Held(image.get(), new TreeMap<>()));
    hashOf.put(asked.id(), hash);
    Eui64 user = asked.id().originator();
    if (held.users().merge(user, 1, Integer::sum) == 1) {
      octetsOf.merge(user, (long) held.octets().length(), Long::sum);
    }
    return asked.withImage(held.octets());
  }

  /** A request is not open any more. */
  void release(MessageId request) {
    Octets hash = hashOf.remove(request);
    Held held = hash == null ? null : byHash.get(hash);
    if (held == null) {
      return;
    }
    Eui64 user = request.originator();
    if (held.users().merge(user, -1, Integer::sum) == 0) {
      held.users().remove(user);
      octetsOf.merge(user, (long) -held.octets().length(), Long::sum);
    }
    if (held.users().isEmpty()) {
      byHash.remove(hash);
    }
  }

  /** The octets of all images of a user's open requests. */
  long octetsOf(Eui64 user) {
    return octetsOf.getOrDefault(user, 0L);
  }

  /** Whether an open request of the user has that image. */
  boolean has(Eui64 user, Octets image) {
    Held held = byHash.get(Sha256.of(image));
    return held != null && held.users().containsKey(user);
  }
}
