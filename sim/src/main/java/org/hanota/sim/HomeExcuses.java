// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.keys.Sha256;
import org.hanota.sim.nemesis.Strikes;
import org.hanota.sim.scenario.Nemesis;

/**
 * What struck which node, and when. A device without its image is excused only by a nemesis that
 * struck this device, before it ended, and that leads to such an end; one that has not ended, by
 * what hindered it lately.
 */
final class HomeExcuses implements Strikes.Listener {
  private static final long DAY_NANOS = 86_400_000_000_000L;

  /** After so long without a strike at it or at its hub a device has ended. */
  private static final long RECOVERED_NANOS = 2 * DAY_NANOS;

  /** What a file makes of an update that is not the device's image. */
  private static final Set<Failure> OF_FILES = EnumSet.of(Failure.INVALID_IMAGE);

  private static final Set<Nemesis> LOSE_MESSAGES =
      EnumSet.of(Nemesis.HUB_STORAGE_FULL, Nemesis.HUB_IO_ERROR, Nemesis.HUB_POWER_CUT);

  /** When a nemesis struck a node. */
  private record Struck(long firstNanos, long lastNanos) {}

  private final Map<Integer, Map<Nemesis, Struck>> struck = new TreeMap<>();

  /** Since when another file was sent instead of that of this name: whoever takes it gets that. */
  private final Map<String, Long> spoiled = new TreeMap<>();

  /**
   * Since when the hub offers the file of this SHA-256, in hex, to nobody. Why it does, is judged
   * of each failure.
   */
  private final Map<String, Long> quarantined = new TreeMap<>();

  /** What was sent instead of the image of that name. */
  private final Map<String, List<DevicePlan>> sent = new TreeMap<>();

  private final long maximumImageOctets;

  /**
   * Nothing has struck yet.
   *
   * @param maximumImageOctets of one file at the hub; a larger image comes in parts
   */
  HomeExcuses(long maximumImageOctets) {
    this.maximumImageOctets = maximumImageOctets;
  }

  @Override
  public void struck(Nemesis nemesis, int node, long nanos) {
    struck
        .computeIfAbsent(node, any -> new EnumMap<>(Nemesis.class))
        .merge(nemesis, new Struck(nanos, nanos), (was, is) -> new Struck(was.firstNanos, nanos));
  }

  /** A frame comes changed and no link check sees it. The hub is node 0: a device is at one end. */
  void damaged(long nanos, int from, int to) {
    struck(Nemesis.CORRUPTED_UNSEEN, Math.max(from, to), nanos);
  }

  /** Another file is sent instead of that of this name. */
  void spoil(String imageName, DevicePlan instead, long nanos) {
    spoiled.putIfAbsent(imageName, nanos);
    sent.computeIfAbsent(imageName, name -> new ArrayList<>()).add(instead);
  }

  /** A hub that offers a file to nobody any more ends also what others get of it. */
  void quarantined(Octets sha256, long nanos) {
    quarantined.putIfAbsent(sha256.toHex(), nanos);
  }

  private boolean isQuarantined(HomeDevice unit, long nanos) {
    if (quarantined.isEmpty()) {
      return false;
    }
    return imagesFor(unit.plan).anyMatch(image -> isQuarantined(image, nanos));
  }

  /** Whole, or one of its parts. */
  private boolean isQuarantined(DevicePlan image, long nanos) {
    Stream<Octets> parts = ImageFile.of(image, maximumImageOctets).stream().map(ImageFile::octets);
    return Stream.concat(Stream.of(image.image()), parts)
        .map(file -> quarantined.get(Sha256.of(file).toHex()))
        .anyMatch(since -> since != null && since <= nanos);
  }

  /** The image of a plan, and what was sent instead of it. */
  private Stream<DevicePlan> imagesFor(DevicePlan plan) {
    List<DevicePlan> others = sent.getOrDefault(plan.imageName(), List.of());
    return Stream.concat(others.stream(), Stream.of(plan));
  }

  /** Whether it waited too long for a part of an image that its hub offers to nobody any more. */
  private boolean lacksQuarantined(HomeDevice unit) {
    return lacksQuarantined(unit.plan, unit.detail, unit.endedNanos);
  }

  /** The same of a device with that plan, which says for want of what it gave its image up. */
  boolean lacksQuarantined(DevicePlan plan, String detail, long nanos) {
    return imagesFor(plan)
        .filter(image -> isQuarantined(image, nanos))
        .flatMap(image -> ImageFile.of(image, maximumImageOctets).stream())
        .anyMatch(file -> detail.contains("the server has no " + file.image() + ", part "));
  }

  /** Whether octets of the device's image may have changed where no link check looks. */
  boolean isDamaged(int node, String imageName) {
    Map<Nemesis, Struck> here = struck.getOrDefault(node, Map.of());
    return here.containsKey(Nemesis.CORRUPTED_UNSEEN)
        || here.containsKey(Nemesis.WORN_STORAGE)
        || spoiled.containsKey(imageName);
  }

  /** Whether strikes explain that a device has not its image, or not to the octet. */
  private boolean explains(HomeDevice unit, long nanos) {
    return switch (unit.outcome) {
      case FAILED -> explainsFailure(unit);
      case UNFINISHED -> explainsDelay(unit, nanos);
      case CONFIRMED, VERIFIED ->
          // A meter's signature covers neither header nor forceReplace. [GBCS 11.2.4]
          unit.plan.type().activatedByCommand()
              && isDamaged(unit.node().number(), unit.plan.imageName());
    };
  }

  /** The names of the devices of which strikes explain how they ended, or that they did not. */
  Set<String> explained(Collection<HomeDevice> units, long nanos) {
    Set<String> names = new TreeSet<>();
    for (HomeDevice unit : units) {
      if (explains(unit, nanos)) {
        names.add(unit.plan.name());
      }
    }
    return names;
  }

  /** Whether it failed after all faults had stopped, by no strike before and in no lack of time. */
  boolean isFaultOfOurs(HomeDevice unit, long stoppedNanos) {
    return unit.outcome == DeviceReport.Outcome.FAILED
        && unit.endedNanos > stoppedNanos
        && unit.failure != Failure.EXPIRED
        && !explainsFailure(unit);
  }

  private boolean explainsFailure(HomeDevice unit) {
    for (Map.Entry<Nemesis, Struck> entry :
        struck.getOrDefault(unit.node().number(), Map.of()).entrySet()) {
      if (entry.getValue().firstNanos <= unit.endedNanos
          && leadsTo(entry.getKey()).contains(unit.failure)) {
        return true;
      }
    }
    if (unit.failure == Failure.ABORTED
        && (isQuarantined(unit, unit.endedNanos) || isKeptWaiting(unit))) {
      return true;
    }
    if (unit.failure == Failure.EXPIRED && lacksQuarantined(unit)) {
      return true;
    }
    return OF_FILES.contains(unit.failure)
        && spoiled.getOrDefault(unit.plan.imageName(), Long.MAX_VALUE) <= unit.endedNanos;
  }

  /** A hub gives an update up that waits too long, as for a command that never comes. */
  private boolean isKeptWaiting(HomeDevice unit) {
    return unit.hubFailure == Failure.EXPIRED
        && unit.config.gbcs().isPresent()
        && struck.getOrDefault(HomeNodes.HUB, Map.of()).entrySet().stream()
            .anyMatch(
                entry ->
                    LOSE_MESSAGES.contains(entry.getKey())
                        && entry.getValue().firstNanos <= unit.endedNanos);
  }

  /** How an update may end that such a nemesis strikes. */
  private static Set<Failure> leadsTo(Nemesis nemesis) {
    return switch (nemesis) {
      // What comes changed may say anything.
      case CORRUPTED_UNSEEN -> EnumSet.allOf(Failure.class);
      case WORN_STORAGE ->
          EnumSet.of(Failure.INVALID_IMAGE, Failure.ROLLED_BACK, Failure.ACTIVATION_FAILED);
      case WRONG_IMAGE, DAMAGED_IMAGE, TRUNCATED_IMAGE -> OF_FILES;
      case DEVICE_STOPS -> EnumSet.of(Failure.EXPIRED, Failure.ABORTED);
      case DEVICE_LIES -> EnumSet.of(Failure.ABORTED, Failure.REFUSED, Failure.EXPIRED);
      default -> EnumSet.noneOf(Failure.class);
    };
  }

  private boolean explainsDelay(HomeDevice unit, long nanos) {
    Map<Nemesis, Struck> here = struck.getOrDefault(unit.node().number(), Map.of());
    Map<Nemesis, Struck> hub = struck.getOrDefault(HomeNodes.HUB, Map.of());
    return here.containsKey(Nemesis.CLOCK_UNSET)
        || here.containsKey(Nemesis.DEVICE_STOPS)
        // Its hub has taken the update for done, or the device for one of another kind.
        || here.containsKey(Nemesis.DEVICE_LIES)
        || here.containsKey(Nemesis.CORRUPTED_UNSEEN)
        || isQuarantined(unit, nanos)
        || isStruckLately(here, nanos)
        || isStruckLately(hub, nanos)
        // A message that a hub acknowledged and could not store is lost, as docs/design.md says.
        || (unit.config.gbcs().isPresent() && !Collections.disjoint(hub.keySet(), LOSE_MESSAGES));
  }

  private static boolean isStruckLately(Map<Nemesis, Struck> node, long nanos) {
    return node.entrySet().stream()
        .anyMatch(
            entry ->
                hinders(entry.getKey()) && nanos - entry.getValue().lastNanos < RECOVERED_NANOS);
  }

  /** What costs time or progress, more than the air does. */
  private static boolean hinders(Nemesis nemesis) {
    return switch (nemesis) {
      case REPLAYED_COMMAND, FOREIGN_COMMAND, METER_CUTS_HUB, CLOCK_SKEW -> false;
      default -> !nemesis.isOfAir();
    };
  }
}
