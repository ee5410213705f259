// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.pcap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.pcap.AirFrame;
import org.hanota.api.pcap.CaptureWriter;
import org.hanota.api.pcap.LinkType;
import org.hanota.api.transport.Frame;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.pcap.NetworkSecurity.Fragment;
import org.hanota.sim.radio.Transmission;

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

  /** Frame control of an acknowledgement, and where a frame has its sequence number. */
  private static final int ACKNOWLEDGEMENT = 0x0002;

  private static final int MAC_SEQUENCE = 2;
  private static final int ACKNOWLEDGEMENT_OCTETS = 5;
  private static final int KEPT = 1_000;

  /** What one sender counts. */
  private static final class Sender {
    final int shortAddress;
    int macSequence;
    int networkSequence;
    int apsCounter;
    long frameCounter;

    /** The last frames on the air by their sequence, and the counters of the last messages. */
    final Map<Long, Octets> onAir = new Latest<>();

    final Map<Long, Integer> counters = new Latest<>();

    Sender(int shortAddress) {
      this.shortAddress = shortAddress;
    }
  }

  /** As many as a queue of a radio holds, and more. */
  private static final class Latest<V> extends LinkedHashMap<Long, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
      return size() > KEPT;
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
    sender.apsCounter = next(sender.apsCounter);
    int whole = frame.options().apsEncryption() ? WHOLE_OCTETS - LINK_KEY_OVERHEAD : WHOLE_OCTETS;
    int octets = frame.zcl().length();
    int count = octets <= whole ? 1 : (octets + FRAGMENT_OCTETS - 1) / FRAGMENT_OCTETS;
    for (int i = 0; i < count; i++) {
      Octets piece = piece(sender, frame, i, count, sender.apsCounter);
      capture.packet(nanos, piece, comment);
    }
  }

  /**
   * The next frame of a sender, with the {@code number}th of {@code count} pieces of what it has.
   */
  private Octets piece(Sender sender, Frame frame, int number, int count, int apsCounter) {
    Octets zcl = frame.zcl();
    int start = number * FRAGMENT_OCTETS;
    int length = count == 1 ? zcl.length() : Math.min(FRAGMENT_OCTETS, zcl.length() - start);
    sender.macSequence = next(sender.macSequence);
    sender.networkSequence = next(sender.networkSequence);
    sender.frameCounter++;
    AirFrame plain =
        new AirFrame(
            PAN_ID,
            sender.shortAddress,
            frame.destination().isBroadcast()
                ? AirFrame.BROADCAST_RX_ON
                : sender(frame.destination().address()).shortAddress,
            sender.macSequence,
            sender.networkSequence,
            apsCounter,
            frame.profileId(),
            frame.clusterId(),
            frame.source().endpoint(),
            frame.destination().endpoint(),
            frame.options().apsAcknowledgement(),
            zcl.slice(start, length));
    return security.secured(
        plain,
        frame.source().address(),
        sender.frameCounter,
        frame.options().apsEncryption(),
        count == 1 ? Fragment.WHOLE : new Fragment(number, count));
  }

  /**
   * Writes down what a radio sent, at the time at which it began: tries of a frame have the same
   * octets, and an acknowledgement has the sequence number of what it acknowledges.
   */
  public void transmission(Transmission sent) {
    // An acknowledgement is of a frame of its receiver.
    Sender sender = sender(sent.frame().source().address());
    if (sent.isAcknowledgement()) {
      Octets acknowledged = sender.onAir.get(sent.sequence());
      if (acknowledged != null) {
        capture.packet(sent.startNanos(), acknowledgement(acknowledged), comment(sent));
      }
      return;
    }
    Octets octets = sender.onAir.get(sent.sequence());
    if (octets == null) {
      // All pieces of a frame have one counter, and the sequence numbers follow each other.
      long first = sent.sequence() - sent.fragment();
      int counter =
          sender.counters.computeIfAbsent(
              first,
              unused -> {
                sender.apsCounter = next(sender.apsCounter);
                return sender.apsCounter;
              });
      octets = piece(sender, sent.frame(), sent.fragment(), sent.fragments(), counter);
      sender.onAir.put(sent.sequence(), octets);
    }
    capture.packet(sent.startNanos(), octets, comment(sent));
  }

  private static Octets acknowledgement(Octets of) {
    OctetWriter out = new OctetWriter(ACKNOWLEDGEMENT_OCTETS);
    out.uint16le(ACKNOWLEDGEMENT).uint8(of.at(MAC_SEQUENCE));
    out.uint16le(AirFrame.frameCheckSequence(out.view()));
    return out.toOctets();
  }

  private static String comment(Transmission sent) {
    String comment = sent.repetition() > 0 ? "retry " + sent.repetition() : "";
    return sent.isDamaged() ? (comment + " collision").strip() : comment;
  }

  private Sender sender(Eui64 address) {
    return senders.computeIfAbsent(address, unknown -> new Sender(senders.size()));
  }

  private static int next(int octet) {
    return (octet + 1) & 0xFF;
  }
}
