// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.pcap;

/** What the packets of a capture are. [tcpdump.org link-layer header types] */
public enum LinkType {
  /** IEEE 802.15.4 with its frame check sequence. */
  IEEE802_15_4_WITHFCS(195),
  /** A TLV header with channel, signal strength and quality, then the frame. */
  IEEE802_15_4_TAP(283),
  /** IEEE 802.15.4 without its frame check sequence. */
  IEEE802_15_4_NOFCS(230);

  private final int value;

  LinkType(int value) {
    this.value = value;
  }

  /** The number in the file. */
  public int value() {
    return value;
  }
}
