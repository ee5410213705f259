// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.FileVersion;
import org.hanota.headend.request.ListingStatus;

/**
 * In which order the versions of one model may follow each other: a directed graph whose edges lead
 * from the allowed predecessors of each usable version to that version. [hanota H85]
 */
public final class Pathways {
  private final Map<FileVersion, TreeSet<FileVersion>> successors = new TreeMap<>();

  /** The pathways of those of {@code listings} that may be used and are of {@code model}. */
  public static Pathways of(Collection<Listing> listings, Device.Model model) {
    Pathways pathways = new Pathways();
    for (Listing listing : listings) {
      if (listing.isOf(model) && listing.status() == ListingStatus.ACTIVE) {
        for (FileVersion predecessor : listing.predecessors()) {
          pathways
              .successors
              .computeIfAbsent(predecessor, version -> new TreeSet<>())
              .add(listing.version());
        }
      }
    }
    return pathways;
  }

  private Pathways() {}

  /** Whether {@code next} may follow {@code running} without a step between. */
  public boolean allows(FileVersion running, FileVersion next) {
    return successors.getOrDefault(running, new TreeSet<>()).contains(next);
  }

  /**
   * The shortest chain of updates, of several the one with the lower versions.
   *
   * @return the versions after {@code from}, the last one {@code to}; empty if none leads there
   */
  public Optional<List<FileVersion>> shortest(FileVersion from, FileVersion to) {
    Map<FileVersion, FileVersion> reachedFrom = new TreeMap<>();
    Deque<FileVersion> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty() && !reachedFrom.containsKey(to)) {
      FileVersion at = open.remove();
      for (FileVersion next : successors.getOrDefault(at, new TreeSet<>())) {
        if (!next.equals(from) && reachedFrom.putIfAbsent(next, at) == null) {
          open.add(next);
        }
      }
    }
    if (!reachedFrom.containsKey(to)) {
      return Optional.empty();
    }
    List<FileVersion> chain = new ArrayList<>();
    for (FileVersion at = to; at != null && !at.equals(from); at = reachedFrom.get(at)) {
      chain.add(at);
    }
    Collections.reverse(chain);
    return Optional.of(List.copyOf(chain));
  }
}
