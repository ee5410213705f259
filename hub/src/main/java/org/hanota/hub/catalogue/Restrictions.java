// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.catalogue;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OfferConditions;

/**
 * To which devices an image is restricted by people or an index, whatever its header says. A device
 * that does not say what is restricted gets nothing.
 *
 * @param hardwareVersions only hardware within
 * @param minimumFileVersion only devices that run this version or a higher one
 * @param maximumFileVersion only devices that run this version or a lower one
 * @param predecessors only devices that run one of these versions; empty for every one
 * @param destination only this device
 */
public record Restrictions(
    Optional<HardwareVersionRange> hardwareVersions,
    Optional<FileVersion> minimumFileVersion,
    Optional<FileVersion> maximumFileVersion,
    Set<FileVersion> predecessors,
    Optional<Eui64> destination) {
  /** To none. */
  public static final Restrictions NONE = predecessors(Set.of());

  /** Keeps a copy of the predecessors. */
  public Restrictions {
    predecessors = Collections.unmodifiableSet(new TreeSet<>(predecessors));
  }

  /** To devices that run one of these versions. */
  public static Restrictions predecessors(Set<FileVersion> versions) {
    return new Restrictions(
        Optional.empty(), Optional.empty(), Optional.empty(), versions, Optional.empty());
  }

  /** The conditions of a catalogue's entry that a hub can check; model names are not among them. */
  public static Restrictions of(OfferConditions conditions) {
    return new Restrictions(
        conditions.hardwareVersions(),
        conditions.minimumFileVersion(),
        conditions.maximumFileVersion(),
        Set.of(),
        conditions.destination());
  }

  boolean allow(Eui64 device) {
    return destination.isEmpty() || destination.get().equals(device);
  }

  boolean allow(FileVersion running) {
    return (predecessors.isEmpty() || predecessors.contains(running))
        && minimumFileVersion.filter(lowest -> running.compareTo(lowest) < 0).isEmpty()
        && maximumFileVersion.filter(highest -> running.compareTo(highest) > 0).isEmpty();
  }

  /** Whether some versions are not allowed. */
  boolean namesVersions() {
    return !predecessors.isEmpty()
        || minimumFileVersion.isPresent()
        || maximumFileVersion.isPresent();
  }

  /** The versions that are allowed, for people. */
  String versions() {
    StringBuilder text = new StringBuilder(predecessors.isEmpty() ? "" : predecessors.toString());
    minimumFileVersion.ifPresent(lowest -> add(text, lowest + " and higher"));
    maximumFileVersion.ifPresent(highest -> add(text, highest + " and lower"));
    return text.isEmpty() ? "every version" : text.toString();
  }

  private static void add(StringBuilder text, String more) {
    text.append(text.isEmpty() ? "" : ", ").append(more);
  }
}
