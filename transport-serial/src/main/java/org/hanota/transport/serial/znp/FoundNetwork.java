// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * What the memory of a stick holds of a network, whoever formed it. Holds its key; {@code toString}
 * does not show it.
 *
 * @param items those that are there, as they are stored
 * @param unreadable those that are there, or may be, and could not be read: why
 * @param counters the frame counters under the network key, an entry for each network
 */
public record FoundNetwork(
    SortedMap<NvItem, Octets> items,
    SortedMap<NvItem, String> unreadable,
    List<FrameCounter> counters) {
  /** Nothing at all. */
  public static final FoundNetwork NOTHING =
      new FoundNetwork(new TreeMap<>(), new TreeMap<>(), List.of());

  private static final int KEY_OCTETS = 16;

  /**
   * How far the stick has counted under the network key.
   *
   * @param value uint32
   * @param extendedPanId of the network
   */
  public record FrameCounter(long value, Eui64 extendedPanId) {}

  /** Copies the collections. */
  public FoundNetwork {
    items = Collections.unmodifiableSortedMap(new TreeMap<>(items));
    unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
    counters = List.copyOf(counters);
  }

  /** Whether a host of Z-Stack 3 has marked the stick as configured: its network is resumed. */
  public boolean configured() {
    Octets mark = item(NvItem.CONFIGURED);
    return !mark.isEmpty() && mark.at(0) == NvItem.CONFIGURED_MARK;
  }

  /**
   * The items that show that a program formed a network, each by its name and number. What cannot
   * be read counts. The parameters that a network is to be formed with do not: they are no network.
   */
  public List<String> signs() {
    List<String> signs = new ArrayList<>();
    for (NvItem item : NvItem.SIGNS) {
      if (unreadable.containsKey(item)) {
        signs.add(item.label() + ", which cannot be read");
      } else if (items.containsKey(item) && !blank(item, item(item))) {
        signs.add(item.label());
      }
    }
    return signs;
  }

  private static boolean blank(NvItem item, Octets value) {
    if (item == NvItem.NIB) {
      return Nib.decode(value).map(Nib::blank).orElse(allOf(value, 0));
    }
    return allOf(value, 0) || allOf(value, Width.UINT8_MAX);
  }

  private static boolean allOf(Octets value, int octet) {
    for (int i = 0; i < value.length(); i++) {
      if (value.at(i) != octet) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing shows that there is or was a network. */
  public boolean blank() {
    return signs().isEmpty();
  }

  /** The item as it is stored; no octets if it is not there. */
  public Octets item(NvItem item) {
    return items.getOrDefault(item, Octets.EMPTY);
  }

  private Optional<Nib> nib() {
    return Nib.decode(item(NvItem.NIB)).filter(nib -> !nib.blank());
  }

  /** The network's PAN id, 0xFFFF if the memory does not tell. */
  public int panId() {
    return nib().map(Nib::panId).orElse(Width.UINT16_MAX);
  }

  /** The network's channel, 0 if the memory does not tell. */
  public int channel() {
    return nib().map(Nib::channel).orElse(0);
  }

  /** The network's other name; 0 if the memory does not tell. */
  public Eui64 extendedPanId() {
    return nib().map(Nib::extendedPanId).orElse(new Eui64(0));
  }

  /** A bit for each channel that the network may use. */
  public long channelMask() {
    return nib().map(Nib::channelMask).orElse(0L);
  }

  /** 5 in ZigBee networks. */
  public int securityLevel() {
    return nib().map(Nib::securityLevel).orElse(5);
  }

  /** Counts changes of the network's channel and PAN id. */
  public int updateId() {
    return nib().map(Nib::updateId).orElse(0);
  }

  /** The network key, 16 octets; empty if the memory holds none. */
  public Optional<Octets> key() {
    Octets info = item(NvItem.NWK_ACTIVE_KEY_INFO);
    return info.length() > KEY_OCTETS && !allOf(info.slice(1, KEY_OCTETS), 0)
        ? Optional.of(info.slice(1, KEY_OCTETS))
        : Optional.empty();
  }

  /** The network key's sequence number. */
  public int keySequence() {
    Octets info = item(NvItem.NWK_ACTIVE_KEY_INFO);
    return info.isEmpty() ? 0 : info.at(0);
  }

  /** How far the stick has counted under the network key; 0 if the memory does not tell. */
  public long frameCounter() {
    long highest = 0;
    for (FrameCounter counter : counters) {
      if (counter.extendedPanId().equals(extendedPanId())) {
        highest = Math.max(highest, counter.value());
      }
    }
    return highest;
  }

  /** The network by its PAN id and channel, and what shows it. */
  public String summary() {
    String network =
        nib().isEmpty()
            ? "a network of unknown PAN id"
            : "network " + Width.hex(panId(), 4) + " on channel " + channel();
    return network + " (" + String.join(", ", signs()) + ")";
  }

  @Override
  public String toString() {
    return blank() ? "no network" : summary();
  }
}
