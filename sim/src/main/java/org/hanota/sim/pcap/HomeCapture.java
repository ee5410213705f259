// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.pcap;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.pcap.AirFrame;
import org.hanota.api.pcap.CaptureWriter;
import org.hanota.api.pcap.LinkType;
import org.hanota.api.transport.Frame;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.pcap.NetworkSecurity.Fragment;

/**
 * Writes a capture of one home as somebody beside it would make it: IEEE 802.15.4 frames, secured
 * with the network key that the seed gives. A frame that is too long for one goes in fragments.
 */
public final class HomeCapture {
  private static final int PAN_ID = 0x5A5A;
  private static final int HUB_SHORT_ADDRESS = 0;

  /** What a frame may carry of a ZCL frame with both keys, and where it is one of several. */
  private static final int FRAGMENT_OCTETS = 64;

  /** What a whole frame may carry. */
  private static final int WHOLE_OCTETS = 82;

  private static final int LINK_KEY_OVERHEAD = 9;

  /** What one sender counts. */
  private static final class Sender {
    final int shortAddress;
    int macSequence;
    int networkSequence;
    int apsCounter;
    long frameCounter;

    Sender(int shortAddress) {
      this.shortAddress = shortAddress;
    }
  }

  private final CaptureWriter capture;
  private final NetworkSecurity security;
  private final Map<Eui64, Sender> senders = new TreeMap<>();

  /**
   * Begins a capture.
   *
   * @param sink takes each block of the file; the view is valid until the call returns
   * @param seed of the simulation
   * @param hub the coordinator, which has the short address 0
   */
  public HomeCapture(Consumer<Octets> sink, long seed, Eui64 hub) {
    this.capture =
        new CaptureWriter(
            sink,
            LinkType.IEEE802_15_4_WITHFCS,
            "home",
            "hanota simulation, seed " + seed + ", network key " + networkKey(seed).toHex());
    this.security = new NetworkSecurity(networkKey(seed), linkKey(seed));
    senders.put(hub, new Sender(HUB_SHORT_ADDRESS));
  }

  /** The key of the network in a simulation with this seed; it protects nothing. */
  public static Octets networkKey(long seed) {
    return Streams.of(seed, 0).of(Purpose.NETWORK_KEY).octets(NetworkSecurity.KEY_OCTETS);
  }

  /** The link key of every device in a simulation with this seed; it protects nothing. */
  public static Octets linkKey(long seed) {
    return Streams.of(seed, 0).of(Purpose.LINK_KEY).octets(NetworkSecurity.KEY_OCTETS);
  }

  /**
   * Writes down a frame.
   *
   * @param nanos virtual time, shown as the time since 1970
   * @param comment what is to be said of it in Wireshark, or an empty text
   */
  public void frame(long nanos, Frame frame, String comment) {
    Sender sender = sender(frame.source().address());
    int destination =
        frame.destination().isBroadcast()
            ? AirFrame.BROADCAST_RX_ON
            : sender(frame.destination().address()).shortAddress;
    boolean encrypted = frame.options().apsEncryption();
    Octets zcl = frame.zcl();
    int counter = next(sender.apsCounter);
    sender.apsCounter = counter;
    int whole = encrypted ? WHOLE_OCTETS - LINK_KEY_OVERHEAD : WHOLE_OCTETS;
    int count = zcl.length() <= whole ? 1 : (zcl.length() + FRAGMENT_OCTETS - 1) / FRAGMENT_OCTETS;
    for (int i = 0; i < count; i++) {
      int start = i * FRAGMENT_OCTETS;
      int length = count == 1 ? zcl.length() : Math.min(FRAGMENT_OCTETS, zcl.length() - start);
      sender.macSequence = next(sender.macSequence);
      sender.networkSequence = next(sender.networkSequence);
      sender.frameCounter++;
      AirFrame plain =
          new AirFrame(
              PAN_ID,
              sender.shortAddress,
              destination,
              sender.macSequence,
              sender.networkSequence,
              counter,
              frame.profileId(),
              frame.clusterId(),
              frame.source().endpoint(),
              frame.destination().endpoint(),
              frame.options().apsAcknowledgement(),
              zcl.slice(start, length));
      Fragment fragment = count == 1 ? Fragment.WHOLE : new Fragment(i, count);
      capture.packet(
          nanos,
          security.secured(
              plain, frame.source().address(), sender.frameCounter, encrypted, fragment),
          comment);
    }
  }

  private Sender sender(Eui64 address) {
    return senders.computeIfAbsent(address, unknown -> new Sender(senders.size()));
  }

  private static int next(int octet) {
    return (octet + 1) & 0xFF;
  }
}
